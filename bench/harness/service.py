"""The service: built, packaged, and started as its image does."""

import hashlib
import http.client
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from .shell import free_port, java, run, say, stop

TIER_LIMITS = "enterprise=100000000"

# The size of which the figures are, however much this machine has.
MEGABYTES = 256


class Application:
    """A folder that release/assemble made, or a plain jar."""

    def __init__(self, root, results, folder=None, jar=None):
        self.root = root
        self.folder = Path(folder).resolve() if folder else results / "app"
        self.jar = Path(jar).resolve() if jar else None
        self.made = not folder and not jar
        self.environment = os.environ | {"JAVA_HOME": str(java())}

    def build(self):
        if not self.made:
            return
        stamp = self.folder / "stamp"
        if stamp.exists() and stamp.read_text() == self._sources():
            return
        say("building the packaged application (about a minute), and training its cache of classes (half a minute)")
        sources = self._sources()
        run("release/assemble", self.folder, cwd=self.root, env=self.environment)
        run("release/train", self.folder, cwd=self.root, env=self.environment)
        stamp.write_text(sources)

    def _sources(self):
        digest = hashlib.sha256()
        for path in sorted([*self.root.glob("src/main/**/*"), *self.root.glob("release/*"), self.root / "pom.xml"]):
            if path.is_file():
                digest.update(str(path.relative_to(self.root)).encode() + path.read_bytes())
        return digest.hexdigest()

    def plain_jar(self):
        """The same sources without ahead-of-time processing, as `mvnw package` makes it."""
        if self.jar:
            return self.jar
        kept = self.folder / "plain.jar"
        if not kept.exists():
            say("building the plain jar (about a minute)")
            run("./mvnw", "-B", "-q", "-DskipTests", "clean", "package", cwd=self.root, env=self.environment)
            shutil.copy(self.root / "target" / "triggers-api.jar", kept)
        return kept

    def command(self):
        return self.plain_command(self.jar, self.flags()) if self.jar else [str(self.folder / "start")]

    def plain_command(self, jar, flags):
        return [str(java() / "bin" / "java"), *flags, "-jar", str(jar)]

    def flags(self):
        """The image's flags for the JVM, from the one place where they stand, but for those of its folder."""
        with tempfile.TemporaryDirectory() as folder:
            start = shutil.copy(self.root / "release" / "start", folder)
            Path(folder, "java").symlink_to("/bin/echo")
            words = run(start, env={"PATH": f"{folder}:{os.environ['PATH']}", "MEMORY_MB": str(MEGABYTES)}).split()
        return [word for word in words if word.startswith(("-X", "-Djdk.")) and not word.startswith("-XX:AOT")]

    def trained(self):
        return not self.jar and (self.folder / "triggers-api.aot").exists()

    def size_mb(self):
        files = [self.jar] if self.jar else [path for path in self.folder.rglob("*") if path.is_file()
                                             and path.name not in ("plain.jar", "stamp")]
        return round(sum(path.stat().st_size for path in files) / 1e6, 1)


class MemoryLimit:
    """A memory cgroup (version 1 or 2) for one process; as where memory is counted for good, its page cache counts too."""

    def __init__(self, megabytes):
        old = Path("/sys/fs/cgroup/memory/memory.limit_in_bytes").exists()
        self.folder = Path("/sys/fs/cgroup/memory" if old else "/sys/fs/cgroup", f"triggers-bench-{os.getpid()}-{megabytes}")
        self.limit, self.peak, self.events = (
            ("memory.limit_in_bytes", "memory.max_usage_in_bytes", "memory.oom_control") if old else
            ("memory.max", "memory.peak", "memory.events"))
        self.folder.mkdir()
        (self.folder / self.limit).write_text(str(megabytes * 1024 * 1024))

    def enter(self):
        (self.folder / "cgroup.procs").write_text(str(os.getpid()))

    def peak_mb(self):
        return round(int((self.folder / self.peak).read_text()) / 1024 / 1024, 1)

    def kills(self):
        return next(int(line.split()[1]) for line in (self.folder / self.events).read_text().splitlines()
                    if line.startswith("oom_kill "))

    def remove(self):
        self.folder.rmdir()


class Service:
    """A running instance."""

    def __init__(self, bench, database, command=None, limit=None, name=None, **environment):
        self.port = int(environment.get("PORT") or free_port())
        self.database = database
        self.log = bench.results / f"service-{name or database}.log"
        environment = os.environ | {
            "DATABASE_URL": bench.postgres.url(database), "HOST": "127.0.0.1", "PORT": str(self.port),
            "API_KEY_SALT": "only-for-the-benchmark-of-this", "WEBHOOK_SECRET": "only-for-the-benchmark-of-this",
            "WEBHOOK_ALLOW_PRIVATE_NETWORKS": "true", "REGISTRATION": "open", "TIER_LIMITS": TIER_LIMITS, "LOG_FORMAT": "json", "MEMORY_MB": str(MEGABYTES),
        } | environment
        command = command or bench.application.command()
        if bench.java_options:
            environment["JDK_JAVA_OPTIONS"] = bench.java_options
        self.began = time.monotonic()
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT,
                                            cwd=bench.results, preexec_fn=limit)

    def await_answer(self, path="/health/ready", seconds=120):
        """The seconds from the start to the first 200."""
        while time.monotonic() - self.began < seconds:
            if self.process.poll() is not None:
                raise RuntimeError(f"the service ended: {self._last_words()}")
            try:
                if self.call("GET", path)[0] == 200:
                    return time.monotonic() - self.began
            except OSError:
                pass
            time.sleep(0.005)
        raise RuntimeError(f"no answer of the service: {self._last_words()}")

    def _last_words(self):
        lines = [line for line in self.log.read_text().splitlines() if line.strip()]
        return f"{lines[-1][:500] if lines else 'not a word'} ({self.log})"

    def call(self, method, path, body=None, key=None, admin=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Content-Type": "application/json"} | ({"X-API-Key": key} if key else {}) | ({"X-Admin-Token": admin} if admin else {})
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def ask(self, method, path, body=None, key=None, admin=None):
        """The answer of a call that must succeed."""
        status, text = self.call(method, path, body, key, admin)
        if status // 100 != 2:
            raise RuntimeError(f"{method} {path}: {status} {text}")
        return json.loads(text)

    def metric(self, name):
        """The sum of a metric's samples."""
        lines = self.call("GET", "/metrics")[1].splitlines()
        return sum(float(line.split()[-1]) for line in lines if re.match(rf"{name}(\{{|\s)", line))

    def stop(self):
        stop(self.process)
