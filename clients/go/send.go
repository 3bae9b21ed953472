package triggers

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// EventToSend is one to post. Without a DedupID it gets one, unless NoDedup.
type EventToSend struct {
	Type      string
	Payload   any
	DedupID   string
	DeliverAt time.Time
	// NoDedup leaves the dedup id out: then nothing is repeated that may have been stored.
	NoDedup bool
}

// Sent is an event that is stored. Repeated: an earlier request of this call had stored it already; there is no Answer then.
type Sent struct {
	ID       string
	DedupID  string
	Repeated bool
	Answer   *AcceptedEvent
}

// BatchItem is what became of an event: accepted, duplicate or rejected; unknown or unsent in a BatchInterruptedError.
type BatchItem struct {
	Index    int
	Status   string
	ID       string
	Error    string
	DedupID  string
	Repeated bool
}

// BatchSent is a batch of which each event was answered; by index.
type BatchSent struct {
	Accepted, Duplicates, Rejected int
	Results                        []BatchItem
}

type made struct {
	event EventToSend
	own   bool
	bytes []byte
}

func makeEvent(event EventToSend) (*made, error) {
	own := event.DedupID == "" && !event.NoDedup
	if own {
		event.DedupID = newDedupID()
	}
	body := struct {
		Type      string    `json:"type"`
		Payload   any       `json:"payload"`
		DedupID   string    `json:"dedup_id,omitempty"`
		DeliverAt time.Time `json:"deliver_at,omitzero"`
	}{event.Type, event.Payload, event.DedupID, event.DeliverAt}
	encoded, err := encode(body)
	return &made{event, own, encoded}, err
}

// Send posts an event; it is stored when this returns. A dedup id is made where none is given, so that repeats of this call store it
// once.
func (c *Client) Send(ctx context.Context, event EventToSend) (*Sent, error) {
	made, err := makeEvent(event)
	if err != nil {
		return nil, err
	}
	dedupID := made.event.DedupID
	done, err := c.call(ctx, "POST", "/api/events", made.bytes, dedupID != "", 0)
	var duplicate *APIError
	if errors.Is(err, ErrDuplicateEvent) && errors.As(err, &duplicate) && duplicate.EventID() != "" && (made.own || duplicate.unsure) {
		return &Sent{duplicate.EventID(), dedupID, true, nil}, nil
	}
	if err != nil {
		return nil, err
	}
	body, err := done.object()
	if err != nil {
		return nil, err
	}
	answer := &AcceptedEvent{}
	if json.Unmarshal(body, answer) != nil || answer.ID == "" {
		return nil, &AnswerError{kind: ErrMalformedAnswer, Requests: done.requests, detail: "an answer without the event's id"}
	}
	return &Sent{answer.ID, dedupID, false, answer}, nil
}

// SendBatch posts any number of events, in parts of 1,000 and 8 MiB. A BatchInterruptedError has all that is known if a part is not
// answered.
func (c *Client) SendBatch(ctx context.Context, events []EventToSend) (*BatchSent, error) {
	all := make([]*made, len(events))
	results := make([]BatchItem, len(events))
	for index, event := range events {
		var err error
		if all[index], err = makeEvent(event); err != nil {
			return nil, fmt.Errorf("triggers: event %d: %w", index, err)
		}
		results[index] = BatchItem{Index: index, Status: "unsent", DedupID: all[index].event.DedupID}
	}
	for _, part := range c.parts(all, results) {
		if err := c.sendPart(ctx, part, all, results); err != nil {
			interrupted := &BatchInterruptedError{Cause: err, Results: results}
			for index, result := range results {
				if result.Status == "unknown" || result.Status == "unsent" {
					interrupted.Remaining = append(interrupted.Remaining, all[index].event)
				}
			}
			return nil, interrupted
		}
	}
	sent := &BatchSent{Results: results}
	for _, result := range results {
		switch result.Status {
		case "accepted":
			sent.Accepted++
		case "duplicate":
			sent.Duplicates++
		case "rejected":
			sent.Rejected++
		}
	}
	return sent, nil
}

const frame = len(`{"events":[]}`)

func (c *Client) parts(all []*made, results []BatchItem) [][]int {
	var parts [][]int
	size := 0
	for index, made := range all {
		if frame+len(made.bytes) > c.options.MaxBatchBytes {
			results[index].Status, results[index].Error = "rejected", fmt.Sprintf("larger than %d bytes", c.options.MaxBatchBytes)
			continue
		}
		last := len(parts) - 1
		if last < 0 || len(parts[last]) >= c.options.MaxBatchEvents || size+1+len(made.bytes) > c.options.MaxBatchBytes {
			parts = append(parts, []int{index})
			size = frame + len(made.bytes)
			continue
		}
		parts[last] = append(parts[last], index)
		size += 1 + len(made.bytes)
	}
	return parts
}

func (c *Client) sendPart(ctx context.Context, part []int, all []*made, results []BatchItem) error {
	encoded, repeat := make([][]byte, len(part)), true
	for place, index := range part {
		encoded[place] = all[index].bytes
		repeat = repeat && all[index].event.DedupID != ""
	}
	body := append(append([]byte(`{"events":[`), bytes.Join(encoded, []byte(","))...), "]}"...)
	done, err := c.call(ctx, "POST", "/api/events/batch", body, repeat, 0)
	if err == nil {
		err = merge(part, done, all, results)
	}
	var refused *APIError
	// An answer of the 400s stored nothing, unless an earlier request of the part did.
	if err != nil && (!errors.As(err, &refused) || refused.Status >= 500 || refused.unsure) {
		for _, index := range part {
			results[index].Status = "unknown"
		}
	}
	return err
}

func merge(part []int, done *done, all []*made, results []BatchItem) error {
	body, err := done.object()
	if err != nil {
		return err
	}
	var answer struct {
		Results []struct{ Status, ID, Error string }
	}
	if json.Unmarshal(body, &answer) != nil || len(answer.Results) != len(part) {
		return &AnswerError{kind: ErrMalformedAnswer, Requests: done.requests, detail: "a batch's answer without a result for each event"}
	}
	for place, one := range answer.Results {
		index := part[place]
		result := &results[index]
		result.Status, result.ID, result.Error = one.Status, one.ID, one.Error
		if one.Status == "duplicate" && (all[index].own || (result.DedupID != "" && done.unsure)) {
			result.Status, result.Repeated = "accepted", true
		}
	}
	return nil
}
