package triggers

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Kinds of errors, for errors.Is. A DuplicateEvent is a Conflict, a CursorExpired and a CursorReset are Gone.
var (
	ErrConnection       = errors.New("no complete answer")
	ErrAnswerTooLarge   = errors.New("answer too large")
	ErrMalformedAnswer  = errors.New("malformed answer")
	ErrInvalidRequest   = errors.New("invalid request")
	ErrUnauthorized     = errors.New("unauthorized")
	ErrForbidden        = errors.New("forbidden")
	ErrNotFound         = errors.New("not found")
	ErrConflict         = errors.New("conflict")
	ErrDuplicateEvent   = fmt.Errorf("duplicate event: %w", ErrConflict)
	ErrGone             = errors.New("gone")
	ErrCursorExpired    = fmt.Errorf("cursor expired: %w", ErrGone)
	ErrCursorReset      = fmt.Errorf("cursor reset: %w", ErrGone)
	ErrTooLarge         = errors.New("too large")
	ErrUnprocessable    = errors.New("unprocessable")
	ErrRateLimited      = errors.New("rate limited")
	ErrUnavailable      = errors.New("unavailable")
	ErrServer           = errors.New("error of the service")
	ErrMisdirected      = errors.New("misdirected")
	ErrBatchInterrupted = errors.New("batch interrupted")

	errOther = errors.New("unexpected status")
)

// ConnectionError is no complete answer. Kind is connect (nothing was sent), reset, cut or timeout (it may have been carried out).
type ConnectionError struct {
	Kind     string
	Requests int
	cause    error
}

func (e *ConnectionError) Error() string {
	return fmt.Sprintf("triggers: %s: %v", e.Kind, e.cause)
}

// Unwrap is ErrConnection and the cause.
func (e *ConnectionError) Unwrap() []error {
	return []error{ErrConnection, e.cause}
}

// AnswerError is an answer that is too large (ErrAnswerTooLarge), or no JSON that it should be (ErrMalformedAnswer).
type AnswerError struct {
	Requests int
	kind     error
	detail   string
}

func (e *AnswerError) Error() string {
	return "triggers: " + e.detail
}

// Unwrap is the kind.
func (e *AnswerError) Unwrap() error {
	return e.kind
}

// APIError is an answer that is no success.
type APIError struct {
	Status    int
	Code      string
	Detail    string
	Errors    []FieldError
	RequestID string
	// RetryAfter is negative where the service said nothing.
	RetryAfter time.Duration
	Requests   int
	// Problem has all members.
	Problem map[string]any

	kind   error
	unsure bool
}

func (e *APIError) Error() string {
	parts := []string{fmt.Sprint("triggers: ", e.Status)}
	for _, part := range []string{e.Code, e.Detail} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ": ")
}

// Unwrap is the kind.
func (e *APIError) Unwrap() error {
	return e.kind
}

func (e *APIError) text(member string) string {
	text, _ := e.Problem[member].(string)
	return text
}

// EventID is that of the event which an ErrDuplicateEvent is a duplicate of.
func (e *APIError) EventID() string {
	return e.text("id")
}

// DedupID is that of an ErrDuplicateEvent.
func (e *APIError) DedupID() string {
	return e.text("dedup_id")
}

// Cursor is the position to go on from, of an ErrCursorExpired and an ErrCursorReset.
func (e *APIError) Cursor() string {
	if errors.Is(e, ErrCursorExpired) {
		return e.text("earliest_cursor")
	}
	return e.text("cursor")
}

// BatchInterruptedError says that a part of a batch was not answered. Sending Remaining again stores none twice.
type BatchInterruptedError struct {
	Cause     error
	Results   []BatchItem
	Remaining []EventToSend
}

func (e *BatchInterruptedError) Error() string {
	return fmt.Sprintf("triggers: %d of %d events are not known to be stored: %v", len(e.Remaining), len(e.Results), e.Cause)
}

// Unwrap is ErrBatchInterrupted and the cause.
func (e *BatchInterruptedError) Unwrap() []error {
	return []error{ErrBatchInterrupted, e.Cause}
}

var codes = map[string]error{
	"malformed_request": ErrInvalidRequest, "validation_error": ErrInvalidRequest, "unauthorized": ErrUnauthorized,
	"insufficient_scope": ErrForbidden, "forbidden": ErrForbidden, "not_found": ErrNotFound, "method_not_allowed": ErrInvalidRequest,
	"not_acceptable": ErrInvalidRequest, "request_timeout": ErrInvalidRequest, "conflict": ErrConflict, "duplicate_event": ErrDuplicateEvent,
	"cursor_expired": ErrCursorExpired, "cursor_reset": ErrCursorReset, "payload_too_large": ErrTooLarge,
	"unsupported_media_type": ErrInvalidRequest, "unprocessable": ErrUnprocessable, "rate_limit_exceeded": ErrRateLimited,
	"headers_too_large": ErrTooLarge, "internal_error": ErrServer, "service_unavailable": ErrUnavailable,
	"public_url_not_set": ErrConflict, "tier_not_allowed": ErrForbidden, "organization_suspended": ErrForbidden, "too_many_streams": ErrRateLimited,
	"misdirected": ErrMisdirected, "cell_broke_off": ErrUnavailable, "cell_unavailable": ErrUnavailable, "cell_timeout": ErrUnavailable, "cell_loop": ErrServer,
}

var statuses = map[int]error{
	401: ErrUnauthorized, 403: ErrForbidden, 404: ErrNotFound, 409: ErrConflict, 410: ErrGone, 413: ErrTooLarge, 421: ErrMisdirected,
	422: ErrUnprocessable, 429: ErrRateLimited, 431: ErrTooLarge, 502: ErrUnavailable, 503: ErrUnavailable, 504: ErrUnavailable,
}

func apiError(answer *answer, now time.Time) *APIError {
	found := &APIError{Status: answer.status, RequestID: answer.header.Get("X-Request-Id"), Problem: map[string]any{}}
	if err := json.Unmarshal(answer.body, &found.Problem); err != nil || found.Problem == nil {
		found.Problem = map[string]any{}
		text := []rune(strings.ToValidUTF8(string(answer.body), "\uFFFD"))
		found.Detail = string(text[:min(len(text), 1024)])
	} else {
		found.Detail = found.text("detail")
	}
	found.Code = found.text("code")
	fields, _ := found.Problem["errors"].([]any)
	for _, field := range fields {
		if members, ok := field.(map[string]any); ok {
			name, _ := members["field"].(string)
			message, _ := members["message"].(string)
			found.Errors = append(found.Errors, FieldError{Field: name, Message: message})
		}
	}
	found.RetryAfter = retryAfter(answer.header, found.Problem["retry_after"], now)
	found.kind = codes[found.Code]
	if found.kind == nil {
		found.kind = statuses[found.Status]
	}
	if found.kind == nil {
		found.kind = [...]error{errOther, errOther, errOther, errOther, ErrInvalidRequest, ErrServer}[min(found.Status/100, 6)%6]
	}
	return found
}

var repeatedStatuses = []int{429, 502, 503, 504}

func repeated(status int) bool {
	return slices.Contains(repeatedStatuses, status)
}

// Whole seconds, or a date in one of the three forms of RFC 9110; negative if there is nothing of use.
func retryAfter(header http.Header, member any, now time.Time) time.Duration {
	text := strings.TrimSpace(header.Get("Retry-After"))
	if len(text) > 0 && len(text) <= 9 && strings.Trim(text, "0123456789") == "" {
		seconds := 0
		fmt.Sscanf(text, "%d", &seconds)
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(0, at.Sub(now))
	}
	if seconds, ok := member.(float64); ok && seconds >= 0 {
		return time.Duration(seconds * float64(time.Second))
	}
	return -1
}
