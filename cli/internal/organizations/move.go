package organizations

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"triggers.dev/cli/internal/session"
	triggers "triggers.dev/go"
)

const look = 500 * time.Millisecond

func move(s *session.Session) *cobra.Command {
	var to string
	var wait bool
	command := &cobra.Command{
		Use: "move ORGANIZATION_ID", Short: "Move an organization to another cell", Args: cobra.ExactArgs(1),
		Long:    "Moves an organization to another cell while it works. Its keys stay as they are; for a moment at the end what would change it is refused, and sent again by the libraries.",
		Example: "  triggers orgs move " + sample + " --to 08 --wait",
		RunE: func(command *cobra.Command, arguments []string) error {
			client, err := s.Admin()
			if err != nil {
				return err
			}
			moved, err := begin(command.Context(), s, client, arguments[0], to, wait)
			if err != nil {
				return err
			}
			return session.Show(s, moved, func(move triggers.Move) error { return tell(s, move) })
		},
	}
	command.Flags().StringVar(&to, "to", "", "the digits of the cell")
	command.Flags().BoolVar(&wait, "wait", false, "until it is over")
	_ = command.MarkFlagRequired("to")
	return command
}

func drain(s *session.Session) *cobra.Command {
	var to string
	command := &cobra.Command{
		Use: "drain CELL", Short: "Move all organizations of a cell to another one", Args: cobra.ExactArgs(1),
		Long:    "Moves all organizations of a cell to another one, one after the other. Give the cell the share 0 in CELL_WEIGHTS before, so that no more are made in it.",
		Example: "  triggers orgs drain 07 --to 08",
		RunE: func(command *cobra.Command, arguments []string) error {
			client, err := s.Admin()
			if err != nil {
				return err
			}
			for one, err := range session.Each[triggers.Organization](command.Context(), client, "listOrganizations", "organizations", nil, 0) {
				if err != nil {
					return err
				}
				if one.Value.Cell != arguments[0] || one.Value.State == "erasing" {
					continue
				}
				moved, err := begin(command.Context(), s, client, one.Value.ID, to, true)
				if err != nil {
					return err
				}
				if err := session.Show(s, moved, func(move triggers.Move) error { return tell(s, move) }); err != nil {
					return err
				}
			}
			return nil
		},
	}
	command.Flags().StringVar(&to, "to", "", "the digits of the cell that they go to")
	_ = command.MarkFlagRequired("to")
	return command
}

func begin(ctx context.Context, s *session.Session, client *triggers.Client, organization, to string, wait bool) (session.Item[triggers.Move], error) {
	moved, err := session.Ask[triggers.Move](ctx, client, "moveOrganization", nil, nil, map[string]any{"organization_id": organization, "to": to})
	for err == nil && wait && moved.Value.FinishedAt == nil {
		s.Progress("%s  %s  %d rows", organization, moved.Value.State, moved.Value.Rows)
		select {
		case <-ctx.Done():
			s.Say("The move %s goes on at the service.", moved.Value.ID)
			return moved, ctx.Err()
		case <-time.After(look):
		}
		moved, err = session.Ask[triggers.Move](ctx, client, "getMove", []string{moved.Value.ID}, nil, nil)
	}
	if err == nil && moved.Value.State == "cancelled" {
		return moved, fmt.Errorf("the move of %s was called off: %s", organization, session.Maybe(moved.Value.Problem))
	}
	return moved, err
}

func tell(s *session.Session, move triggers.Move) error {
	pause := ""
	if move.UnavailableMS != nil {
		pause = fmt.Sprintf(", changed nothing for %d ms", *move.UnavailableMS)
	}
	return s.Print("%s  %s from %s to %s  %d rows%s", move.OrganizationID, move.State, move.From, move.To, move.Rows, pause)
}
