"""Receivers that fail, hang, redirect and reset at random, for a long time: is every event accounted for?"""

import asyncio
import random
import threading
import time

from ..machine import rss_mb
from ..shell import say

SETTLE = {"CIRCUIT_LONGEST": "30s"}  # or else the last probes would take ten minutes

# How an endpoint behaves: the shares of its answers, the rest of which are 200.
ENDPOINTS = {
    "steady": {},
    "failing": {"500": 0.5},
    "mostly-failing": {"500": 0.7},
    "hanging": {"hang": 0.2},
    "redirecting": {"302": 0.4},
    "resetting": {"reset": 0.4},
    "cutting": {"cut": 0.4},
    "dripping": {"drip": 0.2},
    "overloaded": {"503": 0.4},
    "garbled": {"garbage": 0.4},
    "anything": {"500": 0.1, "302": 0.1, "reset": 0.1, "cut": 0.1, "garbage": 0.1, "503": 0.05, "hang": 0.02},
    "dead": {"500": 1.0},
}

ANSWERS = {
    "200": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
    "302": b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n",
    "500": b"HTTP/1.1 500 Oh\r\nContent-Length: 4\r\n\r\nohno",
    "503": b"HTTP/1.1 503 Busy\r\nRetry-After: 2\r\nContent-Length: 0\r\n\r\n",
    "cut": b"HTTP/1.1 200 OK\r\nContent-Le",
    "garbage": b"\x00\xff\x13 what is this\r\n\r\n",
}


class Receiver:
    """Counts, for each event, the requests it answered with 200 and those it did not."""

    def __init__(self):
        self.asked_again = 0
        self.good = {}
        self.bad = {}
        self.healed = False
        self.random = random.Random(42)
        self.port = None
        started = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._serve(started)), daemon=True).start()
        started.wait()

    async def _serve(self, started):
        server = await asyncio.start_server(self._connection, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        async with server:
            await server.serve_forever()

    async def _connection(self, reader, writer):
        answered = 0
        try:
            while await self._answer(reader, writer, answered):
                answered += 1
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _answer(self, reader, writer, answered):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        headers = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        await reader.readexactly(int(headers["content-length"]))
        event, behaviour = headers["webhook-id"], self._choose(head.split(" ")[1].strip("/"))
        counts = self.good if behaviour in ("200", "drip") else self.bad
        counts[event] = counts.get(event, 0) + 1
        if behaviour == "hang":
            await asyncio.sleep(15)
            return False
        if behaviour == "reset":
            if answered:  # for all that the sender can tell, the kept connection was closed before this request
                self.asked_again += 1
            writer.transport.abort()
            return False
        if behaviour == "drip":  # a complete head, then a body that never ends
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            for _ in range(20):
                writer.write(b"x")
                await writer.drain()
                await asyncio.sleep(1)
            return False
        writer.write(ANSWERS[behaviour])
        await writer.drain()
        return behaviour not in ("cut", "garbage")

    def _choose(self, endpoint):
        if not self.healed:
            left = self.random.random()
            for behaviour, share in ENDPOINTS[endpoint].items():
                left -= share
                if left < 0:
                    return behaviour
        return "200"


def soak(bench, section):
    seconds = bench.seconds(1200)
    rate = 24
    database = bench.database(1)
    key = bench.key()
    receiver = Receiver()
    with bench.service(database, keep=True, **SETTLE) as service:
        for name in ENDPOINTS:
            service.ask("POST", "/api/webhooks", {"url": f"http://127.0.0.1:{receiver.port}/{name}",
                                                  "event_types": [f"soak.{name}"]}, key)
        say(f"  {rate} events/s to {len(ENDPOINTS)} endpoints, {seconds:g} s")
        posted = _post(service, key, seconds, rate)
        say("  the receivers are well again; waiting for what is left")
        receiver.healed = True
        left = bench.drained(database, 600)
        rss = round(rss_mb(service.process.pid, "VmHWM"), 1)
    ended = _ended(bench, database)
    delivered = [event for event, (outcome, _) in ended.items() if outcome == "d"]
    dead = [event for event, (outcome, _) in ended.items() if outcome == "f"]
    section.data |= {"posted": len(posted), "delivered": len(delivered), "dead_letters": len(dead),
                     "attempts": sum(attempts for _, attempts in ended.values()), "rss_mb_highest": rss,
                     "asked_again_in_an_attempt": receiver.asked_again, "good_answers": sum(receiver.good.values()), "bad_answers": sum(receiver.bad.values())}
    say(f"  {section.data}")
    section.check("stored", len(posted), bench.stored(database))
    section.check("open in the end", 0, left)
    section.check("accounted for", sorted(posted), sorted(ended)) if sorted(posted) != sorted(ended) else \
        section.check("accounted for", len(posted), len(ended))
    section.check("dead letters not after exactly 5 attempts", 0,
                  sum(ended[event][1] != 5 for event in dead))
    section.check("delivered without exactly one good answer", 0,
                  sum(receiver.good.get(event, 0) != 1 for event in delivered))
    section.check("dead letters with a good answer", 0, sum(event in receiver.good for event in dead))
    section.check("attempts recorded but not received, or the reverse", section.data["attempts"],
                  section.data["good_answers"] + section.data["bad_answers"] - receiver.asked_again)
    bench.postgres.drop(database)


def _post(service, key, seconds, rate):
    posted = []
    names = list(ENDPOINTS)
    began = time.monotonic()
    number = 0
    while time.monotonic() - began < seconds:
        body = {"type": f"soak.{names[number % len(names)]}", "payload": {"number": number}, "dedup_id": f"soak-{number}"}
        posted.append(service.ask("POST", "/api/events", body, key)["id"])
        number += 1
        time.sleep(max(0, began + number / rate - time.monotonic()))
    return posted


def _ended(bench, database):
    """How each event ended: the outcome of its last attempt, and how many there were."""
    rows = bench.postgres.sql("""
        select a.event_id, (array_agg(a.outcome::text order by a.number desc))[1],
          case when max(a.number) = count(*) then count(*) else -1 end
        from delivery_attempts a group by a.event_id""", database)
    split = (row.split("|") for row in rows.splitlines())
    return {event: (outcome, int(attempts)) for event, outcome, attempts in split}
