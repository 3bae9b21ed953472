package feed

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	triggers "triggers.dev/go"
)

// A service behind a proxy; what it does to streams is the test's.
type fake struct {
	stream func(writer http.ResponseWriter, request *http.Request)
	log    func(query string) string
	polls  atomic.Int32
}

func (f *fake) ServeHTTP(writer http.ResponseWriter, request *http.Request) {
	if request.URL.Path == "/api/stream" {
		f.stream(writer, request)
		return
	}
	writer.Header().Set("Content-Type", "application/json")
	if request.URL.Query().Get("from") == "latest" {
		fmt.Fprint(writer, page("c0"))
		return
	}
	f.polls.Add(1)
	answer := f.log(request.URL.Query().Get("cursor"))
	if answer == "" {
		time.Sleep(5 * time.Millisecond)
		answer = page(request.URL.Query().Get("cursor"))
	}
	fmt.Fprint(writer, answer)
}

func page(cursor string, ids ...string) string {
	events := make([]string, len(ids))
	for place, id := range ids {
		events[place] = fmt.Sprintf(`{"id":%q,"type":"t","created_at":"2026-01-31T12:00:00Z","payload": 1.50}`, id)
	}
	return fmt.Sprintf(`{"events":[%s],"next_cursor":%q,"has_more":false}`, strings.Join(events, ","), cursor)
}

func streamed(writer http.ResponseWriter, cursor, id string) {
	if id == "" {
		fmt.Fprintf(writer, "retry: 1\nid: %s\n\n", cursor)
	} else {
		fmt.Fprintf(writer, "id: %s\nevent: event.accepted\ndata: {\"id\":%q,\"event_type\":\"t\",\"payload\":1}\n\n", cursor, id)
	}
	writer.(http.Flusher).Flush()
}

type heard struct {
	mutex       sync.Mutex
	items, said []string
}

func (h *heard) texts() string {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	return strings.Join(h.said, "\n")
}

// Runs until so many items were heard.
func hear(t *testing.T, service *fake, many int, adjust func(*Feed)) (*heard, *Feed) {
	t.Helper()
	server := httptest.NewServer(service)
	t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
	client, err := triggers.New(server.URL, "key", triggers.Options{TotalTime: 100 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	found := &heard{}
	feed := &Feed{Client: client, patience: 100 * time.Millisecond, pollFor: time.Minute, Say: func(format string, arguments ...any) {
		found.mutex.Lock()
		defer found.mutex.Unlock()
		found.said = append(found.said, fmt.Sprintf(format, arguments...))
	}}
	if adjust != nil {
		adjust(feed)
	}
	err = feed.Run(ctx, func(_ context.Context, item Item) error {
		if found.items = append(found.items, string(item.Data)); len(found.items) == many {
			stop()
		}
		return nil
	})
	if err != nil || len(found.items) < many {
		t.Fatal(err, found.items, found.said)
	}
	return found, feed
}

func has(items []string, id string) bool {
	return slices.ContainsFunc(items, func(item string) bool { return strings.Contains(item, fmt.Sprintf("%q", id)) })
}

func TestAProxyThatHoldsTheStreamBackIsGoneAround(t *testing.T) {
	service := &fake{
		stream: func(_ http.ResponseWriter, request *http.Request) { <-request.Context().Done() },
		log: func(cursor string) string {
			return map[string]string{"c0": page("c1", "a", "b"), "c1": page("c2", "c")}[cursor]
		},
	}
	found, feed := hear(t, service, 3, nil)
	if !has(found.items, "a") || !has(found.items, "c") || !strings.Contains(found.texts(), "long polls instead") || feed.Cursor != "c2" {
		t.Fatal(found, feed.Cursor)
	}
	if !strings.HasSuffix(found.items[0], `"payload":1.50}`) {
		t.Fatal("not as it was posted: ", found.items[0])
	}
}

func TestAProxyThatKnowsNoStreamsIsGoneAround(t *testing.T) {
	service := &fake{stream: http.NotFound, log: func(cursor string) string { return map[string]string{"c0": page("c1", "a")}[cursor] }}
	hear(t, service, 1, nil)
}

func TestTheStreamIsTriedAgain(t *testing.T) {
	var opened atomic.Int32
	service := &fake{stream: func(writer http.ResponseWriter, request *http.Request) {
		if opened.Add(1) == 1 {
			<-request.Context().Done()
			return
		}
		streamed(writer, request.URL.Query().Get("cursor"), "")
		streamed(writer, "c9", "live")
		<-request.Context().Done()
	}, log: func(cursor string) string { return map[string]string{"c0": page("c1", "polled")}[cursor] }}
	found, feed := hear(t, service, 2, func(feed *Feed) { feed.pollFor = 50 * time.Millisecond })
	if !has(found.items, "polled") || !has(found.items, "live") || feed.Cursor != "c9" {
		t.Fatal(found, feed.Cursor)
	}
}

func TestABreakIsSaidAndGoneOnFrom(t *testing.T) {
	var opened atomic.Int32
	service := &fake{stream: func(writer http.ResponseWriter, request *http.Request) {
		switch opened.Add(1) {
		case 1:
			streamed(writer, "c0", "")
			streamed(writer, "c1", "one")
		case 2:
			writer.Header().Set("Retry-After", "0")
			writer.WriteHeader(http.StatusTooManyRequests)
		default:
			if request.Header.Get("Last-Event-ID") == "c1" {
				streamed(writer, "c1", "")
				streamed(writer, "c2", "two")
			}
			<-request.Context().Done()
		}
	}}
	found, feed := hear(t, service, 2, nil)
	if !has(found.items, "two") || feed.Cursor != "c2" || !strings.Contains(found.texts(), "again in") || !strings.Contains(found.texts(), "limited") {
		t.Fatal(found, feed.Cursor)
	}
}

func TestWhatIsGoneIsSaid(t *testing.T) {
	var opened atomic.Int32
	service := &fake{stream: func(writer http.ResponseWriter, request *http.Request) {
		switch opened.Add(1) {
		case 1:
			writer.Header().Set("Content-Type", "application/problem+json")
			writer.WriteHeader(http.StatusGone)
			fmt.Fprint(writer, `{"code":"cursor_expired","detail":"a day was dropped","earliest_cursor":"e1"}`)
		case 2:
			streamed(writer, request.URL.Query().Get("cursor"), "")
			fmt.Fprint(writer, "event: stream.expired\ndata: {\"detail\":\"another day\",\"earliest_cursor\":\"e2\"}\n\n")
		default:
			if request.URL.Query().Get("cursor") == "e2" {
				streamed(writer, "c9", "later")
			}
			<-request.Context().Done()
		}
	}}
	found, _ := hear(t, service, 1, nil)
	if strings.Count(found.texts(), "EVENTS ARE MISSING") != 2 || !has(found.items, "later") {
		t.Fatal(found)
	}
}

func TestTypesAreFilteredHereWhereThereAreSeveral(t *testing.T) {
	feed := Feed{Types: []string{"user.*", "order.paid"}}
	for eventType, wanted := range map[string]bool{"user.created": true, "user": false, "order.paid": true, "order.paid.late": false} {
		if feed.wanted(eventType) != wanted {
			t.Error(eventType)
		}
	}
}
