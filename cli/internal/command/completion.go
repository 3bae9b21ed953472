package command

import "github.com/spf13/cobra"

func completion() *cobra.Command {
	return &cobra.Command{
		Use: "completion bash|zsh|fish|powershell", Short: "Print a script that completes commands in a shell",
		Args: cobra.MatchAll(cobra.ExactArgs(1), cobra.OnlyValidArgs), ValidArgs: []string{"bash", "zsh", "fish", "powershell"},
		Long: "Prints a script for the shell, which then completes commands, flags and their values.",
		Example: `  source <(triggers completion bash)
  triggers completion zsh > "${fpath[1]}/_triggers"
  triggers completion fish > ~/.config/fish/completions/triggers.fish`,
		RunE: func(command *cobra.Command, arguments []string) error {
			root, out := command.Root(), command.OutOrStdout()
			switch arguments[0] {
			case "bash":
				return root.GenBashCompletionV2(out, true)
			case "zsh":
				return root.GenZshCompletion(out)
			case "fish":
				return root.GenFishCompletion(out, true)
			}
			return root.GenPowerShellCompletionWithDesc(out)
		},
	}
}
