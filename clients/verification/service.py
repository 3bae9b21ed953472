"""The service that was just built, on a PostgreSQL of its own, and a way for tests to take it away and bring it back."""

import os
import signal
import subprocess
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from harness.postgres import Postgres
from harness.shell import free_port, java, stop


def can_start(jar):
    """Why not, or None."""
    if not jar.exists():
        return f"{jar} is not there: ./mvnw -DskipTests package"
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")) and not os.environ.get("POSTGRES_BIN"):
        return "no PostgreSQL server here (Debian's package postgresql)"
    return None


class Service:

    def __init__(self, root, jar, work):
        self.jar, self.log = jar.resolve(), work / "service.log"
        self.postgres = Postgres()
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process = None
        self._lock = threading.Lock()

    def begin(self):
        self.postgres.start()
        self.postgres.create("clients")
        self.start()
        control = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.control = f"http://127.0.0.1:{control.server_port}"
        threading.Thread(target=control.serve_forever, daemon=True).start()

    def start(self):
        settings = {"DATABASE_URL": self.postgres.url("clients"), "HOST": "127.0.0.1", "PORT": str(self.port), "REGISTRATION": "open",
                    "API_KEY_SALT": "only-for-the-tests-of-the-clients", "WEBHOOK_SECRET": "only-for-the-tests-of-the-clients",
                    "PUBLIC_URL": self.address, "WEBHOOK_ALLOW_PRIVATE_NETWORKS": "true", "TIER_LIMITS": "enterprise=100000000"}
        with self.log.open("a") as log:
            self.process = subprocess.Popen([str(java() / "bin" / "java"), "-Xmx512m", "-XX:TieredStopAtLevel=1", "-jar", str(self.jar)],
                                            env=os.environ | settings, stdout=log, stderr=subprocess.STDOUT, cwd=self.log.parent)
        began = time.monotonic()
        while time.monotonic() - began < 300:
            if self.process.poll() is not None:
                raise SystemExit(f"the service ended: {self.log.read_text()[-2000:]}")
            try:
                with urllib.request.urlopen(self.address + "/health/ready", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.1)
        raise SystemExit("no answer of the service within five minutes")

    def act(self, what):
        with self._lock:
            if what == "kill":
                self.process.kill()
                self.process.wait()
            elif what == "stop":
                stop(self.process)
            elif what == "start":
                self.start()
            elif what == "pause":
                self.process.send_signal(signal.SIGSTOP)
            elif what == "resume":
                self.process.send_signal(signal.SIGCONT)
            else:
                return False
            return True

    def _handler(self):
        service = self

        class Control(BaseHTTPRequestHandler):

            def do_POST(self):
                self.send_response(204 if service.act(self.path.strip("/")) else 404)
                self.end_headers()

            def log_message(self, *_):
                pass

        return Control

    def end(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            stop(self.process)
        self.postgres.close()
