"""Events accepted and delivered: a burst, the way of each, and a load that lasts."""

from ..shell import say


def delivery(bench, section):
    database = bench.database()
    with bench.service(database, keep=True) as service:
        bench.receive(service)
        stored = bench.warm_up(service)
        for measure in (_burst, _latency, _sustained):
            section.check("open deliveries", 0, bench.drained(database))
            bench.client.call("clear")
            bench.postgres.sql("checkpoint")
            stored += measure(bench, section, service)
        section.check("open deliveries", 0, bench.drained(database))
        delivered = bench.postgres.number("select count(*) from delivery_attempts where outcome = 'd'", database)
    section.check("stored", stored, bench.stored(database))
    section.check("delivered", stored, delivered)
    bench.postgres.drop(database)


def _match(bench, section, name, result):
    bench.client.call("await", received=result["accepted"], seconds=60)
    match = bench.client.call("match")
    section.check(f"{name}: delivered = received", result["accepted"], match["received"])
    section.check(f"{name}: received twice", 0, match["twice"])
    section.data[name] = result | {"match": match}
    return match


def _burst(bench, section, service):
    count = bench.amount(20_000, 1_000)
    say(f"  a burst of {count:,} over 128 connections")
    before = service.metric("triggers_delivery_handed_over_total")
    with bench.watch(service) as watch:
        result = bench.load(service, connections=128, count=count, dedup=True, track=True)
        match = _match(bench, section, "burst", result | {"count": count})
    section.data["burst"] |= watch.per(result["accepted"])
    section.data["burst"]["handed_over"] = service.metric("triggers_delivery_handed_over_total") - before
    say(f"  accepted {result['rate']:,.0f}/s, accepted and delivered {match['rate']:,.0f}/s, "
        f"handed over {section.data['burst']['handed_over']:,.0f}, CPU µs an event {section.data['burst']['cpu_microseconds_per_event']}")
    return result["accepted"]


def _latency(bench, section, service):
    seconds = bench.seconds(30)
    rate = bench.amount(500, 100)
    say(f"  accept to receipt at {rate} events/s, {seconds} s")
    result = bench.load(service, connections=32, rate=rate, seconds=seconds, dedup=True, track=True)
    match = _match(bench, section, "latency", result)
    _say(match)
    return result["accepted"]


def _sustained(bench, section, service):
    seconds = bench.options.sustained or bench.seconds(60)
    rate = bench.amount(1000, 100)
    say(f"  {rate} events/s sustained, {seconds} s")
    with bench.watch(service) as watch:
        result = bench.load(service, connections=64, rate=rate, seconds=seconds, dedup=True, track=True)
        left = bench.postgres.number("select count(*) from event_deliveries", service.database)
    match = _match(bench, section, "sustained", result)
    section.data["sustained"] |= watch.per(result["accepted"]) | {"backlog_at_end": left}
    _say(match)
    say(f"  backlog at the end {left}, RSS {watch.result['rss_mb_highest']} MB")
    return result["accepted"]


def _say(match):
    answer, post = match["from_answer"], match["from_post"]
    say(f"  from the answer p50 {answer['p50']:.2f}, p95 {answer['p95']:.2f} ms; "
        f"from the scheduled post p50 {post['p50']:.2f}, p95 {post['p95']:.2f}, p99 {post['p99']:.2f} ms")
