package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"triggers.dev/cli/internal/command"
)

const asProgram = "TRIGGERS_TEST_AS_PROGRAM"

// The tests' binary is the program too, for those that need a process of it.
func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(command.Main())
	}
	testscript.Main(m, map[string]func(){"triggers": func() { os.Exit(command.Main()) }})
}
