package session

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"triggers.dev/cli/internal/exit"
)

// Moment reads a time: RFC 3339, a day, or how long ago (90s, 15m, 2h, 7d).
func Moment(flag, text string, now time.Time) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if at, err := time.Parse(layout, text); err == nil {
			return at, nil
		}
	}
	if ago, err := Span(flag, text); err == nil {
		return now.Add(-ago).UTC(), nil
	}
	return time.Time{}, exit.UsageError(fmt.Sprintf("--%s: %q is neither a time (2026-01-31T12:00:00Z) nor how long ago (90s, 15m, 2h, 7d)", flag, text))
}

// Span reads a duration, days too.
func Span(flag, text string) (time.Duration, error) {
	if days, isDays := strings.CutSuffix(text, "d"); isDays {
		if count, err := strconv.Atoi(days); err == nil && count >= 0 {
			return time.Duration(count) * 24 * time.Hour, nil
		}
	}
	span, err := time.ParseDuration(text)
	if err != nil || span < 0 {
		return 0, exit.UsageError(fmt.Sprintf("--%s: %q is no duration (90s, 15m, 2h, 7d)", flag, text))
	}
	return span, nil
}

// Clock is a time as people read it here.
func Clock(at time.Time) string { return at.Local().Format("2006-01-02 15:04:05") }

// Maybe is a text that may be missing.
func Maybe[T any](value *T) string {
	if value == nil {
		return ""
	}
	if at, isTime := any(*value).(time.Time); isTime {
		return Clock(at)
	}
	return fmt.Sprint(*value)
}
