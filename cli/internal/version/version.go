// Package version says which program this is.
package version

import (
	"runtime"

	"github.com/spf13/cobra"

	"triggers.dev/cli/internal/console"
)

// Number of this program; its releases are the service's.
const Number = "1.0.0"

// Command prints it.
func Command(c *console.Console) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: cobra.NoArgs,
		Long:    "Prints the version of this program. `triggers doctor` tells that of the service.",
		Example: "  triggers version\n  triggers version --json | jq -r .version",
		RunE: func(*cobra.Command, []string) error {
			if c.JSON {
				return c.Object(struct {
					Version string `json:"version"`
					OS      string `json:"os"`
					Arch    string `json:"arch"`
				}{Number, runtime.GOOS, runtime.GOARCH})
			}
			return c.Print("triggers %s", Number)
		},
	}
}
