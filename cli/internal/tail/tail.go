// Package tail prints what happens while it happens.
package tail

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"triggers.dev/cli/internal/exit"
	"triggers.dev/cli/internal/feed"
	"triggers.dev/cli/internal/session"
	triggers "triggers.dev/go"
)

type options struct {
	types            []string
	endpoint         string
	since, cursor    string
	failed, payloads bool
	count            int
}

var kinds = map[string][]string{
	"events":   {feed.Accepted},
	"attempts": {attemptFinished, "delivery.dead"},
	"all":      {feed.Accepted, "event.acknowledged", attemptFinished, "delivery.dead", "endpoint.changed"},
}

// Command is `triggers tail`.
func Command(s *session.Session) *cobra.Command {
	var options options
	command := &cobra.Command{
		Use: "tail [events|attempts|all]", Short: "Print events and attempts as they happen", ValidArgs: []string{"events", "attempts", "all"},
		Args: cobra.MatchAll(cobra.MaximumNArgs(1), cobra.OnlyValidArgs),
		Long: `Prints what happens, a line each, until it is interrupted. With --json a line is {"kind", "cursor", "data"}, as of the stream.

Events go on without a gap when the connection breaks; where they can't, it says so. Attempts that ended meanwhile are looked up and
printed too. Acknowledgements and changes of endpoints (all) are live only: after a break it says from when to when it did not look.`,
		Example: `  triggers tail
  triggers tail --types 'order.*' --since 1h
  triggers tail attempts --failed --endpoint 0198c0dd-0000-7000-8000-000000000000
  triggers tail --json | jq -c .data.payload`,
		RunE: func(command *cobra.Command, arguments []string) error {
			what := "events"
			if len(arguments) == 1 {
				what = arguments[0]
			}
			return run(command.Context(), s, what, options)
		},
	}
	flags := command.Flags()
	flags.StringSliceVarP(&options.types, "types", "t", nil, "only of events of these types: user.created, or 'user.*'")
	flags.StringVar(&options.endpoint, "endpoint", "", "only attempts at this endpoint")
	flags.BoolVar(&options.failed, "failed", false, "only attempts that did not succeed")
	flags.StringVar(&options.since, "since", "", "begin with what happened since then: 1h, or a time")
	flags.StringVar(&options.cursor, "cursor", "", "go on behind this event's cursor")
	flags.BoolVar(&options.payloads, "payloads", true, "show payloads")
	flags.IntVarP(&options.count, "count", "n", 0, "end after so many lines")
	command.MarkFlagsMutuallyExclusive("since", "cursor")
	return command
}

func run(ctx context.Context, s *session.Session, what string, options options) error {
	if options.count < 0 {
		return exit.UsageError("--count: 0 or more")
	}
	client, err := s.Client(func(options *triggers.Options) {
		// It is the feed that tells how it goes.
		options.OnRepeat = nil
	})
	if err != nil {
		return err
	}
	events := &feed.Feed{Client: client, Kinds: kinds[what], Types: options.types, EndpointID: options.endpoint, Cursor: options.cursor,
		Summaries: !options.payloads, Say: s.Say, Warn: s.Warn}
	since := time.Now()
	if options.since != "" {
		if since, err = session.Moment("since", options.since, since); err != nil {
			return err
		}
		if what != "attempts" {
			events.Since = since
		}
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	printer := &printer{session: s, options: options, stop: stop}
	if what != "events" {
		history := &history{client: client, options: options, print: printer.item, since: since, live: what == "all", say: s.Warn, seen: map[string]bool{}}
		events.State = history.state(ctx)
		printer.history = history
	}
	err = events.Run(ctx, printer.item)
	if printer.wrong != nil {
		err = printer.wrong
	}
	if events.Cursor != "" && what != "attempts" {
		s.Say("triggers: to go on from here: --cursor %s", events.Cursor)
	}
	if err != nil {
		return fmt.Errorf("tail: %w", err)
	}
	return nil
}
