package send

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	triggers "triggers.dev/go"
)

// Writes what is not known to be stored, and the lines that were not read yet, so that sending that file completes the work.
func (o *sending) keep(path string, left []triggers.EventToSend) error {
	file, err := create(path)
	if err != nil {
		o.session.Warn("triggers: the lines from %d on are NOT KNOWN to be stored, and can't be kept: %v", o.number-len(left)+1, err)
		return err
	}
	count, err := o.write(file, left)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		o.session.Warn("triggers: %s is not complete: %v", file.Name(), err)
		return err
	}
	o.session.Warn("triggers: %d stored; %d events are NOT KNOWN to be stored and %d were not sent. Send them, none is stored twice:\n  triggers send --ndjson %s",
		o.accepted, len(left), count-len(left), file.Name())
	return nil
}

func (o *sending) write(out io.Writer, left []triggers.EventToSend) (int, error) {
	count := 0
	for _, event := range left {
		line, err := unparse(event)
		if err != nil {
			return count, err
		}
		if _, err := out.Write(line); err != nil {
			return count, err
		}
		count++
	}
	for line := range o.lines {
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		if event, wrong := parse(line, o.eventType); wrong == nil {
			if line, wrong = unparse(event); wrong != nil {
				return count, wrong
			}
		} else {
			line = append(line, '\n')
		}
		if _, err := out.Write(line); err != nil {
			return count, err
		}
		count++
	}
	return count, o.broken
}

func create(path string) (*os.File, error) {
	if path != "" {
		return os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	}
	folder := os.Getenv("XDG_STATE_HOME")
	if folder == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return nil, err
		}
		folder = filepath.Join(home, ".local", "state")
	}
	folder = filepath.Join(folder, "triggers")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	return os.CreateTemp(folder, fmt.Sprintf("unsent-%s-*.ndjson", time.Now().Format("20060102-150405")))
}
