package inbox

import (
	"os/exec"
	"syscall"
)

// Ctrl-C is for us: a program that has begun is let end, and its event acknowledged.
func apart(process *exec.Cmd) {
	process.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}
