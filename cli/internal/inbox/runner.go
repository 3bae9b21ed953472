package inbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"time"

	"triggers.dev/cli/internal/console"
	"triggers.dev/cli/internal/session"
	triggers "triggers.dev/go"
)

// Runs the program, and says what came of it.
type runner struct {
	session *session.Session
	command string
	mutex   sync.Mutex
	wrong   error
}

type outcome struct {
	ID         string  `json:"id"`
	Type       string  `json:"type"`
	Receives   int64   `json:"receives"`
	Done       bool    `json:"done"`
	ExitCode   int     `json:"exit_code"`
	DurationMS int64   `json:"duration_ms"`
	Error      *string `json:"error"`
}

func (r *runner) handle(ctx context.Context, event triggers.LeasedItem) error {
	if event.Receives > 1 {
		r.session.Say("%s", repeats(event))
	}
	began := time.Now()
	err := r.run(ctx, event)
	told := outcome{ID: event.ID, Type: event.Type, Receives: event.Receives, Done: err == nil, DurationMS: time.Since(began).Milliseconds()}
	if err != nil {
		said := err.Error()
		told.Error, told.ExitCode = &said, -1
		var ended *exec.ExitError
		if errors.As(err, &ended) {
			told.ExitCode = ended.ExitCode()
		}
		r.session.Warn("triggers: %s %s: %v", event.ID, console.Visible(event.Type), err)
	}
	if r.session.JSON {
		if printed := r.session.Object(told); printed != nil {
			// The event was handled: that nobody hears of it is another matter.
			r.mutex.Lock()
			r.wrong = printed
			r.mutex.Unlock()
		}
	}
	return err
}

func (r *runner) broken() error {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.wrong
}

func (r *runner) run(ctx context.Context, event triggers.LeasedItem) error {
	body, err := console.Line(event)
	if err != nil {
		return err
	}
	process := exec.CommandContext(ctx, shell[0], append(shell[1:], r.command)...)
	process.Stdin = bytes.NewReader(append(body, '\n'))
	process.Stdout, process.Stderr = r.session.Out, r.session.Err
	if r.session.JSON {
		// stdout is ours then.
		process.Stdout = r.session.Err
	}
	process.Env = append(os.Environ(), "TRIGGERS_EVENT_ID="+event.ID, "TRIGGERS_EVENT_TYPE="+event.Type, fmt.Sprint("TRIGGERS_RECEIVES=", event.Receives))
	apart(process)
	return process.Run()
}

var shell = map[bool][]string{true: {"cmd", "/C"}, false: {"sh", "-c"}}[runtime.GOOS == "windows"]
