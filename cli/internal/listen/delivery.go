package listen

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"triggers.dev/cli/internal/exit"
	"triggers.dev/cli/internal/feed"
	"triggers.dev/cli/internal/signature"
	"triggers.dev/cli/internal/version"
)

// Delivery is one request to the local address, and what became of it.
type Delivery struct {
	Event    feed.Event
	Again    bool
	SentAt   time.Time
	Duration time.Duration
	Request  http.Header
	Body     []byte
	// Status is 0 if there was no answer; Err says why.
	Status   int
	Response http.Header
	Answer   []byte
	Err      error
}

// Delivered is whether the receiver took it.
func (d *Delivery) Delivered() bool { return d.Status/100 == 2 }

type target struct {
	url    string
	secret signature.Secret
	client *http.Client
}

// An address as one types it: 3000, localhost:3000/hook, http://….
func parseTarget(text string) (string, error) {
	if text != "" && strings.Trim(text, "0123456789") == "" {
		text = "localhost:" + text
	}
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	parsed, err := url.Parse(text)
	if err != nil || (parsed.Scheme != "http" && parsed.Scheme != "https") || parsed.Hostname() == "" {
		return "", exit.UsageError("--forward-to: not an address: localhost:3000/hook, or http://…")
	}
	return parsed.String(), nil
}

func newTarget(address string, secret signature.Secret, timeout time.Duration) *target {
	transport := &http.Transport{DialContext: (&net.Dialer{Timeout: timeout}).DialContext, MaxIdleConnsPerHost: 4, IdleConnTimeout: time.Minute}
	return &target{address, secret, &http.Client{Timeout: timeout, Transport: transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

const mostAnswerBytes = 64 << 10

// Deliver posts an event as the service would, signed with the secret of this listener.
func (t *target) deliver(ctx context.Context, event feed.Event, again bool) *Delivery {
	made := &Delivery{Event: event, Again: again, SentAt: time.Now(), Body: body(event)}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, t.url, bytes.NewReader(made.Body))
	if err != nil {
		made.Err = err
		return made
	}
	request.Header = t.header(event, made)
	made.Request = request.Header
	response, err := t.client.Do(request)
	if err != nil {
		made.Duration, made.Err = time.Since(made.SentAt), plain(err)
		return made
	}
	defer response.Body.Close()
	// A complete head decides; what the body then does changes nothing.
	made.Status, made.Response = response.StatusCode, response.Header
	made.Answer, _ = io.ReadAll(io.LimitReader(response.Body, mostAnswerBytes))
	made.Duration = time.Since(made.SentAt)
	return made
}

func (t *target) header(event feed.Event, made *Delivery) http.Header {
	header := t.secret.Header(event.ID, made.SentAt, made.Body)
	header.Set("Content-Type", "application/json")
	header.Set("User-Agent", "ZapierTriggers/"+version.Number+" (triggers listen)")
	for _, name := range []string{"X-Event-ID", "X-Zapier-Event-Id"} {
		header.Set(name, event.ID)
	}
	for _, name := range []string{"X-Event-Type", "X-Zapier-Event-Type"} {
		header.Set(name, headerValue(event.Type))
	}
	trace := strings.ReplaceAll(event.ID, "-", "")
	header.Set("traceparent", fmt.Sprintf("00-%s-%016x-01", trace, uint64(made.SentAt.UnixNano())))
	return header
}

// The body of a delivery, with the payload as it was posted, each byte.
func body(event feed.Event) []byte {
	quoted, _ := json.Marshal(event.Type)
	return fmt.Appendf(nil, `{"id":"%s","event_id":"%s","type":%s,"timestamp":"%s","data":%s}`,
		event.ID, event.ID, quoted, event.CreatedAt.UTC().Format(time.RFC3339Nano), event.Payload)
}

// A type as a header can hold it: percent-encoded UTF-8, if it is not ASCII.
func headerValue(text string) string {
	if strings.IndexFunc(text, func(letter rune) bool { return letter >= 0x7f }) < 0 {
		return text
	}
	var encoded strings.Builder
	for _, letter := range []byte(text) {
		if letter > ' ' && letter < 0x7f && letter != '%' {
			encoded.WriteByte(letter)
		} else {
			fmt.Fprintf(&encoded, "%%%02X", letter)
		}
	}
	return encoded.String()
}

// Why, without what the line above says already.
func plain(err error) error {
	if wrapped, ok := err.(*url.Error); ok {
		if wrapped.Timeout() {
			return fmt.Errorf("no answer in time")
		}
		return wrapped.Err
	}
	return err
}
