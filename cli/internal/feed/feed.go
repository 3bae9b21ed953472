// Package feed gives what happens, in order and from where one was: over the stream, or over long polls where a proxy holds the
// stream back. Of events nothing is missed, whatever breaks; what could not be kept is said.
package feed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"triggers.dev/cli/internal/session"
	triggers "triggers.dev/go"
)

// Accepted is the kind of what is told of an event.
const Accepted = "event.accepted"

// Item is what happened. Cursor is empty but for events.
type Item struct {
	Kind   string
	Cursor string
	Data   json.RawMessage
}

// Event of an item of kind Accepted.
type Event struct {
	ID        string          `json:"id"`
	EventID   string          `json:"event_id"`
	Type      string          `json:"type"`
	EventType string          `json:"event_type"`
	DedupID   *string         `json:"dedup_id"`
	CreatedAt time.Time       `json:"created_at"`
	Payload   json.RawMessage `json:"payload,omitempty"`
}

// Feed of a client.
type Feed struct {
	Client *triggers.Client
	// Kinds to hear of; none: events alone.
	Kinds []string
	// Types of events, user.* too; none: all.
	Types      []string
	EndpointID string
	Summaries  bool
	// Since is where to begin without a Cursor; zero: now.
	Since  time.Time
	Cursor string
	// Say is told how it goes; Warn, what is missing. Without a Warn, Say is told that too.
	Say, Warn func(format string, arguments ...any)
	// State is told whether the service is being heard.
	State func(State)

	patience, pollFor time.Duration
}

// State of the connection.
type State string

// The states.
const (
	Connected State = "connected"
	Polling   State = "polling"
	Broken    State = "reconnecting"
)

var errEaten = errors.New("nothing comes over the stream")

// Run hands everything to handle until the context ends, which is no error. Cursor is then where to go on.
func (f *Feed) Run(ctx context.Context, handle func(context.Context, Item) error) error {
	if f.patience == 0 {
		f.patience, f.pollFor = 5*time.Second, 5*time.Minute
	}
	if f.Warn == nil {
		f.Warn = f.Say
	}
	if f.State == nil {
		f.State = func(State) {}
	}
	if err := f.begin(ctx, handle); err != nil {
		return ended(ctx, err)
	}
	for ctx.Err() == nil {
		err := f.stream(ctx, handle)
		switch {
		case errors.Is(err, errEaten):
			f.Say("triggers: nothing comes over the stream: a proxy seems to hold it back; long polls instead")
			if err := f.poll(ctx, time.Now().Add(f.pollFor), handle); err != nil {
				return ended(ctx, err)
			}
		case err != nil:
			return ended(ctx, err)
		}
	}
	return nil
}

func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return nil
	}
	return err
}

// A position is known before anything else is done, so that what comes while connecting is not missed.
func (f *Feed) begin(ctx context.Context, handle func(context.Context, Item) error) error {
	if f.Cursor != "" {
		return nil
	}
	query := triggers.ReadLogQuery{From: triggers.Set("latest"), Limit: triggers.Set(int64(1))}
	if !f.Since.IsZero() {
		query = triggers.ReadLogQuery{From: triggers.Set(f.Since.UTC().Format(time.RFC3339Nano)), Limit: triggers.Set(int64(100))}
	}
	for {
		page, err := f.read(ctx, query)
		if passing(err) && ctx.Err() == nil {
			f.rest(ctx, err)
			continue
		}
		if err != nil {
			return err
		}
		if f.Since.IsZero() {
			f.Cursor = page.NextCursor
			return nil
		}
		if err := f.page(ctx, page, handle); err != nil || !page.HasMore {
			return err
		}
		query.From, query.Cursor = triggers.Optional[string]{}, triggers.Set(f.Cursor)
	}
}

func (f *Feed) read(ctx context.Context, query triggers.ReadLogQuery) (*triggers.LogPage, error) {
	if len(f.Types) == 1 {
		query.Type = triggers.Set(f.Types[0])
	}
	if f.Summaries {
		query.Fields = triggers.Set("summary")
	}
	return f.Client.ReadLog(ctx, query)
}

// The position is that of the page: it moves when all of the page is done.
func (f *Feed) page(ctx context.Context, page *triggers.LogPage, handle func(context.Context, Item) error) error {
	for _, event := range page.Events {
		if !f.wanted(event.Type) || event.CreatedAt.Before(f.Since) {
			continue
		}
		payload := event.Payload
		if f.Summaries {
			payload = nil
		}
		data, err := encode(Event{event.ID, event.ID, event.Type, event.Type, event.DedupID, event.CreatedAt, payload})
		if err != nil {
			return err
		}
		if err := handle(ctx, Item{Accepted, "", data}); err != nil {
			return err
		}
	}
	f.Cursor = page.NextCursor
	return nil
}

func (f *Feed) poll(ctx context.Context, until time.Time, handle func(context.Context, Item) error) error {
	f.State(Polling)
	if len(f.Kinds) > 0 && !slices.Equal(f.Kinds, []string{Accepted}) {
		f.Say("triggers: only events come over long polls; look for attempts with: triggers tail attempts --past")
	}
	for ctx.Err() == nil && time.Now().Before(until) {
		page, err := f.read(ctx, triggers.ReadLogQuery{Cursor: triggers.Set(f.Cursor), Limit: triggers.Set(int64(100)), Wait: triggers.Set(int64(20))})
		if passing(err) {
			f.rest(ctx, err)
			continue
		}
		if err != nil {
			if err = f.gap(err); err != nil {
				return err
			}
			continue
		}
		f.State(Polling)
		if !slices.Contains(f.kinds(), Accepted) {
			page.Events = nil
		}
		if err := f.page(ctx, page, handle); err != nil {
			return err
		}
	}
	return nil
}

// What is gone is said, and the rest goes on.
func (f *Feed) gap(err error) error {
	var gone *triggers.APIError
	if !errors.Is(err, triggers.ErrGone) || !errors.As(err, &gone) || gone.Cursor() == "" {
		return err
	}
	f.Warn("triggers: EVENTS ARE MISSING here: %s", gone.Detail)
	f.Cursor = gone.Cursor()
	return nil
}

// The client has tried for its time already, or was told to stay away for longer.
func (f *Feed) rest(ctx context.Context, err error) {
	pause := time.Second
	var refused *triggers.APIError
	if errors.As(err, &refused) {
		pause = max(pause, refused.RetryAfter)
	}
	f.State(Broken)
	f.Say("%s", waiting(err, pause))
	select {
	case <-ctx.Done():
	case <-time.After(pause):
	}
}

func passing(err error) bool {
	return errors.Is(err, triggers.ErrConnection) || errors.Is(err, triggers.ErrUnavailable) || errors.Is(err, triggers.ErrRateLimited)
}

func (f *Feed) kinds() []string {
	if len(f.Kinds) == 0 {
		return []string{Accepted}
	}
	return f.Kinds
}

func (f *Feed) wanted(eventType string) bool {
	return len(f.Types) == 0 || slices.ContainsFunc(f.Types, func(filter string) bool { return Matches(filter, eventType) })
}

// Matches is whether a filter, user.created or user.*, lets a type through.
func Matches(filter, eventType string) bool {
	prefix, open := strings.CutSuffix(filter, "*")
	return filter == eventType || (open && strings.HasPrefix(eventType, prefix))
}

func encode(event Event) (json.RawMessage, error) {
	payload := event.Payload
	event.Payload = nil
	text, err := json.Marshal(event)
	if err != nil || payload == nil {
		return text, err
	}
	// As it was posted, each byte.
	return json.RawMessage(fmt.Sprintf(`%s,"payload":%s}`, text[:len(text)-1], payload)), nil
}

// A stream that ended without a word is told of as a service that can't be reached.
func waiting(err error, pause time.Duration) string {
	if err == nil {
		err = triggers.ErrConnection
	}
	return session.Waiting(err, pause)
}
