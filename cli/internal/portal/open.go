package portal

import (
	"github.com/spf13/cobra"

	"triggers.dev/cli/internal/desktop"
	"triggers.dev/cli/internal/session"
)

// Command is `triggers open`.
func Command(s *session.Session) *cobra.Command {
	var scopes []string
	var printed bool
	command := &cobra.Command{
		Use: "open [EVENT_ID]", Short: "Open the portal, signed in", Args: cobra.MaximumNArgs(1),
		Long: `Makes a link into the portal and opens it in the browser; where there is none, or with --print, it prints the link. The link works
once, for ten minutes, and its session lasts an hour. It sees events and endpoints; --scopes asks for more, of what the key has.`,
		Example: "  triggers open\n  triggers open 0198c0de-7b3a-7000-8000-000000000000\n  triggers open --print --scopes events:read,webhooks:read,webhooks:write",
		RunE: func(command *cobra.Command, arguments []string) error {
			client, err := s.Client()
			if err != nil {
				return err
			}
			event := ""
			if len(arguments) == 1 {
				event = arguments[0]
			}
			link, err := Link(command.Context(), client, event, scopes)
			if err != nil {
				return err
			}
			if s.JSON {
				return s.Object(map[string]string{"url": link})
			}
			if printed || !s.CanPrompt() {
				return s.Print("%s", link)
			}
			if err := desktop.Browse(link); err != nil {
				s.Say("%v; the link works once:", err)
				return s.Print("%s", link)
			}
			s.Say("The portal opens in the browser.")
			return nil
		},
	}
	command.Flags().BoolVar(&printed, "print", false, "print the link, open nothing")
	command.Flags().StringSliceVar(&scopes, "scopes", nil, "what the session may do; default: events:read,webhooks:read")
	return command
}
