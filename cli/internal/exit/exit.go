// Package exit says what the end of a command means to the script that ran it.
package exit

import (
	"context"
	"errors"

	triggers "triggers.dev/go"
)

// Codes of the process. They are documented, and do not change.
const (
	OK          = 0
	Failed      = 1
	Usage       = 2
	Key         = 3
	NotFound    = 4
	Invalid     = 5
	Unreachable = 6
	Conflict    = 7
	Limited     = 8
)

// Error is one whose code is known where it was made.
type Error struct {
	Code int
	err  error
	// Told is true if the command has said it already.
	Told bool
}

func (e *Error) Error() string { return e.err.Error() }

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.err }

// With gives an error its code.
func With(code int, err error) error { return &Error{Code: code, err: err} }

// Silently ends a command that has said itself what was wrong.
func Silently(code int) error {
	return &Error{Code: code, err: errors.New("failed"), Told: true}
}

// UsageError is a wrong way to call a command.
func UsageError(text string) error { return With(Usage, errors.New(text)) }

// Code of the process that ends with this error.
func Code(err error) int {
	var known *Error
	if err == nil {
		return OK
	}
	if errors.As(err, &known) {
		return known.Code
	}
	for _, kind := range kinds {
		if errors.Is(err, kind.error) {
			return kind.code
		}
	}
	return Failed
}

var kinds = []struct {
	error error
	code  int
}{
	{triggers.ErrUnauthorized, Key},
	{triggers.ErrForbidden, Key},
	{triggers.ErrNotFound, NotFound},
	{triggers.ErrConflict, Conflict},
	{triggers.ErrGone, Conflict},
	{triggers.ErrInvalidRequest, Invalid},
	{triggers.ErrUnprocessable, Invalid},
	{triggers.ErrTooLarge, Invalid},
	{triggers.ErrRateLimited, Limited},
	{triggers.ErrConnection, Unreachable},
	{triggers.ErrUnavailable, Unreachable},
	{triggers.ErrMisdirected, Unreachable},
	{context.DeadlineExceeded, Unreachable},
}
