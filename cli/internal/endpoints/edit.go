package endpoints

import (
	"strings"

	"github.com/spf13/cobra"

	"triggers.dev/cli/internal/exit"
	"triggers.dev/cli/internal/session"
	triggers "triggers.dev/go"
)

type settings struct {
	description, url string
	types, headers   []string
	rate             int64
	enabled, ordered bool
}

func (v *settings) flags(command *cobra.Command) {
	flags := command.Flags()
	flags.StringVar(&v.description, "description", "", "what it is for")
	flags.StringSliceVarP(&v.types, "types", "t", nil, "only events of these types: user.created, or 'user.*'")
	flags.StringSliceVar(&v.headers, "header", nil, "a header that each delivery has: 'name: value'")
	flags.BoolVar(&v.ordered, "ordered", false, "deliver one event after the other")
	flags.Int64Var(&v.rate, "rate", 0, "deliveries a second at the most")
}

// What was given, as the API takes it: what was not stays as it is.
func (v *settings) members(command *cobra.Command) (map[string]any, error) {
	body := map[string]any{}
	for flag, add := range map[string]func(){
		"description": func() { body["description"] = v.description },
		"types":       func() { body["event_types"] = v.types },
		"ordered":     func() { body["ordered"] = v.ordered },
		"rate":        func() { body["rate_limit_per_second"] = v.rate },
		"url":         func() { body["url"] = v.url },
		"enabled":     func() { body["enabled"] = v.enabled },
	} {
		if command.Flags().Changed(flag) {
			add()
		}
	}
	if len(v.headers) > 0 {
		headers := map[string]string{}
		for _, header := range v.headers {
			name, value, found := strings.Cut(header, ":")
			if !found {
				return nil, exit.UsageError("--header: 'name: value'")
			}
			headers[strings.TrimSpace(name)] = strings.TrimSpace(value)
		}
		body["headers"] = headers
	}
	return body, nil
}

func create(s *session.Session) *cobra.Command {
	var given settings
	command := &cobra.Command{
		Use: "create URL", Short: "Register an endpoint", Args: cobra.ExactArgs(1),
		Long:    "Registers an endpoint. Its secret is printed once: receivers verify deliveries with it.",
		Example: "  triggers endpoints create https://app.example.com/hook\n  triggers endpoints create https://app.example.com/hook --types 'user.*,order.paid' --rate 50 --json | jq -r .secret",
		RunE: func(command *cobra.Command, arguments []string) error {
			body, err := given.members(command)
			if err != nil {
				return err
			}
			body["url"] = arguments[0]
			client, err := s.Client()
			if err != nil {
				return err
			}
			made, err := session.Ask[triggers.Webhook](command.Context(), client, "createWebhook", nil, nil, body)
			if err != nil {
				return err
			}
			return session.Show(s, made, func(made triggers.Webhook) error { return show(s, made) })
		},
	}
	given.flags(command)
	return command
}

func edit(s *session.Session) *cobra.Command {
	var given settings
	command := &cobra.Command{
		Use: "edit ENDPOINT_ID", Short: "Change an endpoint", Args: cobra.ExactArgs(1),
		Long: `Changes what is given, and leaves the rest. A --url of another origin drops custom headers and makes a new secret, which is printed;
that keeps credentials from whoever may only move endpoints.`,
		Example: "  triggers endpoints edit " + sample + " --types 'user.*'\n  triggers endpoints edit " + sample + " --enabled=false",
		RunE: func(command *cobra.Command, arguments []string) error {
			body, err := given.members(command)
			if err != nil {
				return err
			}
			if len(body) == 0 {
				return exit.UsageError("nothing to change: see triggers endpoints edit --help")
			}
			client, err := s.Client()
			if err != nil {
				return err
			}
			changed, err := session.Ask[triggers.Webhook](command.Context(), client, "changeWebhook", arguments, nil, body)
			if err != nil {
				return err
			}
			return session.Show(s, changed, func(changed triggers.Webhook) error { return show(s, changed) })
		},
	}
	given.flags(command)
	command.Flags().StringVar(&given.url, "url", "", "where it is now")
	command.Flags().BoolVar(&given.enabled, "enabled", true, "whether it is sent to")
	return command
}

func enable(s *session.Session) *cobra.Command {
	return one(s, &cobra.Command{
		Use: "enable ENDPOINT_ID", Short: "Enable an endpoint again", Args: cobra.ExactArgs(1),
		Long: "Enables an endpoint that was disabled, by hand or because it failed for days. What waited for it is delivered.", Example: "  triggers endpoints enable " + sample,
	}, "changeWebhook", map[string]any{"enabled": true})
}

func remove(s *session.Session) *cobra.Command {
	return &cobra.Command{
		Use: "delete ENDPOINT_ID", Short: "Delete an endpoint", Args: cobra.ExactArgs(1),
		Long: "Deletes an endpoint and cancels its deliveries. An event that is left without any waits again.", Example: "  triggers endpoints delete " + sample,
		RunE: func(command *cobra.Command, arguments []string) error {
			client, err := s.Client()
			if err != nil {
				return err
			}
			if err := client.DeleteWebhook(command.Context(), arguments[0]); err != nil {
				return err
			}
			if s.JSON {
				return s.Object(map[string]any{"id": arguments[0], "deleted": true})
			}
			s.Say("Deleted.")
			return nil
		},
	}
}
