"""How far a core and a disk go: CPU, bytes kept and bytes of WAL of an event, however it is posted and whether it is delivered."""

import time

from ..shell import say

WAYS = {
    "single posts": {"connections": 128},
    "single posts, delivered": {"connections": 64, "track": True},
    "batches of 100": {"connections": 8, "batch": 100},
    "batches of 100, delivered": {"connections": 2, "batch": 100, "track": True},
}


def capacity(bench, section):
    for way, load in WAYS.items():
        section.data[way] = _measure(bench, section, way, load)


def _measure(bench, section, way, load):
    delivered = load.get("track", False)
    count = bench.amount(100_000, 2_000) // load.get("batch", 1)
    database = bench.database()
    with bench.service(database, keep=True) as service:
        if delivered:
            bench.receive(service)
        stored = bench.warm_up(service, connections=load["connections"], batch=load.get("batch", 1))
        bench.drained(database)
        time.sleep(1)
        bench.client.call("clear")
        bench.postgres.sql("vacuum", database)
        bench.postgres.sql("checkpoint")
        size, wal = _size(bench, database), bench.postgres.sql("select pg_current_wal_insert_lsn()")
        with bench.watch(service) as watch:
            result = bench.load(service, count=count, dedup=True, **load)
            if delivered:
                bench.client.call("await", received=result["accepted"], seconds=300)
                section.check(f"{way}: open deliveries", 0, bench.drained(database, 120))
        written = bench.postgres.number(f"select pg_current_wal_insert_lsn() - '{wal}'::pg_lsn", database)
        kept, dedup = (after - before for before, after in zip(size, _size(bench, database)))
        connections = bench.postgres.number("select count(*) from pg_stat_activity where datname = current_database() and usename = 'triggers'", database)
    accepted = result["accepted"]
    section.check(f"{way}: stored", stored + accepted, bench.stored(database))
    bench.postgres.drop(database)
    each = watch.per(accepted)["cpu_microseconds_per_event"]
    figures = {"accepted": accepted, "rate": result["rate"], "connections": connections,
               "service_microseconds": each["service"], "postgresql_microseconds": each["postgresql"],
               "events_per_core_of_service": round(1e6 / each["service"]), "events_per_core_of_postgresql": round(1e6 / each["postgresql"]),
               "kept_bytes": round(kept / accepted), "dedup_bytes": round(dedup / accepted), "wal_bytes": round(written / accepted)}
    say(f"  {way}: {figures}")
    return figures


def _size(bench, database):
    """Tables of the history with their indexes, which are there until their day is dropped, and the dedup_ids, for a day."""
    bench.postgres.sql("vacuum", database)
    return [bench.postgres.number(f"""
        select sum(pg_total_relation_size(oid)) from pg_class
        where relkind = 'r' and relname ~ '{tables}' and relnamespace = 'public'::regnamespace""", database)
        for tables in ("^(events|delivery_attempts|event_acks)_", "^deduplication_cache$")]
