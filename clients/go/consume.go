package triggers

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync"
	"time"
)

// ConsumeOptions of Consume; what is zero is its default.
type ConsumeOptions struct {
	Type string
	// Batch is how many events are leased at once: 100.
	Batch int
	// Parallel is how many handlers are under way at once: 1.
	Parallel int
	// Lease is how long an event is this consumer's own: 30 s. It is extended while handlers take longer.
	Lease time.Duration
	// LongPoll does without leases, for an inbox of one consumer.
	LongPoll bool
	// MaxAttempts after which an event that fails is poison: 5.
	MaxAttempts int
	// OnPoison says whether to acknowledge the event; else it stays in the inbox.
	OnPoison func(event LeasedItem, err error) bool
	// OnError hears of what could not be done for now.
	OnError func(err error)
	// RetryWait after the first failure of an event: 1 s; doubled each time, up to LongestRetryWait: 5 minutes.
	RetryWait, LongestRetryWait time.Duration
	// UntilEmpty ends it once there is nothing to lease, also if what failed waits for its time.
	UntilEmpty bool
	// Name of the consumer, for those who look at leases.
	Name string
}

// Consumed is what came of it. Unacknowledged were handled, but the service could not be told: they will come again.
type Consumed struct {
	Handled, Failed, Acknowledged int
	Poison, Unacknowledged        []string
}

type consumer struct {
	*Client
	options  ConsumeOptions
	handle   func(ctx context.Context, event LeasedItem) error
	handling context.Context
	done     chan string
	mutex    sync.Mutex
	result   Consumed
	leases   map[string]map[string]bool
	leaseOf  map[string]string
	// Acknowledged since the last call for a lease began.
	confirmed map[string]bool
	// Nil where events are leased.
	polling *polling
}

// Consume leases events of the inbox and hands each to handle, until the context ends: those under way are then finished and
// acknowledged. What handle returns nil for is acknowledged, in batches; the others come again later. Any number of consumers share an
// inbox, unless they do without leases (LongPoll).
func (c *Client) Consume(ctx context.Context, handle func(ctx context.Context, event LeasedItem) error, options ConsumeOptions) (*Consumed, error) {
	set(&options.Batch, 100)
	set(&options.Parallel, 1)
	set(&options.Lease, 30*time.Second)
	set(&options.MaxAttempts, 5)
	set(&options.RetryWait, time.Second)
	set(&options.LongestRetryWait, 5*time.Minute)
	if options.OnError == nil {
		options.OnError = func(error) {}
	}
	if options.Batch < 1 || options.Batch > 1000 || options.Parallel < 1 || options.MaxAttempts < 1 || options.Lease < time.Second {
		return nil, errors.New("triggers: Batch is 1 to 1000, Parallel and MaxAttempts at least 1, Lease at least a second")
	}
	one := &consumer{Client: c, options: options, handle: handle, handling: context.WithoutCancel(ctx), done: make(chan string, 2000),
		leases: map[string]map[string]bool{}, leaseOf: map[string]string{}, confirmed: map[string]bool{}}
	if options.LongPoll {
		one.polling = newPolling()
	}
	return one.run(ctx)
}

func (c *consumer) run(ctx context.Context) (*Consumed, error) {
	events := make(chan LeasedItem)
	extending, stopExtending := context.WithCancel(c.handling)
	var workers, helpers sync.WaitGroup
	for range c.options.Parallel {
		workers.Go(func() {
			for event := range events {
				// What is not begun is given back in the end.
				if ctx.Err() == nil {
					c.one(event)
				}
			}
		})
	}
	helpers.Go(c.acknowledge)
	if c.polling == nil {
		helpers.Go(func() { c.extend(extending) })
	}
	err := c.take(ctx, events)
	close(events)
	workers.Wait()
	close(c.done)
	stopExtending()
	helpers.Wait()
	c.mutex.Lock()
	var left []string
	for id := range c.leaseOf {
		left = append(left, id)
	}
	c.mutex.Unlock()
	for start := 0; start < len(left); start += 1000 {
		c.release(left[start:min(start+1000, len(left))], 0)
	}
	return &c.result, err
}

func (c *consumer) take(ctx context.Context, events chan<- LeasedItem) error {
	for ctx.Err() == nil {
		page, err := c.fetch(ctx)
		if err != nil {
			if ctx.Err() != nil {
				return nil
			}
			var refused *APIError
			passing := errors.Is(err, ErrConnection) || (errors.As(err, &refused) && (refused.Status >= 500 || refused.Status == 429))
			if !passing {
				return err
			}
			// The call has been repeated for its total time already.
			c.options.OnError(err)
			_ = sleep(ctx, time.Second)
			continue
		}
		if c.options.UntilEmpty && len(page) == 0 {
			return nil
		}
		for _, event := range page {
			if c.polling != nil {
				c.polling.begin(event.ID)
			}
			select {
			case events <- event:
			case <-ctx.Done():
				return nil
			}
		}
	}
	return nil
}

func (c *consumer) fetch(ctx context.Context) ([]LeasedItem, error) {
	if c.polling != nil {
		return c.polling.list(ctx, c)
	}
	page, err := c.lease(ctx)
	if err != nil {
		return nil, err
	}
	return page.Events, nil
}

func (c *consumer) lease(ctx context.Context) (*LeasedEvents, error) {
	request := LeaseRequest{Limit: Set(int64(c.options.Batch)), LeaseSeconds: Set(c.seconds()), Wait: Set(int64(5)), MaxReceives: Set(int64(c.options.MaxAttempts))}
	if c.options.UntilEmpty {
		request.Wait = Set(int64(0))
	}
	if c.options.Type != "" {
		request.Type = Set(c.options.Type)
	}
	if c.options.Name != "" {
		request.Consumer = Set(c.options.Name)
	}
	// Not given up with the context: what is leased by then is given back, not held until its lease ends.
	type answered struct {
		page *LeasedEvents
		err  error
	}
	arrived := make(chan answered, 1)
	c.mutex.Lock()
	clear(c.confirmed)
	c.mutex.Unlock()
	go func() {
		page, err := c.Client.Lease(c.handling, &request)
		arrived <- answered{page, err}
	}()
	select {
	case found := <-arrived:
		if found.err == nil && found.page.LeaseID != nil {
			found.page.Events = c.fresh(found.page.Events, *found.page.LeaseID)
		}
		return found.page, found.err
	case <-ctx.Done():
		go func() {
			if found := <-arrived; found.err == nil && len(found.page.Events) > 0 {
				var ids []string
				for _, event := range found.page.Events {
					ids = append(ids, event.ID)
				}
				c.release(ids, 0)
			}
		}()
		return nil, ctx.Err()
	}
}

// Those that are new: what it has already, under an earlier lease that has ended, it does not handle again.
func (c *consumer) fresh(events []LeasedItem, lease string) []LeasedItem {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	var fresh []LeasedItem
	ids := map[string]bool{}
	for _, event := range events {
		if c.confirmed[event.ID] {
			continue
		}
		before, known := c.leaseOf[event.ID]
		if !known {
			fresh = append(fresh, event)
		}
		c.leave(event.ID, before)
		c.leaseOf[event.ID] = lease
		ids[event.ID] = true
	}
	if len(ids) > 0 {
		c.leases[lease] = ids
	}
	return fresh
}

func (c *consumer) seconds() int64 {
	return int64(math.Ceil(c.options.Lease.Seconds()))
}

func (c *consumer) one(event LeasedItem) {
	err := c.guarded(event)
	if err == nil {
		c.mutex.Lock()
		c.result.Handled++
		c.mutex.Unlock()
		c.finish(event.ID)
		return
	}
	receives := max(event.Receives, 1)
	if c.polling != nil {
		receives = c.polling.fail(event.ID)
	}
	poison := receives >= int64(c.options.MaxAttempts)
	c.mutex.Lock()
	c.result.Failed++
	if poison {
		c.result.Poison = append(c.result.Poison, event.ID)
	}
	c.mutex.Unlock()
	if poison && c.options.OnPoison != nil && c.options.OnPoison(event, err) {
		c.finish(event.ID)
		return
	}
	delay := c.options.LongestRetryWait
	if !poison {
		delay = min(delay, c.options.RetryWait<<min(receives-1, 20))
	}
	switch {
	case c.polling == nil:
		c.release([]string{event.ID}, delay)
	case poison:
		c.polling.rest(event.ID, never)
	default:
		c.polling.rest(event.ID, delay)
	}
}

func (c *consumer) finish(id string) {
	if c.polling != nil {
		c.polling.finish(id)
	}
	c.done <- id
}

func (c *consumer) guarded(event LeasedItem) (err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("panic: %v", panicked)
		}
	}()
	return c.handle(c.handling, event)
}

func (c *consumer) release(ids []string, delay time.Duration) {
	c.forget(ids)
	_, err := c.ReleaseLease(c.handling, LeaseRelease{EventIDs: Set(ids), DelaySeconds: Set(int64(math.Ceil(delay.Seconds())))})
	if err != nil {
		// Its lease ends by itself.
		c.options.OnError(err)
	}
}

func (c *consumer) forget(ids []string) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for _, id := range ids {
		c.leave(id, c.leaseOf[id])
		delete(c.leaseOf, id)
	}
}

func (c *consumer) leave(id, lease string) {
	delete(c.leases[lease], id)
	if len(c.leases[lease]) == 0 {
		delete(c.leases, lease)
	}
}

func (c *consumer) acknowledge() {
	open := true
	for open {
		id, more := <-c.done
		if !more {
			return
		}
		batch := []string{id}
		// A little company.
		timer := time.NewTimer(5 * time.Millisecond)
	gather:
		for len(batch) < 1000 {
			select {
			case id, more := <-c.done:
				if !more {
					open = false
					break gather
				}
				batch = append(batch, id)
			case <-timer.C:
				break gather
			}
		}
		timer.Stop()
		// Each call is repeated for its total time; twice that is enough to say so.
		_, err := c.AcknowledgeEvents(c.handling, AcknowledgementBatch{EventIDs: batch})
		if err != nil {
			c.options.OnError(err)
			_, err = c.AcknowledgeEvents(c.handling, AcknowledgementBatch{EventIDs: batch})
		}
		if c.polling != nil && err == nil {
			c.polling.confirm(batch)
		}
		c.mutex.Lock()
		if err == nil {
			c.result.Acknowledged += len(batch)
			for _, id := range batch {
				c.confirmed[id] = true
			}
		} else {
			c.result.Unacknowledged = append(c.result.Unacknowledged, batch...)
		}
		c.mutex.Unlock()
		c.forget(batch)
	}
}

func (c *consumer) extend(ctx context.Context) {
	for sleep(ctx, max(c.options.Lease/3, 300*time.Millisecond)) == nil {
		c.mutex.Lock()
		var leases []string
		for lease := range c.leases {
			leases = append(leases, lease)
		}
		c.mutex.Unlock()
		for _, lease := range leases {
			_, err := c.ExtendLease(ctx, LeaseExtension{LeaseID: lease, LeaseSeconds: c.seconds()})
			c.mutex.Lock()
			_, still := c.leases[lease]
			c.mutex.Unlock()
			if err != nil && still && ctx.Err() == nil {
				// Whoever gets it now may handle an event beside this one.
				c.options.OnError(err)
			}
		}
	}
}
