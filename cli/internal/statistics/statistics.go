// Package statistics shows figures: the operator's, of the whole service.
package statistics

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"triggers.dev/cli/internal/console"
	"triggers.dev/cli/internal/session"
	triggers "triggers.dev/go"
)

// Command is `triggers stats`.
func Command(s *session.Session) *cobra.Command {
	return &cobra.Command{
		Use: "stats", Short: "Show the figures of the service, as the operator", Args: cobra.NoArgs,
		Long: `Shows organizations, open deliveries, the oldest one due, the days that are kept, versions, and who has most to be delivered. It needs
the admin token, in TRIGGERS_ADMIN_TOKEN or the profile.`,
		Example: "  triggers stats\n  triggers stats --json | jq .open_deliveries",
		RunE: func(command *cobra.Command, _ []string) error {
			client, err := s.Admin()
			if err != nil {
				return err
			}
			found, err := session.Ask[triggers.ServiceStatistics](command.Context(), client, "getServiceStatistics", nil, nil, nil)
			if err != nil {
				return err
			}
			return session.Show(s, found, func(found triggers.ServiceStatistics) error { return show(s, found) })
		},
	}
}

func show(s *session.Session, found triggers.ServiceStatistics) error {
	lines := [][2]string{{"organizations", fmt.Sprint(found.Organizations)}, {"open deliveries", fmt.Sprint(found.OpenDeliveries)},
		{"oldest due", session.Maybe(found.OldestDueAt)}, {"circuits open", fmt.Sprint(found.CircuitsOpen)}, {"versions", strings.Join(found.Versions, ", ")}}
	for _, day := range found.Days {
		lines = append(lines, [2]string{day.Day, fmt.Sprintf("%d events, %d bytes", day.Events, day.Bytes)})
	}
	for _, one := range found.Backlog {
		lines = append(lines, [2]string{"to be delivered", fmt.Sprintf("%d  %s  %s", one.OpenDeliveries, one.OrganizationID, console.Visible(one.Name))})
	}
	for _, line := range lines {
		if line[1] == "" {
			continue
		}
		if err := s.Print("%-16s %s", line[0], line[1]); err != nil {
			return err
		}
	}
	return nil
}
