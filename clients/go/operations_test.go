package triggers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Every operation, against the real service: the steps of service.json.

type step struct {
	Name, Call string
	With       struct {
		Path         json.RawMessage
		Query        map[string]any
		Body         json.RawMessage
		Operation    string
		Type         string
		PayloadDepth int `json:"payload_depth"`
	}
	Key *string
	// Asked of the service that has an operator, with this as its token.
	AdminToken *string `json:"admin_token"`
	Until      bool
	Expect     struct {
		Result json.RawMessage
		Error  map[string]any
	}
	Keep map[string]string
}

func TestEveryOperationHasAStep(t *testing.T) {
	steps, _ := read_[step](t, "service.json")
	rows, _ := read_[struct{ Name, Repeat string }](t, "operations.json")
	for _, row := range rows {
		if !slices.ContainsFunc(steps, func(one step) bool { return one.Call == row.Name }) {
			t.Errorf("%s has no step", row.Name)
		}
	}
}

func TestEveryOperation(t *testing.T) {
	fresh(t)
	steps, whole := read_[step](t, "service.json")
	kept := map[string]string{"service": os.Getenv("TRIGGERS_URL"), "name": "go " + newDedupID(), "admin_token": os.Getenv("TRIGGERS_TEST_ADMIN_TOKEN")}
	var texts []json.RawMessage
	_ = json.Unmarshal(whole["vectors"], &texts)
	for index, one := range steps {
		if one.AdminToken != nil && os.Getenv("TRIGGERS_TEST_ADMIN_URL") == "" {
			continue
		}
		var err error
		for end := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
			filled := regexp.MustCompile(`\{\w+\}`).ReplaceAllFunc(texts[index], func(found []byte) []byte {
				if value, there := kept[string(found[1:len(found)-1])]; there {
					return []byte(value)
				}
				return found
			})
			one = step{}
			if err = json.Unmarshal(filled, &one); err != nil {
				t.Fatal(err)
			}
			if err = one.check(t.Context(), kept); err == nil || !one.Until || time.Now().After(end) {
				break
			}
		}
		if err != nil {
			t.Fatalf("%s: %v", one.Name, err)
		}
	}
}

func (s *step) check(ctx context.Context, kept map[string]string) error {
	key := kept["key"]
	if s.Key != nil {
		key = *s.Key
	}
	address, options := kept["service"], Options{TotalTime: time.Minute}
	if s.AdminToken != nil {
		address, options.AdminToken = os.Getenv("TRIGGERS_TEST_ADMIN_URL"), *s.AdminToken
	}
	client, err := New(address, key, options)
	if err != nil {
		return err
	}
	found, err := s.ask(ctx, client)
	if s.Expect.Error != nil {
		kind := classes[fmt.Sprint(s.Expect.Error["class"])]
		var refused *APIError
		if kind == nil || !errors.Is(err, kind) || !errors.As(err, &refused) {
			return fmt.Errorf("%v is not %v", err, s.Expect.Error)
		}
		delete(s.Expect.Error, "class")
		return agrees(s.Expect.Error, map[string]any{"status": float64(refused.Status), "id": refused.EventID(), "dedup_id": refused.DedupID()})
	}
	if err != nil {
		return err
	}
	if s.Expect.Result != nil {
		var expected any
		_ = json.Unmarshal(s.Expect.Result, &expected)
		if err := agrees(expected, found); err != nil {
			return err
		}
	}
	for name, place := range s.Keep {
		value := found
		for _, part := range strings.Split(place, ".") {
			if list, ok := value.([]any); ok {
				index, _ := strconv.Atoi(part)
				value = list[index]
			} else {
				value = value.(map[string]any)[part]
			}
		}
		kept[name] = fmt.Sprint(value)
	}
	return nil
}

// By its method, with arguments of its types; the answer as JSON has it.
func (s *step) ask(ctx context.Context, client *Client) (any, error) {
	switch s.Call {
	case "send":
		sent, err := client.Send(ctx, EventToSend{Type: s.With.Type, Payload: json.RawMessage(strings.Repeat("[", s.With.PayloadDepth) + strings.Repeat("]", s.With.PayloadDepth))})
		if err != nil {
			return nil, err
		}
		return map[string]any{"id": sent.ID}, nil
	case "openStream":
		for event, err := range client.Stream(ctx, StreamQuery{Kinds: []string{fmt.Sprint(s.With.Query["kinds"])}, Cursor: fmt.Sprint(s.With.Query["cursor"])}) {
			return plain(map[string]any{"kind": event.Kind, "cursor": event.Cursor, "data": event.Data}), err
		}
	case "each":
		var items []any
		for item, err := range client.EachInbox(ctx, ListInboxQuery{Order: Set("asc"), Limit: Set(int64(1))}) {
			if err != nil {
				return nil, err
			}
			items = append(items, plain(item))
		}
		return items, nil
	}
	method := reflect.ValueOf(client).MethodByName(strings.ToUpper(s.Call[:1]) + s.Call[1:])
	arguments := []reflect.Value{reflect.ValueOf(ctx)}
	path := s.path()
	for place := 1; place < method.Type().NumIn(); place++ {
		kind := method.Type().In(place)
		value := reflect.New(kind)
		switch {
		case kind.Kind() == reflect.String:
			value.Elem().SetString(path[0])
			path = path[1:]
		case strings.HasSuffix(kind.Name(), "Query"):
			if err := json.Unmarshal(s.query(), value.Interface()); err != nil {
				return nil, err
			}
		case s.With.Body != nil:
			if err := json.Unmarshal(s.With.Body, value.Interface()); err != nil {
				return nil, err
			}
		}
		arguments = append(arguments, value.Elem())
	}
	answers := method.Call(arguments)
	if err, failed := answers[len(answers)-1].Interface().(error); failed {
		return nil, err
	}
	return plain(answers[0].Interface()), nil
}

// In the order of the text, which a map would not keep.
func (s *step) path() []string {
	var path []string
	decoder := json.NewDecoder(strings.NewReader(string(s.With.Path)))
	for place := 0; ; place++ {
		token, err := decoder.Token()
		if err != nil {
			return path
		}
		if value, ok := token.(string); ok && place%2 == 0 {
			path = append(path, value)
		}
	}
}

// Members by the names of the fields.
func (s *step) query() []byte {
	members := map[string]any{}
	for name, value := range maps.All(s.With.Query) {
		members[strings.ReplaceAll(name, "_", "")] = value
	}
	text, _ := json.Marshal(members)
	return text
}

func plain(value any) any {
	text, _ := json.Marshal(value)
	var found any
	_ = json.Unmarshal(text, &found)
	return found
}

// These members at least.
func agrees(expected, found any) error {
	switch wanted := expected.(type) {
	case map[string]any:
		given, ok := found.(map[string]any)
		if !ok {
			return fmt.Errorf("%v is no %v", found, expected)
		}
		for name, value := range wanted {
			if err := agrees(value, given[name]); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		return nil
	case []any:
		given, ok := found.([]any)
		if !ok || len(given) != len(wanted) {
			return fmt.Errorf("%v is not %v", found, expected)
		}
		for index, value := range wanted {
			if err := agrees(value, given[index]); err != nil {
				return err
			}
		}
		return nil
	case string:
		if wanted == "{any}" && found != nil && found != "" {
			return nil
		}
	}
	if !reflect.DeepEqual(expected, found) {
		return fmt.Errorf("%v is not %v", found, expected)
	}
	return nil
}
