// Package events looks events up and delivers them again.
package events

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"triggers.dev/cli/internal/console"
	"triggers.dev/cli/internal/session"
	triggers "triggers.dev/go"
)

// Command is `triggers events`.
func Command(s *session.Session) *cobra.Command {
	command := &cobra.Command{
		Use: "events", Short: "Look events up, and deliver them again",
		Long:    "Looks events up: one with all that happened to it, or those that a search finds. Delivers one again to its endpoints.",
		Example: "  triggers events search 'type:user.* since:1h'\n  triggers events get 0198c0de-7b3a-7000-8000-000000000000",
	}
	command.AddCommand(get(s), search(s), redeliver(s))
	return command
}

func get(s *session.Session) *cobra.Command {
	return &cobra.Command{
		Use: "get EVENT_ID", Short: "Show an event, its deliveries and what happened to it", Args: cobra.ExactArgs(1),
		Long:    "Shows an event with its payload, its deliveries and its timeline.",
		Example: "  triggers events get 0198c0de-7b3a-7000-8000-000000000000\n  triggers events get 0198c0de-7b3a-7000-8000-000000000000 --json | jq .payload",
		RunE: func(command *cobra.Command, arguments []string) error {
			client, err := s.Client()
			if err != nil {
				return err
			}
			event, err := session.Ask[triggers.Event](command.Context(), client, "getEvent", arguments, nil, nil)
			if err != nil {
				return err
			}
			return session.Show(s, event, func(event triggers.Event) error { return show(s, event) })
		},
	}
}

func show(s *session.Session, event triggers.Event) error {
	for _, line := range [][2]string{{"id", event.ID}, {"type", console.Visible(event.Type)}, {"status", event.Status}, {"dedup_id", console.Visible(session.Maybe(event.DedupID))},
		{"accepted", session.Clock(event.CreatedAt)}, {"payload", payload(event.Payload)}} {
		if err := s.Print("%-10s %s", line[0], line[1]); err != nil {
			return err
		}
	}
	for _, entry := range event.Timeline {
		detail := session.Maybe(entry.EndpointID)
		if entry.Number != nil {
			detail += fmt.Sprintf(" #%d", *entry.Number)
		}
		if entry.ResponseStatus != nil {
			detail += fmt.Sprintf(" %d", *entry.ResponseStatus)
		}
		detail += " " + session.Maybe(entry.ErrorCode)
		if err := s.Print("%-10s %s  %s", entry.At.Local().Format(time.TimeOnly), entry.What, detail); err != nil {
			return err
		}
	}
	return nil
}

func payload(raw json.RawMessage) string {
	line, err := console.Line(raw)
	if err != nil {
		return ""
	}
	return console.Visible(string(line))
}

func search(s *session.Session) *cobra.Command {
	var most int
	command := &cobra.Command{
		Use: "search QUERY", Short: "Find events by type, time, outcome or payload", Args: cobra.ExactArgs(1),
		Long: `Finds events, newest first. A query is made of terms, all of which must hold: type:user.*, since:2h, code:5xx,
payload.user.id:42, and more; the portal's search box takes the same.`,
		Example: "  triggers events search 'type:order.* payload.order.id:4711 since:2h'\n  triggers events search 'status:failed' --limit 0 --json | jq -r .id",
		RunE: func(command *cobra.Command, arguments []string) error {
			client, err := s.Client()
			if err != nil {
				return err
			}
			query := url.Values{"q": {arguments[0]}, "limit": {strconv.Itoa(page(most, 100))}}
			found := session.Each[triggers.InboxItem](command.Context(), client, "searchEvents", "events", query, most)
			return session.List(s, found, headings, row)
		},
	}
	command.Flags().IntVar(&most, "limit", 50, "how many at the most; 0: all")
	return command
}

var headings = []string{"ID", "TYPE", "STATUS", "ATTEMPTS", "ACCEPTED"}

func row(event triggers.InboxItem) []string {
	return []string{event.ID, event.Type, event.Status, strconv.FormatInt(event.Attempts, 10), session.Clock(event.CreatedAt)}
}

func page(most, largest int) int {
	if most <= 0 {
		return largest
	}
	return min(most, largest)
}

func redeliver(s *session.Session) *cobra.Command {
	return &cobra.Command{
		Use: "redeliver EVENT_ID...", Short: "Deliver events again to their endpoints", Args: cobra.MinimumNArgs(1),
		Long:    "Delivers events again, to every endpoint of each that has no delivery under way. Receivers know a repeat by its webhook-id.",
		Example: "  triggers events redeliver 0198c0de-7b3a-7000-8000-000000000000\n  triggers events search 'status:failed' --json | jq -r .id | xargs triggers events redeliver",
		RunE: func(command *cobra.Command, arguments []string) error {
			client, err := s.Client()
			if err != nil {
				return err
			}
			for _, id := range arguments {
				if err := again(command.Context(), s, client, id); err != nil {
					return fmt.Errorf("%s: %w", id, err)
				}
			}
			return nil
		},
	}
}

func again(ctx context.Context, s *session.Session, client *triggers.Client, id string) error {
	done, err := session.Ask[triggers.Redelivery](ctx, client, "redeliverEvent", []string{id}, nil, nil)
	if err != nil {
		return err
	}
	return session.Show(s, done, func(done triggers.Redelivery) error {
		return s.Print("%s  again to %d endpoints", done.ID, done.Redelivered)
	})
}
