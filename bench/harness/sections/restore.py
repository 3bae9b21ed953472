"""Backups of a million events while more come in, and restores of both into a server of its own: docs/operations.md, measured."""

import shutil
import time

from ..postgres import Postgres
from ..service import Service
from ..shell import say
from .history import fill, key_files

EVENTS = 1_000_000
RATE = 200


def restore(bench, section):
    total = bench.amount(EVENTS, 2_000)
    database = bench.database(3)
    fill(bench, database, total - total // 100, total // 100)
    hooked = key_files(bench)["hooked"]
    section.data |= {"events": total, "rate": RATE, "size_mb": _megabytes(bench.postgres, database)}
    copies = {"dump": Postgres(), "base backup": Postgres()}
    try:
        with bench.service(database, keep=True) as service:
            bench.receive(service, key=hooked.read_text().strip())
            bench.warm_up(service, keys=hooked)
            before, after = {}, {}
            for how, copy in copies.items():
                load = bench.begin_load(service, connections=16, rate=RATE, seconds=3600, dedup=True, keys=hooked)
                before[how] = bench.stored(database)
                section.data[how] = _timed("backup", _take[how], bench.postgres, copy, database)
                result = bench.client.end(load)
                after[how] = bench.stored(database)
                section.data[how] |= {"backup_mb": _size(copy), "p95_meanwhile": result["latency"]["p95"]}
        for how, copy in copies.items():
            section.data[how] |= _timed("restore", _bring_back[how], copy, database)
            service = Service(bench, database, DATABASE_URL=copy.url(database))
            try:
                section.data[how]["start_seconds"] = round(service.await_answer(), 2)
            finally:
                service.stop()
            found = copy.number("select count(*) from events", database)
            section.check(f"{how}: none lost, none made up", True, before[how] <= found <= after[how])
            copy.stop()
            say(f"  {how}: " + ", ".join(f"{name} {value}" for name, value in section.data[how].items()))
    finally:
        for copy in copies.values():
            copy.close()
    bench.postgres.drop(database)


def _timed(what, function, *arguments):
    began = time.monotonic()
    function(*arguments)
    return {f"{what}_seconds": round(time.monotonic() - began, 1)}


def _dump(server, copy, database):
    copy.program("pg_dump", "--format=custom", f"--file={copy.folder / 'dump'}", server.url(database, "postgres"))


def _copy(server, copy, database):
    shutil.rmtree(copy.data)
    copy.program("pg_basebackup", f"--pgdata={copy.data}", "--checkpoint=fast", f"--dbname={server.url(database, 'postgres')}")


def _undump(copy, database):
    copy.start()
    copy.create(database)
    copy.program("pg_restore", "--exit-on-error", "--jobs=2", f"--dbname={copy.url(database, 'postgres')}", copy.folder / "dump")
    copy.sql("analyze", database)


def _begin(copy, database):
    with (copy.data / "postgresql.auto.conf").open("a") as file:
        file.write("restore_command = 'false'\n")
    (copy.data / "recovery.signal").touch()
    copy.start(fresh=False)
    while copy.sql("select pg_is_in_recovery()", database) == "t":
        time.sleep(0.05)


_take = {"dump": _dump, "base backup": _copy}
_bring_back = {"dump": _undump, "base backup": _begin}


def _megabytes(server, database):
    return server.number(f"select pg_database_size('{database}') / 1000000", "postgres")


def _size(copy):
    dump = copy.folder / "dump"
    files = [dump] if dump.exists() else [path for path in copy.data.rglob("*") if path.is_file()]
    return round(sum(path.stat().st_size for path in files) / 1e6)
