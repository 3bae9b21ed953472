"""Consumers that share an inbox by leases, and a replay beside fresh events."""

import http.client
import json
import re
import threading
import time

from ..shell import say

# Of fresh events alone and of fresh events beside a replay, one after the other.
ROUNDS = 3

_ID = re.compile(rb'"event_id":"([0-9a-f-]{36})"')


def lease(bench, section):
    _consume(bench, section)
    _replay(bench, section)


def _consume(bench, section):
    # Counting costs time, so it is done in a run of its own.
    bench.postgres.start(statements=True)
    try:
        bench.postgres.sql("create extension if not exists pg_stat_statements")
        section.data["statements_per_batch"] = _statements(bench)
    finally:
        bench.postgres.start()
    database = bench.database()
    with bench.service(database, keep=True) as service:
        bench.warm_up(service)
        say("  batches of 100 over 8 connections, then 8 consumers that lease and acknowledge a hundred at a time")
        batch = bench.load(service, connections=8, batch=100, seconds=bench.seconds(10))
        stored = bench.stored(database)
        start = time.monotonic()
        with bench.watch(service) as watch:
            consumers = [_Consumer(service.port, bench.key()) for _ in range(8)]
            for consumer in consumers:
                consumer.start()
            for consumer in consumers:
                consumer.join()
        seconds = time.monotonic() - start
        got = [event for consumer in consumers for event in consumer.events]
        rate = len(got) / seconds
        section.data |= {"leased": len(got), "rate": rate, "batch_rate": batch["rate"], "ratio": rate / batch["rate"]}
        section.data |= watch.per(len(got))
    section.check("leased", stored, len(got))
    section.check("held twice", 0, len(got) - len(set(got)))
    section.check("acknowledged", stored, bench.postgres.number("select count(*) from event_acks", database))
    bench.postgres.drop(database)
    say(f"  {rate:,.0f} events/s leased and acknowledged, {rate / batch['rate']:.2f} x batch ingest")


def _statements(bench):
    """How many statements a batch of 100 takes to be leased, and to be acknowledged."""
    with bench.service() as service:
        bench.load(service, connections=8, batch=100, count=20, seconds=60)
        consumer = _Consumer(service.port, bench.key())
        found = {}
        for what, call in (("leased", consumer.lease), ("acknowledged", consumer.acknowledge)):
            bench.postgres.sql("select pg_stat_statements_reset()")
            for _ in range(10):
                call()
            found[what] = bench.postgres.number(
                "select sum(calls) from pg_stat_statements where userid = 'triggers'::regrole and query ~ "
                "'inbox_leases|leased_events|event_acks|event_deliveries|dead_letters|pg_advisory_xact_lock|COMMIT|BEGIN|unnest'",
                "postgres") / 10
    say(f"  statements a batch of 100: leased {found['leased']:.1f}, acknowledged {found['acknowledged']:.1f} (with begin and commit)")
    return found


class _Consumer(threading.Thread):

    def __init__(self, port, key):
        super().__init__()
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.headers = {"X-API-Key": key, "Content-Type": "application/json"}
        self.events = []
        self.batches = []

    def _post(self, path, body):
        while True:
            self.connection.request("POST", path, json.dumps(body), self.headers)
            response = self.connection.getresponse()
            text = response.read()
            if response.status == 200:
                return text
            if response.status != 503:
                raise RuntimeError(f"{path}: {response.status} {text}")

    def lease(self):
        some = [event.decode() for event in _ID.findall(self._post("/api/inbox/lease", {"lease_seconds": 3600}))]
        self.events += some
        self.batches.append(some)
        return some

    def acknowledge(self):
        self._post("/api/ack", {"event_ids": self.batches.pop()})

    def run(self):
        while self.lease():
            self.acknowledge()


def _replay(bench, section):
    old = bench.amount(100_000, 2_000)
    rate = bench.amount(200, 50)
    seconds = bench.seconds(10)
    database = bench.database()
    with bench.service(database, keep=True) as service:
        bench.receive(service)
        bench.warm_up(service)
        say(f"  {old:,} events delivered, then {rate}/s fresh ones, alone and beside a replay of all that was delivered")
        bench.load(service, connections=8, batch=100, count=old // 100, seconds=600)
        section.check("open deliveries before the replay", 0, bench.drained(database, 600))
        body = {"filter": {"since": "2020-01-01T00:00:00Z", "outcome": "delivered"}}
        alone, beside, requeued, step = [], [], 0, 0
        for _ in range(ROUNDS):
            alone.append(_fresh(bench, section, service, "alone", rate, seconds))
            replay = service.ask("POST", "/api/replays", body, bench.key())
            beside.append(_fresh(bench, section, service, "beside a replay", rate, seconds))
            requeued += service.ask("GET", f"/api/replays/{replay['id']}", key=bench.key())["requeued"]
            step = max(step, service.metric("triggers_replay_step_seconds_max") * 1000)
            service.ask("DELETE", f"/api/replays/{replay['id']}", key=bench.key())
    section.data["replay"] = {"alone": _middle(alone), "beside": _middle(beside), "requeued": requeued,
                              "rounds": {"alone": alone, "beside": beside}, "longest_step_ms": step}
    bench.postgres.drop(database)
    say(f"  post to receipt p95 {_range(alone)} ms alone, {_range(beside)} ms beside a replay of {old:,}, of which "
        f"{requeued:,} were opened meanwhile; its longest step took {step:.1f} ms")


def _middle(rounds):
    return sorted(rounds, key=lambda one: one["p95"])[len(rounds) // 2]


def _range(rounds):
    p95s = [one["p95"] for one in rounds]
    return f"{_middle(rounds)['p95']:.2f} ({min(p95s):.2f} to {max(p95s):.2f})"


def _fresh(bench, section, service, name, rate, seconds):
    bench.client.call("clear")
    load = bench.load(service, connections=8, rate=rate, seconds=seconds, dedup=True, track=True)
    # What is replayed is received too, so that counting does not tell
    time.sleep(3)
    match = bench.client.call("match")
    section.check(f"fresh events {name}: delivered = received", load["accepted"], match["accepted"] - match["missing"])
    return match["from_post"]
