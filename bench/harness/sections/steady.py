"""Latency, memory and CPU at a steady 1,000 posts a second, with delivery going on."""

from ..shell import say

RATE = 1000


def steady(bench, section):
    seconds = bench.seconds(60)
    rate = bench.amount(RATE, 100)
    database = bench.database()
    with bench.service(database, keep=True) as service:
        bench.receive(service)
        stored = bench.warm_up(service)
        stored += bench.load(service, connections=64, rate=rate, seconds=bench.amount(10, 1), dedup=True)["accepted"]
        bench.drained(database)
        bench.client.call("clear")
        say(f"  {rate} posts/s, {seconds} s")
        bench.postgres.sql("checkpoint")
        with bench.watch(service) as watch:
            result = bench.load(service, connections=64, rate=rate, seconds=seconds, dedup=True, track=True)
        section.data |= result | watch.per(result["accepted"])
        bench.client.call("await", received=result["accepted"], seconds=30)
        match = bench.client.call("match")
        section.data["match"] = match
        section.check("open deliveries", 0, bench.drained(database))
        stored += result["accepted"]
    section.check("answers 201", result["requests"], result["statuses"].get("201", 0))
    section.check("stored", stored, bench.stored(database))
    section.check("delivered = received", result["accepted"], match["received"])
    section.check("received twice", 0, match["twice"])
    bench.postgres.drop(database)
    latency = result["latency"]
    say(f"  p50 {latency['p50']:.2f}, p95 {latency['p95']:.2f}, p99 {latency['p99']:.2f} ms, "
        f"RSS {watch.result['rss_mb_highest']} MB, CPU {watch.result['cpu_percent_of_one_core']}")
