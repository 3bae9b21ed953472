// Package send posts events: one, or as many as there are lines.
package send

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"triggers.dev/cli/internal/exit"
	"triggers.dev/cli/internal/session"
	triggers "triggers.dev/go"
)

type options struct {
	file, ndjson, dedupID, deliverAt, rest string
	batch                                  int
	patience                               time.Duration
}

// Command is `triggers send`.
func Command(s *session.Session) *cobra.Command {
	var options options
	command := &cobra.Command{
		Use: "send [TYPE] [PAYLOAD]", Short: "Post an event, or a file of them", Args: cobra.MaximumNArgs(2),
		Long: `Posts an event; it is stored when the command ends with 0. The payload is JSON: an argument, --file, or what comes on stdin.

With --ndjson it posts an event a line, in batches: {"type": …, "payload": …, "dedup_id": …, "deliver_at": …}, or with TYPE the payload
alone. It keeps to the key's limit and waits where it is over it.

Each event has a dedup_id, yours or one that is made, so that what is repeated because the service did not answer is stored once. If the
service stays away for longer than --patience, or the command is interrupted, what is not known to be stored is written to a file, with
its dedup ids; sending that file goes on without storing anything twice, within the 24 hours that the service remembers them.`,
		Example: `  triggers send user.created '{"id": 1, "name": "Ada"}'
  echo '{"id": 1}' | triggers send user.created
  triggers send order.paid --file order.json --dedup-id order-4711
  triggers send --ndjson events.ndjson
  jq -c '.users[]' export.json | triggers send user.imported --ndjson -`,
		RunE: func(command *cobra.Command, arguments []string) error {
			if options.ndjson != "" {
				return many(command.Context(), s, options, arguments)
			}
			return one(command.Context(), s, options, arguments)
		},
	}
	flags := command.Flags()
	flags.StringVar(&options.file, "file", "", "read the payload from this file")
	flags.StringVar(&options.ndjson, "ndjson", "", "post an event for each line of this file; - is stdin")
	flags.StringVar(&options.dedupID, "dedup-id", "", "posted again with the same one within 24 hours, it is not stored again")
	flags.StringVar(&options.deliverAt, "deliver-at", "", "deliver it then: 2026-01-31T12:00:00Z")
	flags.StringVar(&options.rest, "rest", "", "where --ndjson writes what it could not send (default: below the state directory)")
	flags.IntVar(&options.batch, "batch", 1000, "events a request, 1 to 1000")
	flags.DurationVar(&options.patience, "patience", 5*time.Minute, "how long to try while the service is away or limits")
	command.MarkFlagsMutuallyExclusive("file", "ndjson")
	command.MarkFlagsMutuallyExclusive("dedup-id", "ndjson")
	command.MarkFlagsMutuallyExclusive("deliver-at", "ndjson")
	return command
}

func one(ctx context.Context, s *session.Session, options options, arguments []string) error {
	if len(arguments) == 0 {
		return exit.UsageError("which type? triggers send TYPE PAYLOAD")
	}
	payload, err := payload(s, options, arguments[1:])
	if err != nil {
		return err
	}
	event := triggers.EventToSend{Type: arguments[0], Payload: payload, DedupID: options.dedupID}
	if options.deliverAt != "" {
		if event.DeliverAt, err = time.Parse(time.RFC3339, options.deliverAt); err != nil {
			return exit.UsageError("--deliver-at: no time as 2026-01-31T12:00:00Z")
		}
	}
	client, err := s.Client(session.Patient(options.patience))
	if err != nil {
		return err
	}
	sent, err := client.Send(ctx, event)
	if errors.Is(err, triggers.ErrConnection) || errors.Is(err, triggers.ErrUnavailable) || ctx.Err() != nil {
		s.Warn("triggers: NOT KNOWN whether the event was stored")
	}
	if err != nil {
		return err
	}
	if s.JSON {
		return s.Object(struct {
			ID       string `json:"id"`
			Type     string `json:"type"`
			DedupID  string `json:"dedup_id"`
			Repeated bool   `json:"repeated"`
		}{sent.ID, event.Type, sent.DedupID, sent.Repeated})
	}
	s.Say("Stored.")
	return s.Print("%s", sent.ID)
}

func payload(s *session.Session, options options, arguments []string) (json.RawMessage, error) {
	var text []byte
	var err error
	switch {
	case options.file != "" && len(arguments) > 0:
		return nil, exit.UsageError("the payload is an argument or --file, not both")
	case options.file != "":
		text, err = os.ReadFile(options.file)
	case len(arguments) > 0 && arguments[0] != "-":
		text = []byte(arguments[0])
	case len(arguments) == 0 && s.ReadsTerminal():
		return nil, exit.UsageError("no payload: an argument, --file, or JSON on stdin")
	default:
		text, err = io.ReadAll(s.In)
	}
	if err != nil {
		return nil, err
	}
	if text = bytes.TrimSpace(text); !json.Valid(text) {
		return nil, exit.With(exit.Invalid, fmt.Errorf("the payload is no JSON: %s", excerpt(text)))
	}
	return text, nil
}

func excerpt(text []byte) string {
	if len(text) == 0 {
		return "it is empty"
	}
	return fmt.Sprintf("%.60q", text)
}
