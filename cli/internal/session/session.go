// Package session is what a command runs with: whom it speaks to, as whom, and where it writes.
package session

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"runtime"
	"time"

	"triggers.dev/cli/internal/config"
	"triggers.dev/cli/internal/console"
	"triggers.dev/cli/internal/exit"
	"triggers.dev/cli/internal/version"
	triggers "triggers.dev/go"
)

// DefaultURL is where a service that was just started listens.
const DefaultURL = "http://localhost:8080"

// Session of one command.
type Session struct {
	*console.Console
	// Profile that was asked for; empty: the default one.
	Profile string
}

// Identity is a service, and who one is there.
type Identity struct {
	Profile string
	URL     string
	Key     string
	// Stored is true if the key is the profile's, and so may be replaced there.
	Stored     bool
	AdminToken string
}

// ProfileName is the profile that the command uses.
func (s *Session) ProfileName() string {
	return cmp.Or(s.Profile, os.Getenv("TRIGGERS_PROFILE"), "default")
}

// Identity from --profile, the environment and the configuration, in this order.
func (s *Session) Identity() (*Identity, error) {
	file, err := config.Load()
	if err != nil {
		return nil, err
	}
	if file.ReadableByOthers() {
		s.Warn("triggers: others can read the keys in %s: chmod 600 it", file.Path())
	}
	name := s.ProfileName()
	profile, there := file.Profiles[name]
	if s.Profile != "" && !there {
		return nil, exit.With(exit.Usage, fmt.Errorf("no profile %q in %s: triggers login --profile %s", name, file.Path(), name))
	}
	found := &Identity{name, cmp.Or(profile.URL, DefaultURL), profile.Key, profile.Key != "", profile.AdminToken}
	if s.Profile != "" {
		return found, nil
	}
	if url := os.Getenv("TRIGGERS_URL"); url != "" && url != profile.URL {
		// A key goes nowhere but to the service that it was stored for.
		*found = Identity{Profile: name, URL: url}
	}
	if key := os.Getenv("TRIGGERS_KEY"); key != "" {
		found.Key, found.Stored = key, false
	}
	found.AdminToken = cmp.Or(os.Getenv("TRIGGERS_ADMIN_TOKEN"), found.AdminToken)
	return found, nil
}

// Client that has a key.
func (s *Session) Client(adjust ...func(*triggers.Options)) (*triggers.Client, error) {
	identity, err := s.Identity()
	if err != nil {
		return nil, err
	}
	if identity.Key == "" {
		return nil, exit.With(exit.Key, fmt.Errorf("no key for %s: triggers login, or set TRIGGERS_KEY", identity.URL))
	}
	return s.Open(identity.URL, identity.Key, adjust...)
}

// Open makes a client of any service.
func (s *Session) Open(url, key string, adjust ...func(*triggers.Options)) (*triggers.Client, error) {
	options := triggers.Options{
		OnRepeat: func(err error, pause time.Duration) { s.Say("%s", Waiting(err, pause)) },
		Inject:   func(_ context.Context, header http.Header) { header.Set("User-Agent", agent()) },
	}
	for _, one := range adjust {
		one(&options)
	}
	client, err := triggers.New(url, key, options)
	if err != nil {
		return nil, exit.With(exit.Usage, err)
	}
	return client, nil
}

// Patient lets calls be repeated for longer than the library's 30 seconds.
func Patient(total time.Duration) func(*triggers.Options) {
	return func(options *triggers.Options) { options.TotalTime = total }
}

// Waiting says why something is tried again, and when.
func Waiting(err error, pause time.Duration) string {
	reason := "no answer"
	var refused *triggers.APIError
	switch {
	case errors.Is(err, triggers.ErrRateLimited):
		reason = "limited by the service"
	case errors.As(err, &refused):
		reason = fmt.Sprintf("the service answered %d", refused.Status)
	case errors.Is(err, triggers.ErrConnection):
		reason = "the service can't be reached"
	}
	return fmt.Sprintf("triggers: %s; again in %s", reason, max(pause, 100*time.Millisecond).Round(100*time.Millisecond))
}

func agent() string {
	return fmt.Sprintf("triggers-cli/%s (%s/%s)", version.Number, runtime.GOOS, runtime.GOARCH)
}
