"""An hour of 1,000 events a second, accepted and delivered, in a machine of 256 MB."""

from ..service import MemoryLimit
from ..shell import say

MEGABYTES = 256


def endurance(bench, section):
    seconds = bench.seconds(3600)
    rate = bench.amount(1000, 100)
    database = bench.database()
    limit = MemoryLimit(MEGABYTES)
    try:
        with bench.service(database, keep=True, limit=limit.enter) as service:
            bench.receive(service)
            stored = bench.warm_up(service)
            bench.drained(database)
            bench.client.call("clear")
            say(f"  {rate} events/s for {seconds} s, in {MEGABYTES} MB")
            with bench.watch(service) as watch:
                result = bench.load(service, connections=64, rate=rate, seconds=seconds, dedup=True, track=True)
                left = bench.postgres.number("select count(*) from event_deliveries", database)
            bench.client.call("await", received=result["accepted"], seconds=60)
            match = bench.client.call("match")
            section.check("killed for its memory", 0, limit.kills())
            section.check("open deliveries", 0, bench.drained(database))
            section.data |= result | watch.per(result["accepted"]) | {
                "match": match, "limit_mb": MEGABYTES, "peak_mb": limit.peak_mb(), "backlog_at_end": left}
        stored += result["accepted"]
        section.check("answers 201", result["requests"], result["statuses"].get("201", 0))
        section.check("stored", stored, bench.stored(database))
        section.check("delivered = received", result["accepted"], match["received"])
        section.check("received twice", 0, match["twice"])
    finally:
        limit.remove()
    bench.postgres.drop(database)
    post = match["from_post"]
    say(f"  p50 {post['p50']:.2f}, p95 {post['p95']:.2f}, p99 {post['p99']:.2f} ms, RSS {watch.result['rss_mb_highest']} MB, "
        f"at the most {section.data['peak_mb']} MB with its page cache")
