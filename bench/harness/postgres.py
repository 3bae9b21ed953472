"""A PostgreSQL of our own: Debian's programs, its default settings, and a folder that is thrown away."""

import os
import shutil
import tempfile
from pathlib import Path

from .shell import free_port, run, say


def programs():
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4].split(".")[0]))
    if os.environ.get("POSTGRES_BIN"):
        return Path(os.environ["POSTGRES_BIN"])
    if not found:
        raise SystemExit("bench needs PostgreSQL's server: apt-get install postgresql")
    return found[-1].parent


class Postgres:

    def __init__(self):
        self.bin = programs()
        self.folder = Path(tempfile.mkdtemp(prefix="triggers-bench-"))
        self.data = self.folder / "data"
        self.port = free_port()
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")
        self.program("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale")
        self.statements = None

    def program(self, name, *arguments):
        """PostgreSQL refuses to run as root."""
        user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        return run(*user, self.bin / name, *arguments, cwd=self.folder)

    def start(self, statements=False, fresh=True):
        """Counts statements only where they are wanted, since counting costs time. What is not fresh has its role."""
        if self.statements is statements:
            return
        self.stop()
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        if statements:
            options += " -c shared_preload_libraries=pg_stat_statements -c pg_stat_statements.track=top"
        self.program("pg_ctl", "-D", self.data, "-w", "-l", self.folder / "log", "-o", options, "start")
        if self.statements is None and fresh:
            self.sql("create role triggers login")
        self.statements = statements

    def stop(self):
        if self.statements is not None and (self.data / "postmaster.pid").exists():
            self.program("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def pid(self):
        return int((self.data / "postmaster.pid").read_text().splitlines()[0])

    def sql(self, text, database="postgres"):
        return run(self.bin / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", self.port,
                   "-U", "postgres", "-d", database, input=text).strip()

    def number(self, text, database):
        return int(float(self.sql(text, database) or 0))

    def create(self, database, template="template1"):
        self.drop(database)
        self.sql(f"create database {database} owner triggers template {template}")

    def drop(self, database):
        self.sql(f"drop database if exists {database} with (force)")

    def url(self, database, role="triggers"):
        return f"postgres://{role}@127.0.0.1:{self.port}/{database}"

    def conditions(self):
        wanted = ("server_version", "fsync", "synchronous_commit", "shared_buffers", "max_wal_size", "wal_compression")
        return {name: self.sql(f"show {name}") for name in wanted} | {"commit_microseconds": self._fsync()}

    def _fsync(self):
        """What one flush of the log costs here."""
        try:
            text = run(self.bin / "pg_test_fsync", "-s", "1", "-f", self.folder / "fsync", timeout=60)
            line = next(line for line in text.splitlines() if line.strip().startswith("fdatasync"))
            return float(line.split()[-2])
        except (RuntimeError, StopIteration, ValueError):
            say("pg_test_fsync says nothing")
            return None
