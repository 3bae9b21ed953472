package signature

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"triggers.dev/cli/internal/exit"
	"triggers.dev/cli/internal/session"
)

// Where a body and a secret come from. A secret is no argument: arguments are seen by others.
type input struct {
	body, secretFile, secretOf string
}

func (i *input) flags(command *cobra.Command) {
	command.Flags().StringVar(&i.body, "body", "-", "the file with the body, as it came, each byte; - is stdin")
	command.Flags().StringVar(&i.secretFile, "secret-file", "", "the file with the secret (default: TRIGGERS_WEBHOOK_SECRET)")
	command.Flags().StringVar(&i.secretOf, "secret-of", "", "the secret of this endpoint (needs secrets:read)")
	command.MarkFlagsMutuallyExclusive("secret-file", "secret-of")
}

func (i *input) read(s *session.Session) ([]byte, error) {
	if i.body != "-" {
		return os.ReadFile(i.body)
	}
	if s.ReadsTerminal() {
		return nil, exit.UsageError("no body: --body FILE, or on stdin")
	}
	return io.ReadAll(s.In)
}

func (i *input) secret(command *cobra.Command, s *session.Session) (string, error) {
	switch {
	case i.secretOf != "":
		client, err := s.Client()
		if err != nil {
			return "", err
		}
		found, err := client.GetWebhookSecret(command.Context(), i.secretOf)
		if err != nil {
			return "", err
		}
		if found.PublicKey != nil {
			return *found.PublicKey, nil
		}
		return found.Secret, nil
	case i.secretFile != "":
		text, err := os.ReadFile(i.secretFile)
		return string(bytes.TrimSpace(text)), err
	}
	if secret := strings.TrimSpace(os.Getenv("TRIGGERS_WEBHOOK_SECRET")); secret != "" {
		return secret, nil
	}
	return "", exit.With(exit.Usage, errors.New("no secret: TRIGGERS_WEBHOOK_SECRET, --secret-file or --secret-of"))
}
