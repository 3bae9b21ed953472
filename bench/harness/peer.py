"""Another service, started by a command of one's own; peers/peer.py says what such a command is told and tells."""

import json
import os
import re
import subprocess
import time
from pathlib import Path

from .shell import free_port, stop


class Peer:

    def __init__(self, bench, command, receiver, payload):
        self.name = Path(command).name
        self.database = "peer_" + re.sub(r"\W", "_", self.name)
        self.log = bench.results / f"peer-{self.name}.log"
        self._bench = bench
        self._command = command
        self._environment = os.environ | {"PAYLOAD": json.dumps(payload), "RECEIVER": receiver or ""}
        self.accepted = 0

    def __enter__(self):
        self._bench.postgres.create(self.database)
        self.port = free_port()
        own = {"PORT": str(self.port), "DATABASE_URL": self._bench.postgres.url(self.database)}
        with self.log.open("a") as log:
            self.process = subprocess.Popen([self._command], env=self._environment | own, stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError(f"{self._command} did not start: {self.log}")
            said = json.loads(line)
            self.stored = said["stored"]
            self.request = self._bench.results / f"request-{self.name}"
            write_request(self.request, said["path"], said["headers"], said["body"])
        except BaseException:
            self.__exit__()
            raise
        self.accepted = 0
        return self

    def __exit__(self, *_):
        stop(self.process)
        self._bench.postgres.drop(self.database)

    def renew(self):
        """Begins anew, without what it had not finished."""
        self.__exit__()
        self.__enter__()


class Ours:
    """The service, in the same way."""

    name = "ours"

    def __init__(self, bench, service, receiver, payload):
        self.process = service.process
        self.database = service.database
        self.port = service.port
        self.stored = "select count(*) from events"
        self.accepted = 0
        if receiver:
            service.ask("POST", "/api/webhook/config", {"url": receiver}, bench.key())
        self.request = bench.results / "request-ours"
        write_request(self.request, "/api/events", {"X-API-Key": bench.key()}, {"type": "order.created", "payload": payload})

    def renew(self):
        raise RuntimeError("the service did not finish what it had accepted")


def write_request(file, path, headers, body):
    content = json.dumps(body, separators=(",", ":"))
    head = {"Host": "127.0.0.1", "Content-Type": "application/json", "Content-Length": len(content)} | headers
    lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items()), "", content]
    file.write_text("\r\n".join(lines), newline="")


def wait_until(reached, seconds):
    """Whether it came true in time."""
    until = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True
