package main

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/cobra"

	"triggers.dev/cli/internal/command"
	"triggers.dev/cli/internal/console"
)

// What people type, and what they then see, of the real service.
func TestTranscripts(t *testing.T) {
	service(t)
	receiver := httptest.NewServer(http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		if request.URL.Path == "/broken" {
			http.Error(writer, "no", http.StatusInternalServerError)
			return
		}
		writer.WriteHeader(http.StatusNoContent)
	}))
	t.Cleanup(receiver.Close)
	testscript.Run(t, testscript.Params{
		Dir: "testdata", RequireExplicitExec: true, RequireUniqueNames: true, UpdateScripts: os.Getenv("UPDATE_TRANSCRIPTS") != "",
		Setup: func(env *testscript.Env) error {
			home := filepath.Join(env.WorkDir, "home")
			env.Setenv("HOME", home)
			env.Setenv("XDG_CONFIG_HOME", filepath.Join(home, "config"))
			env.Setenv("XDG_STATE_HOME", filepath.Join(home, "state"))
			env.Setenv("TRIGGERS_URL", os.Getenv("TRIGGERS_URL"))
			env.Setenv("TRIGGERS_KEY", organization(t, "enterprise"))
			env.Setenv("RECEIVER", receiver.URL)
			env.Setenv("ADMIN_URL", os.Getenv("TRIGGERS_TEST_ADMIN_URL"))
			env.Setenv("ADMIN_TOKEN", os.Getenv("TRIGGERS_TEST_ADMIN_TOKEN"))
			env.Setenv("CUSTOMER", rand.Text())
			return os.MkdirAll(home, 0o755)
		},
		Condition: func(name string) (bool, error) {
			variable, known := strings.CutPrefix(name, "env:")
			if !known {
				return false, fmt.Errorf("no condition %s", name)
			}
			return os.Getenv(variable) != "", nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"keep": keep, "code": code, "awaited": awaited,
		},
	})
}

// Keeps what an expression finds in stdout as a variable: keep ID '"id":"([^"]+)"'.
func keep(ts *testscript.TestScript, _ bool, arguments []string) {
	found := regexp.MustCompile(arguments[1]).FindStringSubmatch(ts.ReadFile("stdout"))
	if len(found) < 2 {
		ts.Fatalf("no %s in stdout", arguments[1])
	}
	ts.Setenv(arguments[0], found[1])
}

// Runs the program and checks its exit code: code 3 triggers send ….
func code(ts *testscript.TestScript, _ bool, arguments []string) {
	err := ts.Exec("sh", append([]string{"-c", `"$@"; test $? = ` + arguments[0], "sh"}, arguments[1:]...)...)
	if err != nil {
		ts.Fatalf("another exit code than %s", arguments[0])
	}
}

// Waits until a file has a text.
func awaited(ts *testscript.TestScript, _ bool, arguments []string) {
	for range 500 {
		text, err := os.ReadFile(ts.MkAbs(arguments[0]))
		if err == nil && strings.Contains(string(text), arguments[1]) {
			return
		}
		pause()
	}
	ts.Fatalf("%s does not come to have %s", arguments[0], arguments[1])
}

// Each command has a transcript, an example, and an explanation.
func TestEachCommandIsShownAndExplained(t *testing.T) {
	var scripts strings.Builder
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		scripts.Write(text)
	}
	var each func(*cobra.Command)
	each = func(one *cobra.Command) {
		if one.Example == "" || one.Long == "" || one.Short == "" {
			t.Errorf("%s: no example or no explanation", one.CommandPath())
		}
		if !one.HasSubCommands() && !strings.Contains(scripts.String(), one.CommandPath()) {
			t.Errorf("%s: no transcript", one.CommandPath())
		}
		for _, child := range one.Commands() {
			each(child)
		}
	}
	each(command.New(&console.Console{}))
}
