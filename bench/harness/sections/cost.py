"""WAL and statements of an event through its whole life, which do not depend on how busy the machine is."""

import time

from ..shell import say


def cost(bench, section):
    bench.postgres.start(statements=True)
    try:
        bench.postgres.sql("create extension if not exists pg_stat_statements")
        section.data["runs"] = [_life(bench, section, *run) for run in _runs(bench)]
    finally:
        bench.postgres.start()


def _runs(bench):
    for dedup in (True,) if bench.smoke else (False, True):
        yield dedup, None, bench.amount(100_000, 2_000)
        yield dedup, bench.amount(200, 100), bench.amount(4_000, 200)


def _life(bench, section, dedup, rate, count):
    how = f"{f'{rate}/s' if rate else 'full rate'}, {'with' if dedup else 'without'} dedup_id"
    say(f"  {count:,} events at {how}")
    database = bench.database()
    with bench.service(database, keep=True) as service:
        bench.receive(service)
        stored = bench.warm_up(service)
        bench.drained(database)
        time.sleep(1)
        bench.client.call("clear")
        # What autovacuum would tidy up of the warming up is no cost of the events that are measured.
        bench.postgres.sql("vacuum", database)
        bench.postgres.sql("checkpoint")
        bench.postgres.sql("select pg_stat_statements_reset()")
        before = bench.postgres.sql("select pg_current_wal_insert_lsn()")
        pace = {"rate": rate, "connections": 32} if rate else {"connections": 128}
        result = bench.load(service, count=count, dedup=dedup, track=True, **pace)
        bench.client.call("await", received=count, seconds=120)
        section.check(f"{how}: open deliveries", 0, bench.drained(database))
        wal = bench.postgres.number(f"select pg_current_wal_insert_lsn() - '{before}'::pg_lsn", database)
        own = "userid = 'triggers'::regrole"
        calls = bench.postgres.number(f"select sum(calls) from pg_stat_statements where {own}", "postgres")
        top = bench.postgres.sql(f"""
            select calls, round(total_exec_time::numeric), rows, wal_bytes, left(regexp_replace(query, '\\s+', ' ', 'g'), 90)
            from pg_stat_statements where {own} order by total_exec_time desc limit 12""")
        match = bench.client.call("match")
    section.check(f"{how}: stored", stored + result["accepted"], bench.stored(database))
    section.check(f"{how}: delivered = received", result["accepted"], match["received"])
    bench.postgres.drop(database)
    life = {"dedup": dedup, "rate": rate, "accepted": result["accepted"], "accepted_rate": result["rate"],
            "wal_bytes_per_event": round(wal / result["accepted"]), "statements_per_event": calls / result["accepted"],
            "statements": [dict(zip(("calls", "milliseconds", "rows", "wal_bytes", "query"), line.split("|", 4)))
                           for line in top.splitlines()]}
    say(f"  {life['wal_bytes_per_event']:,} bytes of WAL and {life['statements_per_event']:.3f} statements an event")
    return life
