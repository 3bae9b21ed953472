package signature

import (
	"fmt"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"triggers.dev/cli/internal/exit"
	"triggers.dev/cli/internal/session"
)

// Sign is `triggers sign`.
func Sign(s *session.Session) *cobra.Command {
	var from input
	var id, at string
	command := &cobra.Command{
		Use: "sign --id ID", Short: "Sign a body as the service would", Args: cobra.NoArgs,
		Long:    "Signs a body (Standard Webhooks, HMAC-SHA-256) and prints the three headers of the delivery. Nothing is sent.",
		Example: "  TRIGGERS_WEBHOOK_SECRET=$(cat secret) triggers sign --id msg_1 --body body.json\n  triggers sign --id msg_1 --body body.json --secret-file secret --json",
		RunE: func(command *cobra.Command, _ []string) error {
			moment := time.Now()
			if at != "" {
				var err error
				if moment, err = session.Moment("at", at, moment); err != nil {
					return err
				}
			}
			text, err := from.secret(command, s)
			if err != nil {
				return err
			}
			secret, err := ParseSecret(text)
			if err != nil {
				return exit.With(exit.Invalid, err)
			}
			body, err := from.read(s)
			if err != nil {
				return err
			}
			header := secret.Header(id, moment, body)
			if s.JSON {
				return s.Object(map[string]string{"webhook-id": id, "webhook-timestamp": header.Get("webhook-timestamp"), "webhook-signature": header.Get("webhook-signature")})
			}
			for _, name := range headerNames {
				if err := s.Print("%s: %s", name, header.Get(name)); err != nil {
					return err
				}
			}
			return nil
		},
	}
	from.flags(command)
	command.Flags().StringVar(&id, "id", "", "webhook-id: the event's id")
	command.Flags().StringVar(&at, "at", "", "webhook-timestamp: a time; default: now")
	_ = command.MarkFlagRequired("id")
	return command
}

var headerNames = []string{"webhook-id", "webhook-timestamp", "webhook-signature"}

// Verify is `triggers verify`.
func Verify(s *session.Session) *cobra.Command {
	var from input
	var id, timestamp, signature, headers string
	var tolerance time.Duration
	command := &cobra.Command{
		Use: "verify", Short: "Check a delivery's signature, and say which part differs", Args: cobra.NoArgs,
		Long: `Checks a delivery as a receiver does. It ends with 5 if it is none, and says which part is wrong: a header that is missing, the time,
the secret, or the body; if the body was changed on its way in a way that often happens, it says how.`,
		Example: `  triggers verify --id "$ID" --timestamp "$TIMESTAMP" --signature "$SIGNATURE" --body body.json --secret-file secret
  triggers verify --headers headers.txt --body body.json --secret-of 0198c0dd-0000-7000-8000-000000000000`,
		RunE: func(command *cobra.Command, _ []string) error {
			header := http.Header{}
			if headers != "" {
				text, err := os.ReadFile(headers)
				if err != nil {
					return err
				}
				header = parseHeaders(string(text))
			}
			for place, value := range []string{id, timestamp, signature} {
				if value != "" {
					header.Set(headerNames[place], value)
				}
			}
			secret, err := from.secret(command, s)
			if err != nil {
				return err
			}
			body, err := from.read(s)
			if err != nil {
				return err
			}
			return report(s, examine(secret, header, body, tolerance))
		},
	}
	from.flags(command)
	flags := command.Flags()
	flags.StringVar(&id, "id", "", "webhook-id")
	flags.StringVar(&timestamp, "timestamp", "", "webhook-timestamp")
	flags.StringVar(&signature, "signature", "", "webhook-signature")
	flags.StringVar(&headers, "headers", "", "a file with the headers, a line each")
	flags.DurationVar(&tolerance, "tolerance", 5*time.Minute, "how old it may be")
	return command
}

func report(s *session.Session, found verdict) error {
	if s.JSON {
		if err := s.Object(found); err != nil {
			return err
		}
	} else if found.Valid {
		if err := s.Print("It is a delivery: %s %s, signed %s", found.ID, strconv.Quote(found.Type), found.Signed); err != nil {
			return err
		}
	} else if err := s.Print("It is NO delivery: %s", fmt.Sprintf("%s: %s", found.Part, found.Detail)); err != nil {
		return err
	}
	if !found.Valid {
		return exit.Silently(exit.Invalid)
	}
	return nil
}
