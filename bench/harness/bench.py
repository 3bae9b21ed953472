"""What the sections have in common: programs under measurement, organizations, and checks of what was counted."""

import json
import time
from contextlib import contextmanager

from .machine import Watch
from .service import Application, Service
from .shell import java, run, say


class Section:
    """A section's results, and whether what it counted is in the database."""

    def __init__(self, name):
        self.name = name
        self.data = {}
        self.checks = []
        self.failure = None

    def check(self, what, expected, found):
        self.checks.append({"what": what, "expected": expected, "found": found, "holds": expected == found})
        if expected != found:
            say(f"  CHECK FAILED: {what}: expected {expected}, found {found}")


class Bench:

    def __init__(self, root, results, application, postgres, client, options, name="bench"):
        self.root = root
        self.results = results
        self.application = application
        self.postgres = postgres
        self.client = client
        self.options = options
        self.name = name
        self.smoke = options.smoke
        self.java_options = None
        self._databases = 0
        self._files = {}

    def other(self):
        """The same for the build that this one is compared with."""
        application = Application(self.root, self.results, **self.options.before)
        return Bench(self.root, self.results, application, self.postgres, self.client, self.options, "before")

    def seconds(self, usual):
        """How long to measure: what was asked for, else what is usual for the section."""
        if self.options.seconds:
            return self.options.seconds
        return min(usual, 2) if self.smoke else usual

    def amount(self, usual, smoke):
        return smoke if self.smoke else usual

    def keys(self, organizations=1):
        """A file with the keys of so many organizations."""
        return self._template(organizations)[1]

    def key(self):
        return self.keys(1).read_text().splitlines()[0]

    def first(self, organizations):
        """A file with the key of the first of so many."""
        file = self.results / f"{self.name}-key-first.txt"
        file.write_text(self.keys(organizations).read_text().splitlines()[0] + "\n")
        return file

    def know(self, organizations, database, file):
        """Keys that were made elsewhere."""
        self._files[organizations] = database, file

    def _template(self, organizations):
        if organizations not in self._files:
            name = f"{self.name}_template_{organizations}"
            say(f"making {organizations} organization(s) by the API" + (" (about a minute)" if organizations > 500 else ""))
            self.postgres.create(name)
            file = self.results / f"{self.name}-keys-{organizations}.txt"
            with self._running(Service(self, name)) as service:
                file.write_text("".join(f"{self._generate(service, i)}\n" for i in range(organizations)))
            self._files[organizations] = name, file
        return self._files[organizations]

    @staticmethod
    def _generate(service, number):
        body = {"organization_name": f"Organization {number}", "tier": "enterprise"}
        return service.ask("POST", "/api/keys/generate", body)["api_key"]

    def database(self, organizations=1):
        """A new database that knows these organizations and holds no event."""
        template = self._template(organizations)[0]
        self._databases += 1
        name = f"{self.name}_{self._databases}"
        self.postgres.create(name, template)
        return name

    @contextmanager
    def _running(self, service):
        try:
            service.await_answer()
            yield service
        finally:
            service.stop()

    @contextmanager
    def service(self, database=None, organizations=1, keep=False, **settings):
        """A service on a new database, both of which end with the block."""
        name = database or self.database(organizations)
        try:
            with self._running(Service(self, name, **settings)) as service:
                yield service
        finally:
            if not keep:
                self.postgres.drop(name)

    def watch(self, service):
        return Watch(self, service)

    def receive(self, service, path="/ok", key=None):
        """Sets the default webhook, and waits until the service knows of it."""
        service.ask("POST", "/api/webhook/config", {"url": self.client.receiver(path)}, key or self.key())

    def load(self, service, **settings):
        return self.client.call("load", **self._load(service, settings))

    def begin_load(self, service, **settings):
        return self.client.begin("load", **self._load(service, settings))

    def _load(self, service, settings):
        self._loads = getattr(self, "_loads", 0) + 1
        defaults = {"port": service.port, "keys": self.keys(1), "prefix": f"load{self._loads}"}
        return defaults | settings

    def warm_up(self, service, **settings):
        """Until the JVM has compiled what it will run, and the pool is open; what it accepted counts as stored."""
        seconds = self.amount(5, 1)
        say(f"  warming up for {seconds} s")
        settings = {"connections": 32, "dedup": True, "seconds": seconds} | settings
        return self.load(service, **settings)["accepted"]

    def stored(self, database):
        return self.postgres.number("select count(*) from events", database)

    def drained(self, database, seconds=60):
        """Waits until no delivery is open, and says how many are."""
        until = time.monotonic() + seconds
        while True:
            left = self.postgres.number("select count(*) from event_deliveries", database)
            if left == 0 or time.monotonic() > until:
                return left
            time.sleep(0.05)

    def driver(self):
        """PostgreSQL's driver, out of the application under measurement."""
        found = list((self.application.folder / "lib").glob("postgresql-*.jar"))
        if found:
            return found[0]
        folder = self.results / "driver"
        folder.mkdir(exist_ok=True)
        name = next(line for line in run(java() / "bin" / "jar", "--list", "--file", self.application.jar).splitlines()
                    if line.startswith("BOOT-INF/lib/postgresql-"))
        run(java() / "bin" / "jar", "--extract", "--file", self.application.jar, name, cwd=folder)
        return folder / name

    def ceiling(self, database, connections, seconds, payload=512):
        source = self.root / "bench" / "client" / "Ceiling.java"
        url = f"jdbc:postgresql://127.0.0.1:{self.postgres.port}/{database}?user=triggers"
        return json.loads(run(java() / "bin" / "java", "-Xmx256m", "-cp", self.driver(), source, url, connections,
                              seconds, payload))
