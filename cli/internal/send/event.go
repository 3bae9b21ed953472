package send

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	triggers "triggers.dev/go"
)

// A line of NDJSON: an event as the API takes it, or its payload alone where the type is given.
func parse(line []byte, eventType string) (triggers.EventToSend, error) {
	if !json.Valid(line) {
		return triggers.EventToSend{}, errors.New("no JSON")
	}
	if eventType != "" {
		return triggers.EventToSend{Type: eventType, Payload: json.RawMessage(line)}, nil
	}
	var members struct {
		Type      string          `json:"type"`
		EventType string          `json:"event_type"`
		Payload   json.RawMessage `json:"payload"`
		Data      json.RawMessage `json:"data"`
		DedupID   string          `json:"dedup_id"`
		DeliverAt time.Time       `json:"deliver_at"`
	}
	if err := json.Unmarshal(line, &members); err != nil {
		return triggers.EventToSend{}, fmt.Errorf("no event: %w", err)
	}
	event := triggers.EventToSend{Type: members.Type, DedupID: members.DedupID, DeliverAt: members.DeliverAt}
	if event.Type == "" {
		event.Type = members.EventType
	}
	payload := members.Payload
	if payload == nil {
		payload = members.Data
	}
	if event.Type == "" || payload == nil {
		return event, errors.New("type or payload is missing")
	}
	event.Payload = payload
	return event, nil
}

// The same as a line, to be sent later: with the dedup id that it was, or may have been, sent with.
func unparse(event triggers.EventToSend) ([]byte, error) {
	members := struct {
		Type      string     `json:"type"`
		Payload   any        `json:"payload"`
		DedupID   string     `json:"dedup_id,omitempty"`
		DeliverAt *time.Time `json:"deliver_at,omitempty"`
	}{event.Type, event.Payload, event.DedupID, nil}
	if !event.DeliverAt.IsZero() {
		members.DeliverAt = &event.DeliverAt
	}
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(members)
	return line.Bytes(), err
}
