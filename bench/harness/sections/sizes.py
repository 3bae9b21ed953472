"""The sizes that release/start knows, in turns, each in a memory cgroup of its own: what more memory makes of an event."""

from contextlib import ExitStack
from statistics import median

from ..service import MemoryLimit
from ..shell import say
from .paired import FIGURES, in_turns, loads, ratios
from .traces import starts

SIZES = (256, 512, 1024)

# Seconds after which the second compiler has little left to do: in the first it costs what it will save.
WARMING = 90

SMALLEST = f"{SIZES[0]} MB"

# Where an event shares its request with 99 others, most of what it costs is the service's own code.
BATCHES = ("batches of 100, 8 connections", {"connections": 8, "batch": 100, "dedup": True})


def sizes(bench, section):
    with ExitStack() as limited:
        limits = {}
        for size in SIZES:
            limits[f"{size} MB"] = MemoryLimit(size)
            limited.callback(limits[f"{size} MB"].remove)
        # What there is, it finds out by itself.
        settings = {name: {"limit": limit.enter, "MEMORY_MB": ""} for name, limit in limits.items()}
        section.data["starts"] = starts(bench, settings)
        for what, load in [*list(loads(bench))[1:], BATCHES]:
            section.data[what] = compared(bench, section, settings, what, load)
        for name, limit in limits.items():
            section.data[f"{name}: peak_mb"] = limit.peak_mb()
            section.check(f"{name}: killed for its memory", 0, limit.kills())


def compared(bench, section, settings, what, load):
    """Each load has new databases: what waited in one until a webhook was set would be sent during the next."""
    databases = {name: bench.database() for name in settings}
    with ExitStack() as running:
        services, stored = {}, {}
        for name in settings:
            services[name] = running.enter_context(
                bench.service(databases[name], keep=True, name=f"size-{name.split()[0]}", **settings[name]))
            if load.get("track"):
                bench.receive(services[name])
            say(f"  {name}: until the second compiler is done with {what}")
            stored[name] = bench.load(services[name], **load, seconds=bench.amount(WARMING, 1))["accepted"]
            if load.get("track"):
                bench.drained(databases[name])
        runs = in_turns(bench, dict.fromkeys(settings, bench), services, databases, load)
        found = {name: figures(runs, name) for name in settings}
        for name in settings:
            say(f"  {what}, {name}: " + ", ".join(f"{figure} {value:.4g}" for figure, value in found[name]["medians"].items()))
            section.check(f"{what}, {name}: stored", stored[name] + sum(run["accepted"] for run in runs[name]),
                          bench.stored(databases[name]))
            if load.get("track"):
                section.check(f"{what}, {name}: open deliveries", 0, bench.drained(databases[name]))
    for database in databases.values():
        bench.postgres.drop(database)
    return found


def figures(runs, name):
    return {"runs": runs[name], "medians": {figure: median(run[figure] for run in runs[name]) for figure in FIGURES},
            "ratios": ratios(runs[SMALLEST], runs[name], FIGURES)}
