"""Two builds in turns, so that both meet the same machine: what a change costs, or wins, as a ratio."""

from contextlib import ExitStack
from statistics import median

from ..machine import Counts
from ..shell import say

ROUNDS = 8
FIGURES = ("rate", "p50", "p95", "service's CPU", "PostgreSQL's CPU", "RSS")


def paired(bench, section):
    sides = {"before": bench.other(), "after": bench}
    databases = {name: side.database() for name, side in sides.items()}
    stored = dict.fromkeys(sides, 0)
    with ExitStack() as running:
        services = {name: running.enter_context(side.service(databases[name], keep=True)) for name, side in sides.items()}
        for name, side in sides.items():
            stored[name] += side.warm_up(services[name], connections=128)
        for what, load in loads(bench):
            if load.get("track"):
                for name, side in sides.items():
                    side.receive(services[name])
                    stored[name] += side.load(services[name], **load, seconds=bench.amount(5, 1))["accepted"]
            runs = in_turns(bench, sides, services, databases, load)
            for name in sides:
                stored[name] += sum(run["accepted"] for run in runs[name])
            section.data[what] = {"runs": runs, "ratios": ratios(runs["before"], runs["after"], FIGURES)}
            say(f"  {what}: " + ", ".join(f"{figure} {value['median']:.2f}" for figure, value in section.data[what]["ratios"].items()))
            section.data[what]["counts"] = {}
            for name, side in sides.items():
                with Counts(services[name]) as counts:
                    accepted = side.load(services[name], **load, seconds=bench.seconds(10))["accepted"]
                    if load.get("track"):
                        bench.drained(databases[name])
                stored[name] += accepted
                section.data[what]["counts"][name] = counts.per(accepted)
            say(f"  {what}, an event: {section.data[what]['counts']}")
    for name, side in sides.items():
        section.check(f"stored, {name}", stored[name], bench.stored(databases[name]))
        bench.postgres.drop(databases[name])


def loads(bench):
    yield "ingest, 1 connection", {"connections": 1, "dedup": True}
    yield "ingest, 128 connections", {"connections": 128, "dedup": True}
    yield "steady, delivery going on", {"connections": 64, "rate": bench.amount(1000, 100), "dedup": True, "track": True}


def in_turns(bench, sides, services, databases, load):
    runs = {name: [] for name in sides}
    seconds = bench.seconds(5)
    for turn in range(bench.amount(ROUNDS, 2)):
        # Who goes first has a fresh checkpoint's full pages: each in its turn.
        for name in sorted(sides, reverse=turn % 2 == 0):
            bench.postgres.sql("checkpoint")
            bench.client.call("clear")
            with bench.watch(services[name]) as watch:
                result = sides[name].load(services[name], **load, seconds=seconds)
            result |= watch.per(result["accepted"])
            if load.get("track"):
                bench.drained(databases[name])
            runs[name].append({
                "accepted": result["accepted"], "rate": result["rate"], "p50": result["latency"]["p50"],
                "p95": result["latency"]["p95"], "RSS": result["rss_mb_highest"],
                "service's CPU": result["cpu_microseconds_per_event"]["service"],
                "PostgreSQL's CPU": result["cpu_microseconds_per_event"]["postgresql"]})
    return runs


def ratios(before, after, figures):
    found = {}
    for figure in figures:
        values = sorted(new[figure] / old[figure] for old, new in zip(before, after) if old[figure])
        if values:
            found[figure] = {"median": median(values), "lowest": values[0], "highest": values[-1]}
    return found
