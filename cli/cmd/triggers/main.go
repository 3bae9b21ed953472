// Command triggers posts events to a Triggers API, follows them, and hands them to programs on this machine.
package main

import (
	"os"

	"triggers.dev/cli/internal/command"
)

func main() { os.Exit(command.Main()) }
