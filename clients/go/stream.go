package triggers

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// StreamEvent is what happened. Cursor is the log's position of an event.accepted, else empty.
type StreamEvent struct {
	Kind   string
	Data   json.RawMessage
	Cursor string
}

// StreamQuery says what to hear of.
type StreamQuery struct {
	Kinds      []string
	Type       string
	EndpointID string
	// Summaries leaves payloads out.
	Summaries bool
	Cursor    string
	// Position hears of what a stream says of where it is, without an event: first of all, and with its signs of life.
	Position func(cursor string)
	// Broken hears that a connection has ended, why if that is known, and when the next one is tried.
	Broken func(err error, pause time.Duration)
}

const silence = 45 * time.Second

// Stream gives everything as it happens. It goes on where it was after a break: of event.accepted nothing is missed, the other kinds
// are live only. It ends with the context, or when the loop over it is left.
func (c *Client) Stream(ctx context.Context, query StreamQuery) iter.Seq2[StreamEvent, error] {
	values := url.Values{}
	for name, value := range map[string]string{"kinds": strings.Join(query.Kinds, ","), "type": query.Type, "endpoint_id": query.EndpointID, "cursor": query.Cursor} {
		if value != "" {
			values.Set(name, value)
		}
	}
	if query.Summaries {
		values.Set("payloads", "false")
	}
	target := "/api/stream"
	if len(values) > 0 {
		target += "?" + values.Encode()
	}
	return func(yield func(StreamEvent, error) bool) {
		parser := &parser{retry: time.Second}
		for failures := 0; ; failures++ {
			more, err := c.listen(ctx, target, parser, query.Position, func(event StreamEvent) bool {
				failures = 0
				return yield(event, nil)
			})
			pause := parser.retry
			var refused *APIError
			switch {
			case !more || ctx.Err() != nil:
				return
			case errors.As(err, &refused) && repeated(refused.Status):
				pause = max(pause, refused.RetryAfter)
			case err != nil && !errors.Is(err, ErrConnection):
				yield(StreamEvent{}, err)
				return
			}
			factor := float64(min(30, 1<<min(failures, 5))) * (1 + c.clock.random()) / 2
			pause = time.Duration(float64(pause) * factor)
			if query.Broken != nil {
				query.Broken(err, pause)
			}
			if c.clock.sleep(ctx, pause) != nil {
				return
			}
		}
	}
}

// One connection; false if the caller wants no more.
func (c *Client) listen(ctx context.Context, target string, parser *parser, position func(string), yield func(StreamEvent) bool) (bool, error) {
	carrier, ok := c.transport.(*httpTransport)
	if !ok {
		return false, errors.New("triggers: no stream here")
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	quiet := time.AfterFunc(silence, func() { cancel(errors.New("the stream went silent")) })
	defer quiet.Stop()
	header := c.headers(ctx)
	header.Set("Accept", "text/event-stream")
	if parser.cursor != "" {
		header.Set("Last-Event-ID", parser.cursor)
	}
	response, err := carrier.begin(ctx, &request{"GET", c.origin, c.prefix + target, header, nil})
	if err != nil {
		return true, err
	}
	defer response.Body.Close()
	if response.StatusCode != 200 {
		body, _ := io.ReadAll(io.LimitReader(response.Body, errorBytes))
		return true, apiError(&answer{response.StatusCode, response.Header, body}, c.clock.now())
	}
	lines := bufio.NewScanner(response.Body)
	lines.Buffer(make([]byte, 0, 65_536), int(c.options.MaxAnswerBytes))
	for lines.Scan() {
		quiet.Reset(silence)
		event := parser.line(lines.Text())
		if event == nil && lines.Text() == "" && position != nil {
			position(parser.cursor)
		}
		if event == nil {
			continue
		}
		if event.Kind == "stream.lagging" {
			var lagging struct{ Cursor string }
			if json.Unmarshal(event.Data, &lagging) == nil && lagging.Cursor != "" {
				parser.cursor = lagging.Cursor
			}
			return true, nil
		}
		if !yield(*event) {
			return false, nil
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return true, &AnswerError{kind: ErrAnswerTooLarge, detail: "a line of the stream that is too long"}
	}
	return true, nil
}

// Lines in, events out (the HTML standard, §9.2.6).
type parser struct {
	cursor   string
	retry    time.Duration
	kind, id string
	data     []string
}

func (p *parser) line(line string) *StreamEvent {
	if line == "" {
		return p.end()
	}
	name, value, _ := strings.Cut(line, ":")
	value = strings.TrimPrefix(value, " ")
	switch name {
	case "event":
		p.kind = value
	case "data":
		p.data = append(p.data, value)
	case "id":
		if !strings.Contains(value, "\x00") {
			p.id = value
		}
	case "retry":
		if ms, err := strconv.ParseUint(value, 10, 31); err == nil {
			p.retry = time.Duration(ms) * time.Millisecond
		}
	}
	return nil
}

func (p *parser) end() *StreamEvent {
	event := &StreamEvent{p.kind, json.RawMessage(strings.Join(p.data, "\n")), p.id}
	if p.id != "" {
		p.cursor = p.id
	}
	p.kind, p.id, p.data = "", "", nil
	if len(event.Data) == 0 {
		return nil
	}
	if event.Kind == "" {
		event.Kind = "message"
	}
	return event
}
