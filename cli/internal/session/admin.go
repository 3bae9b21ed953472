package session

import (
	"errors"
	"fmt"

	"triggers.dev/cli/internal/exit"
	triggers "triggers.dev/go"
)

// Admin is a client of the operator: it presents the admin token instead of a key.
func (s *Session) Admin() (*triggers.Client, error) {
	identity, err := s.Identity()
	if err != nil {
		return nil, err
	}
	if identity.AdminToken == "" {
		return nil, exit.With(exit.Key, errors.New("no admin token: set TRIGGERS_ADMIN_TOKEN, or admin_token in the profile"))
	}
	client, err := s.Open(identity.URL, "", func(options *triggers.Options) { options.AdminToken = identity.AdminToken })
	if err != nil {
		return nil, fmt.Errorf("admin: %w", err)
	}
	return client, nil
}
