// Package endpoints manages where events are delivered to.
package endpoints

import (
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"triggers.dev/cli/internal/console"
	"triggers.dev/cli/internal/session"
	triggers "triggers.dev/go"
)

const sample = "0198c0dd-0000-7000-8000-000000000000"

// Command is `triggers endpoints`.
func Command(s *session.Session) *cobra.Command {
	command := &cobra.Command{
		Use: "endpoints", Short: "Manage where events are delivered to",
		Long:    "Makes, lists, changes, tries and mends the endpoints of the organization.",
		Example: "  triggers endpoints create https://app.example.com/hook --types 'user.*'\n  triggers endpoints list",
	}
	command.AddCommand(create(s), list(s), get(s), edit(s), remove(s), test(s), enable(s), rotateSecret(s), recover(s))
	return command
}

func list(s *session.Session) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List endpoints and how they do", Args: cobra.NoArgs, Long: "Lists endpoints and how they do.",
		Example: "  triggers endpoints list\n  triggers endpoints list --json | jq -r 'select(.enabled | not) | .url'",
		RunE: func(command *cobra.Command, _ []string) error {
			client, err := s.Client()
			if err != nil {
				return err
			}
			found := session.Each[triggers.Webhook](command.Context(), client, "listWebhooks", "webhooks", url.Values{}, 0)
			return session.List(s, found, []string{"ID", "URL", "TYPES", "STATE"}, func(endpoint triggers.Webhook) []string {
				return []string{endpoint.ID, endpoint.URL, types(endpoint), state(endpoint)}
			})
		},
	}
}

func get(s *session.Session) *cobra.Command {
	return one(s, &cobra.Command{
		Use: "get ENDPOINT_ID", Short: "Show an endpoint", Args: cobra.ExactArgs(1), Long: "Shows an endpoint and how it does.",
		Example: "  triggers endpoints get " + sample,
	}, "getWebhook", nil)
}

// A command about one endpoint that answers with it.
func one(s *session.Session, command *cobra.Command, operation string, body any) *cobra.Command {
	command.RunE = func(command *cobra.Command, arguments []string) error {
		client, err := s.Client()
		if err != nil {
			return err
		}
		endpoint, err := session.Ask[triggers.Webhook](command.Context(), client, operation, arguments, nil, body)
		if err != nil {
			return err
		}
		return session.Show(s, endpoint, func(endpoint triggers.Webhook) error { return show(s, endpoint) })
	}
	return command
}

func show(s *session.Session, endpoint triggers.Webhook) error {
	lines := [][2]string{{"id", endpoint.ID}, {"url", endpoint.URL}, {"types", types(endpoint)}, {"state", state(endpoint)}, {"description", session.Maybe(endpoint.Description)}}
	if endpoint.Secret != nil {
		lines = append(lines, [2]string{"secret", *endpoint.Secret})
		s.Say("The secret is shown this once.")
	}
	for _, line := range lines {
		if line[1] == "" {
			continue
		}
		if err := s.Print("%-12s %s", line[0], console.Visible(line[1])); err != nil {
			return err
		}
	}
	return nil
}

func types(endpoint triggers.Webhook) string {
	if len(endpoint.EventTypes) == 0 {
		return "all"
	}
	return strings.Join(endpoint.EventTypes, ",")
}

func state(endpoint triggers.Webhook) string {
	switch {
	case !endpoint.Enabled:
		return strings.TrimSpace("disabled " + session.Maybe(endpoint.DisabledReason))
	case endpoint.Health.Circuit != "closed":
		return "circuit " + endpoint.Health.Circuit
	case endpoint.Health.ConsecutiveFailures > 0:
		return "failing"
	}
	return "enabled"
}
