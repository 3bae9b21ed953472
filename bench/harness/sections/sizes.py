"""The sizes that release/start knows, in turns, each in a memory cgroup of its own: what more memory makes of an event."""

from contextlib import ExitStack
from statistics import median

from ..service import MemoryLimit
from ..shell import say
from .paired import FIGURES, in_turns, loads, ratios
from .traces import starts

SIZES = (256, 512, 1024)

SMALLEST = f"{SIZES[0]} MB"


def sizes(bench, section):
    with ExitStack() as running:
        limits = {f"{size} MB": MemoryLimit(size) for size in SIZES}
        for limit in limits.values():
            running.callback(limit.remove)
        # What there is, it finds out by itself.
        settings = {name: {"limit": limit.enter, "MEMORY_MB": ""} for name, limit in limits.items()}
        section.data["starts"] = starts(bench, settings)
        databases = {name: bench.database() for name in settings}
        services = {name: running.enter_context(bench.service(databases[name], keep=True, name=f"size-{name.split()[0]}", **settings[name]))
                    for name in settings}
        stored = dict.fromkeys(settings, 0)
        for what, load in list(loads(bench))[1:]:
            for name, service in services.items():
                if load.get("track"):
                    bench.receive(service)
                say(f"  {name}: until the second compiler is done with {what}")
                stored[name] += bench.load(service, **load, seconds=bench.amount(45, 1))["accepted"]
                bench.drained(databases[name])
            runs = in_turns(bench, dict.fromkeys(settings, bench), services, databases, load)
            section.data[what] = {name: figures(runs, name) for name in settings}
            for name in settings:
                stored[name] += sum(run["accepted"] for run in runs[name])
                say(f"  {what}, {name}: " + ", ".join(f"{figure} {value:.4g}" for figure, value in section.data[what][name]["medians"].items()))
        for name, limit in limits.items():
            section.data[f"{name}: peak_mb"] = limit.peak_mb()
            section.check(f"{name}: killed for its memory", 0, limit.kills())
            section.check(f"{name}: open deliveries", 0, bench.drained(databases[name]))
            section.check(f"{name}: stored", stored[name], bench.stored(databases[name]))
    for database in databases.values():
        bench.postgres.drop(database)


def figures(runs, name):
    return {"runs": runs[name], "medians": {figure: median(run[figure] for run in runs[name]) for figure in FIGURES},
            "ratios": ratios(runs[SMALLEST], runs[name], FIGURES)}
