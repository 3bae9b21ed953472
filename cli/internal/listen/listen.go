// Package listen posts events to a local address as they are accepted: no tunnel, no public address.
package listen

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"triggers.dev/cli/internal/exit"
	"triggers.dev/cli/internal/feed"
	"triggers.dev/cli/internal/session"
	"triggers.dev/cli/internal/signature"
	triggers "triggers.dev/go"
)

type options struct {
	forwardTo, output, since, cursor, secretOf string
	types                                      []string
	acknowledge                                bool
	timeout                                    time.Duration
}

// Command is `triggers listen`.
func Command(s *session.Session) *cobra.Command {
	var options options
	command := &cobra.Command{
		Use: "listen --forward-to ADDRESS", Short: "Post events to a local address as they come", Args: cobra.NoArgs,
		Long: `Posts events to a local address as they are accepted, as real, signed deliveries. Nothing has to reach this machine: events come
over the stream of the service, or by long polls where a proxy holds the stream back, so it works behind NAT and without a tunnel.

It goes on where it was when the connection breaks, the service restarts or the machine slept. An event is posted once; what the
receiver does not take is shown, and posted again only by hand (r). With --ack what it takes is acknowledged, and so leaves the inbox.

The secret to verify with is printed first. It is this key's own, and the same each time; --secret-of signs with an endpoint's.

In a terminal it is interactive: up and down (or j and k) choose an event, r posts it again, d shows its details, o opens it in the
portal, c copies it as a curl command, q quits.`,
		Example: `  triggers listen --forward-to localhost:3000/hook
  triggers listen --forward-to 3000 --types 'user.*' --since 1h
  triggers listen --forward-to localhost:3000/hook --ack --output json | jq .status`,
		RunE: func(command *cobra.Command, _ []string) error {
			return run(command.Context(), s, options)
		},
	}
	flags := command.Flags()
	flags.StringVarP(&options.forwardTo, "forward-to", "f", "", "where to post events: localhost:3000/hook, or a port")
	flags.StringSliceVarP(&options.types, "types", "t", nil, "only events of these types: user.created, or 'user.*'")
	flags.StringVar(&options.since, "since", "", "begin with what was accepted since then: 1h, or a time; default: now")
	flags.StringVar(&options.cursor, "cursor", "", "go on from here, as an earlier listen has said")
	flags.BoolVar(&options.acknowledge, "ack", false, "acknowledge what the receiver takes")
	flags.StringVarP(&options.output, "output", "o", "", "interactive, compact or json; default: interactive in a terminal, else compact")
	flags.StringVar(&options.secretOf, "secret-of", "", "sign with the secret of this endpoint (needs secrets:read)")
	flags.DurationVar(&options.timeout, "timeout", 10*time.Second, "how long the receiver may take")
	_ = command.MarkFlagRequired("forward-to")
	command.MarkFlagsMutuallyExclusive("since", "cursor")
	_ = command.RegisterFlagCompletionFunc("output", cobra.FixedCompletions([]string{"interactive", "compact", "json"}, cobra.ShellCompDirectiveNoFileComp))
	return command
}

func run(ctx context.Context, s *session.Session, options options) error {
	show, err := output(s, options)
	if err != nil {
		return err
	}
	address, err := parseTarget(options.forwardTo)
	if err != nil {
		return err
	}
	client, err := s.Client(func(options *triggers.Options) {
		// It is the feed that tells how it goes.
		options.OnRepeat = nil
	})
	if err != nil {
		return err
	}
	secret, err := secret(ctx, s, client, options.secretOf)
	if err != nil {
		return err
	}
	events := &feed.Feed{Client: client, Types: options.types, Cursor: options.cursor, Say: s.Say, Warn: s.Warn}
	if options.since != "" {
		if events.Since, err = session.Moment("since", options.since, time.Now()); err != nil {
			return err
		}
	}
	listener := &listener{session: s, feed: events, target: newTarget(address, secret, options.timeout)}
	if options.acknowledge {
		listener.acknowledger = startAcknowledger(ctx, client, s.Warn)
		defer listener.acknowledger.close()
	}
	err = show(ctx, listener)
	if events.Cursor != "" {
		s.Say("triggers: to go on from here: --cursor %s", events.Cursor)
	}
	return err
}

func output(s *session.Session, options options) (func(context.Context, *listener) error, error) {
	switch options.output {
	case "json":
		return asJSON, nil
	case "compact":
		return compact, nil
	case "interactive":
		if !s.Interactive() {
			return nil, exit.UsageError("--output interactive: this is no terminal")
		}
		return interactive, nil
	case "":
		switch {
		case s.JSON:
			return asJSON, nil
		case s.Interactive():
			return interactive, nil
		}
		return compact, nil
	}
	return nil, exit.UsageError("--output: interactive, compact or json")
}

func secret(ctx context.Context, s *session.Session, client *triggers.Client, endpoint string) (signature.Secret, error) {
	if endpoint != "" {
		found, err := client.GetWebhookSecret(ctx, endpoint)
		if err != nil {
			return signature.Secret{}, err
		}
		if found.PublicKey != nil {
			return signature.Secret{}, errors.New("--secret-of: that endpoint is signed with a private key, which stays with the service")
		}
		return signature.ParseSecret(found.Secret)
	}
	if given := os.Getenv("TRIGGERS_WEBHOOK_SECRET"); given != "" {
		found, err := signature.ParseSecret(given)
		if err != nil {
			return found, exit.With(exit.Usage, fmt.Errorf("TRIGGERS_WEBHOOK_SECRET: %w", err))
		}
		return found, nil
	}
	identity, err := s.Identity()
	if err != nil {
		return signature.Secret{}, err
	}
	return signature.Derived(identity.Key, "triggers listen"), nil
}

// What events go through.
type listener struct {
	session      *session.Session
	feed         *feed.Feed
	target       *target
	acknowledger *acknowledger
}

// Each event is posted, and shown, one after the other: so the position is that of the last one.
func (l *listener) run(ctx context.Context, show func(*Delivery) error) error {
	return l.feed.Run(ctx, func(ctx context.Context, item feed.Item) error {
		var event feed.Event
		if err := json.Unmarshal(item.Data, &event); err != nil {
			return fmt.Errorf("the stream: %w", err)
		}
		// What has begun ends: whether the receiver took it would not be known.
		return show(l.deliver(context.WithoutCancel(ctx), event, false))
	})
}

func (l *listener) deliver(ctx context.Context, event feed.Event, again bool) *Delivery {
	delivery := l.target.deliver(ctx, event, again)
	if l.acknowledger != nil && delivery.Delivered() {
		l.acknowledger.done(event.ID)
	}
	return delivery
}

func (l *listener) greet() {
	l.session.Say("Events are posted to %s", l.target.url)
	l.session.Say("Verify them with the secret %s", l.target.secret.Reveal())
}
