package main

import (
	"bytes"
	_ "embed"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
	"github.com/spf13/pflag"

	"triggers.dev/cli/internal/command"
	"triggers.dev/cli/internal/console"
	"triggers.dev/cli/internal/version"
)

//go:embed introduction.md
var introduction string

// The files, by their paths in the repository.
func generate() (map[string][]byte, error) {
	root := command.New(&console.Console{})
	pages := map[string][]byte{}
	var reference bytes.Buffer
	reference.WriteString(introduction)
	header := &doc.GenManHeader{Section: "1", Source: "triggers " + version.Number, Manual: "Triggers API", Date: &time.Time{}}
	err := each(root, func(one *cobra.Command) error {
		section(&reference, one)
		var page bytes.Buffer
		// No date: the page is that of the version.
		own := *header
		if err := doc.GenMan(one, &own, &page); err != nil {
			return err
		}
		pages["cli/man/"+strings.ReplaceAll(one.CommandPath(), " ", "-")+".1"] = page.Bytes()
		return nil
	})
	pages["docs/cli.md"] = reference.Bytes()
	return pages, err
}

func each(one *cobra.Command, visit func(*cobra.Command) error) error {
	one.DisableAutoGenTag = true
	if one.HasParent() {
		// Each group would get a help of its own.
		one.SetHelpCommand(&cobra.Command{Use: "help", Hidden: true})
	}
	if err := visit(one); err != nil {
		return err
	}
	for _, child := range one.Commands() {
		if child.Hidden {
			continue
		}
		if err := each(child, visit); err != nil {
			return err
		}
	}
	return nil
}

func section(out *bytes.Buffer, one *cobra.Command) {
	if !one.HasParent() {
		out.WriteString("Every command has these flags:\n\n")
		flags(out, one.PersistentFlags())
		return
	}
	out.WriteString("\n" + strings.Repeat("#", 2+strings.Count(one.CommandPath(), " ")) + " " + one.CommandPath() + "\n\n")
	out.WriteString(one.Long + "\n\n")
	if one.Runnable() && !one.HasSubCommands() || one.Flags().HasFlags() {
		out.WriteString("```\n" + one.UseLine() + "\n```\n\n")
	}
	out.WriteString("```bash\n")
	for line := range strings.SplitSeq(one.Example, "\n") {
		out.WriteString(strings.TrimPrefix(line, "  ") + "\n")
	}
	out.WriteString("```\n")
	if one.LocalNonPersistentFlags().HasAvailableFlags() {
		out.WriteString("\n")
		flags(out, one.LocalNonPersistentFlags())
	}
}

func flags(out *bytes.Buffer, set *pflag.FlagSet) {
	out.WriteString("| flag | |\n|---|---|\n")
	set.VisitAll(func(flag *pflag.Flag) {
		if flag.Hidden || flag.Name == "help" || flag.Name == "version" {
			return
		}
		name := "`--" + flag.Name + "`"
		if flag.Shorthand != "" {
			name += ", `-" + flag.Shorthand + "`"
		}
		usage := strings.ReplaceAll(flag.Usage, "|", "\\|")
		if value := flag.DefValue; value != "" && value != "false" && value != "[]" && value != "0" && value != "0s" && !strings.Contains(usage, "default") {
			usage += " (default: `" + value + "`)"
		}
		out.WriteString("| " + name + " | " + usage + " |\n")
	})
}

func write(root string, pages map[string][]byte) error {
	old, err := filepath.Glob(filepath.Join(root, "cli/man/*.1"))
	if err != nil {
		return err
	}
	for _, path := range old {
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	for path, page := range pages {
		path = filepath.Join(root, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, page, 0o644); err != nil {
			return err
		}
	}
	return nil
}
