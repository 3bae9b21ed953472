package tail

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"triggers.dev/cli/internal/console"
	"triggers.dev/cli/internal/feed"
	"triggers.dev/cli/internal/session"
	triggers "triggers.dev/go"
)

type printer struct {
	session *session.Session
	options options
	history *history
	printed int
	stop    func()
	// wrong is why nothing can be printed any more.
	wrong error
}

type line struct {
	Kind   string          `json:"kind"`
	Cursor *string         `json:"cursor"`
	Data   json.RawMessage `json:"data"`
}

func (p *printer) item(ctx context.Context, item feed.Item) error {
	if p.options.count > 0 && p.printed >= p.options.count {
		return context.Canceled
	}
	if skip, err := p.skipped(item); skip || err != nil {
		return err
	}
	if err := p.print(item); err != nil {
		p.wrong = err
		p.stop()
		return err
	}
	if p.printed++; p.printed == p.options.count {
		p.stop()
	}
	return nil
}

func (p *printer) skipped(item feed.Item) (bool, error) {
	if item.Kind != attemptFinished {
		return p.options.failed && item.Kind != "delivery.dead", nil
	}
	var attempt triggers.StreamedAttempt
	if err := json.Unmarshal(item.Data, &attempt); err != nil {
		return false, err
	}
	if p.history != nil && p.history.repeated(attempt) {
		return true, nil
	}
	wanted := len(p.options.types) == 0 || slices.ContainsFunc(p.options.types, func(filter string) bool { return feed.Matches(filter, attempt.EventType) })
	return !wanted || (p.options.failed && attempt.Outcome == "delivered"), nil
}

func (p *printer) print(item feed.Item) error {
	if p.session.JSON {
		made := line{Kind: item.Kind, Data: item.Data}
		if item.Cursor != "" {
			made.Cursor = &item.Cursor
		}
		return p.session.Object(made)
	}
	switch item.Kind {
	case feed.Accepted:
		var event feed.Event
		if err := json.Unmarshal(item.Data, &event); err != nil {
			return err
		}
		payload, _ := console.Line(event.Payload)
		return p.session.Print("%s  %s  %s  %s", event.CreatedAt.Local().Format(time.TimeOnly), event.ID, p.session.Paint(console.Cyan, console.Visible(event.Type)), console.Visible(string(payload)))
	case attemptFinished:
		var attempt triggers.StreamedAttempt
		if err := json.Unmarshal(item.Data, &attempt); err != nil {
			return err
		}
		return p.session.Print("%s  %s  %s  → %s #%d  %s", attempt.StartedAt.Local().Format(time.TimeOnly), attempt.EventID, console.Visible(attempt.EventType), attempt.EndpointID, attempt.Number, p.outcome(attempt))
	}
	return p.session.Print("%s  %s", item.Kind, console.Visible(string(item.Data)))
}

func (p *printer) outcome(attempt triggers.StreamedAttempt) string {
	said := attempt.Outcome
	if attempt.ResponseStatus != nil {
		said += fmt.Sprint(" ", *attempt.ResponseStatus)
	} else if attempt.ErrorCode != nil {
		said += " " + *attempt.ErrorCode
	}
	colour := console.Green
	if attempt.Outcome != "delivered" {
		colour = console.Red
	}
	return p.session.Paint(colour, fmt.Sprintf("%s in %d ms", console.Visible(said), attempt.DurationMS))
}
