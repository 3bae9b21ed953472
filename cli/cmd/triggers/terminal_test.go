//go:build unix

package main

import (
	"io"
	"strings"
	"testing"

	"github.com/creack/pty"

	triggers "triggers.dev/go"
)

// Everything that a program writes in a terminal, to which somebody types.
func inTerminal(t *testing.T, one *program, typed string) string {
	t.Helper()
	one.Stdin, one.Stdout, one.Stderr = nil, nil, nil
	terminal, err := pty.Start(one.Cmd)
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	var seen strings.Builder
	for !strings.Contains(seen.String(), "not shown") && typed != "" {
		buffer := make([]byte, 1024)
		count, err := terminal.Read(buffer)
		if err != nil {
			t.Fatal(seen.String(), err)
		}
		seen.Write(buffer[:count])
	}
	_, _ = terminal.WriteString(typed)
	// A terminal whose last writer has gone is an error on Linux, not an end.
	rest, _ := io.ReadAll(terminal)
	seen.Write(rest)
	if err := one.Wait(); err != nil {
		t.Fatal(err, seen.String())
	}
	return seen.String()
}

func TestColoursAreForTerminalsThatWantThem(t *testing.T) {
	key := organization(t, "enterprise")
	if _, err := library(t, key).Send(t.Context(), triggers.EventToSend{Type: "user.created", Payload: 1}); err != nil {
		t.Fatal(err)
	}
	arguments := []string{"tail", "--since", "1h", "-n", "1"}
	coloured := prepared(t, key, arguments...)
	coloured.Env = append(coloured.Env, "TERM=xterm")
	if seen := inTerminal(t, coloured, ""); !strings.Contains(seen, "\x1b[36muser.created") {
		t.Fatal(seen)
	}
	plain := prepared(t, key, arguments...)
	plain.Env = append(plain.Env, "TERM=xterm", "NO_COLOR=")
	if seen := inTerminal(t, plain, ""); strings.Contains(seen, "\x1b[36m") || !strings.Contains(seen, "user.created") {
		t.Fatal(seen)
	}
	piped := prepared(t, key, arguments...)
	if err := piped.Run(); err != nil || strings.Contains(piped.out.String(), "\x1b") {
		t.Fatal(err, piped.out.String())
	}
}

func TestAKeyThatIsTypedIsNotSeen(t *testing.T) {
	key := organization(t, "enterprise")
	seen := inTerminal(t, prepared(t, "", "login"), key+"\r")
	if strings.Contains(seen, key) || !strings.Contains(seen, `kept as the profile "default"`) {
		t.Fatal(strings.ReplaceAll(seen, key, "THE KEY"))
	}
}
