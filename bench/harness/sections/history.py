"""The same with millions of old events and a million pending ones as with none."""

import statistics
import time

from ..shell import say

OLD = 5_000_000
PENDING = 1_000_000
STEP = 250_000

# An identifier of version 7 for the i-th of so many, from a given age on; text of the payload's length.
ID = """(lpad(to_hex((extract(epoch from now() - interval '{days} days' + interval '{span} days' * i / {total}) * 1000)::bigint),
    12, '0') || '7' || substr(md5(i::text), 1, 3) || '8' || substr(md5(i::text), 4, 15))::uuid"""
PAYLOAD = """'{"note":"' || repeat(md5(i::text), 15) || repeat('x', 21) || '"}'"""


def history(bench, section):
    scale = bench.options.scale or bench.amount(1.0, 0.002)
    old, pending = int(OLD * scale), int(PENDING * scale)
    databases = {"empty": bench.database(3), "full": bench.database(3)}
    fill(bench, databases["full"], old, pending)
    section.data |= {"old": old, "pending": pending, "size_mb": bench.postgres.number(
        f"select pg_database_size('{databases['full']}') / 1000000", "postgres")}
    files = key_files(bench)
    rounds = bench.amount(3, 1)
    measures = {"ingest": _ingest, "claim": _claim, "inbox": _inbox}
    rates = {name: {database: [] for database in databases} for name in measures}
    stored = dict.fromkeys(databases, 0)
    with bench.service(databases["empty"], keep=True) as empty, bench.service(databases["full"], keep=True) as full:
        services = {"empty": empty, "full": full}
        for name, service in services.items():
            bench.receive(service, key=files["hooked"].read_text().strip())
            stored[name] += bench.warm_up(service, keys=files["plain"])
            stored[name] += bench.warm_up(service, keys=files["hooked"])
            bench.load(service, method="GET", path="/api/inbox", connections=8, seconds=2, keys=files["plain"])
        # In turns, so that a busy minute of the machine does not count for one of them alone.
        for number in range(rounds):
            for measure, function in measures.items():
                for name, service in services.items():
                    rate, accepted = function(bench, service, files)
                    rates[measure][name].append(rate)
                    stored[name] += accepted
                say(f"  round {number + 1} of {rounds}, {measure}: empty {rates[measure]['empty'][-1]:,.0f}/s, "
                    f"full {rates[measure]['full'][-1]:,.0f}/s")
    for measure, values in rates.items():
        section.data[measure] = values | {"ratio": statistics.median(values["full"]) / statistics.median(values["empty"])}
    section.check("stored, empty", stored["empty"], bench.stored(databases["empty"]))
    section.check("stored, full", stored["full"] + old + pending, bench.stored(databases["full"]))
    for database in databases.values():
        bench.postgres.drop(database)


def key_files(bench):
    keys = bench.keys(3).read_text().splitlines()
    files = {}
    for name, key in zip(("hooked", "plain", "dead"), keys):
        files[name] = bench.results / f"key-{name}.txt"
        files[name].write_text(key + "\n")
    return files


def _organizations(bench, database):
    return bench.postgres.sql("select id from organizations order by name", database).splitlines()


def fill(bench, database, old, pending):
    hooked, plain, dead = _organizations(bench, database)
    postgres = bench.postgres
    postgres.sql("select create_history_day((now() at time zone 'UTC')::date - d) from generate_series(0, 22) d", database)
    say(f"  {old:,} old events, delivered, and {pending:,} pending ones are made by SQL "
        f"(about {(old + pending) // 20_000 + 10} s)")
    for first in range(0, old, STEP):
        last = min(first + STEP, old)
        postgres.sql(f"""
            set synchronous_commit = off;
            with made as materialized (select i, {ID.format(days=21, span=19, total=old)} as id, case i % 5
                when 0 then '{hooked}' when 1 then '{plain}' else uuid_in(md5('organization ' || i % 1000)::cstring) end as organization
              from generate_series({first}, {last - 1}) i),
            stored as (insert into events (organization_id, id, last_id, position, type, payload)
              select organization, id, id, (select log_position()), 'order.created', {PAYLOAD} from made)
            insert into delivery_attempts (organization_id, event_id, endpoint_id, number, started_at, duration_ms, outcome, response_status)
            select organization, id, '00000000-0000-7000-8000-000000000001', 1, now(), 1, 'd', 200 from made""", database)
        if first // STEP % 4 == 3:
            say(f"    {last:,} of {old:,}")
    # Half waits for a webhook that was never set, half is due at an endpoint that is disabled.
    endpoint = _dead_endpoint(bench, database)
    for first in range(0, pending, STEP):
        last = min(first + STEP, pending)
        postgres.sql(f"""
            set synchronous_commit = off;
            with made as materialized (select i, {ID.format(days=2, span=1.9, total=pending)} as id
              from generate_series({first}, {last - 1}) i),
            stored as (insert into events (organization_id, id, last_id, position, type, payload)
              select case i % 2 when 0 then '{plain}'::uuid else '{dead}'::uuid end, id, id, (select log_position()), 'order.created', {PAYLOAD} from made)
            insert into event_deliveries (organization_id, event_id, endpoint_id, due_at, remaining)
            select case i % 2 when 0 then '{plain}'::uuid else '{dead}'::uuid end, id,
              case i % 2 when 0 then '00000000-0000-0000-0000-000000000000'::uuid else '{endpoint}'::uuid end,
              case i % 2 when 0 then 'infinity'::timestamptz else now() - interval '1 hour' end, 5 from made""", database)
    postgres.sql("vacuum analyze", database)
    postgres.sql("checkpoint")


def _dead_endpoint(bench, database):
    with bench.service(database, keep=True) as service:
        service.ask("POST", "/api/webhook/config", {"url": "http://127.0.0.1:9/"}, bench.keys(3).read_text().split()[2])
    return bench.postgres.sql("update endpoints set enabled = false, settling = false returning id", database)


def _ingest(bench, service, files):
    bench.postgres.sql("checkpoint")
    result = bench.load(service, connections=128, seconds=bench.seconds(10), dedup=True, keys=files["plain"])
    return result["rate"], result["accepted"]


def _claim(bench, service, files):
    """Deliveries that nobody handed over: due rows appear in the table."""
    count = bench.amount(10_000, 500)
    bench.client.call("clear")
    waiting = bench.client.begin("await", received=count, seconds=120)
    began = time.monotonic()
    bench.postgres.sql(f"""
        with hook as (select organization_id, id as endpoint from endpoints where is_default and enabled and deleted_at is null),
        made as materialized (select organization_id, endpoint, {ID.format(days=0, span=0, total=1)} as id, i
          from hook, generate_series(1, {count}) i),
        stored as (insert into events (organization_id, id, position, type, payload)
          select organization_id, overlay(id::text placing to_char(extract(milliseconds from now())::int, 'FM00000000') from 29)::uuid,
            (select log_position()), 'order.created', {PAYLOAD} from made returning organization_id, id)
        insert into event_deliveries (organization_id, event_id, endpoint_id, due_at, remaining)
        select organization_id, s.id, (select endpoint from hook), now(), 5 from stored s;
        select pg_notify('work', '')""", service.database)
    if not bench.client.result(waiting)["reached"]:
        raise RuntimeError("due deliveries were not made")
    took = time.monotonic() - began
    return count / took, count


def _inbox(bench, service, files):
    result = bench.load(service, method="GET", path="/api/inbox", connections=8, seconds=bench.seconds(6),
                        keys=files["plain"])
    return result["rate"], 0
