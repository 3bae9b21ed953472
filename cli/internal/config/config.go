// Package config keeps profiles: which service, with which key.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/BurntSushi/toml"
)

// Profile is a service, and who one is there.
type Profile struct {
	URL        string `toml:"url"`
	Key        string `toml:"key,omitempty"`
	AdminToken string `toml:"admin_token,omitempty"`
}

// String shows no key.
func (p Profile) String() string { return p.URL }

// Config is the file.
type Config struct {
	Profiles map[string]Profile `toml:"profiles"`
	path     string
}

// Path of the file: below XDG_CONFIG_HOME, or where this system keeps such.
func Path() (string, error) {
	folder := os.Getenv("XDG_CONFIG_HOME")
	if folder == "" && runtime.GOOS == "windows" {
		var err error
		if folder, err = os.UserConfigDir(); err != nil {
			return "", err
		}
	}
	if folder == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", fmt.Errorf("no home to keep the configuration in: %w", err)
		}
		folder = filepath.Join(home, ".config")
	}
	return filepath.Join(folder, "triggers", "config.toml"), nil
}

// Load reads the file; none is an empty one.
func Load() (*Config, error) {
	path, err := Path()
	if err != nil {
		return nil, err
	}
	found := &Config{map[string]Profile{}, path}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return found, nil
	}
	if err != nil {
		return nil, err
	}
	if err := toml.Unmarshal(text, found); err != nil {
		// Not the parser's words: they may quote the key.
		var broken toml.ParseError
		if errors.As(err, &broken) {
			return nil, fmt.Errorf("%s: line %d is no TOML", path, broken.Position.Line)
		}
		return nil, fmt.Errorf("%s: not the form of a configuration", path)
	}
	if found.Profiles == nil {
		found.Profiles = map[string]Profile{}
	}
	return found, nil
}

// ReadableByOthers is whether more people than its owner can read the keys.
func (c *Config) ReadableByOthers() bool {
	about, err := os.Stat(c.path)
	return err == nil && runtime.GOOS != "windows" && about.Mode().Perm()&0o077 != 0
}

// Path of this file.
func (c *Config) Path() string { return c.path }

// Save writes it whole or not at all, for its owner alone.
func (c *Config) Save() error {
	var text bytes.Buffer
	if err := toml.NewEncoder(&text).Encode(c); err != nil {
		return err
	}
	folder := filepath.Dir(c.path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	// CreateTemp makes it 0600.
	file, err := os.CreateTemp(folder, ".config-*.toml")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	_, err = file.Write(text.Bytes())
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), c.path)
}
