package triggers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"time"
)

type request struct {
	method, origin, target string
	header                 http.Header
	body                   []byte
}

type answer struct {
	status int
	header http.Header
	body   []byte
}

// What carries requests; tests put a script here.
type transport interface {
	send(ctx context.Context, request *request, timeout time.Duration, most int64) (*answer, error)
}

type httpTransport struct {
	client *http.Client
}

const errorBytes = 65_536

func newHTTPTransport(given *http.Client) *httpTransport {
	client := http.Client{}
	if given != nil {
		client = *given
	} else if base, ok := http.DefaultTransport.(*http.Transport); ok {
		base = base.Clone()
		base.MaxIdleConnsPerHost = 64
		client.Transport = base
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &httpTransport{&client}
}

func (t *httpTransport) send(ctx context.Context, request *request, timeout time.Duration, most int64) (*answer, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	response, err := t.begin(ctx, request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	return read(ctx, response, most)
}

func (t *httpTransport) begin(ctx context.Context, request *request) (*http.Response, error) {
	sent := false
	traced := httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaderField: func(string, []string) { sent = true }})
	var body io.Reader
	if request.body != nil {
		body = bytes.NewReader(request.body)
	}
	made, err := http.NewRequestWithContext(traced, request.method, request.origin+request.target, body)
	if err != nil {
		return nil, err
	}
	made.Header = request.header
	response, err := t.client.Do(made)
	if err != nil {
		return nil, failed(ctx, sent, "reset", err)
	}
	return response, nil
}

func read(ctx context.Context, response *http.Response, most int64) (*answer, error) {
	success := response.StatusCode/100 == 2
	if !success {
		most = min(most, errorBytes)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, most+1))
	if err != nil {
		return nil, failed(ctx, true, "cut", err)
	}
	if int64(len(body)) > most {
		if success {
			return nil, &AnswerError{kind: ErrAnswerTooLarge, detail: fmt.Sprintf("an answer of more than %d bytes", most)}
		}
		body = body[:most]
	}
	return &answer{response.StatusCode, response.Header, body}, nil
}

func failed(ctx context.Context, sent bool, kind string, err error) error {
	switch {
	case errors.Is(context.Cause(ctx), context.Canceled):
		// The caller's own wish.
		return err
	case !sent:
		kind = "connect"
	case ctx.Err() != nil:
		kind = "timeout"
	}
	return &ConnectionError{Kind: kind, cause: err}
}
