"""The load generator and receiver: one Java process, told what to do over its input."""

import itertools
import json
import os
import queue
import subprocess
import threading
from pathlib import Path

from .shell import java, stop

_numbers = itertools.count()


class Client:

    def __init__(self):
        source = Path(__file__).parent.parent / "client" / "Client.java"
        # Little garbage, one collector thread, and no compiler threads that compete for long with what is measured.
        # As a batch process, it does not preempt whom it measures whenever an answer wakes it.
        self.process = subprocess.Popen(
            [java() / "bin" / "java", "-XX:+UseSerialGC", "-Xms192m", "-Xmn96m", "-Xmx1g", source],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            preexec_fn=lambda: os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0)))
        self._answers = {}
        self._lock = threading.Lock()
        started = json.loads(self.process.stdout.readline())
        self.port = started["port"]
        threading.Thread(target=self._read, daemon=True).start()

    def receiver(self, path="/ok"):
        return f"http://127.0.0.1:{self.port}{path}"

    def _read(self):
        for line in self.process.stdout:
            answer = json.loads(line)
            self._queue(answer["name"]).put(answer)

    def _queue(self, name):
        with self._lock:
            return self._answers.setdefault(name, queue.Queue())

    def begin(self, command, **settings):
        name = f"{command}{next(_numbers)}"
        words = [f"{key}={int(value) if isinstance(value, bool) else value}" for key, value in settings.items()]
        self.process.stdin.write(" ".join([command, name, *words]) + "\n")
        self.process.stdin.flush()
        return name

    def result(self, name):
        while True:
            try:
                answer = self._queue(name).get(timeout=5)
                break
            except queue.Empty:
                if self.process.poll() is not None:
                    raise RuntimeError("the client has ended") from None
        del self._answers[name]
        if "failure" in answer:
            raise RuntimeError(answer["failure"])
        return answer

    def call(self, command, **settings):
        return self.result(self.begin(command, **settings))

    def end(self, name):
        """Ends a load early."""
        self.process.stdin.write(f"stop {name}\n")
        self.process.stdin.flush()
        return self.result(name)

    def close(self):
        self.process.stdin.close()
        stop(self.process, 5)
