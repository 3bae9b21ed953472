"""Polls of the inbox while events come in."""

from ..shell import say


def inbox(bench, section):
    seconds = bench.seconds(20)
    rate = bench.amount(500, 50)
    database = bench.database()
    with bench.service(database, keep=True) as service:
        stored = bench.warm_up(service)
        bench.load(service, method="GET", path="/api/inbox", connections=8, seconds=bench.amount(5, 1))
        say(f"  polls of 100 items over 8 connections, {rate} events/s coming in, {seconds} s")
        events = bench.begin_load(service, connections=32, rate=rate, seconds=seconds + 2, dedup=True)
        with bench.watch(service) as watch:
            result = bench.load(service, method="GET", path="/api/inbox", connections=8, seconds=seconds)
        events = bench.client.result(events)
        page = service.ask("GET", "/api/inbox", key=bench.key())
        section.data |= result | watch.per(result["accepted"]) | {"ingest": events}
        stored += events["accepted"]
    section.check("items of a page", 100, page["count"])
    section.check("stored", stored, bench.stored(database))
    bench.postgres.drop(database)
    say(f"  {result['rate']:,.0f} polls/s, p50 {result['latency']['p50']:.2f}, p95 {result['latency']['p95']:.2f} ms, "
        f"ingest p95 {events['latency']['p95']:.2f} ms")
