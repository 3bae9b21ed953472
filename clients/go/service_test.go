package triggers

import (
	"bufio"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// Against the real service that clients/verify started.

func fresh(t *testing.T) *Client {
	t.Helper()
	if os.Getenv("TRIGGERS_URL") == "" {
		t.Skip("no service: run clients/verify, or set TRIGGERS_URL")
	}
	return freshAt(t, os.Getenv("TRIGGERS_URL"), Options{TotalTime: time.Minute})
}

func freshAt(t *testing.T, address string, options Options) *Client {
	t.Helper()
	open, err := New(address, "", Options{TotalTime: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	key, err := open.GenerateKey(t.Context(), KeyRequest{OrganizationName: "go " + newDedupID(), Tier: Set("enterprise")})
	for ; (errors.Is(err, ErrConnection) || errors.Is(err, ErrUnavailable)) && address == os.Getenv("TRIGGERS_FAULTY_URL"); key, err = open.GenerateKey(t.Context(), KeyRequest{OrganizationName: "go " + newDedupID(), Tier: Set("enterprise")}) {
		// Another test's fault; a key more does no harm.
		time.Sleep(20 * time.Millisecond)
	}
	if err != nil {
		t.Fatal(err)
	}
	client, _ := New(address, key.APIKey, options)
	return client
}

func numbered(count int) []EventToSend {
	events := make([]EventToSend, count)
	for number := range events {
		events[number] = EventToSend{Type: "t", Payload: number}
	}
	return events
}

func number(payload json.RawMessage) int {
	value := -1
	_ = json.Unmarshal(payload, &value)
	return value
}

func until(t *testing.T, condition func() bool) {
	t.Helper()
	for end := time.Now().Add(4 * time.Minute); !condition(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("did not happen")
		}
	}
}

func open(t *testing.T, client *Client) int {
	t.Helper()
	count := 0
	for _, err := range client.EachInbox(t.Context(), ListInboxQuery{Limit: Set(int64(1000))}) {
		if err != nil {
			t.Fatal(err)
		}
		count++
	}
	return count
}

func TestAnEventIsStoredOnce(t *testing.T) {
	client := fresh(t)
	sent, err := client.Send(t.Context(), EventToSend{Type: "user.created", Payload: map[string]any{"text": "<ä>"}})
	if err != nil {
		t.Fatal(err)
	}
	stored, err := client.GetEvent(t.Context(), sent.ID)
	if err != nil || *stored.DedupID != sent.DedupID || string(stored.Payload) != `{"text":"<ä>"}` {
		t.Fatal(err, string(stored.Payload))
	}
	_, err = client.Send(t.Context(), EventToSend{Type: "user.created", Payload: 1, DedupID: sent.DedupID})
	var duplicate *APIError
	if !errors.Is(err, ErrDuplicateEvent) || !errors.As(err, &duplicate) || duplicate.EventID() != sent.ID {
		t.Fatal(err)
	}
	_, err = client.Send(t.Context(), EventToSend{Payload: 1})
	if !errors.Is(err, ErrInvalidRequest) || !errors.As(err, &duplicate) || duplicate.Errors[0].Field != "type" {
		t.Fatal(err)
	}
	batch, err := client.SendBatch(t.Context(), append(numbered(2100), EventToSend{Payload: 1}))
	if err != nil || batch.Accepted != 2100 || batch.Rejected != 1 || open(t, client) != 2101 {
		t.Fatal(err, batch)
	}
}

func TestEndpoints(t *testing.T) {
	client := fresh(t)
	made, err := client.CreateWebhook(t.Context(), WebhookRequest{URL: "https://example.com/hook", Signature: Set("ed25519"), EventTypes: Set([]string{"user.*"})})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := NewVerifier(*made.PublicKey); err != nil {
		t.Fatal(err)
	}
	changed, err := client.ChangeWebhook(t.Context(), made.ID, WebhookChange{Description: Set("d")})
	if err != nil || *changed.Description != "d" {
		t.Fatal(err)
	}
	changed, err = client.ChangeWebhook(t.Context(), made.ID, WebhookChange{Description: Null[string]()})
	if err != nil || changed.Description != nil || len(changed.EventTypes) != 1 {
		t.Fatal(err, changed)
	}
	if err := client.DeleteWebhook(t.Context(), made.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := client.GetWebhook(t.Context(), made.ID); !errors.Is(err, ErrNotFound) {
		t.Fatal(err)
	}
}

func modes(t *testing.T, run func(t *testing.T, client *Client, longPoll bool)) {
	fresh(t)
	for name, longPoll := range map[string]bool{"leasing": false, "polling": true} {
		t.Run(name, func(t *testing.T) { run(t, fresh(t), longPoll) })
	}
}

func TestConsuming(t *testing.T) { modes(t, consuming) }

func consuming(t *testing.T, client *Client, longPoll bool) {
	if _, err := client.SendBatch(t.Context(), numbered(1500)); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var mutex sync.Mutex
	tries := map[int]int{}
	poison := []int{}
	over := func() bool { return len(tries) == 1500 && tries[3] == 2 && tries[7] == 3 }
	consumed, err := client.Consume(ctx, func(_ context.Context, event LeasedItem) error {
		mutex.Lock()
		defer mutex.Unlock()
		one := number(event.Payload)
		tries[one]++
		if one == 7 {
			panic("always")
		}
		if one == 3 && tries[one] < 2 {
			return errors.New("once")
		}
		if over() {
			stop()
		}
		return nil
	}, ConsumeOptions{Parallel: 4, MaxAttempts: 3, RetryWait: 10 * time.Millisecond, LongPoll: longPoll, OnPoison: func(event LeasedItem, _ error) bool {
		mutex.Lock()
		defer mutex.Unlock()
		poison = append(poison, number(event.Payload))
		if over() {
			stop()
		}
		return true
	}})
	if err != nil || consumed.Acknowledged != 1500 || len(consumed.Unacknowledged) > 0 || !slices.Equal(poison, []int{7}) || tries[3] != 2 || tries[7] != 3 {
		t.Fatal(err, consumed, poison, tries[3], tries[7])
	}
	if open(t, client) != 0 {
		t.Fatal("left")
	}
}

func TestStoppingFinishesWhatIsUnderWay(t *testing.T) { modes(t, stopping) }

func stopping(t *testing.T, client *Client, longPoll bool) {
	if _, err := client.SendBatch(t.Context(), numbered(50)); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	consumed, err := client.Consume(ctx, func(ctx context.Context, _ LeasedItem) error {
		stop()
		return ctx.Err()
	}, ConsumeOptions{LongPoll: longPoll})
	if err != nil || consumed.Acknowledged != consumed.Handled || consumed.Handled != 1 || open(t, client) != 50-consumed.Handled {
		t.Fatal(err, consumed)
	}
	leased, err := client.Lease(t.Context(), &LeaseRequest{Limit: Set(int64(100))})
	if err != nil || len(leased.Events) != 50-consumed.Handled {
		t.Fatal("not given back", err)
	}
}

func TestFollowing(t *testing.T) {
	client := fresh(t)
	if _, err := client.SendBatch(t.Context(), numbered(250)); err != nil {
		t.Fatal(err)
	}
	seen := []int{}
	for _, end := range []int{150, 250} {
		ctx, stop := context.WithCancel(t.Context())
		_, err := client.Follow(ctx, func(_ context.Context, event InboxItem) error {
			if seen = append(seen, number(event.Payload)); len(seen) == end {
				stop()
			}
			return nil
		}, FollowOptions{Consumer: "billing", Limit: 50})
		if err != nil || len(seen) != end {
			t.Fatal(err, len(seen))
		}
	}
	slices.Sort(seen)
	if len(slices.Compact(seen)) != 250 {
		t.Fatal("not each once")
	}
}

func TestASlowHandlerKeepsItsLease(t *testing.T) {
	client := fresh(t)
	if _, err := client.Send(t.Context(), EventToSend{Type: "t", Payload: 1}); err != nil {
		t.Fatal(err)
	}
	leasedUntil := func() time.Time {
		list, err := client.ListLeases(t.Context(), ListLeasesQuery{})
		if err != nil || len(list.Leases) != 1 {
			t.Error(err, list)
			return time.Time{}
		}
		return list.Leases[0].LeasedUntil
	}
	ctx, stop := context.WithCancel(t.Context())
	consumed, err := client.Consume(ctx, func(context.Context, LeasedItem) error {
		defer stop()
		first := leasedUntil()
		for !t.Failed() && !leasedUntil().After(first) {
			time.Sleep(20 * time.Millisecond)
		}
		return nil
	}, ConsumeOptions{Lease: 6 * time.Second})
	if err != nil || consumed.Handled != 1 || consumed.Acknowledged != 1 {
		t.Fatal(err, consumed)
	}
}

func TestTheLimitIsWaitedFor(t *testing.T) {
	client := fresh(t)
	key, err := client.GenerateKey(t.Context(), KeyRequest{OrganizationName: "go " + newDedupID()})
	if err != nil {
		t.Fatal(err)
	}
	free, _ := New(os.Getenv("TRIGGERS_URL"), key.APIKey, Options{TotalTime: time.Minute, MaxBatchEvents: 50})
	if batch, err := free.SendBatch(t.Context(), numbered(101)); err != nil || batch.Accepted != 101 || open(t, free) != 101 {
		t.Fatal(err, batch)
	}
}

// What is between the client and the network.

func raw(t *testing.T, answers ...string) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for index := 0; ; index++ {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			request, err := http.ReadRequest(bufio.NewReader(connection))
			if err == nil {
				_, _ = io.Copy(io.Discard, request.Body)
				_, _ = io.WriteString(connection, answers[min(index, len(answers)-1)])
			}
			connection.Close()
		}
	}()
	return "http://" + listener.Addr().String()
}

func TestAnAnswerThatDoesNotComeWhole(t *testing.T) {
	for text, kind := range map[string]string{"": "reset", "nonsense\r\n\r\n": "reset", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{": "cut",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{": "cut"} {
		client, _ := New(raw(t, text), "k", Options{})
		_, err := client.RotateKey(t.Context(), nil)
		var broken *ConnectionError
		if !errors.As(err, &broken) || broken.Kind != kind || broken.Requests != 1 {
			t.Errorf("%q: %v", text, err)
		}
	}
	silent, _ := net.Listen("tcp", "127.0.0.1:0")
	client, _ := New("http://"+silent.Addr().String(), "k", Options{TotalTime: 300 * time.Millisecond})
	_, err := client.RotateKey(t.Context(), nil)
	var broken *ConnectionError
	if !errors.As(err, &broken) || broken.Kind != "timeout" {
		t.Error(err)
	}
	silent.Close()
	client, _ = New("http://"+silent.Addr().String(), "k", Options{TotalTime: 300 * time.Millisecond, FirstWait: time.Millisecond})
	if _, err = client.RotateKey(t.Context(), nil); !errors.As(err, &broken) || broken.Kind != "connect" || broken.Requests < 2 {
		t.Error(err)
	}
	client, _ = New(raw(t, "HTTP/1.1 200 OK\r\n\r\n"+strings.Repeat("a", 2000)), "k", Options{MaxAnswerBytes: 1000})
	if _, err = client.Metrics(t.Context()); !errors.Is(err, ErrAnswerTooLarge) {
		t.Error(err)
	}
}

func TestConnectionsAreKept(t *testing.T) {
	var connections atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(writer http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(writer, "{}")
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	client, _ := New(server.URL, "k", Options{})
	for range 6 {
		if _, err := client.GetService(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if connections.Load() != 1 {
		t.Fatal(connections.Load())
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	var asked atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		asked.Add(1)
		http.Redirect(writer, request, "/elsewhere", http.StatusFound)
	}))
	defer server.Close()
	client, _ := New(server.URL, "k", Options{})
	var refused *APIError
	if _, err := client.GetKey(t.Context()); !errors.As(err, &refused) || refused.Status != 302 || asked.Load() != 1 {
		t.Fatal(err, asked.Load())
	}
}

func TestAStreamGoesOnWhereItWas(t *testing.T) {
	var asked []string
	answers := []string{": hello\nretry: 1\n\nevent: event.accepted\nid: c1\ndata: {\"id\":\ndata: 1}\n\n",
		"event: stream.lagging\ndata: {\"cursor\": \"c2\"}\n\n", "event: attempt.finished\r\ndata: {}\r\n\r\n"}
	server := httptest.NewServer(http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		if request.Header.Get("traceparent") != "00-1-2-01" {
			t.Error("the trace is not passed on")
		}
		asked = append(asked, request.URL.String()+" "+request.Header.Get("Last-Event-ID"))
		_, _ = io.WriteString(writer, answers[len(asked)-1])
	}))
	defer server.Close()
	client, _ := New(server.URL, "k", Options{Inject: func(_ context.Context, header http.Header) { header.Set("traceparent", "00-1-2-01") }})
	var found []string
	for event, err := range client.Stream(t.Context(), StreamQuery{Kinds: []string{"event.accepted"}, Summaries: true}) {
		if err != nil {
			t.Fatal(err)
		}
		if found = append(found, event.Kind+" "+event.Cursor); len(found) == 2 {
			break
		}
	}
	target := "/api/stream?kinds=event.accepted&payloads=false "
	if !slices.Equal(found, []string{"event.accepted c1", "attempt.finished "}) || !slices.Equal(asked, []string{target, target + "c1", target + "c2"}) {
		t.Fatal(found, asked)
	}
}

// Every snippet of the README, as it stands there.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	snippets := regexp.MustCompile("(?s)(?:<!-- ([^>]+) -->\n)?```go\n(.*?)```").FindAllStringSubmatch(string(readme), -1)
	if len(snippets) != strings.Count(string(readme), "```go\n") {
		t.Fatal(len(snippets))
	}
	client := fresh(t)
	here, _ := filepath.Abs(".")
	for index, snippet := range snippets {
		t.Run(fmt.Sprint(index+1), func(t *testing.T) {
			folder := t.TempDir()
			_ = os.WriteFile(filepath.Join(folder, "main.go"), []byte(snippet[2]), 0o600)
			_ = os.WriteFile(filepath.Join(folder, "go.mod"), []byte("module snippet\n\ngo 1.25\n\nrequire triggers.dev/go v1.0.0\n\nreplace triggers.dev/go => "+here+"\n"), 0o600)
			build := exec.Command("go", "build", "-o", "snippet", ".")
			build.Dir = folder
			if output, err := build.CombinedOutput(); err != nil {
				t.Fatalf("%s", output)
			}
			if _, err := client.Send(t.Context(), EventToSend{Type: "user.created", Payload: "by the snippet"}); err != nil {
				t.Fatal(err)
			}
			listener, _ := net.Listen("tcp", "127.0.0.1:0")
			address := listener.Addr().String()
			listener.Close()
			secret := "whsec_" + strings.Repeat("a", 32)
			process := exec.Command(filepath.Join(folder, "snippet"))
			process.Env = append(os.Environ(), "TRIGGERS_KEY="+client.header.Get("X-API-Key"), "TRIGGERS_SECRET="+secret, "ADDRESS="+address,
				"POSITION="+filepath.Join(folder, "position"))
			output, _ := process.StdoutPipe()
			process.Stderr = os.Stderr
			if err := process.Start(); err != nil {
				t.Fatal(err)
			}
			lines := bufio.NewScanner(output)
			switch snippet[1] {
			case "until SIGTERM":
				for lines.Scan() && !strings.Contains(lines.Text(), "by the snippet") {
				}
				if strings.Contains(snippet[2], "Follow") {
					until(t, func() bool { _, err := os.Stat(filepath.Join(folder, "position")); return err == nil })
				} else {
					until(t, func() bool { return open(t, client) == 0 })
				}
				_ = process.Process.Signal(syscall.SIGTERM)
			case "server":
				post := func(body string) int {
					at := fmt.Sprint(time.Now().Unix())
					key, _ := base64.StdEncoding.DecodeString(secret[6:])
					mac := hmac.New(sha256.New, key)
					mac.Write([]byte("1." + at + ".{\"type\":\"user.created\"}"))
					request, _ := http.NewRequest("POST", "http://"+address+"/hook", strings.NewReader(body))
					request.Header = http.Header{"Webhook-Id": {"1"}, "Webhook-Timestamp": {at}, "Webhook-Signature": {"v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))}}
					response, err := http.DefaultClient.Do(request)
					if err != nil {
						return 0
					}
					response.Body.Close()
					return response.StatusCode
				}
				until(t, func() bool { return post("{}") == 401 })
				if post(`{"type":"user.created"}`) != 204 || !lines.Scan() || lines.Text() != "user.created" {
					t.Error("not let pass")
				}
				_ = process.Process.Kill()
				_ = process.Wait()
				return
			}
			for lines.Scan() {
			}
			if err := process.Wait(); err != nil {
				t.Fatal(err)
			}
		})
	}
}
