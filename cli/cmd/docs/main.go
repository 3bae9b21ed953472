// Command docs writes docs/cli.md and the man pages from the commands themselves.
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./cmd/docs ROOT")
		os.Exit(2)
	}
	pages, err := generate()
	if err == nil {
		err = write(os.Args[1], pages)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
