"""Twice what the service can take, and then half of it."""

from ..shell import say


def overload(bench, section):
    seconds = bench.seconds(20)
    database = bench.database()
    with bench.service(database, keep=True) as service:
        stored = bench.warm_up(service, connections=128)
        say(f"  the most that it takes, {bench.amount(8, 1)} s")
        most = bench.load(service, connections=128, seconds=bench.amount(8, 1), dedup=True)
        stored += most["accepted"]
        section.data["most"] = most
        for name, factor in (("twice", 2), ("half, at once after", 0.5)):
            rate = int(most["rate"] * factor)
            say(f"  {name} the most: {rate:,} posts/s over 1,000 connections, {seconds} s")
            with bench.watch(service) as watch:
                result = bench.load(service, connections=1000, rate=rate, seconds=seconds, dedup=True)
            section.data[name.split(",")[0]] = result | watch.per(result["accepted"]) | {"offered": rate}
            stored += result["accepted"]
            say(f"  accepted {result['rate']:,.0f}/s {result['statuses']}, from the send p50 "
                f"{result['latency_from_send'].get('p50', 0):.1f}, p95 {result['latency_from_send'].get('p95', 0):.1f} ms; "
                f"refused p95 {result['refused'].get('p95', 0):.1f} ms")
    section.check("stored", stored, bench.stored(database))
    bench.postgres.drop(database)
