package triggers

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"sync"
	"testing"
	"time"
)

// The service slow, limited, its answers lost, killed and restarted, in the middle of everything: nothing is lost, nothing is done twice.

// Sends, consumes, follows and streams, side by side.
type faultRun struct {
	t                           *testing.T
	client                      *Client
	longPoll                    bool
	start                       string
	mutex                       sync.Mutex
	sent                        int
	over, whole                 bool
	handled, followed, streamed []int
	heard                       int
	consumed                    *Consumed
	stop                        context.CancelFunc
	works                       sync.WaitGroup
}

func beginFaults(t *testing.T, longPoll bool) *faultRun {
	client := freshAt(t, os.Getenv("TRIGGERS_FAULTY_URL"), Options{TotalTime: 4 * time.Minute, AttemptTime: time.Second, MaxBatchEvents: 40})
	page, err := client.ReadLog(t.Context(), ReadLogQuery{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	run := &faultRun{t: t, client: client, longPoll: longPoll, start: page.NextCursor, stop: stop}
	for _, work := range []func(context.Context){run.send, run.consume, run.follow, run.stream} {
		run.works.Go(func() { work(ctx) })
	}
	return run
}

func (r *faultRun) add(list *[]int, payload json.RawMessage) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	*list = append(*list, number(payload))
}

func (r *faultRun) is(condition func() bool) bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return condition()
}

func (r *faultRun) send(ctx context.Context) {
	for !r.is(func() bool { return r.over }) && ctx.Err() == nil {
		events := make([]EventToSend, 100)
		for index := range events {
			events[index] = EventToSend{Type: "t", Payload: r.sent + index}
		}
		batch, err := r.client.SendBatch(ctx, events)
		if err != nil || batch.Accepted != 100 || batch.Duplicates != 0 {
			r.t.Error(err, batch)
			return
		}
		r.is(func() bool { r.sent += 100; return true })
		_ = sleep(ctx, 50*time.Millisecond)
	}
	r.is(func() bool { r.whole = true; return true })
}

func (r *faultRun) consume(ctx context.Context) {
	consumed, err := r.client.Consume(ctx, func(_ context.Context, event LeasedItem) error {
		r.add(&r.handled, event.Payload)
		return nil
	}, ConsumeOptions{Parallel: 2, Lease: 5 * time.Second, LongPoll: r.longPoll, OnError: func(error) {
		r.is(func() bool { r.heard++; return true })
	}})
	if err != nil {
		r.t.Error(err)
	}
	r.consumed = consumed
}

func (r *faultRun) follow(ctx context.Context) {
	_, err := r.client.Follow(ctx, func(_ context.Context, event InboxItem) error {
		r.add(&r.followed, event.Payload)
		return nil
	}, FollowOptions{Cursor: r.start})
	if err != nil {
		r.t.Error(err)
	}
}

func (r *faultRun) stream(ctx context.Context) {
	for event, err := range r.client.Stream(ctx, StreamQuery{Kinds: []string{"event.accepted"}, Cursor: r.start}) {
		if err != nil {
			if ctx.Err() == nil {
				r.t.Error(err)
			}
			return
		}
		var data struct{ Payload json.RawMessage }
		_ = json.Unmarshal(event.Data, &data)
		r.add(&r.streamed, data.Payload)
	}
}

func distinct(list []int) []int {
	sorted := slices.Clone(list)
	slices.Sort(sorted)
	return slices.Compact(sorted)
}

func TestNothingIsLostAndNothingIsDoneTwice(t *testing.T) {
	if os.Getenv("TRIGGERS_CONTROL") == "" {
		t.Skip("no service that may be killed: run clients/verify")
	}
	runs := []*faultRun{beginFaults(t, true), beginFaults(t, false)}
	for _, run := range runs {
		defer run.stop()
		until(t, func() bool {
			return run.is(func() bool { return len(run.handled) > 0 && len(run.followed) > 0 && len(run.streamed) > 0 })
		})
	}
	keys, _ := json.Marshal([]string{runs[0].client.header.Get("X-API-Key"), runs[1].client.header.Get("X-API-Key")})
	response, err := http.Post(os.Getenv("TRIGGERS_CONTROL"), "application/json", bytes.NewReader(keys))
	if err != nil {
		t.Fatal(err)
	}
	var met map[string]map[string]map[string]int
	if err := json.NewDecoder(response.Body).Decode(&met); err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	for _, run := range runs {
		run.is(func() bool { run.over = true; return true })
	}
	for _, run := range runs {
		until(t, func() bool {
			return run.is(func() bool {
				return run.whole && len(distinct(run.handled)) == run.sent && len(run.followed) >= run.sent && len(run.streamed) >= run.sent
			})
		})
		run.stop()
		run.works.Wait()
		all := make([]int, run.sent)
		for index := range all {
			all[index] = index
		}
		// Posted once, followed once, streamed once.
		slices.Sort(run.followed)
		slices.Sort(run.streamed)
		if !slices.Equal(run.followed, all) || !slices.Equal(run.streamed, all) || !slices.Equal(distinct(run.handled), all) {
			t.Fatal(run.sent, len(run.followed), len(run.streamed), len(run.handled))
		}
		// Twice only where a lease ended meanwhile, which was said.
		if len(run.handled) != run.sent && (run.longPoll || run.heard == 0) {
			t.Fatal("handled twice", len(run.handled)-run.sent)
		}
		if len(run.consumed.Unacknowledged) > 0 || open(t, run.client) != 0 {
			t.Fatal("left", run.consumed.Unacknowledged)
		}
		taking := "POST /api/inbox/lease"
		if run.longPoll {
			taking = "GET /api/inbox"
		}
		for _, fault := range []string{"slow", "limited", "lost", "killed", "restarted"} {
			kinds := []string{"POST /api/events/batch", "GET /api/events", "consuming"}
			if fault == "limited" || fault == "lost" {
				kinds = append(kinds, taking, "POST /api/ack")
			}
			for _, kind := range kinds {
				if met[fault][run.client.header.Get("X-API-Key")][kind] == 0 {
					t.Error(fault, kind)
				}
			}
		}
	}
}
