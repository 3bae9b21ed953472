package login

import (
	"fmt"

	"github.com/spf13/cobra"

	"triggers.dev/cli/internal/config"
	"triggers.dev/cli/internal/exit"
	"triggers.dev/cli/internal/session"
)

// Logout is `triggers logout`.
func Logout(s *session.Session) *cobra.Command {
	return &cobra.Command{
		Use: "logout", Short: "Forget a profile and its key", Args: cobra.NoArgs,
		Long:    "Removes the profile from the configuration. The key stays good: `triggers keys revoke` ends it.",
		Example: "  triggers logout\n  triggers logout --profile production",
		RunE: func(*cobra.Command, []string) error {
			file, err := config.Load()
			if err != nil {
				return err
			}
			name := s.ProfileName()
			if _, there := file.Profiles[name]; !there {
				return exit.With(exit.NotFound, fmt.Errorf("no profile %q", name))
			}
			delete(file.Profiles, name)
			if err := file.Save(); err != nil {
				return err
			}
			s.Say("Forgot the profile %q.", name)
			return nil
		},
	}
}
