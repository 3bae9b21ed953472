"""The service that was just built, on a PostgreSQL of its own: one that stays, and one that tests may take away."""

import json
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

from .faults import Proxy, all_of_them

ADMIN_TOKEN = "only-for-the-tests-of-the-clients"


def can_start(jar):
    """Why not, or None."""
    if not jar.exists():
        return f"{jar} is not there: ./mvnw -DskipTests package"
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")) and not os.environ.get("POSTGRES_BIN"):
        return "no PostgreSQL server here (Debian's package postgresql)"
    return None


class Service:
    """An instance on a database of its own."""

    def __init__(self, jar, work, postgres, name, flags=("-Xmx512m", "-XX:TieredStopAtLevel=1"), **settings):
        self.jar, self.log = jar.resolve(), work / f"{name}.log"
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._command = [str(java() / "bin" / "java"), *flags, "-jar", str(self.jar)]
        self._settings = {"DATABASE_URL": postgres.url(name), "HOST": "127.0.0.1", "PORT": str(self.port), "REGISTRATION": "open",
                          "API_KEY_SALT": "only-for-the-tests-of-the-clients", "WEBHOOK_SECRET": "only-for-the-tests-of-the-clients",
                          "PUBLIC_URL": self.address, "PLAYGROUND": "true", "WEBHOOK_ALLOW_PRIVATE_NETWORKS": "true", "TIER_LIMITS": "enterprise=100000000", **settings}
        self.process = None
        self._lock = threading.Lock()
        postgres.create(name)

    def start(self):
        self.begin()
        self.ready()

    def begin(self):
        with self.log.open("a") as log:
            self.process = subprocess.Popen(self._command, env=os.environ | self._settings, stdout=log, stderr=subprocess.STDOUT, cwd=self.log.parent)

    def ready(self):
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
            elif what == "start":
                self.start()
            elif what == "stop":
                stop(self.process)
            elif what == "pause":
                self.process.send_signal(signal.SIGSTOP)
            elif what == "resume":
                self.process.send_signal(signal.SIGCONT)
            else:
                return False
            return True

    def end(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            stop(self.process)


class Services:
    """The one that stays; the one behind a proxy, which meets faults when `control` is asked for them; and the operator's."""

    def __init__(self, jar, work):
        self.postgres = Postgres()
        self.postgres.start()
        self.steady = Service(jar, work, self.postgres, "steady")
        self.faulty = Service(jar, work, self.postgres, "faulty")
        self.operated = Service(jar, work, self.postgres, "operated", ADMIN_TOKEN=ADMIN_TOKEN)
        self._faults = threading.Lock()

    def start(self):
        for service in (self.steady, self.faulty, self.operated):
            service.begin()
        for service in (self.steady, self.faulty, self.operated):
            service.ready()
        self.proxy = Proxy(self.faulty.port)
        control = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.control = f"http://127.0.0.1:{control.server_port}"
        threading.Thread(target=control.serve_forever, daemon=True).start()
        return self

    def environment(self, faulty):
        """Who tests nothing but faults has the one that meets them, without its proxy, under the name of the other."""
        direct = faulty == "TRIGGERS_URL"
        return {"TRIGGERS_TEST_ADMIN_URL": self.operated.address, "TRIGGERS_TEST_ADMIN_TOKEN": ADMIN_TOKEN,
                "TRIGGERS_URL": self.steady.address, "TRIGGERS_CONTROL": self.control,
                faulty: self.faulty.address if direct else self.proxy.address}

    def _handler(self):
        services = self

        class Control(BaseHTTPRequestHandler):

            def do_POST(self):
                one = self.path.strip("/")
                if one:
                    self.send_response(204 if services.faulty.act(one) else 404)
                    self.end_headers()
                    return
                # All faults, one after the other, until the clients with these keys have met them; says who met what.
                keys = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with services._faults:
                    all_of_them(services.faulty, services.proxy, keys)
                answer = json.dumps(services.proxy.met).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        return Control

    def end(self):
        for service in (self.steady, self.faulty, self.operated):
            service.end()
        self.postgres.close()
