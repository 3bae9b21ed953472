package send

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"time"

	"triggers.dev/cli/internal/exit"
	"triggers.dev/cli/internal/session"
	triggers "triggers.dev/go"
)

// A sending of many lines, batch after batch: what is read and not known to be stored is never more than one of them.
type sending struct {
	session   *session.Session
	client    *triggers.Client
	lines     chan []byte
	broken    error
	eventType string
	batch     int
	number    int
	began     time.Time
	read      atomic.Int64
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
	one := &sending{session: s, client: client, lines: make(chan []byte, 1000), batch: max(1, min(options.batch, int(key.RateLimitPerMinute))), began: time.Now(), size: size}
	if len(arguments) == 1 {
		one.eventType = arguments[0]
	}
	go one.readFrom(bufio.NewReaderSize(in, 1<<16))
	return one.run(ctx, options.rest)
}

// Lines as they come: those of a program that goes on writing are not kept waiting for a whole batch.
func (o *sending) readFrom(in *bufio.Reader) {
	defer close(o.lines)
	for {
		line, err := in.ReadBytes('\n')
		o.read.Add(int64(len(line)))
		if len(line) > 0 {
			o.lines <- line
		}
		if err != nil {
			if !errors.Is(err, io.EOF) {
				o.broken = err
			}
			return
		}
	}
}

func (o *sending) run(ctx context.Context, restPath string) error {
	for {
		events, numbers, more, err := o.next(ctx)
		if err != nil {
			return errors.Join(err, o.keep(restPath, events))
		}
		if left, err := o.send(ctx, events, numbers); err != nil {
			return errors.Join(err, o.keep(restPath, left))
		}
		if !more {
			break
		}
	}
	if o.broken != nil {
		return fmt.Errorf("line %d: %w", o.number+1, o.broken)
	}
	o.session.Say("%d stored, %d were there already, %d refused; %d/s", o.accepted, o.duplicates, o.rejected, o.rate())
	if o.rejected > 0 {
		return exit.Silently(exit.Invalid)
	}
	return nil
}

const company = 100 * time.Millisecond

// A batch of lines, as many as come within a moment; false with the last ones.
func (o *sending) next(ctx context.Context) ([]triggers.EventToSend, []int, bool, error) {
	var events []triggers.EventToSend
	var numbers []int
	var enough <-chan time.Time
	for len(events) < o.batch {
		select {
		case <-ctx.Done():
			return events, numbers, true, ctx.Err()
		case <-enough:
			return events, numbers, true, nil
		case line, open := <-o.lines:
			if !open {
				return events, numbers, false, nil
			}
			o.number++
			if line = bytes.TrimSpace(line); len(line) == 0 {
				continue
			}
			event, wrong := parse(line, o.eventType)
			if wrong != nil {
				if err := o.refuse(o.number, "", wrong.Error()); err != nil {
					return events, numbers, true, err
				}
				continue
			}
			if events, numbers = append(events, event), append(numbers, o.number); len(events) == 1 {
				enough = time.After(company)
			}
		}
	}
	return events, numbers, true, nil
}

func (o *sending) send(ctx context.Context, events []triggers.EventToSend, numbers []int) ([]triggers.EventToSend, error) {
	if len(events) == 0 {
		return nil, nil
	}
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
	part := float64(o.read.Load()) / float64(o.size)
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
