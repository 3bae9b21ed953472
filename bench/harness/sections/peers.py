"""Other services beside ours, in turns on the same machine: the same event posted over 128 connections, without an endpoint, and
with one that everything is delivered to."""

import json
import time
from contextlib import ExitStack

from ..machine import cpu_seconds, rss_mb, children_of
from ..peer import Ours, Peer, wait_until
from ..shell import say
from .paired import ratios

ROUNDS = 5
CONNECTIONS = 128
PATIENCE = 30
FIGURES = ("rate", "finished", "p50", "p99", "CPU", "RSS")

PAYLOAD = {"order_id": 184467, "customer": {"name": "Ada Lovelace", "email": "ada@example.com"},
           "lines": [{"sku": "AX-1042", "quantity": 2, "price": "19.90"}]}
PAYLOAD["note"] = ""
PAYLOAD["note"] = "".join(chr(97 + n * 7919 % 26) for n in range(512 - len(json.dumps(PAYLOAD, separators=(",", ":")))))


def peers(bench, section):
    for what, receiver in (("no endpoint", None), ("delivered", bench.client.receiver("/status/200"))):
        section.data[what] = _phase(bench, section, what, receiver)


def _phase(bench, section, what, receiver):
    with ExitStack() as running:
        ours = Ours(bench, running.enter_context(bench.service()), receiver, PAYLOAD)
        sides = [ours, *(running.enter_context(Peer(bench, command, receiver, PAYLOAD)) for command in bench.options.peer)]
        runs = {side.name: [] for side in sides}
        for turn in range(1 + bench.amount(ROUNDS, 1)):
            for side in sides if turn % 2 else reversed(sides):
                run = _turn(bench, side, receiver, bench.seconds(8))
                # In the first they warm up, if they can end it
                if turn > 0:
                    runs[side.name].append(run)
                say(f"  {what}, {side.name}: {run['rate']:,.0f} accepted/s, stored{' and delivered' if receiver else ''} "
                    + (f"{run['finished']:,.0f}/s" if run["finished"] else f"not all within {PATIENCE} s"))
        section.check(f"stored, {what}", ours.accepted, bench.postgres.number(ours.stored, ours.database))
    return {"runs": runs, "ours of": {side.name: ratios(runs[side.name], runs["ours"], FIGURES) for side in sides[1:]}}


def _turn(bench, side, receiver, seconds):
    bench.postgres.sql("checkpoint")
    bench.client.call("clear")
    pids = [side.process.pid, *children_of(side.process.pid)]
    before = sum(map(cpu_seconds, pids))
    began = time.monotonic()
    result = bench.client.call("load", port=side.port, request=side.request, connections=CONNECTIONS, seconds=seconds)
    if result["accepted"] != result["requests"]:
        raise RuntimeError(f"{side.name} refused: {result['statuses']}, {result['errors']} errors")
    side.accepted += result["accepted"]

    def finished():
        stored = bench.postgres.number(side.stored, side.database) >= side.accepted
        return stored and (not receiver or bench.client.call("match")["requests"] >= result["accepted"])

    # The next has the machine for itself
    whole = wait_until(finished, PATIENCE)
    took = time.monotonic() - began
    run = {"rate": result["rate"], "p50": result["latency"]["p50"], "p99": result["latency"]["p99"],
           "finished": result["accepted"] / took if whole else None,
           "CPU": (sum(map(cpu_seconds, pids)) - before) * 1e6 / result["accepted"], "RSS": sum(map(rss_mb, pids))}
    if not whole:
        side.renew()
    return run
