"""The log: pages from its start, polls at its end, and a reader that follows while events come in."""

import threading

from ..shell import say


def log(bench, section):
    seconds = bench.seconds(20)
    rate = bench.amount(1_000, 50)
    database = bench.database()
    with bench.service(database, keep=True) as service:
        stored = bench.warm_up(service)
        say(f"  pages of 100 from the start and polls at the end, over 8 connections; {rate} events/s coming in")
        bench.load(service, method="GET", path="/api/events", connections=8, seconds=bench.amount(5, 1))
        reader = Follower(service, bench.key())
        events = bench.begin_load(service, connections=32, rate=rate, seconds=seconds * 2 + 4, dedup=True)
        reader.start()
        with bench.watch(service) as watch:
            pages = bench.load(service, method="GET", path="/api/events", connections=8, seconds=seconds)
        section.data |= {"pages": pages | watch.per(pages["accepted"])}
        with bench.watch(service) as watch:
            polls = bench.load(service, method="GET", path="/api/events?from=latest", connections=8, seconds=seconds)
        section.data |= {"polls": polls | watch.per(polls["accepted"])}
        events = bench.client.result(events)
        stored += events["accepted"]
        section.data |= {"ingest": events}
        reader.stop_behind(stored)
    section.check("stored", stored, bench.stored(database))
    section.check("read by the one that followed", stored, reader.count)
    section.check("read twice", 0, reader.count - len(reader.seen))
    bench.postgres.drop(database)
    say(f"  {pages['rate']:,.0f} pages/s, p50 {pages['latency']['p50']:.2f}, p95 {pages['latency']['p95']:.2f} ms; "
        f"{polls['rate']:,.0f} polls/s at the end, p50 {polls['latency']['p50']:.2f}, p95 {polls['latency']['p95']:.2f} ms; "
        f"ingest p95 {events['latency']['p95']:.2f} ms")


class Follower(threading.Thread):
    """Reads the whole log, from its start to what is still to come."""

    def __init__(self, service, key):
        super().__init__(daemon=True)
        self.service = service
        self.key = key
        self.seen = set()
        self.count = 0
        self.expected = None

    def run(self):
        cursor = ""
        empty = 0
        # Two empty pages behind the last event: nothing comes twice either.
        while self.expected is None or (self.count < self.expected and empty < 60) or empty < 2:
            page = self.service.ask("GET", f"/api/events?fields=summary&limit=1000&wait=1{cursor}", key=self.key)
            self.seen.update(event["id"] for event in page["events"])
            self.count += len(page["events"])
            cursor = "&cursor=" + page["next_cursor"]
            empty = 0 if page["events"] else empty + 1

    def stop_behind(self, expected):
        self.expected = expected
        self.join(timeout=120)
