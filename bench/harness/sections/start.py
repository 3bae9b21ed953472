"""From the start to the first answer, as a plain jar and as the image starts it."""

import statistics

from ..machine import rss_mb
from ..service import Service
from ..shell import say


def start(bench, section):
    rounds = bench.amount(5, 1)
    plain = bench.application.plain_jar()
    ways = {"plain jar": bench.application.plain_command(plain, [])}
    ways["plain jar, the image's flags"] = bench.application.plain_command(plain, bench.application.flags())
    if not bench.application.jar:
        ways["packaged"] = bench.application.command()
    seconds = {name: [] for name in ways}
    memory = {name: [] for name in ways}
    database = bench.database()
    for number in range(rounds):
        for name, command in ways.items():
            service = Service(bench, database, command)
            try:
                seconds[name].append(service.await_answer("/health"))
                memory[name].append(rss_mb(service.process.pid))
            finally:
                service.stop()
            say(f"  round {number + 1} of {rounds}: {name} {seconds[name][-1]:.2f} s, {memory[name][-1]:.0f} MB")
    bench.postgres.drop(database)
    section.data["ways"] = {name: {"seconds": [round(value, 3) for value in seconds[name]],
                                   "median": statistics.median(seconds[name]), "lowest": min(seconds[name]),
                                   "rss_mb": statistics.median(memory[name])} for name in ways}
    section.data["size_mb"] = bench.application.size_mb()
    section.data["trained"] = bench.application.trained()
