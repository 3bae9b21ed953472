package triggers

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// The behaviour that all libraries share.

const testKey = "zap_test_0000000000000000000000000000000000000000000000000000000000000000"

type vectorOptions struct {
	BaseURL        string   `json:"base_url"`
	TotalTime      float64  `json:"total_time"`
	MaxAnswerBytes int64    `json:"max_answer_bytes"`
	MaxBatchEvents int      `json:"max_batch_events"`
	MaxBatchBytes  int      `json:"max_batch_bytes"`
	Hosts          []string `json:"hosts"`
	AdminToken     string   `json:"admin_token"`
}

type exchange struct {
	Status     int
	Headers    map[string]string
	Body       json.RawMessage
	Text       string
	Failure    string
	Chunked    bool
	BodyRepeat *struct {
		Text  string
		Times int
	} `json:"body_repeat"`
	accept bool
}

type arguments struct {
	Path         json.RawMessage
	Query        map[string]any
	Body         json.RawMessage
	Operation    string
	Type         string
	Payload      any
	DedupID      string `json:"dedup_id"`
	Dedup        *bool
	DeliverAt    time.Time `json:"deliver_at"`
	Events       []arguments
	EventsRepeat *struct {
		Event arguments
		Times int
	} `json:"events_repeat"`
	PayloadSizes []int `json:"payload_sizes"`
}

func read_[T any](t *testing.T, file string) (vectors []T, whole map[string]json.RawMessage) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "conformance", file))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &whole); err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(strings.NewReader(string(whole["vectors"])))
	// A vector with members that this test does not know.
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&vectors); err != nil {
		t.Fatal(file, err)
	}
	return vectors, whole
}

// Answers each request with the next exchange; also the clock.
type script struct {
	exchanges []exchange
	random    []float64
	requests  []*request
	waits     []time.Duration
	timeouts  []time.Duration
	time      time.Time
}

func newScript(exchanges []exchange, random []float64, now string) *script {
	start := time.Unix(1767225600, 0)
	if now != "" {
		start, _ = time.Parse(time.RFC3339, now)
	}
	return &script{exchanges: exchanges, random: random, time: start}
}

func (s *script) client(options vectorOptions) *Client {
	base := options.BaseURL
	if base == "" {
		base = "https://api.example.com"
	}
	client, err := New(base, testKey, Options{TotalTime: time.Duration(options.TotalTime * float64(time.Second)), MaxAnswerBytes: options.MaxAnswerBytes,
		MaxBatchEvents: options.MaxBatchEvents, MaxBatchBytes: options.MaxBatchBytes, Hosts: options.Hosts, AdminToken: options.AdminToken})
	if err != nil {
		panic(err)
	}
	client.transport = s
	client.clock = clock{func() time.Time { return s.time }, func() float64 {
		if s.random == nil {
			return 0.5
		}
		next := s.random[0]
		s.random = s.random[1:]
		return next
	}, func(_ context.Context, pause time.Duration) error {
		s.waits = append(s.waits, pause)
		s.time = s.time.Add(pause)
		return nil
	}}
	return client
}

func (s *script) send(_ context.Context, request *request, timeout time.Duration, most int64) (*answer, error) {
	if len(s.exchanges) == 0 {
		panic("a request too many: " + request.target)
	}
	next := s.exchanges[0]
	s.exchanges = s.exchanges[1:]
	s.requests = append(s.requests, request)
	s.timeouts = append(s.timeouts, timeout)
	if next.Failure != "" {
		if next.Failure == "timeout" {
			s.time = s.time.Add(timeout)
		}
		return nil, &ConnectionError{Kind: next.Failure, cause: errors.New("as the script says")}
	}
	header := http.Header{}
	for name, value := range next.Headers {
		header.Set(name, value)
	}
	body := []byte(next.Text)
	switch {
	case next.accept:
		var posted struct{ Events []json.RawMessage }
		_ = json.Unmarshal(request.body, &posted)
		results := make([]map[string]any, len(posted.Events))
		for index := range results {
			results[index] = map[string]any{"index": index, "status": "accepted", "id": fmt.Sprint(index)}
		}
		body, _ = json.Marshal(map[string]any{"results": results})
	case next.Body != nil:
		body = next.Body
	case next.BodyRepeat != nil:
		body = []byte(strings.Repeat(next.BodyRepeat.Text, next.BodyRepeat.Times))
	}
	if int64(len(body)) > most {
		if next.Status < 300 {
			return nil, &AnswerError{kind: ErrAnswerTooLarge, detail: "too large"}
		}
		body = body[:most]
	}
	return &answer{next.Status, header, body}, nil
}

func event(given arguments) EventToSend {
	return EventToSend{given.Type, given.Payload, given.DedupID, given.DeliverAt, given.Dedup != nil && !*given.Dedup}
}

func batch(given arguments) []EventToSend {
	var events []EventToSend
	for _, one := range given.Events {
		events = append(events, event(one))
	}
	if given.EventsRepeat != nil {
		events = slices.Repeat([]EventToSend{event(given.EventsRepeat.Event)}, given.EventsRepeat.Times)
	}
	for _, size := range given.PayloadSizes {
		events = append(events, EventToSend{Type: "t", Payload: strings.Repeat("a", size)})
	}
	return events
}

func path(given arguments) []string {
	var members map[string]string
	_ = json.Unmarshal(given.Path, &members)
	return slices.Collect(maps.Values(members))
}

func query(given arguments) url.Values {
	values := url.Values{}
	for name, value := range given.Query {
		values.Set(name, fmt.Sprint(value))
	}
	return values
}

// What a call gives back, as JSON members.
func call(client *Client, name string, given arguments) (any, error) {
	switch name {
	case "send":
		sent, err := client.Send(context.Background(), event(given))
		if err != nil {
			return nil, err
		}
		return map[string]any{"id": sent.ID, "dedup_id": sent.DedupID, "repeated": sent.Repeated}, nil
	case "sendBatch":
		sent, err := client.SendBatch(context.Background(), batch(given))
		if err != nil {
			return nil, err
		}
		results := []any{}
		for _, one := range sent.Results {
			results = append(results, map[string]any{"index": float64(one.Index), "status": one.Status, "id": one.ID, "error": one.Error, "repeated": one.Repeated})
		}
		return map[string]any{"accepted": float64(sent.Accepted), "duplicates": float64(sent.Duplicates), "rejected": float64(sent.Rejected), "results": results}, nil
	}
	var body any
	if given.Body != nil {
		body = given.Body
	}
	text, err := client.Operation(context.Background(), name, path(given), query(given), body)
	if err != nil || text == nil {
		return nil, err
	}
	var value any
	if json.Unmarshal(text, &value) != nil {
		return string(text), nil
	}
	return value, nil
}

// These members at least.
func holds(t *testing.T, expected, found any) {
	t.Helper()
	switch wanted := expected.(type) {
	case map[string]any:
		given, ok := found.(map[string]any)
		if !ok {
			t.Fatalf("%v is no %v", found, expected)
		}
		for name, value := range wanted {
			holds(t, value, given[name])
		}
	case []any:
		given, ok := found.([]any)
		if !ok || len(given) != len(wanted) {
			t.Fatalf("%v is not %v", found, expected)
		}
		for index, value := range wanted {
			holds(t, value, given[index])
		}
	default:
		if !reflect.DeepEqual(expected, found) {
			t.Fatalf("%v is not %v", found, expected)
		}
	}
}

var classes = map[string]error{
	"ConnectionFailed": ErrConnection, "AnswerTooLarge": ErrAnswerTooLarge, "MalformedAnswer": ErrMalformedAnswer, "InvalidRequest": ErrInvalidRequest,
	"Unauthorized": ErrUnauthorized, "Forbidden": ErrForbidden, "NotFound": ErrNotFound, "Conflict": ErrConflict, "DuplicateEvent": ErrDuplicateEvent,
	"Gone": ErrGone, "CursorExpired": ErrCursorExpired, "CursorReset": ErrCursorReset, "TooLarge": ErrTooLarge, "Unprocessable": ErrUnprocessable,
	"RateLimited": ErrRateLimited, "Unavailable": ErrUnavailable, "ServerError": ErrServer, "Misdirected": ErrMisdirected,
	"BatchInterrupted": ErrBatchInterrupted, "ApiError": errOther,
}

type expectedError struct {
	Class, Kind, Cause string
	Status             int
	Code, Detail, ID   *string
	RequestID          *string  `json:"request_id"`
	DedupID            *string  `json:"dedup_id"`
	RetryAfter         *float64 `json:"retry_after"`
	DetailLength       *int     `json:"detail_length"`
	Errors             []FieldError
	Cursor             *string
	Statuses           []string
	Remaining          *int
}

func (e *expectedError) check(t *testing.T, err error, requests int) {
	t.Helper()
	kind := classes[e.Class]
	if kind == nil || !errors.Is(err, kind) {
		t.Fatalf("%v is no %s", err, e.Class)
	}
	var interrupted *BatchInterruptedError
	if errors.As(err, &interrupted) {
		if !errors.Is(interrupted.Cause, classes[e.Cause]) {
			t.Fatalf("%v is no %s", interrupted.Cause, e.Cause)
		}
		var statuses []string
		for _, result := range interrupted.Results {
			statuses = append(statuses, result.Status)
		}
		if !slices.Equal(statuses, e.Statuses) || len(interrupted.Remaining) != *e.Remaining {
			t.Fatal(statuses, len(interrupted.Remaining))
		}
		return
	}
	var broken *ConnectionError
	if errors.As(err, &broken) && (broken.Kind != e.Kind || broken.Requests != requests) {
		t.Fatal(broken.Kind, broken.Requests)
	}
	var refused *APIError
	if !errors.As(err, &refused) {
		return
	}
	if refused.kind != kind && !errors.Is(refused.kind, kind) {
		t.Fatalf("%v is not %v", refused.kind, kind)
	}
	same := func(wanted *string, found string) {
		t.Helper()
		if wanted != nil && *wanted != found {
			t.Fatalf("%q is not %q", found, *wanted)
		}
	}
	same(e.Code, refused.Code)
	same(e.Detail, refused.Detail)
	same(e.ID, refused.EventID())
	same(e.DedupID, refused.DedupID())
	same(e.RequestID, refused.RequestID)
	same(e.Cursor, refused.Cursor())
	if e.Status != 0 && e.Status != refused.Status || refused.Requests != requests {
		t.Fatal(refused.Status, refused.Requests)
	}
	if e.RetryAfter != nil && *e.RetryAfter != refused.RetryAfter.Seconds() {
		t.Fatal(refused.RetryAfter)
	}
	if e.DetailLength != nil && *e.DetailLength != len(refused.Detail) {
		t.Fatal(len(refused.Detail))
	}
	if e.Errors != nil && len(e.Errors) > 0 && !reflect.DeepEqual(e.Errors, refused.Errors) {
		t.Fatal(refused.Errors)
	}
}

func TestEveryFileIsRead(t *testing.T) {
	found, _ := filepath.Glob("../conformance/*.json")
	for index, name := range found {
		found[index] = filepath.Base(name)
	}
	wanted := []string{"bounds.json", "operations.json", "pages.json", "problems.json", "redirects.json", "requests.json", "retries.json", "service.json", "signatures.json"}
	if !slices.Equal(found, wanted) {
		t.Fatal(found)
	}
}

type description struct {
	Paths      map[string]map[string]struct{ OperationID string }
	Components struct {
		Schemas map[string]struct {
			Properties map[string]struct{ Enum []string }
		}
	}
}

func describe(t *testing.T) description {
	text, err := os.ReadFile("../../src/main/resources/static/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	var found description
	if err := json.Unmarshal(text, &found); err != nil {
		t.Fatal(err)
	}
	return found
}

func TestEveryOperationHasAVerdictAndAMethod(t *testing.T) {
	rows, _ := read_[struct{ Name, Repeat string }](t, "operations.json")
	verdicts := map[string]string{}
	for _, row := range rows {
		verdicts[row.Name] = row.Repeat
	}
	count := 0
	for _, item := range describe(t).Paths {
		for _, operation := range item {
			name := operation.OperationID
			count++
			if verdicts[name] == "" || operations[name].repeat != verdicts[name] {
				t.Errorf("%s has no verdict, or is not generated", name)
			}
			if _, there := reflect.TypeFor[*Client]().MethodByName(strings.ToUpper(name[:1]) + name[1:]); !there && name != "openStream" {
				t.Errorf("%s has no method", name)
			}
		}
	}
	if count != len(operations) {
		t.Error(count, len(operations))
	}
}

func TestEveryProblemHasAVerdict(t *testing.T) {
	_, whole := read_[json.RawMessage](t, "problems.json")
	var table, byStatus map[string]string
	_ = json.Unmarshal(whole["codes"], &table)
	_ = json.Unmarshal(whole["statuses"], &byStatus)
	for _, code := range describe(t).Components.Schemas["Problem"].Properties["code"].Enum {
		if table[code] == "" {
			t.Errorf("%s has no verdict", code)
		}
	}
	if len(table) != len(codes) {
		t.Error(len(table), len(codes))
	}
	for code, class := range table {
		if codes[code] != classes[class] {
			t.Errorf("%s is not %s", code, class)
		}
	}
	for status, class := range byStatus {
		number := map[string]int{"4xx": 499, "5xx": 599, "other": 302}[status]
		if number == 0 {
			fmt.Sscan(status, &number)
		}
		if found := apiError(&answer{number, http.Header{}, nil}, time.Now()); found.kind != classes[class] {
			t.Errorf("%s is %v", status, found.kind)
		}
	}
}

func TestGeneratedFilesDoNotDrift(t *testing.T) {
	if output, err := exec.Command("python3", "../generate", "--check").CombinedOutput(); err != nil {
		t.Fatalf("%s %v", output, err)
	}
}

func TestRequests(t *testing.T) {
	vectors, _ := read_[struct {
		Name, Call    string
		With          arguments
		Answer        exchange
		Options       vectorOptions
		AbsentHeaders []string `json:"absent_headers"`
		Expect        struct {
			Result  any
			Request struct {
				Method, Path string
				Query        map[string]string
				Headers      map[string]string
				Body         any
			}
		}
	}](t, "requests.json")
	for _, vector := range vectors {
		t.Run(vector.Name, func(t *testing.T) {
			script := newScript([]exchange{vector.Answer}, nil, "")
			result, err := call(script.client(vector.Options), vector.Call, vector.With)
			if err != nil {
				t.Fatal(err)
			}
			request, expected := script.requests[0], vector.Expect.Request
			target, search, _ := strings.Cut(request.target, "?")
			if request.method != expected.Method || target != expected.Path {
				t.Fatal(request.method, target)
			}
			values, _ := url.ParseQuery(search)
			if len(values) != len(expected.Query) {
				t.Fatal(values)
			}
			for name, value := range expected.Query {
				if values.Get(name) != value {
					t.Fatal(name, values)
				}
			}
			for name, value := range expected.Headers {
				found := request.header.Get(name)
				if value == "{agent}" {
					value = "triggers-api-go/" + Version + " (" + runtime.Version() + ")"
				}
				if found == "" || value != "{any}" && found != strings.ReplaceAll(value, "{key}", testKey) {
					t.Fatal(name, found)
				}
			}
			for _, name := range vector.AbsentHeaders {
				if request.header.Get(name) != "" {
					t.Fatal(name)
				}
			}
			if expected.Body == nil {
				if request.body != nil {
					t.Fatal(string(request.body))
				}
			} else {
				var found any
				_ = json.Unmarshal(request.body, &found)
				matches(t, expected.Body, found, map[string]bool{})
			}
			if vector.Expect.Result != nil {
				holds(t, vector.Expect.Result, result)
			}
			if vector.Answer.Text != "" && result != vector.Answer.Text {
				t.Fatal(result)
			}
		})
	}
}

func matches(t *testing.T, expected, found any, made map[string]bool) {
	t.Helper()
	switch wanted := expected.(type) {
	case map[string]any:
		given, _ := found.(map[string]any)
		if len(given) != len(wanted) {
			t.Fatal(found)
		}
		for name, value := range wanted {
			matches(t, value, given[name], made)
		}
	case []any:
		given, _ := found.([]any)
		if len(given) != len(wanted) {
			t.Fatal(found)
		}
		for index, value := range wanted {
			matches(t, value, given[index], made)
		}
	default:
		if wanted == "{made}" {
			id, _ := found.(string)
			if id == "" || len(id) > 255 || made[id] {
				t.Fatal(found)
			}
			made[id] = true
			return
		}
		if !reflect.DeepEqual(expected, found) {
			t.Fatalf("%v is not %v", found, expected)
		}
	}
}

func TestRetries(t *testing.T) {
	vectors, _ := read_[struct {
		Name, Call, Now string
		With            arguments
		Exchanges       []exchange
		Random          []float64
		Options         vectorOptions
		AttemptTimes    []float64 `json:"expect_attempt_times"`
		Expect          struct {
			Requests int
			Waits    []any
			SameBody bool `json:"same_body"`
			Result   any
			Error    *expectedError
		}
	}](t, "retries.json")
	for _, vector := range vectors {
		t.Run(vector.Name, func(t *testing.T) {
			script := newScript(vector.Exchanges, vector.Random, vector.Now)
			result, err := call(script.client(vector.Options), vector.Call, vector.With)
			expected := vector.Expect
			if len(script.requests) != expected.Requests || len(script.exchanges) > 0 {
				t.Fatal(len(script.requests), err)
			}
			if expected.Waits != nil && len(expected.Waits) != len(script.waits) {
				t.Fatal(script.waits)
			}
			for index, wanted := range expected.Waits {
				found := script.waits[index].Seconds()
				if pair, ok := wanted.([]any); ok {
					if found < pair[0].(float64) || found > pair[1].(float64) {
						t.Fatal(script.waits)
					}
				} else if math.Abs(found-wanted.(float64)) > 0.001 {
					t.Fatal(script.waits)
				}
			}
			for index, seconds := range vector.AttemptTimes {
				if math.Abs(script.timeouts[index].Seconds()-seconds) > 0.001 {
					t.Fatal(script.timeouts)
				}
			}
			for _, request := range script.requests {
				if expected.SameBody && string(request.body) != string(script.requests[0].body) {
					t.Fatal("another body")
				}
			}
			if expected.Error != nil {
				expected.Error.check(t, err, expected.Requests)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			holds(t, expected.Result, result)
		})
	}
}

func TestProblems(t *testing.T) {
	vectors, _ := read_[struct {
		Name   string
		Answer exchange
		Expect expectedError
	}](t, "problems.json")
	for _, vector := range vectors {
		t.Run(vector.Name, func(t *testing.T) {
			_, err := newScript([]exchange{vector.Answer}, nil, "").client(vectorOptions{TotalTime: 0.1}).GetKey(context.Background())
			vector.Expect.check(t, err, 1)
		})
	}
}

func TestPages(t *testing.T) {
	vectors, _ := read_[struct {
		Name  string
		With  arguments
		Take  int
		Pages []struct {
			Query  map[string]string
			Answer exchange
		}
		Expect struct {
			Items    []string
			Requests int
			Error    *expectedError
		}
	}](t, "pages.json")
	for _, vector := range vectors {
		t.Run(vector.Name, func(t *testing.T) {
			var exchanges []exchange
			for _, page := range vector.Pages {
				exchanges = append(exchanges, page.Answer)
			}
			script := newScript(exchanges, nil, "")
			items := []string{}
			var failed error
			for item, err := range each[struct{ ID string }](script.client(vectorOptions{}), context.Background(), vector.With.Operation, path(vector.With), query(vector.With)) {
				if err != nil {
					failed = err
					break
				}
				items = append(items, item.ID)
				if len(items) == vector.Take {
					break
				}
			}
			if !slices.Equal(items, vector.Expect.Items) || len(script.requests) != vector.Expect.Requests {
				t.Fatal(items, len(script.requests), failed)
			}
			for index, request := range script.requests {
				_, search, _ := strings.Cut(request.target, "?")
				values, _ := url.ParseQuery(search)
				for name, value := range vector.Pages[index].Query {
					if values.Get(name) != value || len(values) != len(vector.Pages[index].Query) {
						t.Fatal(search)
					}
				}
			}
			if vector.Expect.Error != nil {
				vector.Expect.Error.check(t, failed, 0)
			} else if failed != nil {
				t.Fatal(failed)
			}
		})
	}
}

func TestBounds(t *testing.T) {
	vectors, _ := read_[struct {
		Name, Call string
		With       arguments
		Answer     exchange
		Options    vectorOptions
		Expect     struct {
			Batches            []int
			Statuses           []string
			Accepted, Rejected int
			BodyAtMost         int `json:"body_at_most"`
			Length             int
			Error              *expectedError
		}
	}](t, "bounds.json")
	for _, vector := range vectors {
		t.Run(vector.Name, func(t *testing.T) {
			if vector.Call != "sendBatch" {
				text, err := newScript([]exchange{vector.Answer}, nil, "").client(vector.Options).Operation(context.Background(), vector.Call, nil, nil, nil)
				if vector.Expect.Error != nil {
					vector.Expect.Error.check(t, err, 1)
				} else if err != nil || len(text) != vector.Expect.Length {
					t.Fatal(len(text), err)
				}
				return
			}
			script := newScript(slices.Repeat([]exchange{{Status: 200, accept: true}}, 10), nil, "")
			sent, err := script.client(vector.Options).SendBatch(context.Background(), batch(vector.With))
			if err != nil {
				t.Fatal(err)
			}
			counts := []int{}
			for _, request := range script.requests {
				var posted struct{ Events []json.RawMessage }
				_ = json.Unmarshal(request.body, &posted)
				counts = append(counts, len(posted.Events))
				if vector.Expect.BodyAtMost > 0 && len(request.body) > vector.Expect.BodyAtMost {
					t.Fatal(len(request.body))
				}
			}
			if !slices.Equal(counts, vector.Expect.Batches) || sent.Accepted != vector.Expect.Accepted || sent.Rejected != vector.Expect.Rejected {
				t.Fatal(counts, sent.Accepted, sent.Rejected)
			}
			for index, result := range sent.Results {
				if result.Index != index || len(vector.Expect.Statuses) > 0 && result.Status != vector.Expect.Statuses[index] {
					t.Fatal(result)
				}
			}
		})
	}
}

func TestSignatures(t *testing.T) {
	vectors, _ := read_[struct {
		Name       string
		Keys       []string
		Headers    map[string]string
		Body       string
		BodyBase64 *string `json:"body_base64"`
		Now        int64
		Tolerance  int64
		Expect     struct {
			Part  string
			Event struct{ ID, Type string }
		}
	}](t, "signatures.json")
	for _, vector := range vectors {
		t.Run(vector.Name, func(t *testing.T) {
			body := []byte(vector.Body)
			if vector.BodyBase64 != nil {
				body, _ = base64.StdEncoding.DecodeString(*vector.BodyBase64)
			}
			header := http.Header{}
			for name, value := range vector.Headers {
				header.Add(name, value)
			}
			var delivery *WebhookDelivery
			verifier, err := NewVerifier(vector.Keys...)
			if (err != nil) != (vector.Expect.Part == "key") {
				t.Fatal(err)
			}
			if err == nil {
				if vector.Tolerance > 0 {
					verifier = verifier.WithTolerance(time.Duration(vector.Tolerance) * time.Second)
				}
				verifier.now = func() time.Time { return time.Unix(vector.Now, 0) }
				delivery, err = verifier.Verify(header, body)
			}
			var wrong *WebhookError
			if errors.As(err, &wrong) {
				if wrong.Part != vector.Expect.Part {
					t.Fatal(err)
				}
			} else if err != nil || vector.Expect.Part != "" || delivery.ID != vector.Expect.Event.ID || delivery.Type != vector.Expect.Event.Type {
				t.Fatal(err, delivery)
			}
		})
	}
}

func TestRedirects(t *testing.T) {
	vectors, whole := read_[struct {
		Name     string
		BaseURL  string `json:"base_url"`
		Hosts    []string
		Location *string
		Where    string
		Then     int
		Expect   struct{ To *string }
	}](t, "redirects.json")
	for _, vector := range vectors {
		t.Run(vector.Name, func(t *testing.T) {
			problem, header := map[string]any{"status": 421, "code": "misdirected"}, map[string]string{}
			if vector.Location != nil && vector.Where == "header" {
				header["Location"] = *vector.Location
			} else if vector.Location != nil {
				problem["location"] = *vector.Location
			}
			body, _ := json.Marshal(problem)
			first := exchange{Status: 421, Headers: header, Body: body}
			then := exchange{Status: 200, Body: json.RawMessage(`{"tier":"pro"}`)}
			if vector.Then == 421 {
				then = first
			}
			script := newScript([]exchange{first, then}, nil, "")
			_, err := script.client(vectorOptions{BaseURL: vector.BaseURL, Hosts: vector.Hosts}).GetKey(context.Background())
			if errors.Is(err, ErrMisdirected) != (vector.Expect.To == nil || vector.Then == 421) {
				t.Fatal(err)
			}
			if (len(script.requests) == 2) != (vector.Expect.To != nil) {
				t.Fatal(len(script.requests))
			}
			if vector.Expect.To != nil && (script.requests[1].origin != *vector.Expect.To || script.requests[1].target != "/api/keys") {
				t.Fatal(script.requests[1].origin)
			}
		})
	}
	var suffixes, levels []string
	_ = json.Unmarshal(whole["shared_suffixes"], &suffixes)
	_ = json.Unmarshal(whole["second_levels"], &levels)
	if !maps.Equal(sharedSuffixes, words(strings.Join(suffixes, " "))) || !maps.Equal(secondLevels, words(strings.Join(levels, " "))) {
		t.Fatal("other suffixes")
	}
}

func TestNothingShowsTheKey(t *testing.T) {
	client, err := New("http://127.0.0.1:1", testKey, Options{})
	if err != nil || strings.Contains(fmt.Sprintf("%v %+v %#v", client, client, client), testKey) {
		t.Fatal(err)
	}
	for _, bad := range []string{"ftp://127.0.0.1", "http://", "http://u@h", "http://h?q"} {
		if _, err := New(bad, "k", Options{}); err == nil {
			t.Error(bad)
		}
	}
	if _, err := New("http://127.0.0.1:1", "a\r\nX: y", Options{}); err == nil {
		t.Error("a key that splits a request")
	}
	_ = rand.Text
}
