package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

const again = "stale: run  go run ./cmd/docs ..  in cli/"

func TestPagesAreThoseOfTheCommands(t *testing.T) {
	pages, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	for path, page := range pages {
		if found, err := os.ReadFile(filepath.Join("../../..", path)); err != nil || !bytes.Equal(found, page) {
			t.Errorf("%s: %s", path, again)
		}
	}
	kept, err := filepath.Glob("../../man/*.1")
	if err != nil || len(kept) != len(pages)-1 {
		t.Errorf("%d man pages for %d commands: %s", len(kept), len(pages)-1, again)
	}
}
