package triggers

import (
	"context"
	"maps"
	"sync"
	"time"
)

// What a consumer without leases knows of the events that the inbox still shows.
type polling struct {
	mutex     sync.Mutex
	running   map[string]bool
	told      map[string]bool
	confirmed map[string]bool
	failures  map[string]int64
	resting   map[string]time.Time
}

const never = 100 * 365 * 24 * time.Hour

func newPolling() *polling {
	return &polling{running: map[string]bool{}, told: map[string]bool{}, confirmed: map[string]bool{}, failures: map[string]int64{}, resting: map[string]time.Time{}}
}

// The open events that are neither under way nor set aside.
func (p *polling) list(ctx context.Context, c *consumer) ([]LeasedItem, error) {
	p.mutex.Lock()
	// Acknowledged before this listing begins: no later one shows them.
	forgotten := maps.Clone(p.confirmed)
	p.mutex.Unlock()
	query := ListInboxQuery{Order: Set("asc"), Limit: Set(int64(c.options.Batch))}
	if c.options.Type != "" {
		query.Type = Set(c.options.Type)
	}
	for {
		idle := query.Cursor.IsZero() && p.idle()
		query.Wait = Optional[int64]{}
		if idle && !c.options.UntilEmpty {
			query.Wait = Set(int64(5))
		}
		page, err := c.ListInbox(ctx, query)
		if err != nil {
			return nil, err
		}
		fresh := p.fresh(page, forgotten)
		if len(fresh) > 0 || (!page.HasMore && idle) {
			return fresh, nil
		}
		if !page.HasMore {
			return nil, sleep(ctx, p.pause())
		}
		query.Cursor = Set(*page.NextCursor)
	}
}

func (p *polling) idle() bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return len(p.running) == 0 && len(p.resting) == 0 && len(p.told) == len(p.confirmed)
}

func (p *polling) pause() time.Duration {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if len(p.running) > 0 || len(p.told) > len(p.confirmed) {
		return 20 * time.Millisecond
	}
	return 500 * time.Millisecond
}

func (p *polling) fresh(page *InboxPage, forgotten map[string]bool) []LeasedItem {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	var fresh []LeasedItem
	for _, event := range page.Events {
		if p.running[event.ID] || p.told[event.ID] || p.resting[event.ID].After(time.Now()) {
			continue
		}
		delete(p.resting, event.ID)
		fresh = append(fresh, LeasedItem{Attempts: event.Attempts, CreatedAt: event.CreatedAt, DedupID: event.DedupID, DeliveryStatus: event.DeliveryStatus,
			EventID: event.EventID, EventType: event.EventType, ID: event.ID, LastError: event.LastError, Payload: event.Payload,
			ResponseStatus: event.ResponseStatus, Status: event.Status, Type: event.Type, UpdatedAt: event.UpdatedAt})
	}
	if !page.HasMore {
		for id := range forgotten {
			delete(p.told, id)
			delete(p.confirmed, id)
		}
	}
	return fresh
}

func (p *polling) begin(id string) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.running[id] = true
}

func (p *polling) finish(id string) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	delete(p.running, id)
	delete(p.failures, id)
	p.told[id] = true
}

// How often it has failed.
func (p *polling) fail(id string) int64 {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.failures[id]++
	return p.failures[id]
}

func (p *polling) rest(id string, pause time.Duration) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	delete(p.running, id)
	p.resting[id] = time.Now().Add(pause)
}

func (p *polling) confirm(ids []string) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for _, id := range ids {
		p.confirmed[id] = true
	}
}
