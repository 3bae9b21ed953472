// Package replay delivers again what has failed, or what a receiver has lost.
package replay

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"github.com/spf13/cobra"

	"triggers.dev/cli/internal/session"
	triggers "triggers.dev/go"
)

type options struct {
	since, until, types, endpoint, to, outcome, errorCode string
	rate                                                  int64
	dryRun, again, wait                                   bool
}

// Command is `triggers replay`.
func Command(s *session.Session) *cobra.Command {
	var options options
	command := &cobra.Command{
		Use: "replay --since WHEN", Short: "Deliver again what was sent since then", Args: cobra.NoArgs,
		Long: `Orders a replay of the deliveries that match. --dry-run says how many there are, and changes nothing. The replay goes on at the
service when this command has ended; --wait stays until it is done.`,
		Example: `  triggers replay --since 2h --dry-run
  triggers replay --since 2h --outcome failed --wait
  triggers replay --since 2026-01-31T12:00:00Z --until 2026-01-31T13:00:00Z --type 'order.*' --rate 50`,
		RunE: func(command *cobra.Command, _ []string) error { return run(command.Context(), s, options) },
	}
	flags := command.Flags()
	flags.StringVar(&options.since, "since", "", "deliveries of events since then: 2h, or a time")
	flags.StringVar(&options.until, "until", "", "and before then")
	flags.StringVar(&options.types, "type", "", "of this type: user.created, or 'user.*'")
	flags.StringVar(&options.endpoint, "endpoint", "", "deliveries to this endpoint")
	flags.StringVar(&options.to, "to", "", "send them to this endpoint instead")
	flags.StringVar(&options.outcome, "outcome", "", "failed, delivered or all")
	flags.StringVar(&options.errorCode, "error-code", "", "that failed so")
	flags.Int64Var(&options.rate, "rate", 0, "deliveries a second at the most")
	flags.BoolVar(&options.dryRun, "dry-run", false, "say how many match, change nothing")
	flags.BoolVar(&options.again, "again", false, "also what an earlier replay has sent")
	flags.BoolVar(&options.wait, "wait", false, "stay until it is done")
	_ = command.MarkFlagRequired("since")
	command.AddCommand(list(s), get(s), cancel(s))
	return command
}

func (o options) request() (triggers.ReplayRequest, error) {
	request := triggers.ReplayRequest{}
	var err error
	if request.Filter.Since, err = session.Moment("since", o.since, time.Now()); err != nil {
		return request, err
	}
	if o.until != "" {
		until, err := session.Moment("until", o.until, time.Now())
		if err != nil {
			return request, err
		}
		request.Filter.Until = triggers.Set(until)
	}
	for _, one := range []struct {
		member *triggers.Optional[string]
		given  string
	}{{&request.Filter.Type, o.types}, {&request.Filter.EndpointID, o.endpoint}, {&request.Filter.Outcome, o.outcome}, {&request.Filter.ErrorCode, o.errorCode}, {&request.ToEndpointID, o.to}} {
		if one.given != "" {
			*one.member = triggers.Set(one.given)
		}
	}
	if o.rate > 0 {
		request.RatePerSecond = triggers.Set(o.rate)
	}
	if o.again {
		request.Again = triggers.Set(true)
	}
	if o.dryRun {
		request.DryRun = triggers.Set(true)
	}
	return request, nil
}

func run(ctx context.Context, s *session.Session, options options) error {
	request, err := options.request()
	if err != nil {
		return err
	}
	client, err := s.Client()
	if err != nil {
		return err
	}
	if options.dryRun {
		found, err := session.Ask[triggers.ReplayDryRun](ctx, client, "createReplay", nil, nil, request)
		if err != nil {
			return err
		}
		return session.Show(s, found, func(found triggers.ReplayDryRun) error {
			more := ""
			if found.Capped {
				more = " at least"
			}
			return s.Print("would deliver%s %d again, since %s; nothing was changed", more, found.Matching, session.Clock(found.Since))
		})
	}
	made, err := session.Ask[triggers.Replay](ctx, client, "createReplay", nil, nil, request)
	if err != nil {
		return err
	}
	if options.wait {
		if made, err = wait(ctx, s, client, made); err != nil {
			return err
		}
	}
	return session.Show(s, made, func(replay triggers.Replay) error { return show(s, replay) })
}

func wait(ctx context.Context, s *session.Session, client *triggers.Client, replay session.Item[triggers.Replay]) (session.Item[triggers.Replay], error) {
	for replay.Value.FinishedAt == nil {
		s.Progress("%3.0f %%  %d of %d", replay.Value.Progress*100, replay.Value.Requeued, replay.Value.Matching)
		select {
		case <-ctx.Done():
			s.Say("The replay %s goes on at the service.", replay.Value.ID)
			return replay, ctx.Err()
		case <-time.After(500 * time.Millisecond):
		}
		var err error
		if replay, err = session.Ask[triggers.Replay](ctx, client, "getReplay", []string{replay.Value.ID}, nil, nil); err != nil {
			return replay, err
		}
	}
	return replay, nil
}

func show(s *session.Session, replay triggers.Replay) error {
	return s.Print("%s  %s  %d matched, %d delivered again, %d left out", replay.ID, replay.State, replay.Matching, replay.Requeued, replay.Skipped)
}

func list(s *session.Session) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List replays", Args: cobra.NoArgs, Long: "Lists replays, newest first.", Example: "  triggers replay list --json | jq -r .id",
		RunE: func(command *cobra.Command, _ []string) error {
			client, err := s.Client()
			if err != nil {
				return err
			}
			found := session.Each[triggers.Replay](command.Context(), client, "listReplays", "replays", url.Values{}, 0)
			return session.List(s, found, []string{"ID", "STATE", "MATCHING", "AGAIN", "ORDERED"}, func(replay triggers.Replay) []string {
				return []string{replay.ID, replay.State, fmt.Sprint(replay.Matching), fmt.Sprint(replay.Requeued), session.Clock(replay.RequestedAt)}
			})
		},
	}
}

func get(s *session.Session) *cobra.Command {
	return one(s, "get REPLAY_ID", "Show how a replay goes", "getReplay", "  triggers replay get 0198c0df-0000-7000-8000-000000000000")
}

func cancel(s *session.Session) *cobra.Command {
	return one(s, "cancel REPLAY_ID", "Stop a replay", "cancelReplay", "  triggers replay cancel 0198c0df-0000-7000-8000-000000000000")
}

func one(s *session.Session, use, short, operation, example string) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short, Args: cobra.ExactArgs(1), Long: short + ".", Example: example,
		RunE: func(command *cobra.Command, arguments []string) error {
			client, err := s.Client()
			if err != nil {
				return err
			}
			replay, err := session.Ask[triggers.Replay](command.Context(), client, operation, arguments, nil, nil)
			if err != nil {
				return err
			}
			return session.Show(s, replay, func(replay triggers.Replay) error { return show(s, replay) })
		},
	}
}
