//go:build unix

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/creack/pty"

	triggers "triggers.dev/go"
)

// What the screen shows is what was drawn last.
func screen(all *output) string {
	text := all.String()
	return text[strings.LastIndex(text, "\x1b[H")+1:]
}

func TestListenIsInteractiveInATerminal(t *testing.T) {
	key := organization(t, "enterprise")
	client := library(t, key)
	var broken atomic.Bool
	var posted atomic.Int32
	receiver := httptest.NewServer(http.HandlerFunc(func(writer http.ResponseWriter, _ *http.Request) {
		posted.Add(1)
		writer.Header().Set("X-Receiver", "here")
		if broken.Load() {
			writer.WriteHeader(http.StatusTeapot)
		}
		fmt.Fprint(writer, "\x1b[31mnot a colour")
	}))
	t.Cleanup(receiver.Close)
	listen := prepared(t, key, "listen", "--forward-to", receiver.URL, "--ack")
	listen.Stdout, listen.Stderr, listen.Stdin = nil, nil, nil
	listen.Env = append(listen.Env, "PATH=", "TERM=xterm")
	terminal, err := pty.StartWithSize(listen.Cmd, &pty.Winsize{Rows: 30, Cols: 100})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listen.Process.Kill(); _ = terminal.Close() })
	var seen output
	go func() {
		buffer := make([]byte, 4096)
		for {
			count, err := terminal.Read(buffer)
			_, _ = seen.Write(buffer[:count])
			if err != nil {
				return
			}
		}
	}()
	shows := func(text string) {
		t.Helper()
		until(t, text, func() bool { return strings.Contains(screen(&seen), text) })
	}
	press := func(keys string) { _, _ = terminal.WriteString(keys) }
	shows("connected")
	shows("verify with whsec_")
	press("d")
	shows("Nothing has come yet")
	press("\x1b")
	shows("Waiting for events")
	if _, err := client.Send(t.Context(), triggers.EventToSend{Type: "user.created", Payload: 1}); err != nil {
		t.Fatal(err)
	}
	shows("1 delivered · 0 not")
	broken.Store(true)
	if _, err := client.Send(t.Context(), triggers.EventToSend{Type: "order.paid", Payload: "x\x1b[2J"}); err != nil {
		t.Fatal(err)
	}
	shows("1 delivered · 1 not")
	shows("order.paid    418 in")
	press("d")
	shows("Response 418")
	shows("X-Receiver: here")
	shows("Webhook-Signature: v1,")
	if strings.Contains(screen(&seen), "\x1b[31mnot a colour") {
		t.Fatal("what others wrote must not reach the terminal as it is")
	}
	press("d")
	press("\x1b[A")
	until(t, "the first is chosen", func() bool { return chosen(&seen, "user.created") })
	press("j")
	until(t, "the second is chosen", func() bool { return chosen(&seen, "order.paid") })
	press("k")
	until(t, "the first again", func() bool { return chosen(&seen, "user.created") })
	broken.Store(false)
	press("r")
	shows("(again)")
	shows("2 delivered · 1 not")
	press("c")
	shows("copied as a curl command")
	if !strings.Contains(seen.String(), "\x1b]52;c;Y3VybCAtaSAtWCBQT1NUIC") {
		t.Fatal("nothing was copied")
	}
	press("o")
	shows("/#token=zap_link_")
	// Another size is found out.
	_ = pty.Setsize(terminal, &pty.Winsize{Rows: 10, Cols: 40})
	until(t, "narrow", func() bool { return strings.Contains(screen(&seen), "…") })
	press("q")
	if err := listen.Wait(); err != nil {
		t.Fatal(err)
	}
	until(t, "the farewell", func() bool { return strings.Contains(seen.String(), "2 delivered, 1 not") })
	if !strings.Contains(seen.String(), "\x1b[?1049l") || posted.Load() != 3 {
		t.Fatal("the terminal is not as it was, or posts are missing: ", posted.Load())
	}
}

func chosen(seen *output, eventType string) bool {
	for line := range strings.Lines(screen(seen)) {
		if strings.Contains(line, "› ") {
			return strings.Contains(line, eventType)
		}
	}
	return false
}
