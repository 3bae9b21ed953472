package organizations

import (
	"github.com/spf13/cobra"

	"triggers.dev/cli/internal/console"
	"triggers.dev/cli/internal/session"
	triggers "triggers.dev/go"
)

func key(s *session.Session) *cobra.Command {
	var scopes []string
	command := &cobra.Command{
		Use: "key ORGANIZATION_ID NAME", Short: "Make a key of an organization", Args: cobra.ExactArgs(2),
		Long:    "Makes a key of an organization, its first one too, and prints it, this once.",
		Example: "  triggers orgs key " + sample + " support --scopes events:read,webhooks:read",
		RunE: func(command *cobra.Command, arguments []string) error {
			client, err := s.Admin()
			if err != nil {
				return err
			}
			request := triggers.KeyToMake{Name: arguments[1]}
			if len(scopes) > 0 {
				request.Scopes = triggers.Set(scopes)
			}
			made, err := session.Ask[triggers.MadeKey](command.Context(), client, "createOrganizationKey", arguments[:1], nil, request)
			if err != nil {
				return err
			}
			return session.Show(s, made, func(made triggers.MadeKey) error {
				s.Say("%s (%s); it is shown this once:", console.Visible(made.Name), made.ID)
				return s.Print("%s", made.APIKey)
			})
		},
	}
	command.Flags().StringSliceVar(&scopes, "scopes", nil, "what it may do; default: everything")
	return command
}

func open(s *session.Session) *cobra.Command {
	return &cobra.Command{
		Use: "open ORGANIZATION_ID", Short: "Make a link into an organization's portal", Args: cobra.ExactArgs(1),
		Long: "Makes a link into an organization's portal, which works once, for ten minutes, and prints it.", Example: "  triggers orgs open " + sample,
		RunE: func(command *cobra.Command, arguments []string) error {
			client, err := s.Admin()
			if err != nil {
				return err
			}
			made, err := session.Ask[triggers.SessionLink](command.Context(), client, "createOrganizationSession", arguments, nil, nil)
			if err != nil {
				return err
			}
			return session.Show(s, made, func(made triggers.SessionLink) error { return s.Print("%s", made.URL) })
		},
	}
}
