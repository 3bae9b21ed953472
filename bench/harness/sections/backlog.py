"""Half an hour of ingest and delivery beside a million deliveries that stay open, with a snapshot of three minutes and a dump in the middle."""

import statistics
import threading
import time

from ..shell import say
from .history import fill, key_files

PENDING = 1_000_000
RATE = 500
SAMPLE = 10

# What is looked at every ten seconds: dead rows, sizes, what vacuum has done, and how far it could.
STATE = """select (select sum(n_dead_tup) from pg_stat_user_tables where relname = 'event_deliveries'),
    (select pg_total_relation_size('event_deliveries')),
    (select vacuum_count + autovacuum_count from pg_stat_user_tables where relname = 'event_deliveries')"""


class Samples:
    """Latency of posts and of claims, state of the table, and the service's own word, every ten seconds."""

    def __init__(self, bench, service, database, every):
        self.bench, self.service, self.database, self.every = bench, service, database, every
        self.rows = []
        self._over = threading.Event()

    def __enter__(self):
        self.began = time.monotonic()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()

    def _run(self):
        before = self._totals()
        while not self._over.wait(self.every):
            now = self._totals()
            dead, size, vacuums = self.bench.postgres.sql(STATE, self.database).split("|")
            self.rows.append({
                "at": round(time.monotonic() - self.began, 1),
                "ingest_ms": _mean(before, now, "triggers_ingest_latency_seconds"),
                "delivery_ms": _mean(before, now, "triggers_delivery_latency_seconds"),
                "claim_ms": self._claim(),
                "snapshot_seconds": now["database_snapshot_seconds"],
                "dead": int(dead or 0), "size_mb": round(int(size) / 1e6, 1), "vacuums": int(vacuums),
            })
            before = now

    def _totals(self):
        names = [f"triggers_{what}_latency_seconds_{part}" for what in ("ingest", "delivery") for part in ("sum", "count")]
        return {name: self.service.metric(name) for name in (*names, "database_snapshot_seconds")}

    def _claim(self):
        """How long PostgreSQL takes to look for what is due, as a claim does; it claims nothing."""
        plan = self.bench.postgres.sql("""
            set jit = off; set enable_seqscan = off; set enable_bitmapscan = off; set enable_hashjoin = off; set enable_mergejoin = off;
            explain (analyze, format json) select * from (select id from endpoints where deleted_at is null and enabled) p
            cross join lateral (select event_id from event_deliveries where endpoint_id = p.id and due_at <= now()
              order by due_at limit 100) d""", self.database)
        return float(plan.partition('"Execution Time": ')[2].split()[0].rstrip(",]}"))


def _mean(before, now, name):
    count = now[f"{name}_count"] - before[f"{name}_count"]
    return round(1000 * (now[f"{name}_sum"] - before[f"{name}_sum"]) / count, 2) if count else None


def backlog(bench, section):
    pending = bench.amount(PENDING, 2_000)
    seconds = bench.seconds(1800)
    rate = bench.amount(RATE, 50)
    database = bench.database(3)
    fill(bench, database, 0, pending)
    # Or else the service does not see the snapshots of others
    bench.postgres.sql("grant pg_read_all_stats to triggers")
    files = key_files(bench)
    with bench.service(database, keep=True) as service:
        bench.receive(service, key=files["hooked"].read_text().strip())
        stored = bench.warm_up(service, keys=files["hooked"])
        bench.client.call("clear")
        say(f"  {rate} posts/s for {seconds:g} s beside {pending:,} open deliveries")
        every = SAMPLE if seconds > 120 else max(0.5, seconds / 12)
        with Samples(bench, service, database, every) as samples:
            load = bench.begin_load(service, connections=64, rate=rate, seconds=seconds, dedup=True, track=True, keys=files["hooked"])
            section.data["windows"] = _disturb(bench, database, seconds, samples)
            result = bench.client.result(load)
        bench.client.call("await", received=result["accepted"], seconds=60)
        match = bench.client.call("match")
    stored += result["accepted"]
    section.data |= result | {"pending": pending, "match": match, "samples": samples.rows} | _slopes(section.data["windows"], samples.rows)
    section.check("answers 201", result["requests"], result["statuses"].get("201", 0))
    section.check("stored", stored + pending, bench.stored(database))
    section.check("delivered = received", result["accepted"], match["received"])
    section.check("received twice", 0, match["twice"])
    section.check("still open", pending, bench.postgres.number("select count(*) from event_deliveries", database))
    bench.postgres.drop(database)
    for name, value in section.data["summary"].items():
        say(f"  {name}: {value}")


def _disturb(bench, database, seconds, samples):
    """A snapshot for a tenth of the time after a third of it, and a dump after two thirds."""
    windows = {}
    _until(samples, seconds / 3)
    begun = time.monotonic() - samples.began
    hold = seconds / 10
    bench.postgres.sql(f"""
        begin isolation level repeatable read; select count(*) from organizations; select pg_sleep({hold}); commit""", database)
    windows["snapshot"] = begun, time.monotonic() - samples.began
    _until(samples, seconds * 2 / 3)
    begun = time.monotonic() - samples.began
    dump = bench.postgres.folder / "backlog.dump"
    bench.postgres.program("pg_dump", "--format=custom", f"--file={dump}", bench.postgres.url(database, "postgres"))
    dump.unlink()
    windows["dump"] = begun, time.monotonic() - samples.began
    return windows


def _until(samples, seconds):
    time.sleep(max(0, samples.began + seconds - time.monotonic()))


def _slopes(windows, rows):
    """By window the median of each; beside them how much each grew in the half hour, as a line through what was undisturbed."""
    names = ("ingest_ms", "delivery_ms", "claim_ms", "dead", "size_mb", "snapshot_seconds")
    parts = {"before": [], "snapshot": [], "between": [], "dump": [], "after": []}
    for row in rows:
        parts[_window(windows, row["at"])].append(row)
    summary = {part: {name: _median(row[name] for row in found) for name in names} for part, found in parts.items()}
    still = parts["before"] + parts["between"] + parts["after"]
    summary["slope_per_hour"] = {name: _slope([(row["at"] / 3600, row[name]) for row in still if row[name] is not None])
                                 for name in names if name != "snapshot_seconds"}
    summary["snapshot_seconds_highest"] = max((row["snapshot_seconds"] for row in rows), default=None)
    summary["vacuums"] = rows[-1]["vacuums"] - rows[0]["vacuums"] if rows else None
    return {"summary": summary}


def _window(windows, at):
    for name, (begun, ended) in windows.items():
        if begun <= at <= ended:
            return name
    return "before" if at < windows["snapshot"][0] else "after" if at > windows["dump"][1] else "between"


def _median(values):
    found = [value for value in values if value is not None]
    return round(statistics.median(found), 2) if found else None


def _slope(points):
    return round(statistics.linear_regression(*zip(*points)).slope, 3) if len({x for x, _ in points}) > 1 else None
