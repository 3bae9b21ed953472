package session

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"strings"

	triggers "triggers.dev/go"
)

// Item of a list: as the service wrote it, for scripts, and as a value, for people.
type Item[T any] struct {
	Raw   json.RawMessage
	Value T
}

func read[T any](raw json.RawMessage) (Item[T], error) {
	item := Item[T]{Raw: raw}
	return item, json.Unmarshal(raw, &item.Value)
}

// Ask calls an operation that answers one object.
func Ask[T any](ctx context.Context, client *triggers.Client, operation string, path []string, query url.Values, body any) (Item[T], error) {
	raw, err := client.Operation(ctx, operation, path, query, body)
	if err != nil {
		return Item[T]{}, err
	}
	if raw == nil {
		return Item[T]{Raw: json.RawMessage("{}")}, nil
	}
	return read[T](raw)
}

// Each gives up to most items of a list, from as many pages as that takes; all of them if most is 0. Behind what there is of a list
// that lacks some cells' part it gives an error that says so.
func Each[T any](ctx context.Context, client *triggers.Client, operation, member string, query url.Values, most int, path ...string) iter.Seq2[Item[T], error] {
	return func(yield func(Item[T], error) bool) {
		given, missing := 0, ""
		end := func() {
			if missing != "" {
				yield(Item[T]{}, fmt.Errorf("without what lives in cell %s, which does not answer", missing))
			}
		}
		if query == nil {
			query = url.Values{}
		}
		for {
			var page map[string]json.RawMessage
			raw, err := client.Operation(ctx, operation, path, query, nil)
			if err == nil {
				err = json.Unmarshal(raw, &page)
			}
			var items []json.RawMessage
			if err == nil {
				err = json.Unmarshal(page[member], &items)
			}
			if err != nil {
				yield(Item[T]{}, err)
				return
			}
			var cells []string
			if json.Unmarshal(page["unreachable_cells"], &cells) == nil && len(cells) > 0 {
				missing = strings.Join(cells, ", ")
			}
			for _, one := range items {
				item, err := read[T](one)
				if !yield(item, err) || err != nil {
					return
				}
				if given++; given == most {
					end()
					return
				}
			}
			var cursor string
			_ = json.Unmarshal(page["next_cursor"], &cursor)
			if string(page["has_more"]) != "true" {
				end()
				return
			}
			if cursor == "" || cursor == query.Get("cursor") {
				yield(Item[T]{}, errors.New("the service's list stands still"))
				return
			}
			query.Set("cursor", cursor)
		}
	}
}

// Show prints an item: its JSON, or what text says of it.
func Show[T any](s *Session, item Item[T], text func(T) error) error {
	if s.JSON {
		return s.Object(item.Raw)
	}
	return text(item.Value)
}

// List prints items: a JSON object a line, or a table.
func List[T any](s *Session, items iter.Seq2[Item[T], error], headings []string, row func(T) []string) error {
	table := s.Table(headings...)
	for item, err := range items {
		switch {
		case err != nil && s.JSON:
			return err
		case err != nil:
			return errors.Join(table.Flush(), err)
		case s.JSON:
			if err := s.Object(item.Raw); err != nil {
				return err
			}
		default:
			table.Row(row(item.Value)...)
		}
	}
	if s.JSON {
		return nil
	}
	return table.Flush()
}
