package feed

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	triggers "triggers.dev/go"
)

// One life of the stream: until the context ends, something is wrong for good, or nothing comes over it (errEaten).
func (f *Feed) stream(ctx context.Context, handle func(context.Context, Item) error) error {
	streaming, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	eaten := time.AfterFunc(f.patience, func() { stop(errEaten) })
	defer eaten.Stop()
	var connected atomic.Bool
	silent := 0
	query := triggers.StreamQuery{Kinds: f.kinds(), EndpointID: f.EndpointID, Summaries: f.Summaries, Cursor: f.Cursor}
	if len(f.Types) == 1 {
		query.Type = f.Types[0]
	}
	query.Position = func(cursor string) {
		eaten.Stop()
		if cursor != "" {
			f.Cursor = cursor
		}
		if !connected.Swap(true) {
			f.State(Connected)
		}
	}
	query.Broken = func(err error, pause time.Duration) {
		f.State(Broken)
		f.Say("%s", waiting(err, pause))
		if silent++; connected.Swap(false) || refusedToConnect(err) {
			silent = 0
		}
		if silent == 3 {
			stop(errEaten)
			return
		}
		eaten.Reset(f.patience + pause)
	}
	for happened, err := range f.Client.Stream(streaming, query) {
		eaten.Stop()
		if err != nil {
			return f.refused(err)
		}
		if happened.Kind == "stream.expired" {
			return f.expired(happened.Data)
		}
		if happened.Cursor != "" && !f.Since.IsZero() {
			// Behind us is what was asked for; from here on the cursor decides.
			f.Since = time.Time{}
		}
		if err := f.hand(streaming, happened, handle); err != nil {
			return err
		}
		if happened.Cursor != "" {
			f.Cursor = happened.Cursor
		}
	}
	if cause := context.Cause(streaming); errors.Is(cause, errEaten) {
		return errEaten
	}
	return ctx.Err()
}

func (f *Feed) hand(ctx context.Context, happened triggers.StreamEvent, handle func(context.Context, Item) error) error {
	var about struct {
		EventType string `json:"event_type"`
	}
	if json.Unmarshal(happened.Data, &about) == nil && about.EventType != "" && !f.wanted(about.EventType) {
		return nil
	}
	return handle(ctx, Item{happened.Kind, happened.Cursor, happened.Data})
}

// The words of a proxy that knows no streams, or of the service.
func (f *Feed) refused(err error) error {
	var answer *triggers.APIError
	proxy := []int{http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotAcceptable, http.StatusBadRequest, http.StatusNotImplemented}
	if errors.As(err, &answer) && answer.Code == "" && slices.Contains(proxy, answer.Status) {
		return errEaten
	}
	return f.gap(err)
}

func (f *Feed) expired(data json.RawMessage) error {
	var gone struct {
		Detail         string `json:"detail"`
		EarliestCursor string `json:"earliest_cursor"`
		Cursor         string `json:"cursor"`
	}
	if err := json.Unmarshal(data, &gone); err != nil {
		return err
	}
	f.Warn("triggers: EVENTS ARE MISSING here: %s", gone.Detail)
	f.Cursor = gone.Cursor
	if gone.EarliestCursor != "" {
		f.Cursor = gone.EarliestCursor
	}
	return nil
}

func refusedToConnect(err error) bool {
	var broken *triggers.ConnectionError
	var answer *triggers.APIError
	return errors.As(err, &answer) || (errors.As(err, &broken) && broken.Kind == "connect")
}
