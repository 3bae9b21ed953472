package command

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"triggers.dev/cli/internal/console"
	"triggers.dev/cli/internal/exit"
	triggers "triggers.dev/go"
)

const interrupted = 130

// Main runs the program, and gives its exit code.
func Main() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// A second one ends it at once.
	context.AfterFunc(ctx, stop)
	c := console.System()
	err := New(c).ExecuteContext(ctx)
	if err == nil {
		return exit.OK
	}
	code := exit.Code(err)
	if errors.Is(err, context.Canceled) {
		code = interrupted
	}
	tell(c, err, code)
	return code
}

func tell(c *console.Console, err error, code int) {
	var known *exit.Error
	if errors.As(err, &known) && known.Told {
		return
	}
	var refused *triggers.APIError
	if !errors.As(err, &refused) {
		refused = &triggers.APIError{}
	}
	fields := refused.Errors
	if fields == nil {
		fields = []triggers.FieldError{}
	}
	if c.JSON {
		line, _ := console.Line(struct {
			Error     string                `json:"error"`
			ExitCode  int                   `json:"exit_code"`
			Status    int                   `json:"status"`
			Code      string                `json:"code"`
			Fields    []triggers.FieldError `json:"fields"`
			RequestID string                `json:"request_id"`
		}{err.Error(), code, refused.Status, refused.Code, fields, refused.RequestID})
		c.Warn("%s", line)
		return
	}
	c.Warn("triggers: %s", strings.TrimPrefix(err.Error(), "triggers: "))
	for _, field := range refused.Errors {
		if strings.Contains(err.Error(), field.Message) {
			continue
		}
		c.Warn("  %s: %s", field.Field, console.Visible(field.Message))
	}
	if hint := hints[code]; hint != "" && refused.Status != 0 {
		c.Warn("  %s", hint)
	}
}

var hints = map[int]string{
	exit.Key: "What the key may do: triggers doctor",
}
