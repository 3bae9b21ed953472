// Package command puts the commands together.
package command

import (
	"github.com/spf13/cobra"

	"triggers.dev/cli/internal/console"
	"triggers.dev/cli/internal/doctor"
	"triggers.dev/cli/internal/endpoints"
	"triggers.dev/cli/internal/events"
	"triggers.dev/cli/internal/exit"
	"triggers.dev/cli/internal/inbox"
	"triggers.dev/cli/internal/keys"
	"triggers.dev/cli/internal/listen"
	"triggers.dev/cli/internal/login"
	"triggers.dev/cli/internal/organizations"
	"triggers.dev/cli/internal/portal"
	"triggers.dev/cli/internal/replay"
	"triggers.dev/cli/internal/send"
	"triggers.dev/cli/internal/session"
	"triggers.dev/cli/internal/signature"
	"triggers.dev/cli/internal/statistics"
	"triggers.dev/cli/internal/tail"
	"triggers.dev/cli/internal/version"
)

// New makes `triggers`.
func New(c *console.Console) *cobra.Command {
	s := &session.Session{Console: c}
	root := &cobra.Command{
		Use: "triggers", Short: "Post, follow and receive events of a Triggers API", Version: version.Number,
		Long: `triggers posts events to a Triggers API, follows them, and hands them to programs on this machine, without a tunnel.

Data goes to stdout, talk to stderr. With --json each item is one JSON object on a line, with the fields of the API.

Exit codes: 0 ok, 1 failed, 2 wrong usage, 3 the key is missing or may not, 4 not found, 5 invalid, 6 unreachable, 7 conflict,
8 limited, 130 interrupted.`,
		Example: `  triggers login --register Acme
  triggers listen --forward-to localhost:3000/hook
  triggers send user.created '{"id": 1}'`,
		SilenceUsage: true, SilenceErrors: true, Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error { return command.Help() },
	}
	root.SetVersionTemplate("triggers {{.Version}}\n")
	root.SetIn(c.In)
	root.SetOut(c.Out)
	root.SetErr(c.Err)
	flags := root.PersistentFlags()
	flags.StringVar(&s.Profile, "profile", "", "the profile to use (default: TRIGGERS_PROFILE, or default)")
	flags.BoolVar(&c.JSON, "json", false, "one JSON object a line")
	flags.BoolVarP(&c.Quiet, "quiet", "q", false, "say nothing but what is wrong")
	root.SetFlagErrorFunc(func(command *cobra.Command, err error) error { return exit.With(exit.Usage, hinted(command, err)) })
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetHelpCommand(help())
	root.AddCommand(commands(s)...)
	finish(root)
	return root
}

func commands(s *session.Session) []*cobra.Command {
	return []*cobra.Command{
		login.Command(s), login.Logout(s), listen.Command(s), send.Command(s), tail.Command(s),
		events.Command(s), replay.Command(s), endpoints.Command(s), inbox.Command(s), keys.Command(s),
		organizations.Command(s), statistics.Command(s),
		signature.Sign(s), signature.Verify(s),
		portal.Command(s), doctor.Command(s), completion(), version.Command(s.Console),
	}
}
