package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	triggers "triggers.dev/go"
)

// The service that clients/verify has started.
func service(t *testing.T) string {
	t.Helper()
	if os.Getenv("TRIGGERS_URL") == "" {
		t.Skip("no service: run clients/verify, or set TRIGGERS_URL")
	}
	return os.Getenv("TRIGGERS_URL")
}

func organization(t *testing.T, tier string) string {
	t.Helper()
	client, err := triggers.New(service(t), "", triggers.Options{TotalTime: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	made, err := client.GenerateKey(context.Background(), triggers.KeyRequest{OrganizationName: "cli " + rand.Text(), Tier: triggers.Set(tier)})
	if err != nil {
		t.Fatal(err)
	}
	return made.APIKey
}

func library(t *testing.T, key string) *triggers.Client {
	t.Helper()
	client, err := triggers.New(service(t), key, triggers.Options{TotalTime: 2 * time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func control(t *testing.T, what string) {
	t.Helper()
	response, err := http.Post(os.Getenv("TRIGGERS_CONTROL")+"/"+what, "", nil)
	if err != nil || response.StatusCode != http.StatusNoContent {
		t.Fatal(what, err)
	}
	response.Body.Close()
}

func until(t *testing.T, what string, condition func() bool) {
	t.Helper()
	for end := time.Now().Add(3 * time.Minute); !condition(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("did not happen: " + what)
		}
	}
}

// What a process writes, while it does.
type output struct {
	mutex sync.Mutex
	text  bytes.Buffer
}

func (o *output) Write(data []byte) (int, error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return o.text.Write(data)
}

func (o *output) String() string {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return o.text.String()
}

type program struct {
	*exec.Cmd
	out, err output
}

func prepared(t *testing.T, key string, arguments ...string) *program {
	t.Helper()
	one := &program{Cmd: exec.Command(os.Args[0], arguments...)}
	home := t.TempDir()
	one.Env = append(os.Environ(), asProgram+"=1", "HOME="+home, "XDG_CONFIG_HOME="+filepath.Join(home, "config"), "XDG_STATE_HOME="+filepath.Join(home, "state"),
		"TRIGGERS_URL="+os.Getenv("TRIGGERS_URL"), "TRIGGERS_KEY="+key)
	one.Stdout, one.Stderr = &one.out, &one.err
	return one
}

func started(t *testing.T, key string, arguments ...string) *program {
	t.Helper()
	one := prepared(t, key, arguments...)
	if err := one.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = one.Process.Kill() })
	return one
}

func (p *program) interrupt(t *testing.T) error {
	t.Helper()
	if err := p.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	return p.Wait()
}

func pause() { time.Sleep(20 * time.Millisecond) }
