//go:build unix

// Command picture draws docs/images/listen.svg from a real session: go run ./cmd/picture PROGRAM FILE, with TRIGGERS_URL and TRIGGERS_KEY.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/creack/pty"

	triggers "triggers.dev/go"
)

const rows, columns = 16, 92

func main() {
	if err := draw(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func draw(program, file string) error {
	client, err := triggers.New(os.Getenv("TRIGGERS_URL"), os.Getenv("TRIGGERS_KEY"), triggers.Options{})
	if err != nil {
		return err
	}
	receiver := httptest.NewUnstartedServer(http.HandlerFunc(shop))
	receiver.Start()
	defer receiver.Close()
	listen := exec.Command(program, "listen", "--forward-to", receiver.URL+"/hook")
	listen.Env = append(os.Environ(), "TERM=xterm-256color")
	terminal, err := pty.StartWithSize(listen, &pty.Winsize{Rows: rows, Cols: columns})
	if err != nil {
		return err
	}
	defer terminal.Close()
	session := &recording{}
	go session.read(terminal)
	if err := session.wait("connected"); err != nil {
		return err
	}
	for _, event := range [][2]string{{"user.created", `{"id":1,"name":"Ada"}`}, {"order.placed", `{"id":4711,"total":"12.00"}`}, {"user.updated", `{"id":1,"name":"Ada L."}`},
		{"order.paid", `{"id":4711}`}, {"invoice.sent", `{"id":88,"order":4711}`}} {
		if _, err := client.Send(context.Background(), triggers.EventToSend{Type: event[0], Payload: json.RawMessage(event[1])}); err != nil {
			return err
		}
		time.Sleep(1100 * time.Millisecond)
	}
	// The fourth was refused: it is chosen, and posted again.
	_, _ = terminal.WriteString("kr")
	if err := session.wait("(again)"); err != nil {
		return err
	}
	frame := session.frame()
	_, _ = terminal.WriteString("q")
	if err := listen.Wait(); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(picture(frame)), 0o644)
}

var once sync.Once

// A receiver that is not ready for one event, and then is.
func shop(writer http.ResponseWriter, request *http.Request) {
	time.Sleep(2 * time.Millisecond)
	if request.Header.Get("X-Event-Type") == "order.paid" {
		once.Do(func() { writer.WriteHeader(http.StatusInternalServerError) })
	}
}

type recording struct {
	mutex sync.Mutex
	text  strings.Builder
}

func (r *recording) read(terminal *os.File) {
	buffer := make([]byte, 4096)
	for {
		count, err := terminal.Read(buffer)
		r.mutex.Lock()
		r.text.Write(buffer[:count])
		r.mutex.Unlock()
		if err != nil {
			return
		}
	}
}

// Frame that was drawn last, whole.
func (r *recording) frame() string {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	text := r.text.String()
	end := strings.LastIndex(text, "\x1b[J")
	if end < 0 {
		return ""
	}
	return text[strings.LastIndex(text[:end], "\x1b[H")+3 : end]
}

func (r *recording) wait(text string) error {
	for range 500 {
		if strings.Contains(r.frame(), text) {
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return fmt.Errorf("%q does not come: %q", text, r.frame())
}
