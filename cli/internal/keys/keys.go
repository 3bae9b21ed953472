// Package keys manages the organization's keys.
package keys

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"triggers.dev/cli/internal/config"
	"triggers.dev/cli/internal/console"
	"triggers.dev/cli/internal/session"
	triggers "triggers.dev/go"
)

// Command is `triggers keys`.
func Command(s *session.Session) *cobra.Command {
	command := &cobra.Command{
		Use: "keys", Short: "Manage API keys",
		Long:    "Makes, lists, ends and replaces keys of the organization.",
		Example: "  triggers keys create billing --scopes events:read,inbox:write --expires-in 90d\n  triggers keys list",
	}
	command.AddCommand(create(s), list(s), revoke(s), rotate(s))
	return command
}

func create(s *session.Session) *cobra.Command {
	var scopes, types, endpoints []string
	var expires string
	command := &cobra.Command{
		Use: "create NAME", Short: "Make another key", Args: cobra.ExactArgs(1),
		Long:    "Makes a key and prints it, this once. Without --scopes, --types or --endpoints it has what the calling key has.",
		Example: "  triggers keys create billing --scopes events:read,inbox:write --types 'invoice.*' --expires-in 90d\n  triggers keys create ci --scopes events:write -q > key.txt",
		RunE: func(command *cobra.Command, arguments []string) error {
			client, err := s.Client()
			if err != nil {
				return err
			}
			request := triggers.KeyToMake{Name: arguments[0]}
			for flag, list := range map[*[]string]*triggers.Optional[[]string]{&scopes: &request.Scopes, &types: &request.Types, &endpoints: &request.EndpointIDs} {
				if len(*flag) > 0 {
					*list = triggers.Set(*flag)
				}
			}
			if expires != "" {
				span, err := session.Span("expires-in", expires)
				if err != nil {
					return err
				}
				request.ExpiresIn = triggers.Set(int64(span.Seconds()))
			}
			made, err := session.Ask[triggers.MadeKey](command.Context(), client, "createKey", nil, nil, request)
			if errors.Is(err, triggers.ErrConnection) {
				s.Warn("triggers: NOT KNOWN whether a key was made: triggers keys list")
			}
			if err != nil {
				return err
			}
			return session.Show(s, made, func(made triggers.MadeKey) error {
				s.Say("%s (%s); it is shown this once:", console.Visible(made.Name), made.ID)
				return s.Print("%s", made.APIKey)
			})
		},
	}
	flags := command.Flags()
	flags.StringSliceVar(&scopes, "scopes", nil, "what it may do: events:read,inbox:write,…")
	flags.StringSliceVar(&types, "types", nil, "only events of these types")
	flags.StringSliceVar(&endpoints, "endpoints", nil, "only these endpoints")
	flags.StringVar(&expires, "expires-in", "", "when it ends: 12h, 90d")
	return command
}

func list(s *session.Session) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List keys", Args: cobra.NoArgs, Long: "Lists the organization's keys: who they are, what they may do, when they were used last.",
		Example: "  triggers keys list\n  triggers keys list --json | jq -r 'select(.last_used_at == null) | .id'",
		RunE: func(command *cobra.Command, _ []string) error {
			client, err := s.Client()
			if err != nil {
				return err
			}
			found := session.Each[triggers.OrganizationKey](command.Context(), client, "listKeys", "keys", nil, 0)
			return session.List(s, found, []string{"ID", "PREFIX", "NAME", "SCOPES", "LAST USED", "ENDS"}, func(key triggers.OrganizationKey) []string {
				return []string{key.ID, key.Prefix, key.Name, strings.Join(key.Scopes, ","), session.Maybe(key.LastUsedAt), session.Maybe(key.ExpiresAt)}
			})
		},
	}
}

func revoke(s *session.Session) *cobra.Command {
	return &cobra.Command{
		Use: "revoke KEY_ID", Short: "End a key at once", Args: cobra.ExactArgs(1), Long: "Ends a key: within a second no instance takes it.",
		Example: "  triggers keys revoke 0198c0e0-0000-7000-8000-000000000000",
		RunE: func(command *cobra.Command, arguments []string) error {
			client, err := s.Client()
			if err != nil {
				return err
			}
			if err := client.DeleteKey(command.Context(), arguments[0]); err != nil {
				return err
			}
			if s.JSON {
				return s.Object(map[string]any{"id": arguments[0], "revoked": true})
			}
			s.Say("Ended.")
			return nil
		},
	}
}

func rotate(s *session.Session) *cobra.Command {
	var grace time.Duration
	command := &cobra.Command{
		Use: "rotate", Short: "Replace the calling key", Args: cobra.NoArgs,
		Long: `Replaces the key that is used. If it is the profile's, the new one is stored there, and not shown; if it came from TRIGGERS_KEY, the
new one is printed. The old one is dead at once, unless --grace lets it live on.`,
		Example: "  triggers keys rotate\n  triggers keys rotate --grace 1h",
		RunE: func(command *cobra.Command, _ []string) error {
			identity, err := s.Identity()
			if err != nil {
				return err
			}
			file, err := config.Load()
			if err != nil {
				return err
			}
			if identity.Stored {
				// It must be possible to keep what comes back, before the old one is gone.
				if err := file.Save(); err != nil {
					return err
				}
			}
			client, err := s.Client()
			if err != nil {
				return err
			}
			request := &triggers.RotationRequest{}
			if grace > 0 {
				request.GracePeriodSeconds = triggers.Set(int64(grace.Seconds()))
			}
			made, err := client.RotateKey(command.Context(), request)
			if errors.Is(err, triggers.ErrConnection) {
				s.Warn("triggers: NOT KNOWN whether the key was replaced: triggers doctor")
			}
			if err != nil {
				return err
			}
			return keep(s, identity, file, made)
		},
	}
	command.Flags().DurationVar(&grace, "grace", 0, "how long the old one still works, up to 24h")
	return command
}

func keep(s *session.Session, identity *session.Identity, file *config.Config, made *triggers.RotatedKey) error {
	if !identity.Stored {
		if s.JSON {
			return s.Object(map[string]any{"api_key": made.APIKey, "stored": false})
		}
		s.Say("The new key; it is shown this once:")
		return s.Print("%s", made.APIKey)
	}
	profile := file.Profiles[identity.Profile]
	profile.Key = made.APIKey
	file.Profiles[identity.Profile] = profile
	if err := file.Save(); err != nil {
		_ = s.Print("%s", made.APIKey)
		return fmt.Errorf("the new key is printed, since it could not be stored: %w", err)
	}
	if s.JSON {
		return s.Object(map[string]any{"api_key": nil, "stored": true})
	}
	s.Say("Replaced, and stored in the profile %q.", identity.Profile)
	return nil
}
