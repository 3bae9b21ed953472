package listen

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"golang.org/x/term"

	"triggers.dev/cli/internal/console"
	"triggers.dev/cli/internal/desktop"
	"triggers.dev/cli/internal/feed"
	"triggers.dev/cli/internal/portal"
)

// A picture that moves, and keys.
func interactive(ctx context.Context, l *listener) error {
	before, err := term.MakeRaw(int(os.Stdin.Fd()))
	if err != nil {
		return err
	}
	screen := &screen{listener: l, events: make(chan func(*model), 64), keys: make(chan string), over: make(chan struct{}),
		model: model{address: l.target.url, secret: l.target.secret.Reveal(), following: true}}
	fmt.Fprint(l.session.Out, "\x1b[?1049h\x1b[?25l")
	defer func() {
		close(screen.over)
		fmt.Fprint(l.session.Out, "\x1b[?25h\x1b[?1049l")
		_ = term.Restore(int(os.Stdin.Fd()), before)
		for _, said := range screen.said {
			l.session.Warn("%s", said)
		}
		l.session.Say("%d delivered, %d not", screen.model.good, screen.model.bad)
	}()
	return screen.run(ctx)
}

type screen struct {
	listener *listener
	events   chan func(*model)
	keys     chan string
	model    model
	// said are warnings that outlive the picture, which is over when that is closed.
	said []string
	over chan struct{}
}

func (s *screen) run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, 1)
	s.listen(ctx, ended)
	go pressed(s.listener.session.In, s.keys)
	ticks := time.NewTicker(250 * time.Millisecond)
	defer ticks.Stop()
	for {
		s.draw()
		select {
		case change := <-s.events:
			change(&s.model)
			s.drain()
		case key, open := <-s.keys:
			if !open || key == "quit" {
				stop()
				return s.finish(ended)
			}
			s.press(ctx, key)
		case err := <-ended:
			return err
		case <-ctx.Done():
			return s.finish(ended)
		case <-ticks.C:
			// The window may have another size.
		}
	}
}

// The picture is drawn once for all that has come meanwhile.
func (s *screen) drain() {
	for {
		select {
		case change := <-s.events:
			change(&s.model)
		default:
			return
		}
	}
}

// A delivery that is under way ends, and is counted.
func (s *screen) finish(ended chan error) error {
	for {
		select {
		case change := <-s.events:
			change(&s.model)
		case err := <-ended:
			s.drain()
			return err
		}
	}
}

func (s *screen) listen(ctx context.Context, ended chan<- error) {
	s.listener.feed.State = func(state feed.State) { s.events <- func(m *model) { m.state = state } }
	s.listener.feed.Say = func(format string, arguments ...any) {
		said := fmt.Sprintf(format, arguments...)
		s.events <- func(m *model) { m.notice = console.Visible(said) }
	}
	s.listener.feed.Warn = s.warn
	if s.listener.acknowledger != nil {
		s.listener.acknowledger.warn = s.warn
	}
	go func() {
		ended <- s.listener.run(ctx, func(delivery *Delivery) error {
			s.events <- func(m *model) { m.add(delivery) }
			return nil
		})
	}()
}

// What nobody should miss is shown, and said once more when the picture is gone.
func (s *screen) warn(format string, arguments ...any) {
	said := fmt.Sprintf(format, arguments...)
	select {
	case s.events <- func(m *model) { m.notice = console.Visible(said); s.said = append(s.said, said) }:
	case <-s.over:
		s.listener.session.Warn("%s", said)
	}
}

func (s *screen) press(ctx context.Context, key string) {
	m := &s.model
	chosen := m.current()
	switch {
	case key == "up":
		m.move(-1)
	case key == "down":
		m.move(1)
	case key == "d":
		m.details = !m.details
	case key == "back":
		m.details = false
	case chosen == nil:
		m.notice = "nothing has come yet"
	case key == "r":
		m.notice = "posting " + chosen.Event.ID + " again"
		go func() {
			delivery := s.listener.deliver(context.WithoutCancel(ctx), chosen.Event, true)
			select {
			case s.events <- func(m *model) { m.add(delivery); m.notice = "posted again: " + outcome(delivery) }:
			case <-ctx.Done():
			}
		}()
	case key == "c":
		desktop.Copy(s.listener.session.Out, curl(m.address, chosen))
		m.notice = "copied as a curl command"
	case key == "o":
		s.open(ctx, chosen)
	}
}

func (s *screen) open(ctx context.Context, chosen *Delivery) {
	s.model.notice = "opening " + chosen.Event.ID + " in the portal"
	go func() {
		notice := "opened in the portal"
		address, err := s.listener.portal(ctx, chosen.Event.ID)
		if err == nil {
			if err = desktop.Browse(address); err != nil {
				notice = err.Error() + ": " + address
			}
		}
		if err != nil && address == "" {
			notice = err.Error()
		}
		if errors.Is(ctx.Err(), context.Canceled) {
			return
		}
		s.events <- func(m *model) { m.notice = console.Visible(notice) }
	}()
}

func (s *screen) draw() {
	width, height, err := term.GetSize(int(os.Stdout.Fd()))
	if err != nil || width < 20 || height < 8 {
		width, height = max(width, 20), max(height, 8)
	}
	paint := console.Painted
	if s.listener.session.Colourless() {
		paint = func(_ console.Colour, text string) string { return text }
	}
	fmt.Fprint(s.listener.session.Out, s.model.view(width, height, paint))
}

// Where a browser sees the event; the link works once.
func (l *listener) portal(ctx context.Context, event string) (string, error) {
	return portal.Link(ctx, l.feed.Client, event, nil)
}
