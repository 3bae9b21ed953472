package send

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"triggers.dev/cli/internal/exit"
	"triggers.dev/cli/internal/session"
	triggers "triggers.dev/go"
)

// A sending of many lines, batch after batch: what is read and not known to be stored is never more than one of them.
type sending struct {
	session   *session.Session
	client    *triggers.Client
	lines     *bufio.Reader
	eventType string
	batch     int
	number    int
	began     time.Time
	read      int64
	size      int64

	accepted, duplicates, rejected int
}

func many(ctx context.Context, s *session.Session, options options, arguments []string) error {
	if len(arguments) > 1 {
		return exit.UsageError("with --ndjson the payloads are in the file")
	}
	if options.batch < 1 || options.batch > 1000 {
		return exit.UsageError("--batch: 1 to 1000")
	}
	client, err := s.Client(session.Patient(options.patience))
	if err != nil {
		return err
	}
	key, err := client.GetKey(ctx)
	if err != nil {
		return err
	}
	in, size := io.NopCloser(s.In), int64(0)
	if options.ndjson != "-" {
		file, err := os.Open(options.ndjson)
		if err != nil {
			return err
		}
		if about, err := file.Stat(); err == nil {
			size = about.Size()
		}
		in = file
	}
	defer in.Close()
	// A batch is charged whole: one that is larger than a minute's limit would never be taken.
	one := &sending{session: s, client: client, lines: bufio.NewReaderSize(in, 1<<16), batch: max(1, min(options.batch, int(key.RateLimitPerMinute))), began: time.Now(), size: size}
	if len(arguments) == 1 {
		one.eventType = arguments[0]
	}
	return one.run(ctx, options.rest)
}

func (o *sending) run(ctx context.Context, restPath string) error {
	for {
		events, numbers, err := o.next()
		if err == nil && len(events) > 0 {
			var left []triggers.EventToSend
			if left, err = o.send(ctx, events, numbers); err != nil {
				return errors.Join(err, o.keep(restPath, left))
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return errors.Join(ctx.Err(), o.keep(restPath, nil))
		}
	}
	o.session.Say("%d stored, %d were there already, %d refused; %d/s", o.accepted, o.duplicates, o.rejected, o.rate())
	if o.rejected > 0 {
		return exit.Silently(exit.Invalid)
	}
	return nil
}

// A batch of lines; io.EOF once there are none.
func (o *sending) next() ([]triggers.EventToSend, []int, error) {
	var events []triggers.EventToSend
	var numbers []int
	for len(events) < o.batch {
		line, err := o.lines.ReadBytes('\n')
		o.read += int64(len(line))
		if line = bytes.TrimSpace(line); len(line) > 0 || err == nil {
			o.number++
		}
		if len(line) > 0 {
			event, wrong := parse(line, o.eventType)
			if wrong != nil {
				if err := o.refuse(o.number, "", wrong.Error()); err != nil {
					return nil, nil, err
				}
			} else {
				events, numbers = append(events, event), append(numbers, o.number)
			}
		}
		if errors.Is(err, io.EOF) && len(events) > 0 {
			return events, numbers, nil
		}
		if err != nil {
			return nil, nil, err
		}
	}
	return events, numbers, nil
}

func (o *sending) send(ctx context.Context, events []triggers.EventToSend, numbers []int) ([]triggers.EventToSend, error) {
	sent, err := o.client.SendBatch(ctx, events)
	var interrupted *triggers.BatchInterruptedError
	if errors.As(err, &interrupted) {
		if told := o.tell(interrupted.Results, numbers); told != nil {
			return interrupted.Remaining, told
		}
		return interrupted.Remaining, interrupted.Cause
	}
	if err != nil {
		return events, err
	}
	return nil, o.tell(sent.Results, numbers)
}

type result struct {
	Line    int     `json:"line"`
	Status  string  `json:"status"`
	ID      *string `json:"id"`
	DedupID *string `json:"dedup_id"`
	Error   *string `json:"error"`
}

func (o *sending) tell(results []triggers.BatchItem, numbers []int) error {
	for _, one := range results {
		line := numbers[one.Index]
		switch one.Status {
		case "accepted":
			o.accepted++
		case "duplicate":
			o.duplicates++
		case "rejected":
			if err := o.refuse(line, one.DedupID, one.Error); err != nil {
				return err
			}
			continue
		default:
			continue
		}
		if o.session.JSON {
			if err := o.session.Object(result{line, one.Status, present(one.ID), present(one.DedupID), nil}); err != nil {
				return err
			}
		}
	}
	o.progress()
	return nil
}

func (o *sending) refuse(line int, dedupID, why string) error {
	o.rejected++
	o.session.Warn("line %d: %s", line, why)
	if o.session.JSON {
		return o.session.Object(result{line, "rejected", nil, present(dedupID), &why})
	}
	return nil
}

func (o *sending) rate() int {
	return int(float64(o.accepted+o.duplicates+o.rejected) / max(time.Since(o.began).Seconds(), 0.001))
}

func (o *sending) progress() {
	done := o.accepted + o.duplicates + o.rejected
	if o.size == 0 {
		o.session.Progress("%d events, %d/s", done, o.rate())
		return
	}
	const width = 24
	part := float64(o.read) / float64(o.size)
	full := int(part * width)
	bar := fmt.Sprintf("%s%s", bytes.Repeat([]byte("█"), full), bytes.Repeat([]byte("░"), width-full))
	o.session.Progress("%s %3.0f %%  %d events, %d/s", bar, part*100, done, o.rate())
}

func present(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
