"""Consumers that share an inbox by leases, and a replay beside fresh events."""

import http.client
import json
import re
import threading
import time

from ..shell import say

_ID = re.compile(rb'"event_id":"([0-9a-f-]{36})"')


def lease(bench, section):
    _consume(bench, section)
    _replay(bench, section)


def _consume(bench, section):
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


class _Consumer(threading.Thread):

    def __init__(self, port, key):
        super().__init__()
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.headers = {"X-API-Key": key, "Content-Type": "application/json"}
        self.events = []

    def _post(self, path, body):
        while True:
            self.connection.request("POST", path, json.dumps(body), self.headers)
            response = self.connection.getresponse()
            text = response.read()
            if response.status == 200:
                return text
            if response.status != 503:
                raise RuntimeError(f"{path}: {response.status} {text}")

    def run(self):
        while True:
            some = [event.decode() for event in _ID.findall(self._post("/api/inbox/lease", {"lease_seconds": 3600}))]
            if not some:
                return
            self.events += some
            self._post("/api/ack", {"event_ids": some})


def _replay(bench, section):
    old = bench.amount(100_000, 2_000)
    rate = bench.amount(200, 50)
    seconds = bench.seconds(20)
    database = bench.database()
    with bench.service(database, keep=True) as service:
        bench.receive(service)
        bench.warm_up(service)
        say(f"  {old:,} events delivered, then {rate}/s fresh ones, alone and beside a replay of all that was delivered")
        bench.load(service, connections=8, batch=100, count=old // 100, seconds=600)
        bench.drained(database, 600)
        alone = _fresh(bench, section, service, "alone", rate, seconds)
        body = {"filter": {"since": "2020-01-01T00:00:00Z", "outcome": "delivered"}}
        replay = service.ask("POST", "/api/replays", body, bench.key())
        beside = _fresh(bench, section, service, "beside a replay", rate, seconds)
        state = service.ask("GET", f"/api/replays/{replay['id']}", key=bench.key())
        service.ask("DELETE", f"/api/replays/{replay['id']}", key=bench.key())
    section.data["replay"] = {"alone": alone, "beside": beside, "requeued": state["requeued"], "state": state["state"]}
    bench.postgres.drop(database)
    say(f"  accept to receipt p95 {alone['p95']:.2f} ms alone, {beside['p95']:.2f} ms beside {state['requeued']:,} replayed")


def _fresh(bench, section, service, name, rate, seconds):
    bench.client.call("clear")
    load = bench.load(service, connections=8, rate=rate, seconds=seconds, dedup=True, track=True)
    # What is replayed is received too, so that counting does not tell
    time.sleep(3)
    match = bench.client.call("match")
    section.check(f"fresh events {name}: delivered = received", load["accepted"], match["accepted"] - match["missing"])
    return match["from_post"]
