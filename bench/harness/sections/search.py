"""Searches through a history, and what ingest notices of them."""

import statistics
import time
import urllib.parse

from ..shell import say
from .history import ID, PAYLOAD

# What a search has to look at: nothing but the server's filter, each payload in the service, and each event's deliveries.
QUERIES = {"text that no payload has": "absent-from-all", "a number in every payload": "payload.n:-1",
           "deliveries": "code:5xx"}

# Of ingest alone and of ingest beside a search, one after the other.
ROUNDS = 3


def search(bench, section):
    total = bench.amount(500_000, 3_000)
    rate, seconds = bench.amount(500, 50), bench.seconds(10)
    database = bench.database()
    organization = bench.postgres.sql("select id from organizations limit 1", database)
    bench.postgres.sql("select create_history_day((now() at time zone 'UTC')::date - d) from generate_series(0, 9) d", database)
    bench.postgres.sql(f"""
        insert into events (organization_id, id, type, payload)
        select '{organization}', {ID.format(days=8, span=7, total=total)}, 'order.created',
          left({PAYLOAD}, -1) || ',"n":' || i || '}}' from generate_series(1, {total}) i""", database)
    bench.postgres.sql("vacuum analyze events", database)
    with bench.service(database, keep=True) as service:
        stored = bench.warm_up(service)
        section.data["queries"] = {}
        for name, query in QUERIES.items():
            _walk(bench, service, query)
            reading = _reading(bench, database, organization)
            spent, pages, looked = _walk(bench, service, query)
            section.data["queries"][name] = {"seconds": spent, "pages": pages, "events": looked,
                                             "us_per_event": spent / looked * 1e6, "ratio": spent / reading}
            say(f"  {name}: {looked:,} events on {pages} pages, {spent / looked * 1e6:.2f} µs an event, "
                f"{spent / reading:.2f} × reading the same rows")
        section.check("events looked at", total, looked - stored)
        rounds = {"alone": [], "beside": []}
        for name in ("alone", "beside") * ROUNDS:
            events = bench.begin_load(service, connections=32, rate=rate, seconds=seconds, dedup=True)
            until = time.monotonic() + seconds
            while name == "beside" and time.monotonic() < until:
                _walk(bench, service, "absent-from-all", until)
            rounds[name].append(bench.client.result(events))
            stored += rounds[name][-1]["accepted"]
        section.data["rounds"] = rounds
    section.check("stored", stored + total, bench.stored(database))
    bench.postgres.drop(database)
    p95s = {name: [one["latency"]["p95"] for one in results] for name, results in rounds.items()}
    say(f"  ingest at {rate}/s: p95 {statistics.median(p95s['alone']):.2f} ms alone (from {min(p95s['alone']):.2f} to "
        f"{max(p95s['alone']):.2f}), {statistics.median(p95s['beside']):.2f} beside a search that never ends "
        f"(from {min(p95s['beside']):.2f} to {max(p95s['beside']):.2f})")


def _walk(bench, service, query, until=None):
    """All pages of a search: seconds, pages, events looked at."""
    before, began, pages, cursor = service.metric("triggers_search_events_total"), time.monotonic(), 0, ""
    while until is None or time.monotonic() < until:
        page = service.ask("GET", f"/api/events/search?q={urllib.parse.quote(query)}{cursor}", key=bench.key())
        pages += 1
        if not page["has_more"]:
            break
        cursor = f"&cursor={page['next_cursor']}"
    return time.monotonic() - began, pages, service.metric("triggers_search_events_total") - before


def _reading(bench, database, organization):
    """The least that looking at every payload can take."""
    statement = f"""
        set enable_seqscan = off; set max_parallel_workers_per_gather = 0;
        select sum(length) from (select octet_length(payload || '') as length from events
          where organization_id = '{organization}' order by id desc offset 0) e"""
    bench.postgres.sql(statement, database)
    began = time.monotonic()
    bench.postgres.sql(statement, database)
    return time.monotonic() - began
