package endpoints

import (
	"errors"
	"time"

	"github.com/spf13/cobra"

	"triggers.dev/cli/internal/console"
	"triggers.dev/cli/internal/exit"
	"triggers.dev/cli/internal/session"
	triggers "triggers.dev/go"
)

func test(s *session.Session) *cobra.Command {
	return &cobra.Command{
		Use: "test ENDPOINT_ID", Short: "Send an endpoint a test, and show its answer", Args: cobra.ExactArgs(1),
		Long:    "Sends an endpoint a signed test and shows what it answered. It ends with 1 if the endpoint did not take it.",
		Example: "  triggers endpoints test " + sample,
		RunE: func(command *cobra.Command, arguments []string) error {
			client, err := s.Client()
			if err != nil {
				return err
			}
			found, err := session.Ask[triggers.TestOutcome](command.Context(), client, "testWebhook", arguments, nil, nil)
			if err != nil {
				return err
			}
			err = session.Show(s, found, func(found triggers.TestOutcome) error {
				if found.Success {
					return s.Print("%s in %d ms", session.Maybe(found.ResponseStatus), found.DurationMS)
				}
				return s.Print("not taken: %s %s", session.Maybe(found.ResponseStatus), console.Visible(session.Maybe(found.Error)))
			})
			if err == nil && !found.Value.Success {
				return exit.Silently(exit.Failed)
			}
			return err
		},
	}
}

func rotateSecret(s *session.Session) *cobra.Command {
	var revoke bool
	command := &cobra.Command{
		Use: "rotate-secret ENDPOINT_ID", Short: "Replace the secret that signs", Args: cobra.ExactArgs(1),
		Long:    "Replaces an endpoint's secret, and prints the new one. The old one signs too for 24 hours, unless --revoke.",
		Example: "  triggers endpoints rotate-secret " + sample + "\n  triggers endpoints rotate-secret " + sample + " --revoke",
		RunE: func(command *cobra.Command, arguments []string) error {
			client, err := s.Client()
			if err != nil {
				return err
			}
			body := triggers.RotateWebhookSecretBody{}
			if revoke {
				body.Revoke = triggers.Set(true)
			}
			made, err := session.Ask[triggers.WebhookSecret](command.Context(), client, "rotateWebhookSecret", arguments, nil, body)
			if err != nil {
				return err
			}
			return session.Show(s, made, func(made triggers.WebhookSecret) error {
				if made.PreviousSecretExpiresAt != nil {
					s.Say("The old one signs too until %s.", session.Clock(*made.PreviousSecretExpiresAt))
				}
				return s.Print("%s", made.Secret)
			})
		},
	}
	command.Flags().BoolVar(&revoke, "revoke", false, "the old one is not used any more, from now on")
	return command
}

func recover(s *session.Session) *cobra.Command {
	var since string
	command := &cobra.Command{
		Use: "recover ENDPOINT_ID --since WHEN", Short: "Deliver again all that failed since then", Args: cobra.ExactArgs(1),
		Long:    "Delivers again to an endpoint every event accepted since then that it did not take. It goes on at the service when this command has ended.",
		Example: "  triggers endpoints recover " + sample + " --since 6h",
		RunE: func(command *cobra.Command, arguments []string) error {
			from, err := session.Moment("since", since, time.Now())
			if err != nil {
				return err
			}
			client, err := s.Client()
			if err != nil {
				return err
			}
			found, err := session.Ask[triggers.Recovery](command.Context(), client, "recoverWebhook", arguments, nil, triggers.RecoveryRequest{Since: from})
			if errors.Is(err, triggers.ErrConnection) {
				s.Warn("triggers: NOT KNOWN whether the recovery was ordered; the service lists them at /api/webhooks/%s/recover", arguments[0])
			}
			if err != nil {
				return err
			}
			return session.Show(s, found, func(found triggers.Recovery) error {
				return s.Print("%s  ordered, of failed deliveries since %s", found.ID, session.Clock(found.Since))
			})
		},
	}
	command.Flags().StringVar(&since, "since", "", "6h, or a time")
	_ = command.MarkFlagRequired("since")
	return command
}
