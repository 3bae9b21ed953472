package tail

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"triggers.dev/cli/internal/console"
	"triggers.dev/cli/internal/feed"
	triggers "triggers.dev/go"
)

const (
	attemptFinished = "attempt.finished"
	mostLookedUp    = 10_000
	// Attempts are recorded a little after they ended, on clocks that differ.
	overlap = 10 * time.Second
)

// Looks up the attempts that ended while nobody was listening.
type history struct {
	client  *triggers.Client
	options options
	print   func(context.Context, feed.Item) error
	since   time.Time
	begun   bool
	live    bool
	say     func(string, ...any)
	// seen are attempts that were printed, in this stretch of time and the one before.
	seen, before map[string]bool
}

func (h *history) state(ctx context.Context) func(feed.State) {
	return func(state feed.State) {
		if state != feed.Connected {
			return
		}
		if h.begun && h.live {
			h.say("triggers: acknowledgements and changes of endpoints between %s and %s are NOT SHOWN here", h.since.Format(time.TimeOnly), time.Now().Format(time.TimeOnly))
		}
		from, now := h.since, time.Now()
		if h.begun {
			from = from.Add(-overlap)
		}
		if h.begun || h.options.since != "" {
			if err := h.lookUp(ctx, from); err != nil && ctx.Err() == nil {
				h.say("triggers: attempts since %s are NOT ALL SHOWN here: %v", from.Format(time.TimeOnly), err)
			}
		}
		h.begun, h.since = true, now
	}
}

// A live attempt moves the moment from which to look; true if it was printed before.
func (h *history) repeated(attempt triggers.StreamedAttempt) bool {
	key := fmt.Sprint(attempt.EventID, attempt.EndpointID, attempt.Number)
	if h.seen[key] || h.before[key] {
		return true
	}
	h.seen[key] = true
	if len(h.seen) > mostLookedUp {
		h.seen, h.before = map[string]bool{}, h.seen
	}
	if at := attempt.StartedAt; at.After(h.since) {
		h.since = at
	}
	return false
}

func (h *history) lookUp(ctx context.Context, from time.Time) error {
	query := triggers.ListAllAttemptsQuery{Since: triggers.Set(from), Limit: triggers.Set(int64(1000))}
	if h.options.endpoint != "" {
		query.EndpointID = triggers.Set(h.options.endpoint)
	}
	if len(h.options.types) == 1 {
		query.Type = triggers.Set(h.options.types[0])
	}
	var found []triggers.Attempt
	for attempt, err := range h.client.EachAllAttempts(ctx, query) {
		if err != nil {
			return err
		}
		if found = append(found, attempt); len(found) == mostLookedUp {
			h.say("triggers: only the latest %d attempts are shown", mostLookedUp)
			break
		}
	}
	slices.SortFunc(found, func(one, other triggers.Attempt) int { return one.StartedAt.Compare(other.StartedAt) })
	for _, attempt := range found {
		data, err := console.Line(streamed{attempt.EventID, text(attempt.Type), attempt.EndpointID, attempt.Number, asStreamed(attempt.Outcome),
			attempt.StartedAt, attempt.DurationMS, attempt.ResponseStatus, attempt.ErrorCode, attempt.Error, nil})
		if err == nil {
			err = h.print(ctx, feed.Item{Kind: attemptFinished, Data: json.RawMessage(data)})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// An attempt of the list with the members that the stream gives it, each of them.
type streamed struct {
	EventID        string     `json:"event_id"`
	EventType      string     `json:"event_type"`
	EndpointID     string     `json:"endpoint_id"`
	Number         int64      `json:"number"`
	Outcome        string     `json:"outcome"`
	StartedAt      time.Time  `json:"started_at"`
	DurationMS     int64      `json:"duration_ms"`
	ResponseStatus *int64     `json:"response_status"`
	ErrorCode      *string    `json:"error_code"`
	Error          *string    `json:"error"`
	NextAttemptAt  *time.Time `json:"next_attempt_at"`
}

// The list says retrying of what the stream calls retried.
func asStreamed(outcome string) string {
	if outcome == "retrying" {
		return "retried"
	}
	return outcome
}

func text(value *string) string {
	if value == nil {
		return ""
	}
	return *value
}
