package session_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"triggers.dev/cli/internal/session"
	triggers "triggers.dev/go"
)

// pages answers as a service whose list has these pages, each asked for by the number of the one before it, and says how often it was asked.
func pages(t *testing.T, answers ...string) (*triggers.Client, *int) {
	t.Helper()
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(answer http.ResponseWriter, request *http.Request) {
		at := 0
		_, _ = fmt.Sscan(request.URL.Query().Get("cursor"), &at)
		asked++
		answer.Header().Set("Content-Type", "application/json")
		_, _ = answer.Write([]byte(answers[at]))
	}))
	t.Cleanup(server.Close)
	client, err := triggers.New(server.URL, "zap_live_"+strings.Repeat("a", 64), triggers.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return client, &asked
}

func page(next int, more string, names ...string) string {
	var items []string
	for _, name := range names {
		items = append(items, fmt.Sprintf(`{"id":%q,"name":%q}`, name, name))
	}
	cursor := ""
	if next > 0 {
		cursor = fmt.Sprintf(`,"has_more":true,"next_cursor":"%d"`, next)
	}
	return fmt.Sprintf(`{"organizations":[%s]%s%s}`, strings.Join(items, ","), cursor, more)
}

func names(t *testing.T, client *triggers.Client, most int) ([]string, error) {
	t.Helper()
	var found []string
	for item, err := range session.Each[triggers.Organization](t.Context(), client, "listOrganizations", "organizations", nil, most) {
		if err != nil {
			return found, err
		}
		found = append(found, item.Value.Name)
	}
	return found, nil
}

func TestEachGivesWhatAllPagesHave(t *testing.T) {
	client, _ := pages(t, page(1, "", "a", "b"), page(2, ""), page(0, "", "c"))
	if found, err := names(t, client, 0); err != nil || !slices.Equal(found, []string{"a", "b", "c"}) {
		t.Error(found, err)
	}
}

func TestEachAsksForNoPageThatIsNotWanted(t *testing.T) {
	client, asked := pages(t, page(1, "", "a", "b"), page(2, "", "c", "d"), page(0, "", "e"))
	if found, err := names(t, client, 3); err != nil || !slices.Equal(found, []string{"a", "b", "c"}) {
		t.Error(found, err)
	}
	if *asked != 2 {
		t.Error("asked", *asked, "times")
	}
}

func TestEachSaysBehindTheListWhatItLacks(t *testing.T) {
	client, _ := pages(t, page(1, `,"unreachable_cells":["07","09"]`, "a"), page(0, "", "b"))
	for _, most := range []int{0, 2} {
		found, err := names(t, client, most)
		if !slices.Equal(found, []string{"a", "b"}) || err == nil || !strings.Contains(err.Error(), "cell 07, 09") {
			t.Error(most, found, err)
		}
	}
}

func TestEachEndsWhereAListStandsStill(t *testing.T) {
	client, asked := pages(t, page(1, "", "a"), page(1, "", "b"))
	found, err := names(t, client, 0)
	if !slices.Equal(found, []string{"a", "b"}) || err == nil || !strings.Contains(err.Error(), "stands still") {
		t.Error(found, err)
	}
	if *asked != 2 {
		t.Error("asked", *asked, "times")
	}
}

func TestEachSaysWhatItCannotRead(t *testing.T) {
	for _, answer := range []string{`{"organizations":{}}`, `{}`, `[]`, `{"organizations":[{"name":7}]}`} {
		client, _ := pages(t, answer)
		if found, err := names(t, client, 0); err == nil || len(found) > 0 {
			t.Error(answer, found)
		}
	}
}
