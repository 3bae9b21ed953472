package triggers

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	mathrand "math/rand/v2"
	"net/http"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"time"
)

type operation struct {
	method   string
	segments []string
	repeat   string
	text     bool
	items    string
	operator bool
}

// Options of a client; what is zero is its default.
type Options struct {
	// TotalTime of one call with all its repeats and waits: 30 s.
	TotalTime time.Duration
	// AttemptTime of one exchange: 10 s.
	AttemptTime time.Duration
	// MaxAnswerBytes: 16 MiB.
	MaxAnswerBytes int64
	// FirstWait and LongestWait of the backoff: 250 ms and 8 s.
	FirstWait, LongestWait time.Duration
	// Hosts that a 421 may lead to beside those of the same registrable domain.
	Hosts []string
	// MaxBatchEvents and MaxBatchBytes of one request: 1,000 and 8 MiB.
	MaxBatchEvents, MaxBatchBytes int
	// AdminToken is the operator's, for what is the operator's; it is sent with nothing else.
	AdminToken string
	// HTTP is the client to use, for a proxy or certificates of your own.
	HTTP *http.Client
	// Inject adds the headers of the trace that the caller is in: with OpenTelemetry,
	// otel.GetTextMapPropagator().Inject(ctx, propagation.HeaderCarrier(header)).
	Inject func(ctx context.Context, header http.Header)
	// OnRepeat hears why a call is made again, and when.
	OnRepeat func(err error, pause time.Duration)
}

type clock struct {
	now    func() time.Time
	random func() float64
	sleep  func(ctx context.Context, pause time.Duration) error
}

// Client of a Triggers API service, for any number of goroutines.
type Client struct {
	base      *url.URL
	origin    string
	prefix    string
	header    http.Header
	options   Options
	transport transport
	clock     clock
}

// New makes a client. The key may be empty for what needs none.
func New(address, key string, options Options) (*Client, error) {
	base, err := url.Parse(address)
	if err != nil || (base.Scheme != "http" && base.Scheme != "https") || base.Hostname() == "" || base.User != nil || base.RawQuery != "" || base.Fragment != "" {
		return nil, fmt.Errorf("triggers: not an absolute http(s) URL: %q", address)
	}
	for kind, secret := range map[string]string{"API key": key, "admin token": options.AdminToken} {
		if strings.ContainsFunc(secret, func(letter rune) bool { return letter < 33 || letter > 126 }) {
			return nil, fmt.Errorf("triggers: not an %s: it has letters that none has", kind)
		}
	}
	defaults(&options)
	header := http.Header{"User-Agent": {fmt.Sprintf("triggers-api-go/%s (%s)", Version, runtime.Version())}, "Accept": {"application/json, text/plain;q=0.5"}}
	if key != "" {
		header.Set("X-API-Key", key)
	}
	return &Client{base, base.Scheme + "://" + base.Host, strings.TrimRight(base.EscapedPath(), "/"), header, options,
		newHTTPTransport(options.HTTP), clock{time.Now, mathrand.Float64, sleep}}, nil
}

func defaults(options *Options) {
	set(&options.TotalTime, 30*time.Second)
	set(&options.AttemptTime, 10*time.Second)
	set(&options.MaxAnswerBytes, 16_777_216)
	set(&options.FirstWait, 250*time.Millisecond)
	set(&options.LongestWait, 8*time.Second)
	set(&options.MaxBatchEvents, 1_000)
	set(&options.MaxBatchBytes, 8_388_608)
}

func set[T comparable](value *T, byDefault T) {
	var zero T
	if *value == zero {
		*value = byDefault
	}
}

func sleep(ctx context.Context, pause time.Duration) error {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// String shows no key.
func (c *Client) String() string {
	return "triggers.Client(" + c.origin + c.prefix + ")"
}

// GoString shows no key.
func (c *Client) GoString() string {
	return c.String()
}

type done struct {
	answer   *answer
	requests int
	unsure   bool
}

// One call, with its repeats.
func (c *Client) call(ctx context.Context, method, target string, body []byte, repeat bool, wait time.Duration) (*done, error) {
	return c.callWith(ctx, c.headers(ctx), method, target, body, repeat, wait)
}

func (c *Client) callWith(ctx context.Context, header http.Header, method, target string, body []byte, repeat bool, wait time.Duration) (*done, error) {
	if body != nil {
		header.Set("Content-Type", "application/json")
	}
	deadline := c.clock.now().Add(c.options.TotalTime + wait)
	origin, unsure, requests, waits := c.origin, false, 0, 0
	for {
		requests++
		timeout := min(c.options.AttemptTime+wait, deadline.Sub(c.clock.now()))
		answer, err := c.transport.send(ctx, &request{method, origin, c.prefix + target, header, body}, timeout, c.options.MaxAnswerBytes)
		again, hint := false, time.Duration(-1)
		var broken *ConnectionError
		var other *AnswerError
		switch {
		case errors.As(err, &broken):
			broken.Requests = requests
			again = repeat || broken.Kind == "connect"
			unsure = unsure || broken.Kind != "connect"
		case errors.As(err, &other):
			other.Requests = requests
			return nil, err
		case err != nil:
			return nil, err
		case answer.status/100 == 2:
			return &done{answer, requests, unsure}, nil
		default:
			found := apiError(answer, c.clock.now())
			if answer.status == http.StatusMisdirectedRequest && origin == c.origin {
				location, ok := found.Problem["location"].(string)
				if !ok {
					location = answer.header.Get("Location")
				}
				if to := followed(c.base, location, c.options.Hosts); to != "" && to != origin {
					origin = to
					continue
				}
			}
			found.Requests, found.unsure = requests, unsure
			unsure = unsure || answer.status != http.StatusTooManyRequests
			again = repeated(answer.status) && (repeat || answer.status == http.StatusTooManyRequests)
			hint, err = found.RetryAfter, found
		}
		if !again {
			return nil, err
		}
		pause := c.pause(waits, hint)
		waits++
		if !c.clock.now().Add(pause).Before(deadline) {
			return nil, err
		}
		if c.options.OnRepeat != nil {
			c.options.OnRepeat(err, pause)
		}
		if stopped := c.clock.sleep(ctx, pause); stopped != nil {
			return nil, errors.Join(stopped, err)
		}
	}
}

func (c *Client) pause(waits int, hint time.Duration) time.Duration {
	backoff := float64(min(c.options.LongestWait, c.options.FirstWait<<min(waits, 20)))
	chance := c.clock.random()
	if hint >= 0 {
		return hint + time.Duration(backoff*chance/2)
	}
	return time.Duration(backoff * (1 + chance) / 2)
}

func (c *Client) headers(ctx context.Context) http.Header {
	header := c.header.Clone()
	if c.options.Inject != nil {
		c.options.Inject(ctx, header)
	}
	return header
}

// Operation calls any operation by its operationId, and gives its answer as it is.
func (c *Client) Operation(ctx context.Context, name string, path []string, query url.Values, body any) (json.RawMessage, error) {
	operation, there := operations[name]
	if !there {
		return nil, fmt.Errorf("triggers: no operation %q", name)
	}
	target, err := fill(operation.segments, path)
	if err != nil {
		return nil, err
	}
	if len(query) > 0 {
		target += "?" + strings.ReplaceAll(query.Encode(), "+", "%20")
	}
	var encoded []byte
	if body != nil {
		if encoded, err = encode(body); err != nil {
			return nil, err
		}
	}
	header := c.headers(ctx)
	if operation.operator && c.options.AdminToken != "" {
		header.Set("X-Admin-Token", c.options.AdminToken)
	}
	done, err := c.callWith(ctx, header, operation.method, target, encoded, repeatable(operation.repeat, encoded), waiting(name, query, encoded))
	if err != nil {
		return nil, err
	}
	if operation.text {
		return done.answer.body, nil
	}
	return done.object()
}

func (c *Client) text(ctx context.Context, name string, path []string, query url.Values) (string, error) {
	text, err := c.Operation(ctx, name, path, query, nil)
	return string(text), err
}

func ask[T any](c *Client, ctx context.Context, name string, path []string, query url.Values, body any) (*T, error) {
	text, err := c.Operation(ctx, name, path, query, body)
	if err != nil || text == nil {
		return nil, err
	}
	value := new(T)
	if err := json.Unmarshal(text, value); err != nil {
		return nil, &AnswerError{kind: ErrMalformedAnswer, detail: "a success of another form: " + err.Error()}
	}
	return value, nil
}

func each[T any](c *Client, ctx context.Context, name string, path []string, query url.Values) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		values := url.Values{}
		for key, value := range query {
			values[key] = value
		}
		for {
			page, err := ask[map[string]json.RawMessage](c, ctx, name, path, values, nil)
			if err != nil {
				yield(zero, err)
				return
			}
			var items []T
			if json.Unmarshal((*page)[operations[name].items], &items) != nil || items == nil {
				yield(zero, &AnswerError{kind: ErrMalformedAnswer, detail: "a page without its items"})
				return
			}
			for _, item := range items {
				if !yield(item, nil) {
					return
				}
			}
			if string((*page)["has_more"]) != "true" {
				return
			}
			var cursor string
			_ = json.Unmarshal((*page)["next_cursor"], &cursor)
			if cursor == "" || cursor == values.Get("cursor") {
				yield(zero, &AnswerError{kind: ErrMalformedAnswer, detail: "the walk stands still"})
				return
			}
			values.Set("cursor", cursor)
		}
	}
}

func (d *done) object() (json.RawMessage, error) {
	body := bytes.TrimSpace(d.answer.body)
	if len(body) == 0 && (d.answer.status == 204 || d.answer.status == 202) {
		return nil, nil
	}
	if len(body) == 0 || body[0] != '{' || !json.Valid(body) {
		return nil, &AnswerError{kind: ErrMalformedAnswer, Requests: d.requests, detail: "a success that is no JSON object"}
	}
	return body, nil
}

func fill(segments, path []string) (string, error) {
	var target strings.Builder
	for place, segment := range segments {
		if place%2 == 0 {
			target.WriteString(segment)
			continue
		}
		if place/2 >= len(path) || path[place/2] == "" || path[place/2] == "." || path[place/2] == ".." {
			return "", fmt.Errorf("triggers: not a part of a path: %s", segment)
		}
		target.WriteString(strings.ReplaceAll(url.QueryEscape(path[place/2]), "+", "%20"))
	}
	return target.String(), nil
}

func repeatable(rule string, body []byte) bool {
	var members struct {
		DedupID *string `json:"dedup_id"`
		Events  []struct {
			DedupID *string `json:"dedup_id"`
		} `json:"events"`
	}
	switch rule {
	case "always":
		return true
	case "compared":
		return !bytes.Contains(body, []byte(`"if_cursor"`))
	case "dedup":
		if json.Unmarshal(body, &members) != nil {
			return false
		}
		for _, event := range members.Events {
			if event.DedupID == nil {
				return false
			}
		}
		return len(members.Events) > 0 || members.DedupID != nil
	}
	return false
}

// A long poll's wait, which comes on top of the times.
func waiting(name string, query url.Values, body []byte) time.Duration {
	seconds, _ := strconv.Atoi(query.Get("wait"))
	if name == "lease" {
		var members struct{ Wait int }
		_ = json.Unmarshal(body, &members)
		seconds = members.Wait
	}
	return time.Duration(min(max(seconds, 0), 30)) * time.Second
}

func newDedupID() string {
	random := make([]byte, 16)
	_, _ = rand.Read(random)
	return hex.EncodeToString(random)
}
