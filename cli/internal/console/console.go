// Package console is where commands read and write: data on stdout, talk on stderr.
package console

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sync"

	"golang.org/x/term"
)

// Console of a command.
type Console struct {
	In       io.Reader
	Out, Err io.Writer
	// JSON asks for one JSON object a line instead of text for people.
	JSON  bool
	Quiet bool

	mutex                 sync.Mutex
	inTTY, outTTY, errTTY bool
	plain                 bool
}

// System is that of the process.
func System() *Console {
	_, plain := os.LookupEnv("NO_COLOR")
	return &Console{In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		inTTY: term.IsTerminal(int(os.Stdin.Fd())), outTTY: term.IsTerminal(int(os.Stdout.Fd())), errTTY: term.IsTerminal(int(os.Stderr.Fd())),
		plain: plain || os.Getenv("TERM") == "dumb"}
}

// Interactive is whether somebody sits in front of it: for prompts and pictures that move.
func (c *Console) Interactive() bool { return c.inTTY && c.outTTY && !c.JSON }

// CanPrompt is whether questions are seen and answered.
func (c *Console) CanPrompt() bool { return c.inTTY && c.errTTY }

// ShowsProgress is whether stderr is looked at while it is written.
func (c *Console) ShowsProgress() bool { return c.errTTY && !c.Quiet }

// ReadsTerminal is whether stdin is a keyboard, which nothing comes from by itself.
func (c *Console) ReadsTerminal() bool { return c.inTTY }

// Say tells something to people, on stderr.
func (c *Console) Say(format string, arguments ...any) {
	if c.Quiet {
		return
	}
	c.Warn(format, arguments...)
}

// Warn is what nobody should miss, however quiet it is to be.
func (c *Console) Warn(format string, arguments ...any) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.errTTY {
		// A progress bar may stand there.
		fmt.Fprint(c.Err, "\r\x1b[K")
	}
	fmt.Fprintf(c.Err, format+"\n", arguments...)
}

// Progress replaces the line that is being looked at.
func (c *Console) Progress(format string, arguments ...any) {
	if !c.ShowsProgress() {
		return
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	fmt.Fprintf(c.Err, "\r\x1b[K"+format, arguments...)
}

// Print is data, on stdout.
func (c *Console) Print(format string, arguments ...any) error {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	_, err := fmt.Fprintf(c.Out, format+"\n", arguments...)
	return err
}

// Object is one JSON object on a line of its own; numbers and strings stay as they were written.
func (c *Console) Object(value any) error {
	text, err := Line(value)
	if err != nil {
		return err
	}
	return c.Print("%s", text)
}

// Line is a value as JSON on one line.
func Line(value any) ([]byte, error) {
	var line bytes.Buffer
	if raw, ok := value.(json.RawMessage); ok {
		err := json.Compact(&line, raw)
		return line.Bytes(), err
	}
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return bytes.TrimSpace(line.Bytes()), err
}
