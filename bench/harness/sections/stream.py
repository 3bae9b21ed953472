"""The stream: how soon an accepted event is visible, and what streams cost in memory."""

import time

from ..shell import say

RATE = 1000


def stream(bench, section):
    _visible(bench, section, "one", organizations=1, streams=1)
    _visible(bench, section, "hundred", organizations=bench.amount(100, 10), streams=bench.amount(100, 10))
    _memory(bench, section)


def _open(bench, service, organizations, streams):
    opened = bench.client.begin("streams", port=service.port, keys=bench.keys(organizations), streams=streams,
                                query="?kinds=event.accepted")
    until = time.monotonic() + 30
    while service.metric("triggers_stream_open") < streams and time.monotonic() < until:
        time.sleep(0.1)
    return opened


def _visible(bench, section, name, organizations, streams):
    seconds = bench.seconds(30)
    rate = bench.amount(RATE, 100)
    database = bench.database(organizations)
    with bench.service(database, keep=True) as service:
        stored = bench.warm_up(service)
        bench.client.call("clear")
        opened = _open(bench, service, organizations, streams)
        say(f"  {rate} events/s to {streams} stream(s) of {organizations} organization(s), {seconds} s")
        with bench.watch(service) as watch:
            result = bench.load(service, keys=bench.keys(organizations), connections=64, rate=rate, seconds=seconds,
                                dedup=True, track=True)
        bench.client.call("await", received=result["accepted"], seconds=30)
        match = bench.client.call("match")
        ended = bench.client.end(opened)
        section.data[name] = result | watch.per(result["accepted"]) | {"match": match, "streams": ended}
        stored += result["accepted"]
    section.check(f"{name}: visible", result["accepted"], match["received"])
    section.check(f"{name}: visible twice", 0, match["twice"])
    section.check(f"{name}: streams still open", streams, ended["open_at_end"])
    section.check(f"{name}: stored", stored, bench.stored(database))
    bench.postgres.drop(database)
    answer = match["from_answer"]
    say(f"  visible after the answer p50 {answer['p50']:.2f}, p95 {answer['p95']:.2f}, p99 {answer['p99']:.2f} ms, "
        f"RSS {watch.result['rss_mb_highest']} MB, CPU {watch.result['cpu_percent_of_one_core']}")


def _memory(bench, section):
    seconds = bench.seconds(30)
    rate = bench.amount(RATE, 100)
    organizations, streams = (16, 256) if not bench.smoke else (2, 32)
    database = bench.database(organizations)
    with bench.service(database, keep=True) as service:
        bench.warm_up(service)
        say(f"  {streams} streams of {organizations} organizations, idle and at {rate} events/s, {seconds} s each")
        with bench.watch(service) as without:
            time.sleep(bench.amount(5, 1))
        opened = _open(bench, service, organizations, streams)
        with bench.watch(service) as idle:
            time.sleep(seconds)
        with bench.watch(service) as busy:
            result = bench.load(service, keys=bench.keys(organizations), connections=64, rate=rate, seconds=seconds,
                                dedup=True)
        ended = bench.client.end(opened)
    section.data["memory"] = {"streams": streams, "without": without.result, "idle": idle.result,
                              "busy": busy.per(result["accepted"]), "load": result, "read": ended}
    section.check("memory: streams still open", streams, ended["open_at_end"])
    bench.postgres.drop(database)
    say(f"  RSS {without.result['rss_mb']} MB without, {idle.result['rss_mb_highest']} MB with {streams} idle streams, "
        f"{busy.result['rss_mb_highest']} MB with all of them at {rate} events/s; {ended['messages']:,} messages read")
