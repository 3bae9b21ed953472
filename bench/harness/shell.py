"""Running other programs, and saying what goes on."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

_began = time.monotonic()


def say(text):
    """Progress goes to the standard error, the result to the standard output."""
    minutes, seconds = divmod(int(time.monotonic() - _began), 60)
    print(f"[{minutes:3d}:{seconds:02d}] {text}", file=sys.stderr, flush=True)


def run(*command, **options):
    """The output of a program, which must succeed."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    return done.stdout


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def stop(process, patience=35):
    """Asks a process of ours to end, and ends it if it does not."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            say(f"process {process.pid} did not stop within {patience} s")
            process.kill()
            process.wait()


def java():
    """A JDK 25: JAVA_HOME, or else one of those installed."""
    homes = [os.environ.get("JAVA_HOME"), *sorted(map(str, Path("/usr/lib/jvm").glob("*")), reverse=True)]
    for home in filter(None, homes):
        release = Path(home, "release")
        if release.exists() and 'JAVA_VERSION="25' in release.read_text():
            return Path(home)
    sys.exit("bench needs a JDK 25: set JAVA_HOME")
