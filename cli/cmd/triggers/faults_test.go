package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	triggers "triggers.dev/go"
)

// What was seen, how often.
type counts struct {
	mutex sync.Mutex
	seen  map[string]int
}

func (c *counts) add(id string) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.seen[id]++
}

func (c *counts) all() (distinct, more int) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for _, count := range c.seen {
		if count > 1 {
			more++
		}
	}
	return len(c.seen), more
}

func counting(t *testing.T) (*counts, string) {
	found := &counts{seen: map[string]int{}}
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, request *http.Request) { found.add(request.Header.Get("webhook-id")) }))
	t.Cleanup(server.Close)
	return found, server.URL
}

func lines(text string) []string { return strings.Fields(text) }

// The service is killed, frozen, and restarted in the middle of all of them: nothing is lost, and nothing done twice without a word.
func TestAServiceThatIsKilledFrozenAndRestarted(t *testing.T) {
	if os.Getenv("TRIGGERS_CONTROL") == "" {
		t.Skip("no service that may be killed: run clients/verify")
	}
	key := organization(t, "enterprise")
	received, address := counting(t)
	work := filepath.Join(t.TempDir(), "work")
	listen := started(t, key, "listen", "--forward-to", address, "--output", "json")
	tail := started(t, key, "tail", "--json")
	until(t, "listening", func() bool { return strings.Contains(listen.err.String(), "Ready") })
	until(t, "tailing", func() bool {
		// It says nothing when it is ready, so events tell.
		if _, err := library(t, key).Send(t.Context(), triggers.EventToSend{Type: "first", Payload: 0}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(50 * time.Millisecond)
		return tail.out.String() != ""
	})
	drain := started(t, key, "inbox", "drain", "--follow", "--parallel", "2", "--lease", "5s", "--type", "work", "--exec", "echo $TRIGGERS_EVENT_ID >> "+work)
	send := prepared(t, key, "send", "--ndjson", "-", "--json", "--batch", "50")
	input, err := send.StdinPipe()
	if err != nil || send.Start() != nil {
		t.Fatal(err)
	}
	number := 0
	feed := func(many int) {
		for range many {
			kind := "other"
			if number%4 == 0 {
				kind = "work"
			}
			fmt.Fprintf(input, `{"type":%q,"payload":%d}`+"\n", kind, number)
			number++
		}
	}
	worked := func() []string {
		text, _ := os.ReadFile(work)
		return lines(string(text))
	}
	feed(200)
	until(t, "work begun", func() bool { return len(worked()) > 5 })
	control(t, "kill")
	feed(100)
	control(t, "start")
	feed(100)
	control(t, "pause")
	feed(100)
	time.Sleep(300 * time.Millisecond)
	control(t, "resume")
	feed(100)
	until(t, "work goes on", func() bool { return len(worked()) > 110 })
	control(t, "stop")
	control(t, "start")
	feed(200)
	_ = input.Close()
	if err := send.Wait(); err != nil {
		t.Fatal("send: ", err, send.err.String())
	}
	stored := map[string]bool{}
	for event, err := range library(t, key).EachLog(t.Context(), triggers.ReadLogQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		if event.Type != "first" {
			stored[string(event.Payload)] = true
		}
	}
	if len(stored) != number || strings.Count(send.out.String(), `"status":"accepted"`) != number {
		t.Fatalf("%d of %d stored; %s", len(stored), number, send.err.String())
	}
	everything := 0
	for _, err := range library(t, key).EachLog(t.Context(), triggers.ReadLogQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		everything++
	}
	until(t, "all seen", func() bool {
		distinct, _ := received.all()
		return distinct >= everything-60 && strings.Count(tail.out.String(), `"payload":`) >= number && distinctOf(worked()) == number/4
	})
	events := func(text string) (distinct, all int) {
		seen := map[string]bool{}
		for line := range strings.Lines(text) {
			var about struct {
				EventID string `json:"event_id"`
				Data    struct {
					ID      string          `json:"id"`
					Type    string          `json:"type"`
					Payload json.RawMessage `json:"payload"`
				} `json:"data"`
				Type string `json:"type"`
			}
			if json.Unmarshal([]byte(line), &about) == nil && about.Type != "first" && about.Data.Type != "first" {
				seen[about.EventID+about.Data.ID] = true
				all++
			}
		}
		return len(seen), all
	}
	until(t, "all posted and printed", func() bool {
		posted, _ := events(listen.out.String())
		printed, _ := events(tail.out.String())
		return posted == number && printed == number
	})
	for name, text := range map[string]string{"listen": listen.out.String(), "tail": tail.out.String()} {
		if distinct, all := events(text); distinct != all {
			t.Errorf("%s: %d of them twice", name, all-distinct)
		}
	}
	if _, twice := received.all(); twice != 0 {
		t.Error("posted twice: ", twice)
	}
	_ = drain.interrupt(t)
	for id, count := range repeated(worked()) {
		if !strings.Contains(drain.err.String(), id+" comes for the time") {
			t.Errorf("%s was worked on %d times without a word", id, count)
		}
	}
	if err := listen.interrupt(t); err != nil || !strings.Contains(listen.err.String(), "again in") {
		t.Error("listen did not say that the service was away: ", err, listen.err.String())
	}
	if err := tail.interrupt(t); err != nil || !strings.Contains(tail.err.String(), "again in") {
		t.Error("tail did not say that the service was away: ", err, tail.err.String())
	}
	if !strings.Contains(send.err.String(), "again in") {
		t.Error("send did not say that the service was away")
	}
	t.Logf("%d events, %d of them worked on, %d of these again, which was said", number, number/4, len(repeated(worked())))
}

func distinctOf(all []string) int {
	all = slices.Clone(all)
	slices.Sort(all)
	return len(slices.Compact(all))
}

func repeated(all []string) map[string]int {
	found := map[string]int{}
	for _, one := range all {
		found[one]++
	}
	for id, count := range found {
		if count == 1 {
			delete(found, id)
		}
	}
	return found
}

// Over the limit it waits; for longer than it may, it keeps the rest in a file, which completes the work.
func TestALimitKeepsTheRest(t *testing.T) {
	key := organization(t, "free")
	var events strings.Builder
	for number := range 130 {
		fmt.Fprintf(&events, `{"type":"t","payload":%d}`+"\n", number)
	}
	file := filepath.Join(t.TempDir(), "events")
	if err := os.WriteFile(file, []byte(events.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	send := prepared(t, key, "send", "--ndjson", file, "--batch", "100", "--patience", "8s")
	err := send.Run()
	if code := send.ProcessState.ExitCode(); err == nil || code != 8 {
		t.Fatal("exit code ", code, send.err.String())
	}
	rest := regexp.MustCompile(`triggers send --ndjson (\S+)`).FindStringSubmatch(send.err.String())
	if rest == nil {
		t.Fatal(send.err.String())
	}
	kept, err := os.ReadFile(rest[1])
	if err != nil || strings.Count(string(kept), "\n") != 30 || strings.Count(string(kept), `"dedup_id":"`) != 30 {
		t.Fatal(err, string(kept))
	}
}

// Limited, refusing and slow by turns, all of them go on, and no event is worked on, posted or printed twice.
func TestAServiceThatIsLimitedAndSlow(t *testing.T) {
	key := organization(t, "enterprise")
	target, err := url.Parse(service(t))
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.FlushInterval = -1
	var asked atomic.Int64
	front := httptest.NewServer(http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		code, status := "", 0
		switch asked.Add(1) % 4 {
		case 1:
			code, status = "rate_limit_exceeded", http.StatusTooManyRequests
		case 2:
			code, status = "service_unavailable", http.StatusServiceUnavailable
		case 3:
			time.Sleep(300 * time.Millisecond)
		}
		if status == 0 {
			proxy.ServeHTTP(writer, request)
			return
		}
		writer.Header().Set("Retry-After", "1")
		writer.Header().Set("Content-Type", "application/problem+json")
		writer.WriteHeader(status)
		_, _ = fmt.Fprintf(writer, `{"status":%d,"code":%q,"title":"not now","retry_after":1}`, status, code)
	}))
	t.Cleanup(front.CloseClientConnections)
	begin := func(arguments ...string) *program {
		one := prepared(t, key, arguments...)
		one.Env = append(one.Env, "TRIGGERS_URL="+front.URL)
		if err := one.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = one.Process.Kill() })
		return one
	}
	received, address := counting(t)
	work := filepath.Join(t.TempDir(), "work")
	listen := begin("listen", "--forward-to", address, "--output", "json")
	tail := begin("tail", "--json", "--since", "1h")
	until(t, "listening", func() bool { return strings.Contains(listen.err.String(), "Ready") })
	const many = 30
	for number := range many {
		if _, err := library(t, key).Send(t.Context(), triggers.EventToSend{Type: "work", Payload: number}); err != nil {
			t.Fatal(err)
		}
	}
	drain := begin("inbox", "drain", "--exec", "echo $TRIGGERS_EVENT_ID >> "+work)
	if err := drain.Wait(); err != nil {
		t.Fatal("drain: ", err, drain.err.String())
	}
	text, _ := os.ReadFile(work)
	if worked := lines(string(text)); len(worked) != many || distinctOf(worked) != many {
		t.Errorf("%d worked on, %d of them apart", len(worked), distinctOf(worked))
	}
	inbox, err := library(t, key).ListInbox(t.Context(), triggers.ListInboxQuery{})
	if err != nil || len(inbox.Events) != 0 {
		t.Error("left in the inbox: ", len(inbox.Events), err)
	}
	until(t, "posted and printed", func() bool {
		distinct, _ := received.all()
		return distinct == many && strings.Count(tail.out.String(), `"payload":`) == many
	})
	if _, twice := received.all(); twice != 0 {
		t.Error("posted twice: ", twice)
	}
	_ = listen.interrupt(t)
	_ = tail.interrupt(t)
}

// Interrupted in the middle, it keeps what it has not sent.
func TestAnInterruptedSendKeepsTheRest(t *testing.T) {
	key := organization(t, "enterprise")
	rest := filepath.Join(t.TempDir(), "rest.ndjson")
	slow := httptest.NewServer(http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		if request.Method == http.MethodGet {
			_, _ = io.WriteString(writer, `{"rate_limit_per_minute":1000}`)
			return
		}
		<-request.Context().Done()
	}))
	t.Cleanup(slow.CloseClientConnections)
	send := prepared(t, key, "send", "--ndjson", "-", "--batch", "2", "--rest", rest)
	send.Env = append(send.Env, "TRIGGERS_URL="+slow.URL)
	send.Stdin = strings.NewReader("{\"type\":\"t\",\"payload\":1}\n{\"type\":\"t\",\"payload\":2}\n{\"type\":\"t\",\"payload\":3}\n")
	if err := send.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(500 * time.Millisecond)
	_ = send.interrupt(t)
	kept, _ := os.ReadFile(rest)
	if code := send.ProcessState.ExitCode(); code != 130 || strings.Count(string(kept), "\n") != 3 || strings.Count(string(kept), "dedup_id") != 2 {
		t.Fatal(code, string(kept), send.err.String())
	}
	// With what was unknown stored meanwhile, sending the rest stores none twice.
	client := library(t, key)
	var first struct {
		DedupID string `json:"dedup_id"`
	}
	_ = json.Unmarshal([]byte(strings.SplitN(string(kept), "\n", 2)[0]), &first)
	if _, err := client.Send(context.Background(), triggers.EventToSend{Type: "t", Payload: 1, DedupID: first.DedupID}); err != nil {
		t.Fatal(err)
	}
	again := prepared(t, key, "send", "--ndjson", rest)
	if err := again.Run(); err != nil || !strings.Contains(again.err.String(), "2 stored, 1 were there already") {
		t.Fatal(err, again.err.String())
	}
}
