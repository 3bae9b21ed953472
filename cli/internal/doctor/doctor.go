// Package doctor says whether what commands need is there, and what to do where it is not.
package doctor

import (
	"context"

	"github.com/spf13/cobra"

	"triggers.dev/cli/internal/console"
	"triggers.dev/cli/internal/exit"
	"triggers.dev/cli/internal/session"
	triggers "triggers.dev/go"
)

// Finding of a check.
type finding struct {
	Check  string `json:"check"`
	Result result `json:"result"`
	Detail string `json:"detail"`
	Advice string `json:"advice"`
	code   int
}

type result string

const (
	good    result = "ok"
	warning result = "warning"
	bad     result = "failed"
	skipped result = "skipped"
)

type examination struct {
	session  *session.Session
	identity *session.Identity
	client   *triggers.Client
	key      *triggers.Key
}

// Command is `triggers doctor`.
func Command(s *session.Session) *cobra.Command {
	return &cobra.Command{
		Use: "doctor", Short: "Find out why something does not work", Args: cobra.NoArgs,
		Long: `Checks, one after the other: the configuration, whether the service is reached and ready, its version, the clock here against its
own, the key, what it may do, whether the stream comes through, and that a signature made here is accepted here. It ends with the exit
code of the first check that failed.`,
		Example: "  triggers doctor\n  triggers doctor --profile production --json | jq 'select(.result != \"ok\")'",
		RunE: func(command *cobra.Command, _ []string) error {
			return run(command.Context(), s)
		},
	}
}

func run(ctx context.Context, s *session.Session) error {
	about := &examination{session: s}
	code := exit.OK
	for _, check := range []func(context.Context, *examination) finding{configuration, reachable, ready, versions, clock, key, scopes, stream, signatures} {
		found := check(ctx, about)
		if found.Result == bad && code == exit.OK {
			code = max(found.code, exit.Failed)
		}
		if err := tell(s, found); err != nil {
			return err
		}
	}
	if code != exit.OK {
		return exit.Silently(code)
	}
	return nil
}

var marks = map[result]struct {
	sign   string
	colour console.Colour
}{good: {"✓", console.Green}, warning: {"!", console.Yellow}, bad: {"✗", console.Red}, skipped: {"-", console.Faint}}

func tell(s *session.Session, found finding) error {
	if s.JSON {
		return s.Object(found)
	}
	mark := marks[found.Result]
	err := s.Print("%s %-14s %s", s.Paint(mark.colour, mark.sign), found.Check, console.Visible(found.Detail))
	if err == nil && found.Advice != "" {
		err = s.Print("  %-14s → %s", "", found.Advice)
	}
	return err
}
