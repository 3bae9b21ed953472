"""Two libraries at a time, and totals at the end."""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .service import Services, can_start

CLIENTS = Path(__file__).resolve().parents[1]
ROOT = CLIENTS.parent


class Totals:

    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def add(self, passed=0, failed=0, skipped=0):
        self.passed, self.failed, self.skipped = self.passed + passed, self.failed + failed, self.skipped + skipped

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


class Verification:

    def __init__(self, work, services):
        self.work, self.totals, self._lock, self._began = work, Totals(), threading.Lock(), time.monotonic()
        # They come up while what the tests need is built.
        self._services = services
        # An empty home: nobody's settings and caches take part, but for the packages that were downloaded before.
        kept = {"PIP_CACHE_DIR": ".cache/pip", "npm_config_cache": ".npm", "GOMODCACHE": "go/pkg/mod", "GOCACHE": ".cache/go-build"}
        home = Path(os.environ.get("HOME", "/root"))
        self.environment = {**os.environ, **{name: os.environ.get(name, str(home / path)) for name, path in kept.items()},
                            "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": os.environ.get("LC_ALL", "C.UTF-8")}

    def step(self, name, *command, cwd, env=None, count=None):
        """One command, whose output is shown when it has ended. Without `count` it is one test itself, that passes or fails."""
        began = time.monotonic()
        done = subprocess.run([str(word) for word in command], cwd=cwd, env={**self.environment, **(env or {})}, text=True, errors="replace",
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        counted = count(done.stdout) if count else None
        with self._lock:
            print(f"\n== {name} ({began - self._began:.0f} s to {time.monotonic() - self._began:.0f} s)\n{done.stdout}", end="", flush=True)
            if counted is None:
                self.totals.add(passed=done.returncode == 0, failed=done.returncode != 0)
            else:
                passed, failed, skipped = counted
                self.totals.add(passed, failed or (1 if done.returncode else 0), skipped)
        return done.returncode == 0

    def skip(self, what, why):
        with self._lock:
            print(f"\nskipped: {what}: {why}", flush=True)
            self.totals.add(skipped=1)

    def against(self, faulty="TRIGGERS_FAULTY_URL"):
        """Where the services are, as soon as they are there."""
        return self._services.result().environment(faulty) if self._services else {}

    def python(self):
        folder, venv = CLIENTS / "python", self.work / "venv"
        run = venv / "bin" / "python"
        if not self.step("python: an environment of its own", sys.executable, "-m", "venv", venv, cwd=folder):
            return
        tools = ["mypy", "pytest", "httpx", "flask", "fastapi", "cryptography", "opentelemetry-api"]
        if self.step("python: installs from the folder, without any dependency", run, "-m", "pip", "install", "-q", "--disable-pip-version-check",
                     folder, cwd=self.work) \
                and self.step("python: is used without any dependency", run, "-c", "import triggers_api as t; t.Triggers('http://127.0.0.1:1', 'k')", cwd=self.work) \
                and self.step("python: what the tests need", run, "-m", "pip", "install", "-q", "--disable-pip-version-check", *tools, cwd=self.work):
            self.step("python: types", run, "-m", "mypy", "--cache-dir", self.work / "mypy", cwd=folder)
            self.step("python: tests", run, "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=folder, env=self.against(), count=pytest)

    def typescript(self):
        folder = CLIENTS / "typescript"
        if not shutil.which("npm"):
            self.skip("clients/typescript", "no npm here")
            return
        if self.step("typescript: what the tests need", "npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error", cwd=folder) \
                and self.step("typescript: builds, strictly typed", "npm", "run", "--silent", "build", cwd=folder):
            # The portal is JavaScript with types in comments; the compiler is here.
            self.step("portal: types", "npx", "tsc", "-p", "portal.tsconfig.json", cwd=folder)
            self.step("typescript: tests", "npm", "test", "--silent", cwd=folder, env=self.against(), count=node)
            self.step("typescript: packs, installs and is used from ESM, CommonJS and TypeScript", "npm", "run", "--silent", "test:package", cwd=folder,
                      env={"TRIGGERS_WORK": str(self.work / "package")})

    def go(self):
        folder = CLIENTS / "go"
        if not folder.exists():
            self.skip("clients/go", "is not there yet")
        elif not shutil.which("go"):
            self.skip("clients/go", "no go here")
        elif self.step("go: vet", "go", "vet", "./...", cwd=folder):
            self.step("go: tests", "go", "test", "-v", "-count=1", "./...", cwd=folder, env=self.against(), count=gotest)

    def cli(self):
        folder = ROOT / "cli"
        if not shutil.which("go"):
            self.skip("cli", "no go here")
        elif self.step("cli: vet", "go", "vet", "./...", cwd=folder) \
                and self.step("cli: tests", "go", "test", "-v", "-count=1", "./...", cwd=folder, env=self.against("TRIGGERS_URL"), count=gotest) \
                and self.step("cli: builds for every system", folder / "build", cwd=folder):
            self.step("cli: starts", sys.executable, CLIENTS / "verification" / "start.py", folder / "dist", cwd=folder)
            if shutil.which("npm"):
                self.step("cli: the npm package picks its file", "node", "npm/bin/triggers.js", "version", cwd=folder)
            else:
                self.skip("cli: the npm package", "no npm here")

    def java(self):
        folder = CLIENTS / "java"
        if not folder.exists():
            self.skip("clients/java", "is not there yet")
            return
        home = jdk(17)
        if home is None:
            self.skip("clients/java", "no JDK 17 or newer here")
            return
        for report in folder.glob("**/target/*-reports/TEST-*.xml"):
            # What an earlier run left counts no more.
            report.unlink()
        self.step("java: verify", ROOT / "mvnw", "-q", "-B", "-ntp", "-f", folder, "verify", cwd=ROOT, env={"JAVA_HOME": str(home), **self.against()},
                  count=lambda output: surefire(folder))


def pytest(output):
    found = {name: int(number) for number, name in re.findall(r"(\d+) (passed|failed|skipped|errors?)\b", output.rpartition("\n=")[2] or output)}
    return found and (found.get("passed", 0), found.get("failed", 0) + found.get("error", 0) + found.get("errors", 0), found.get("skipped", 0)) or None


def node(output):
    found = dict(re.findall(r"^(?:#|ℹ) (pass|fail|skipped|cancelled) (\d+)$", output, re.MULTILINE))
    return found and (int(found["pass"]), int(found["fail"]) + int(found.get("cancelled", 0)), int(found["skipped"])) or None


def gotest(output):
    counts = [len(re.findall(rf"^\s*--- {word}:", output, re.MULTILINE)) for word in ("PASS", "FAIL", "SKIP")]
    return tuple(counts) if any(counts) else None


def surefire(folder):
    totals = [0, 0, 0]
    for report in folder.glob("**/target/*-reports/TEST-*.xml"):
        head = re.search(r"<testsuite [^>]*>", report.read_text(encoding="utf-8"))
        number = {name: int((re.search(rf'\b{name}="(\d+)"', head.group()) or [0, 0])[1]) for name in ("tests", "failures", "errors", "skipped")}
        failed = number["failures"] + number["errors"]
        totals = [totals[0] + number["tests"] - failed - number["skipped"], totals[1] + failed, totals[2] + number["skipped"]]
    return tuple(totals) if any(totals) else None


def jdk(least):
    """The oldest that is new enough: what the library promises to run on."""
    found = []
    for home in Path("/usr/lib/jvm").glob("*"):
        release = home / "release"
        version = re.search(r'JAVA_VERSION="(\d+)', release.read_text()) if release.exists() else None
        if version and int(version[1]) >= least and (home / "bin" / "javac").exists():
            found.append((int(version[1]), home))
    return min(found)[1] if found else None


def main(arguments):
    parser = argparse.ArgumentParser(prog="clients/verify", description=__doc__)
    parser.add_argument("languages", nargs="*", default=[], help="python typescript go cli java; without any, all")
    parser.add_argument("--jar", type=Path, default=ROOT / "target" / "triggers-api.jar", help="the service (%(default)s)")
    options = parser.parse_args(arguments)
    work = Path(tempfile.mkdtemp(prefix="triggers-clients-"))
    services, why = None, can_start(options.jar)
    with ThreadPoolExecutor(1) as starter, ThreadPoolExecutor(2) as lanes:
        try:
            if why is None:
                services = Services(options.jar, work)
            verification = Verification(work, services and starter.submit(services.start))
            if why is not None:
                verification.skip("what needs the service", why)
            verification.step("what is made from the OpenAPI description", CLIENTS / "generate", "--check", cwd=ROOT)
            # The longest first; and the command line alone, since its tests end the service that may be ended.
            wanted = options.languages or ["java", "python", "typescript", "go", "cli"]
            for done in [lanes.submit(getattr(verification, language)) for language in wanted if language != "cli"]:
                done.result()
            if "cli" in wanted:
                verification.cli()
            print(f"\n{verification.totals}", flush=True)
            return 1 if verification.totals.failed else 0
        finally:
            if services:
                services.end()
            shutil.rmtree(work, ignore_errors=True)
