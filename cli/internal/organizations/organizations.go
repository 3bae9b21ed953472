// Package organizations is for the operator: who uses the service.
package organizations

import (
	"net/url"
	"sort"
	"strings"

	"github.com/spf13/cobra"

	"triggers.dev/cli/internal/console"
	"triggers.dev/cli/internal/exit"
	"triggers.dev/cli/internal/session"
	triggers "triggers.dev/go"
)

const sample = "0198c0db-0000-7000-8000-000000000000"

// Command is `triggers orgs`.
func Command(s *session.Session) *cobra.Command {
	command := &cobra.Command{
		Use: "orgs", Short: "Manage organizations, as the operator",
		Long:    "Makes, finds, changes and suspends organizations. It needs the admin token, in TRIGGERS_ADMIN_TOKEN or the profile.",
		Example: "  triggers orgs create Acme --tier pro --external-id customer-17\n  triggers orgs list --state suspended",
	}
	command.AddCommand(create(s), list(s), get(s), edit(s), suspend(s), resume(s), key(s), open(s), move(s), drain(s))
	return command
}

func create(s *session.Session) *cobra.Command {
	var tier, externalID string
	var metadata []string
	command := &cobra.Command{
		Use: "create NAME", Short: "Make an organization", Args: cobra.ExactArgs(1),
		Long:    "Makes an organization. With an --external-id that there is already, it is that one. It has no key yet: triggers orgs key.",
		Example: "  triggers orgs create Acme --tier pro --external-id customer-17 --metadata region=eu",
		RunE: func(command *cobra.Command, arguments []string) error {
			body := map[string]any{"name": arguments[0], "tier": tier}
			if externalID != "" {
				body["external_id"] = externalID
			}
			if len(metadata) > 0 {
				pairs, err := pairs(metadata)
				if err != nil {
					return err
				}
				body["metadata"] = pairs
			}
			return answer(command, s, "createOrganization", nil, body)
		},
	}
	command.Flags().StringVar(&tier, "tier", "free", "how much it may post")
	command.Flags().StringVar(&externalID, "external-id", "", "what it is called elsewhere; there is one of each")
	command.Flags().StringSliceVar(&metadata, "metadata", nil, "name=value, up to 32")
	return command
}

func list(s *session.Session) *cobra.Command {
	var q, tier, state, externalID string
	var most int
	command := &cobra.Command{
		Use: "list", Short: "Find organizations", Args: cobra.NoArgs, Long: "Lists organizations; --query looks into names, external ids and metadata.",
		Example: "  triggers orgs list --query acme\n  triggers orgs list --external-id customer-17 --json | jq -r .id",
		RunE: func(command *cobra.Command, _ []string) error {
			client, err := s.Admin()
			if err != nil {
				return err
			}
			query := url.Values{}
			for name, value := range map[string]string{"q": q, "tier": tier, "state": state, "external_id": externalID} {
				if value != "" {
					query.Set(name, value)
				}
			}
			found := session.Each[triggers.Organization](command.Context(), client, "listOrganizations", "organizations", query, most)
			return session.List(s, found, []string{"ID", "NAME", "TIER", "STATE", "EXTERNAL ID"}, func(one triggers.Organization) []string {
				return []string{one.ID, one.Name, one.Tier, one.State, session.Maybe(one.ExternalID)}
			})
		},
	}
	flags := command.Flags()
	flags.StringVar(&q, "query", "", "a part of the name, the external id or metadata")
	flags.StringVar(&tier, "tier", "", "of this tier")
	flags.StringVar(&state, "state", "", "active or suspended")
	flags.StringVar(&externalID, "external-id", "", "the one of this external id")
	flags.IntVar(&most, "limit", 100, "how many at the most; 0: all")
	return command
}

func get(s *session.Session) *cobra.Command {
	return &cobra.Command{
		Use: "get ORGANIZATION_ID", Short: "Show an organization", Args: cobra.ExactArgs(1), Long: "Shows an organization.", Example: "  triggers orgs get " + sample,
		RunE: func(command *cobra.Command, arguments []string) error {
			return answer(command, s, "getOrganization", arguments, nil)
		},
	}
}

func edit(s *session.Session) *cobra.Command {
	var name, tier string
	var metadata []string
	command := &cobra.Command{
		Use: "edit ORGANIZATION_ID", Short: "Change an organization", Args: cobra.ExactArgs(1),
		Long: "Changes what is given, and leaves the rest. --metadata replaces all of it.", Example: "  triggers orgs edit " + sample + " --tier business",
		RunE: func(command *cobra.Command, arguments []string) error {
			body := map[string]any{}
			if command.Flags().Changed("name") {
				body["name"] = name
			}
			if command.Flags().Changed("tier") {
				body["tier"] = tier
			}
			if command.Flags().Changed("metadata") {
				pairs, err := pairs(metadata)
				if err != nil {
					return err
				}
				body["metadata"] = pairs
			}
			if len(body) == 0 {
				return exit.UsageError("nothing to change: see triggers orgs edit --help")
			}
			return answer(command, s, "changeOrganization", arguments, body)
		},
	}
	command.Flags().StringVar(&name, "name", "", "what it is called")
	command.Flags().StringVar(&tier, "tier", "", "how much it may post")
	command.Flags().StringSliceVar(&metadata, "metadata", nil, "name=value, up to 32")
	return command
}

func suspend(s *session.Session) *cobra.Command {
	return &cobra.Command{
		Use: "suspend ORGANIZATION_ID", Short: "Suspend an organization", Args: cobra.ExactArgs(1),
		Long: "Suspends an organization: its keys write nothing, its deliveries rest, and nothing is lost.", Example: "  triggers orgs suspend " + sample,
		RunE: func(command *cobra.Command, arguments []string) error {
			return answer(command, s, "changeOrganization", arguments, map[string]any{"suspended": true})
		},
	}
}

func resume(s *session.Session) *cobra.Command {
	return &cobra.Command{
		Use: "resume ORGANIZATION_ID", Short: "End a suspension", Args: cobra.ExactArgs(1),
		Long: "Ends a suspension: everything goes on where it was.", Example: "  triggers orgs resume " + sample,
		RunE: func(command *cobra.Command, arguments []string) error {
			return answer(command, s, "changeOrganization", arguments, map[string]any{"suspended": false})
		},
	}
}

func answer(command *cobra.Command, s *session.Session, operation string, path []string, body any) error {
	client, err := s.Admin()
	if err != nil {
		return err
	}
	found, err := session.Ask[triggers.Organization](command.Context(), client, operation, path, nil, body)
	if err != nil {
		return err
	}
	return session.Show(s, found, func(one triggers.Organization) error { return show(s, one) })
}

func show(s *session.Session, one triggers.Organization) error {
	lines := [][2]string{{"id", one.ID}, {"cell", one.Cell}, {"name", one.Name}, {"tier", one.Tier}, {"state", one.State}, {"external_id", session.Maybe(one.ExternalID)}}
	names := make([]string, 0, len(one.Metadata))
	for name := range one.Metadata {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		lines = append(lines, [2]string{"metadata", name + "=" + one.Metadata[name]})
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

func pairs(given []string) (map[string]string, error) {
	found := map[string]string{}
	for _, one := range given {
		name, value, ok := strings.Cut(one, "=")
		if !ok {
			return nil, exit.UsageError("--metadata: name=value")
		}
		found[name] = value
	}
	return found, nil
}
