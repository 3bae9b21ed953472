// Package inbox consumes events by polling, by leasing, or with a program for each.
package inbox

import (
	"encoding/json"
	"net/url"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"triggers.dev/cli/internal/exit"
	"triggers.dev/cli/internal/session"
	triggers "triggers.dev/go"
)

const sample = "0198c0de-7b3a-7000-8000-000000000000"

// Command is `triggers inbox`.
func Command(s *session.Session) *cobra.Command {
	command := &cobra.Command{
		Use: "inbox", Short: "Consume events from the inbox",
		Long:    "Consumes events: look at them, lease them, acknowledge them, or run a program for each.",
		Example: "  triggers inbox poll\n  triggers inbox drain --exec ./work.sh",
	}
	command.AddCommand(poll(s), lease(s), ack(s), release(s), drain(s))
	return command
}

var headings = []string{"ID", "TYPE", "STATUS", "ATTEMPTS", "ACCEPTED"}

func row(event triggers.InboxItem) []string {
	return []string{event.ID, event.Type, event.Status, strconv.FormatInt(event.Attempts, 10), session.Clock(event.CreatedAt)}
}

func poll(s *session.Session) *cobra.Command {
	var status, eventType string
	var most, wait, receives int
	command := &cobra.Command{
		Use: "poll", Short: "Show what is in the inbox", Args: cobra.NoArgs,
		Long:    "Shows events that are still open, oldest first. It takes nothing out: acknowledge what is done.",
		Example: "  triggers inbox poll --type 'order.*'\n  triggers inbox poll --wait 30 --json | jq -r .id",
		RunE: func(command *cobra.Command, _ []string) error {
			client, err := s.Client()
			if err != nil {
				return err
			}
			query := url.Values{"order": {"asc"}, "limit": {strconv.Itoa(size(most))}}
			for name, value := range map[string]string{"status": status, "type": eventType, "wait": positive(wait), "min_receives": positive(receives)} {
				if value != "" {
					query.Set(name, value)
				}
			}
			found := session.Each[triggers.InboxItem](command.Context(), client, "listInbox", "events", query, most)
			return session.List(s, found, headings, row)
		},
	}
	flags := command.Flags()
	flags.StringVar(&status, "status", "", "pending, failed, delivered or all; default: pending and failed")
	flags.StringVarP(&eventType, "type", "t", "", "user.created, or 'user.*'")
	flags.IntVar(&most, "limit", 100, "how many at the most; 0: all")
	flags.IntVar(&wait, "wait", 0, "seconds to wait for an event, 0 to 30")
	flags.IntVar(&receives, "min-receives", 0, "only what was leased so often and not acknowledged")
	return command
}

func size(most int) int {
	if most <= 0 {
		return 1000
	}
	return min(most, 1000)
}

func positive(number int) string {
	if number <= 0 {
		return ""
	}
	return strconv.Itoa(number)
}

func lease(s *session.Session) *cobra.Command {
	var eventType, consumer string
	var limit, wait, receives int64
	var span time.Duration
	command := &cobra.Command{
		Use: "lease", Short: "Take events that nobody else then has", Args: cobra.NoArgs,
		Long: `Leases events: nobody else gets them until they are acknowledged, released, or the lease ends. With --json each event is printed as
{"lease_id", "event"}.`,
		Example: "  triggers inbox lease --limit 10 --for 5m --json",
		RunE: func(command *cobra.Command, _ []string) error {
			client, err := s.Client()
			if err != nil {
				return err
			}
			request := triggers.LeaseRequest{Limit: triggers.Set(limit), Wait: triggers.Set(wait), LeaseSeconds: triggers.Set(int64(span.Seconds()))}
			if eventType != "" {
				request.Type = triggers.Set(eventType)
			}
			if consumer != "" {
				request.Consumer = triggers.Set(consumer)
			}
			if receives > 0 {
				request.MaxReceives = triggers.Set(receives)
			}
			page, err := session.Ask[struct {
				LeaseID *string           `json:"lease_id"`
				Events  []json.RawMessage `json:"events"`
			}](command.Context(), client, "lease", nil, nil, request)
			if err != nil {
				return err
			}
			return leased(s, session.Maybe(page.Value.LeaseID), page.Value.Events)
		},
	}
	flags := command.Flags()
	flags.StringVarP(&eventType, "type", "t", "", "user.created, or 'user.*'")
	flags.StringVar(&consumer, "consumer", "", "a name for those who look at leases")
	flags.Int64Var(&limit, "limit", 100, "how many, 1 to 1000")
	flags.Int64Var(&wait, "wait", 0, "seconds to wait for an event, 0 to 30")
	flags.Int64Var(&receives, "max-receives", 0, "leave what was received so often")
	flags.DurationVar(&span, "for", 30*time.Second, "how long")
	return command
}

func leased(s *session.Session, lease string, events []json.RawMessage) error {
	table := s.Table("ID", "TYPE", "RECEIVES", "UNTIL")
	for _, raw := range events {
		if s.JSON {
			if err := s.Object(struct {
				LeaseID string          `json:"lease_id"`
				Event   json.RawMessage `json:"event"`
			}{lease, raw}); err != nil {
				return err
			}
			continue
		}
		var event triggers.LeasedItem
		if err := json.Unmarshal(raw, &event); err != nil {
			return err
		}
		table.Row(event.ID, event.Type, strconv.FormatInt(event.Receives, 10), session.Clock(event.LeasedUntil))
	}
	if s.JSON {
		return nil
	}
	if lease != "" {
		s.Say("Lease %s", lease)
	}
	return table.Flush()
}

func ack(s *session.Session) *cobra.Command {
	return &cobra.Command{
		Use: "ack EVENT_ID...", Short: "Acknowledge events", Args: cobra.MinimumNArgs(1),
		Long:    "Acknowledges events: they leave the inbox, and retries of them stop. It ends with 4 if one of them is not there.",
		Example: "  triggers inbox ack " + sample + "\n  triggers inbox poll --json | jq -r .id | xargs triggers inbox ack",
		RunE: func(command *cobra.Command, arguments []string) error {
			client, err := s.Client()
			if err != nil {
				return err
			}
			failed := false
			for start := 0; start < len(arguments); start += 1000 {
				part := arguments[start:min(start+1000, len(arguments))]
				done, err := client.AcknowledgeEvents(command.Context(), triggers.AcknowledgementBatch{EventIDs: part})
				if err != nil {
					return err
				}
				for _, result := range done.Results {
					failed = failed || result.Status != "acknowledged"
					if err := told(s, result); err != nil {
						return err
					}
				}
			}
			if failed {
				return exit.Silently(exit.NotFound)
			}
			return nil
		},
	}
}

func told(s *session.Session, result triggers.AcknowledgementResult) error {
	if s.JSON {
		return s.Object(struct {
			ID     string  `json:"id"`
			Status string  `json:"status"`
			Error  *string `json:"error"`
		}{result.ID, result.Status, result.Error})
	}
	return s.Print("%s  %s %s", result.ID, result.Status, session.Maybe(result.Error))
}

func release(s *session.Session) *cobra.Command {
	var delay time.Duration
	command := &cobra.Command{
		Use: "release EVENT_ID...", Short: "Give leased events back", Args: cobra.RangeArgs(1, 1000),
		Long: "Gives events back that were leased and will not be done: others get them at once, or after --delay.", Example: "  triggers inbox release " + sample + " --delay 1m",
		RunE: func(command *cobra.Command, arguments []string) error {
			client, err := s.Client()
			if err != nil {
				return err
			}
			done, err := session.Ask[triggers.LeaseReleased](command.Context(), client, "releaseLease", nil, nil,
				triggers.LeaseRelease{EventIDs: triggers.Set(arguments), DelaySeconds: triggers.Set(int64(delay.Seconds()))})
			if err != nil {
				return err
			}
			return session.Show(s, done, func(done triggers.LeaseReleased) error { return s.Print("%d given back", done.Released) })
		},
	}
	command.Flags().DurationVar(&delay, "delay", 0, "not before then")
	return command
}
