// Package login stores keys, after trying them.
package login

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"triggers.dev/cli/internal/config"
	"triggers.dev/cli/internal/exit"
	"triggers.dev/cli/internal/session"
	triggers "triggers.dev/go"
)

type options struct {
	url, register, tier string
}

// Command is `triggers login`.
func Command(s *session.Session) *cobra.Command {
	var options options
	command := &cobra.Command{
		Use: "login", Short: "Store a key, after trying it", Args: cobra.NoArgs,
		Long: `Asks for a key, tries it, and stores it with the service's address in the configuration, which its owner alone can read. Without a
terminal the key comes on stdin. A key is never an argument: arguments are seen by others, and kept by shells.

With --register it makes an organization and its first key instead, where the service lets anybody do so.`,
		Example: `  triggers login
  triggers login --url https://events.example.com --profile production
  triggers login --register Acme
  pass show triggers/key | triggers login --url https://events.example.com`,
		RunE: func(command *cobra.Command, _ []string) error {
			return run(command.Context(), s, options)
		},
	}
	flags := command.Flags()
	flags.StringVar(&options.url, "url", "", "the service (default: TRIGGERS_URL, the profile's, or "+session.DefaultURL+")")
	flags.StringVar(&options.register, "register", "", "make an organization of this name, and a key for it")
	flags.StringVar(&options.tier, "tier", "", "the new organization's tier")
	return command
}

func run(ctx context.Context, s *session.Session, options options) error {
	file, err := config.Load()
	if err != nil {
		return err
	}
	name := s.ProfileName()
	profile := file.Profiles[name]
	profile.URL = strings.TrimRight(cmp.Or(options.url, os.Getenv("TRIGGERS_URL"), profile.URL, session.DefaultURL), "/")
	if options.register != "" {
		profile.Key, err = register(ctx, s, profile.URL, options)
	} else {
		profile.Key, err = ask(s, profile.URL)
	}
	if err != nil {
		return err
	}
	client, err := s.Open(profile.URL, profile.Key)
	if err != nil {
		return err
	}
	key, err := session.Ask[triggers.Key](ctx, client, "getKey", nil, nil, nil)
	if err != nil {
		return fmt.Errorf("nothing was stored: %w", err)
	}
	file.Profiles[name] = profile
	if err := file.Save(); err != nil {
		return err
	}
	return session.Show(s, key, func(key triggers.Key) error {
		return s.Print("%s (%s, %d events a minute) at %s, kept as the profile %q in %s", key.OrganizationName, key.Tier, key.RateLimitPerMinute, profile.URL, name, file.Path())
	})
}

func register(ctx context.Context, s *session.Session, url string, options options) (string, error) {
	client, err := s.Open(url, "")
	if err != nil {
		return "", err
	}
	request := triggers.KeyRequest{OrganizationName: options.register}
	if options.tier != "" {
		request.Tier = triggers.Set(options.tier)
	}
	made, err := client.GenerateKey(ctx, request)
	if err != nil {
		return "", err
	}
	return made.APIKey, nil
}

func ask(s *session.Session, url string) (string, error) {
	if s.CanPrompt() {
		typed, err := unseen(s, fmt.Sprintf("Key for %s (it is not shown): ", url))
		return checked(typed, err)
	}
	read, err := bufio.NewReader(io.LimitReader(s.In, 4096)).ReadString('\n')
	if err == io.EOF {
		err = nil
	}
	return checked(read, err)
}

// The terminal shows nothing from before the question on: a key may be pasted early.
func unseen(s *session.Session, question string) (string, error) {
	before, err := term.MakeRaw(int(os.Stdin.Fd()))
	if err != nil {
		return "", err
	}
	defer func() { _ = term.Restore(int(os.Stdin.Fd()), before) }()
	typed, err := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{s.In, s.Err}, "").ReadPassword(question)
	if err == io.EOF {
		return "", context.Canceled
	}
	return typed, err
}

func checked(key string, err error) (string, error) {
	if key = strings.TrimSpace(key); key == "" && err == nil {
		return "", exit.UsageError("no key came on stdin")
	}
	return key, err
}
