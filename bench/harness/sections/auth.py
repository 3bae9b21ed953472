"""Unknown keys are refused by the thousand, and known ones go on; a restart keeps nobody waiting; scopes cost nothing."""

import re

from ..shell import say
from .paired import ratios

ORGANIZATIONS = 5_000
ROUNDS = 6


def auth(bench, section):
    _flood(bench, section)
    builds = {"before": bench.other()} if bench.options.before else {}
    section.data["restart"] = {build: _restart(side, section, build) for build, side in (builds | {"after": bench}).items()}
    section.data["scopes"] = _scopes(bench, section)


def _restart(bench, section, build):
    """The first request with each key, of an instance that has just started."""
    organizations = bench.amount(ORGANIZATIONS, 40)
    rate = bench.amount(1000, 40)
    database = bench.database(organizations)
    seconds = organizations / rate
    stored = 0
    with bench.service(database, keep=True) as service:
        stored += bench.warm_up(service, keys=bench.first(organizations))
    result = {"organizations": organizations, "rate": rate}
    # What a start costs any request, whoever sends it, the first shows: one organization's.
    for name, keys in (("one", bench.first(organizations)), ("first", bench.keys(organizations))):
        with bench.service(database, keep=True) as service:
            say(f"  {build}: {rate:,} posts/s right after a restart, "
                + ("all of one organization" if name == "one" else f"each of another of {organizations:,} organizations"))
            result[name] = bench.load(service, connections=64, rate=rate, count=organizations, seconds=seconds + 1, keys=keys)
            result[name]["lookups"] = _lookups(service)
        latency = result[name]["latency"]
        stored += result[name]["accepted"]
        lookups = result[name]["lookups"]
        say(f"    {result[name]['statuses']}, p50 {latency.get('p50', 0):.1f}, p99 {latency.get('p99', 0):.1f} ms"
            + (f"; {lookups['+Inf']:,.0f} look-ups, {lookups['0.025']:,.0f} of them within 25 ms" if lookups else ""))
    # Who got no answer may have been stored.
    section.check(f"answered and not stored, {build}", 0, max(0, stored - bench.stored(database)))
    bench.postgres.drop(database)
    return result


def _lookups(service):
    """Requests that waited for the look-up of their key, by for how long at most; None where a build does not say."""
    if "key_lookups_seconds_bucket" not in service.call("GET", "/metrics")[1]:
        return None
    return {limit: service.metric(rf'key_lookups_seconds_bucket\{{le="{re.escape(limit)}"\}}')
            for limit in ("0.005", "0.025", "0.1", "+Inf")}


def _scopes(bench, section):
    """A key that may do everything passes without a look-up; one with scopes is looked at."""
    database = bench.database()
    seconds = bench.seconds(5)
    runs = {"all": [], "one": []}
    with bench.service(database, keep=True) as service:
        stored = bench.warm_up(service)
        made = service.ask("POST", "/api/organization/keys", {"name": "one", "scopes": ["events:write"]}, bench.key())
        one = bench.results / "key-scoped.txt"
        one.write_text(made["api_key"] + "\n")
        files = {"all": bench.keys(), "one": one}
        for turn in range(bench.amount(ROUNDS, 2)):
            # Who goes first has a fresh checkpoint's full pages: each in its turn.
            for name in sorted(files, reverse=turn % 2 == 0):
                bench.postgres.sql("checkpoint")
                with bench.watch(service) as watch:
                    load = bench.load(service, connections=32, dedup=True, seconds=seconds, keys=files[name])
                stored += load["accepted"]
                cpu = watch.per(load["accepted"])["cpu_microseconds_per_event"]
                runs[name].append({"rate": load["rate"], "p50": load["latency"]["p50"], "p95": load["latency"]["p95"],
                                   "service's CPU": cpu["service"]})
    section.check("stored, with scopes", stored, bench.stored(database))
    bench.postgres.drop(database)
    found = ratios(runs["all"], runs["one"], ("rate", "p50", "p95", "service's CPU"))
    say("  one scope ÷ all: " + ", ".join(f"{figure} {value['median']:.2f}" for figure, value in found.items()))
    return {"runs": runs, "ratios": found}


def _flood(bench, section):
    seconds = bench.seconds(15)
    rate = bench.amount(200, 50)
    database = bench.database()
    wrong = bench.results / "key-wrong.txt"
    key = bench.key()
    wrong.write_text(key[:-8] + "".join("0" if digit != "0" else "1" for digit in key[-8:]) + "\n")
    with bench.service(database, keep=True) as service:
        stored = bench.warm_up(service)
        floods = {"quiet": None, "unknown keys": {"unknown_keys": True}, "wrong keys": {"keys": wrong}}
        for name, flood in floods.items():
            say(f"  {rate} posts/s with a known key, beside them: {name}, {seconds} s")
            if flood:
                other = bench.begin_load(service, connections=32, seconds=seconds + 1, **flood)
            known = bench.load(service, connections=16, rate=rate, seconds=seconds, dedup=True)
            stored += known["accepted"]
            result = {"known": known}
            if flood:
                result["flood"] = bench.client.result(other)
                refused = result["flood"]["statuses"]
                result["refused_per_second"] = sum(refused.values()) / (seconds + 1)
                section.check(f"{name}: accepted", 0, result["flood"]["accepted"])
                say(f"  refused {result['refused_per_second']:,.0f}/s {refused}")
            section.data[name] = result
            say(f"  known: p50 {known['latency']['p50']:.2f}, p95 {known['latency']['p95']:.2f} ms")
    section.check("stored", stored, bench.stored(database))
    bench.postgres.drop(database)
