package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"
)

// From the moment a service writes an event to the stream until it is posted here. It is printed, not judged: others use this machine.
func TestHowMuchListenAdds(t *testing.T) {
	const many = 200
	arrived := make(chan time.Duration, many)
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, request *http.Request) {
		var written int64
		_, _ = fmt.Sscan(request.Header.Get("X-Event-Type"), &written)
		arrived <- time.Since(time.Unix(0, written))
	}))
	t.Cleanup(receiver.Close)
	service := httptest.NewServer(http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		if request.URL.Path != "/api/stream" {
			fmt.Fprint(writer, `{"events":[],"next_cursor":"c","has_more":false}`)
			return
		}
		fmt.Fprint(writer, "retry: 1000\nid: c\n\n")
		for number := range many {
			writer.(http.Flusher).Flush()
			time.Sleep(4 * time.Millisecond)
			now := time.Now().UnixNano()
			fmt.Fprintf(writer, "id: c%d\nevent: event.accepted\ndata: {\"id\":\"0198c0de-7b3a-7000-8000-%012d\",\"event_type\":\"%d\",\"type\":\"%d\",\"created_at\":\"2026-01-31T12:00:00Z\",\"payload\":{\"id\":1}}\n\n", number, number, now, now)
		}
		writer.(http.Flusher).Flush()
		<-request.Context().Done()
	}))
	t.Cleanup(func() { service.CloseClientConnections(); service.Close() })
	listen := prepared(t, "key", "listen", "--forward-to", receiver.URL, "--output", "json")
	listen.Env = append(listen.Env, "TRIGGERS_URL="+service.URL)
	if err := listen.Start(); err != nil {
		t.Fatal(err)
	}
	times := make([]time.Duration, many)
	for place := range times {
		times[place] = <-arrived
	}
	_ = listen.interrupt(t)
	slices.Sort(times)
	t.Logf("listen adds p50 %s, p95 %s", times[many/2], times[many*95/100])
}
