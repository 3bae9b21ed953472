package triggers

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// Optional is a value that may be absent, or null, which are two things where something is changed.
type Optional[T any] struct {
	value T
	state int8
}

// Set is a value that is there.
func Set[T any](value T) Optional[T] {
	return Optional[T]{value, 1}
}

// Null is null, which is sent.
func Null[T any]() Optional[T] {
	return Optional[T]{state: 2}
}

// Get is the value, and whether there is one.
func (o Optional[T]) Get() (T, bool) {
	return o.value, o.state == 1
}

// IsZero says whether it is absent, and so not sent.
func (o Optional[T]) IsZero() bool {
	return o.state == 0
}

// MarshalJSON writes the value, or null.
func (o Optional[T]) MarshalJSON() ([]byte, error) {
	if o.state != 1 {
		return []byte("null"), nil
	}
	return encode(o.value)
}

// UnmarshalJSON reads the value, or null.
func (o *Optional[T]) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*o = Null[T]()
		return nil
	}
	o.state = 1
	return json.Unmarshal(data, &o.value)
}

// As it is: < and > are nothing to hide from a service.
func encode(value any) ([]byte, error) {
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	return []byte(strings.TrimSuffix(text.String(), "\n")), nil
}

func add[T any](values url.Values, name string, value Optional[T]) {
	given, there := value.Get()
	if !there {
		return
	}
	if at, isTime := any(given).(time.Time); isTime {
		values.Set(name, at.UTC().Format(time.RFC3339Nano))
		return
	}
	values.Set(name, fmt.Sprint(given))
}

func optional[T any](value *T) any {
	if value == nil {
		return nil
	}
	return value
}
