package command

import (
	"fmt"

	"github.com/spf13/cobra"

	"triggers.dev/cli/internal/exit"
)

// Every wrong way to call a command ends with the same code and a way to its help.
func finish(command *cobra.Command) {
	command.DisableFlagsInUseLine = true
	if check := command.Args; check != nil {
		command.Args = func(command *cobra.Command, arguments []string) error {
			if err := check(command, arguments); err != nil {
				return exit.With(exit.Usage, hinted(command, err))
			}
			return nil
		}
	}
	if run := command.RunE; run == nil && command.HasSubCommands() {
		// A group by itself is asked what it has.
		command.Args = func(command *cobra.Command, arguments []string) error {
			if len(arguments) > 0 {
				return exit.With(exit.Usage, hinted(command, fmt.Errorf("unknown command %q for %q", arguments[0], command.CommandPath())))
			}
			return nil
		}
		command.RunE = func(command *cobra.Command, _ []string) error { return command.Help() }
	}
	command.PreRunE = func(command *cobra.Command, _ []string) error {
		err := command.ValidateRequiredFlags()
		if err == nil {
			err = command.ValidateFlagGroups()
		}
		if err != nil {
			return exit.With(exit.Usage, hinted(command, err))
		}
		return nil
	}
	for _, child := range command.Commands() {
		finish(child)
	}
}

func hinted(command *cobra.Command, err error) error {
	return fmt.Errorf("%w\nSee: %s --help", err, command.CommandPath())
}

func help() *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND]", Short: "Explain a command",
		Long: "Explains a command, as its --help does.", Example: "  triggers help listen",
		RunE: func(command *cobra.Command, arguments []string) error {
			found, _, err := command.Root().Find(arguments)
			if err != nil {
				return exit.With(exit.Usage, err)
			}
			return found.Help()
		},
	}
}
