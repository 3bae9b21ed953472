"""What the portal costs a service that has it: its start, and its memory, with and without the portal's files."""

import statistics
import time
import zipfile

from ..machine import rss_mb
from ..service import Service
from ..shell import say

FILES = "BOOT-INF/classes/portal/"


def portal(bench, section):
    rounds = bench.amount(7, 1)
    jar = bench.application.plain_jar()
    without = bench.results / "without-portal.jar"
    _copy(jar, without)
    jars = {"with": jar, "without": without}
    seconds = {name: [] for name in jars}
    memory = {name: [] for name in jars}
    database = bench.database()
    for number in range(rounds):
        for name, path in jars.items():
            service = Service(bench, database, bench.application.plain_command(path, bench.application.flags()))
            try:
                seconds[name].append(service.await_answer("/health"))
                time.sleep(bench.amount(5, 1))
                memory[name].append(rss_mb(service.process.pid))
                page = service.call("GET", "/portal/any/main.js")[0]
            finally:
                service.stop()
            section.check(f"{name}: the portal's file", 200 if name == "with" else 500, page)
            say(f"  round {number + 1} of {rounds}: {name} {seconds[name][-1]:.2f} s, {memory[name][-1]:.1f} MB")
    bench.postgres.drop(database)
    without.unlink()
    section.data["ways"] = {name: {"seconds": [round(value, 3) for value in seconds[name]],
                                   "median": round(statistics.median(seconds[name]), 3),
                                   "rss_mb": round(statistics.median(memory[name]), 1)} for name in jars}


def _copy(jar, target):
    """The jar without the portal's files; what is stored without compression must stay so."""
    with zipfile.ZipFile(jar) as source, zipfile.ZipFile(target, "w") as out:
        for entry in source.infolist():
            if not (entry.filename.startswith(FILES) and not entry.is_dir()):
                out.writestr(entry, source.read(entry))
