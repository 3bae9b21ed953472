"""Everything in use at once, in a machine of 256 MB: deliveries, streams, leases, the log, search, attempts and replays."""

import collections
import http.client
import json
import re
import threading
import time

from ..service import MemoryLimit
from ..shell import say

MEGABYTES = 256

RATE = 100

_IDS = re.compile(rb'"event_id":"([0-9a-f-]{36})"')


def together(bench, section):
    seconds = bench.seconds(3600)
    rate = bench.amount(RATE, 50)
    database = bench.database()
    limit = MemoryLimit(MEGABYTES)
    try:
        with bench.service(database, keep=True, limit=limit.enter) as service:
            bench.receive(service)
            stored = bench.warm_up(service)
            bench.drained(database)
            bench.client.call("clear")
            users = _Users(service.port, bench.key())
            streams = bench.client.begin("streams", port=service.port, keys=bench.keys(1), streams=12,
                                         query="?kinds=event.accepted,event.acknowledged")
            say(f"  {rate} events/s for {seconds:g} s in {MEGABYTES} MB, with 12 streams and {', '.join(users.names())}")
            with bench.watch(service) as watch, users:
                result = bench.load(service, connections=32, rate=rate, seconds=seconds, dedup=True)
            open_at_end = bench.client.end(streams)["open_at_end"]
            section.check("killed for its memory", 0, limit.kills())
            section.check("open deliveries", 0, bench.drained(database, 120))
            section.data |= result | watch.per(result["accepted"]) | {
                "limit_mb": MEGABYTES, "peak_mb": limit.peak_mb(), "users": users.counts()}
        section.check("streams still open", 12, open_at_end)
        section.check("answers 201", result["requests"], result["statuses"].get("201", 0))
        section.check("stored", stored + result["accepted"], bench.stored(database))
        section.check("answers that were neither 2xx nor 429 nor 503", {}, users.unexpected())
    finally:
        limit.remove()
    bench.postgres.drop(database)
    say(f"  p50 {result['latency']['p50']:.2f}, p95 {result['latency']['p95']:.2f} ms, RSS {watch.result['rss_mb_highest']} MB, "
        f"at the most {section.data['peak_mb']} MB with its page cache; {section.data['users']}")


class _Users:
    """Each does one thing again and again, with a rest."""

    def __init__(self, port, key):
        self._port = port
        self._headers = {"X-API-Key": key, "Content-Type": "application/json"}
        self._over = threading.Event()
        self._answers = collections.defaultdict(collections.Counter)
        self._cursor = ""
        self._work = {"leases": (self._lease, 0.2), "the log": (self._log, 0.2), "search": (self._search, 5),
                      "attempts": (self._attempts, 2), "the inbox": (self._inbox, 1), "types": (self._types, 5),
                      "replays": (self._replay, 60)}
        self._threads = [threading.Thread(target=self._again, args=(name, *work), daemon=True)
                         for name, work in self._work.items()]

    def names(self):
        return list(self._work)

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        for thread in self._threads:
            thread.join(60)

    def _again(self, name, work, rest):
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        while not self._over.wait(rest):
            try:
                work(lambda method, path, body=None: self._call(name, connection, method, path, body))
            except OSError as failure:
                self._answers[name][type(failure).__name__] += 1
                connection.close()

    def _call(self, name, connection, method, path, body):
        connection.request(method, path, None if body is None else json.dumps(body), self._headers)
        response = connection.getresponse()
        text = response.read()
        self._answers[name][str(response.status)] += 1
        return text if response.status // 100 == 2 else b""

    def _lease(self, call):
        leased = [found.decode() for found in _IDS.findall(call("POST", "/api/inbox/lease", {"limit": 100, "lease_seconds": 60}))]
        if leased:
            call("POST", "/api/ack", {"event_ids": leased})

    def _log(self, call):
        page = call("GET", f"/api/events?limit=500{self._cursor}")
        if page:
            self._cursor = "&cursor=" + json.loads(page)["next_cursor"]

    def _search(self, call):
        call("GET", "/api/events/search?q=status:failed")

    def _attempts(self, call):
        call("GET", "/api/attempts?limit=100")

    def _inbox(self, call):
        call("GET", "/api/inbox?limit=100")

    def _types(self, call):
        call("GET", "/api/event-types")

    def _replay(self, call):
        call("POST", "/api/replays", {"filter": {"outcome": "delivered", "since": "2020-01-01T00:00:00Z"}, "rate_per_second": 20})

    def counts(self):
        return {name: dict(answers) for name, answers in self._answers.items()}

    def unexpected(self):
        """Answers that none of them should get; an organization has only so many replays under way."""
        refusals = {"replays": ("409", "429", "503")}
        return {name: odd for name, answers in self._answers.items()
                if (odd := {status: n for status, n in answers.items()
                            if not status.startswith("2") and status not in refusals.get(name, ("429", "503"))})}
