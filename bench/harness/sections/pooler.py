"""The same service behind PgBouncer and without it, in turns: what the pooler costs, as a ratio."""

from contextlib import ExitStack

from ..pooler import Pooler
from ..shell import say
from .paired import FIGURES, in_turns, loads, ratios

WAYS = ("direct", "pooled")


def pooler(bench, section):
    between = Pooler(bench.postgres)
    databases = {way: bench.database() for way in WAYS}
    stored = dict.fromkeys(WAYS, 0)
    try:
        with ExitStack() as running:
            urls = {"direct": bench.postgres.url(databases["direct"]), "pooled": between.url(databases["pooled"])}
            services = {way: running.enter_context(bench.service(databases[way], keep=True, DATABASE_URL=urls[way])) for way in WAYS}
            section.check("found the pooler", {"direct": 0, "pooled": 1},
                          {way: int(services[way].metric("database_pooled")) for way in WAYS})
            for way in WAYS:
                stored[way] += bench.warm_up(services[way], connections=128)
            for what, load in loads(bench):
                if load.get("track"):
                    for way in WAYS:
                        bench.receive(services[way])
                        stored[way] += bench.load(services[way], **load, seconds=bench.amount(5, 1))["accepted"]
                runs = in_turns(bench, dict.fromkeys(WAYS, bench), services, databases, load)
                for way in WAYS:
                    stored[way] += sum(run["accepted"] for run in runs[way])
                section.data[what] = {"runs": runs, "ratios": ratios(runs["direct"], runs["pooled"], FIGURES)}
                say(f"  {what}, pooled of direct: " + ", ".join(
                    f"{figure} {value['median']:.2f}" for figure, value in section.data[what]["ratios"].items()))
        for way in WAYS:
            section.check(f"stored, {way}", stored[way], bench.stored(databases[way]))
    finally:
        between.close()
    for database in databases.values():
        bench.postgres.drop(database)
