package command

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What go.mod names for tests, pages and pictures.
var notInside = []string{"triggers.dev/go", "github.com/rogpeppe/go-internal", "golang.org/x/tools", "github.com/creack/pty",
	"github.com/cpuguy83/go-md2man/v2", "github.com/russross/blackfriday/v2", "go.yaml.in/yaml/v3"}

func TestTheLicencesOfWhatIsInsideAreThere(t *testing.T) {
	licences, err := os.ReadFile("../../LICENCES.txt")
	if err != nil {
		t.Fatal(err)
	}
	required, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range regexp.MustCompile(`(?m)^\t(\S+) (v\S+)`).FindAllStringSubmatch(string(required), -1) {
		if !slices.Contains(notInside, found[1]) && !strings.Contains(string(licences), "== "+found[1]+" "+found[2]+"\n") {
			t.Errorf("%s %s: run cli/licences", found[1], found[2])
		}
	}
}
