package inbox

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"triggers.dev/cli/internal/exit"
	"triggers.dev/cli/internal/session"
	triggers "triggers.dev/go"
)

type drainOptions struct {
	exec, eventType, name string
	parallel, attempts    int
	lease                 time.Duration
	follow                bool
}

func drain(s *session.Session) *cobra.Command {
	var options drainOptions
	command := &cobra.Command{
		Use: "drain --exec COMMAND", Short: "Run a program for each event", Args: cobra.NoArgs,
		Long: `Leases events and runs a program for each, until there are none, or with --follow until it is interrupted. Any number of drains share
an inbox.

The program is run by the shell. It gets the event as JSON on stdin, and TRIGGERS_EVENT_ID, TRIGGERS_EVENT_TYPE and TRIGGERS_RECEIVES in
its environment. Exit code 0: the event is acknowledged. Any other: it is given back, and comes again after 1, 2, 4, … seconds, up to
--attempts times in all; then it stays in the inbox.

An event comes again if this program dies, or can't tell the service in time that it was done; TRIGGERS_RECEIVES is then over 1, and that
is said. Work that must not be done twice keeps event ids.`,
		Example: `  triggers inbox drain --exec ./work.sh
  triggers inbox drain --exec 'jq -r .payload.email | xargs ./welcome' --type user.created --parallel 4 --follow`,
		RunE: func(command *cobra.Command, _ []string) error { return runDrain(command.Context(), s, options) },
	}
	flags := command.Flags()
	flags.StringVar(&options.exec, "exec", "", "the program, as the shell takes it")
	flags.StringVarP(&options.eventType, "type", "t", "", "user.created, or 'user.*'")
	flags.StringVar(&options.name, "consumer", "triggers inbox drain", "a name for those who look at leases")
	flags.IntVar(&options.parallel, "parallel", 1, "how many run at once")
	flags.IntVar(&options.attempts, "attempts", 5, "how often an event is tried")
	flags.DurationVar(&options.lease, "lease", 30*time.Second, "how long an event is ours; it is extended while the program runs")
	flags.BoolVarP(&options.follow, "follow", "f", false, "go on when the inbox is empty")
	_ = command.MarkFlagRequired("exec")
	return command
}

func runDrain(ctx context.Context, s *session.Session, options drainOptions) error {
	if options.parallel < 1 || options.attempts < 1 || options.lease < time.Second {
		return exit.UsageError("--parallel and --attempts are at least 1, --lease a second")
	}
	client, err := s.Client()
	if err != nil {
		return err
	}
	runner := &runner{session: s, command: options.exec}
	done, err := client.Consume(ctx, runner.handle, triggers.ConsumeOptions{
		Type: options.eventType, Name: options.name, Parallel: options.parallel, Batch: min(100, 10*options.parallel), Lease: options.lease,
		MaxAttempts: options.attempts, UntilEmpty: !options.follow,
		OnError: func(err error) { s.Say("triggers: %v", err) },
	})
	if done != nil {
		summary(s, done)
	}
	switch {
	case err != nil:
		return err
	case runner.broken() != nil:
		return runner.broken()
	case done.Failed > 0 || len(done.Unacknowledged) > 0:
		return exit.Silently(exit.Failed)
	}
	return nil
}

func summary(s *session.Session, done *triggers.Consumed) {
	s.Say("%d done, %d failed", done.Handled, done.Failed)
	if len(done.Poison) > 0 {
		s.Warn("triggers: given up, and left in the inbox: %v", done.Poison)
	}
	if len(done.Unacknowledged) > 0 {
		s.Warn("triggers: done, but NOT ACKNOWLEDGED since the service did not answer; they WILL COME AGAIN: %v", done.Unacknowledged)
	}
}

func repeats(event triggers.LeasedItem) string {
	return fmt.Sprintf("triggers: %s comes for the time %d: it was given back, or its lease ended", event.ID, event.Receives)
}
