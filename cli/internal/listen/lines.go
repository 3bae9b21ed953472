package listen

import (
	"context"
	"fmt"
	"time"

	"triggers.dev/cli/internal/console"
	"triggers.dev/cli/internal/feed"
)

// A line an event, for logs and eyes.
func compact(ctx context.Context, l *listener) error {
	l.greet()
	l.feed.State = l.ready()
	return l.run(ctx, func(delivery *Delivery) error {
		colour := console.Green
		if !delivery.Delivered() {
			colour = console.Red
		}
		return l.session.Print("%s  %s  %s  %s", delivery.SentAt.Format(time.TimeOnly), delivery.Event.ID,
			console.Visible(delivery.Event.Type), l.session.Paint(colour, outcome(delivery)))
	})
}

func outcome(delivery *Delivery) string {
	if delivery.Err != nil {
		return "not delivered: " + console.Visible(delivery.Err.Error())
	}
	return fmt.Sprintf("%d in %s", delivery.Status, delivery.Duration.Round(100*time.Microsecond))
}

type line struct {
	EventID    string    `json:"event_id"`
	Type       string    `json:"type"`
	DedupID    *string   `json:"dedup_id"`
	CreatedAt  time.Time `json:"created_at"`
	SentAt     time.Time `json:"sent_at"`
	Delivered  bool      `json:"delivered"`
	Status     *int      `json:"status"`
	DurationMS float64   `json:"duration_ms"`
	Error      *string   `json:"error"`
}

// A JSON object an event, for programs.
func asJSON(ctx context.Context, l *listener) error {
	l.greet()
	l.feed.State = l.ready()
	return l.run(ctx, func(delivery *Delivery) error {
		made := line{EventID: delivery.Event.ID, Type: delivery.Event.Type, DedupID: delivery.Event.DedupID, CreatedAt: delivery.Event.CreatedAt,
			SentAt: delivery.SentAt.UTC(), Delivered: delivery.Delivered(), DurationMS: float64(delivery.Duration.Microseconds()) / 1000}
		if delivery.Status != 0 {
			made.Status = &delivery.Status
		}
		if delivery.Err != nil {
			text := delivery.Err.Error()
			made.Error = &text
		}
		return l.session.Object(made)
	})
}

// Says once that events will be seen, and again after a break.
func (l *listener) ready() func(feed.State) {
	var last feed.State
	return func(state feed.State) {
		if state != last && state != feed.Broken {
			l.session.Say("Ready (%s)", map[feed.State]string{feed.Connected: "stream", feed.Polling: "long polls"}[state])
		}
		last = state
	}
}
