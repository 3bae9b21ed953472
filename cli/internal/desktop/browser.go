// Package desktop hands things to the programs around: a browser, a clipboard.
package desktop

import (
	"errors"
	"os/exec"
	"runtime"
)

var browsers = map[string][][]string{
	"darwin":  {{"open"}},
	"windows": {{"rundll32", "url.dll,FileProtocolHandler"}},
	"linux":   {{"xdg-open"}, {"wslview"}},
}

// Browse opens an address, if there is a browser.
func Browse(address string) error {
	for _, command := range browsers[runtime.GOOS] {
		if path, err := exec.LookPath(command[0]); err == nil {
			started := exec.Command(path, append(command[1:], address)...)
			if err := started.Start(); err != nil {
				return err
			}
			go func() { _ = started.Wait() }()
			return nil
		}
	}
	return errors.New("no browser was found here")
}
