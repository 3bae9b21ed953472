package listen

import (
	"context"
	"sync"

	triggers "triggers.dev/go"
)

// Acknowledges what was delivered, in batches, beside the deliveries.
type acknowledger struct {
	client *triggers.Client
	warn   func(format string, arguments ...any)
	ids    chan string
	ended  sync.WaitGroup
	mutex  sync.Mutex
	closed bool
}

func startAcknowledger(ctx context.Context, client *triggers.Client, warn func(string, ...any)) *acknowledger {
	one := &acknowledger{client: client, warn: warn, ids: make(chan string, 1000)}
	one.ended.Go(func() { one.run(context.WithoutCancel(ctx)) })
	return one
}

func (a *acknowledger) done(id string) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if a.closed {
		// Posted again by hand while the program ends.
		a.warn("triggers: %s was delivered here, but NOT ACKNOWLEDGED", id)
		return
	}
	a.ids <- id
}

// Close waits until all is told.
func (a *acknowledger) close() {
	a.mutex.Lock()
	a.closed = true
	close(a.ids)
	a.mutex.Unlock()
	a.ended.Wait()
}

func (a *acknowledger) run(ctx context.Context) {
	for id := range a.ids {
		batch := []string{id}
		for more := true; more && len(batch) < 1000; {
			select {
			case id, open := <-a.ids:
				if more = open; open {
					batch = append(batch, id)
				}
			default:
				more = false
			}
		}
		results, err := a.client.AcknowledgeEvents(ctx, triggers.AcknowledgementBatch{EventIDs: batch})
		if err != nil {
			// They stay in the inbox.
			a.warn("triggers: delivered here, but NOT ACKNOWLEDGED (%v): %v", err, batch)
			continue
		}
		for _, result := range results.Results {
			if result.Status != "acknowledged" {
				a.warn("triggers: %s was delivered here, but NOT ACKNOWLEDGED: %s", result.ID, text(result.Error))
			}
		}
	}
}

func text(value *string) string {
	if value == nil {
		return ""
	}
	return *value
}
