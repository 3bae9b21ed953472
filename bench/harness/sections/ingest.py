"""How many events are accepted, and stored, a second."""

from ..shell import say


def ingest(bench, section):
    section.data["runs"] = []
    runs = [(connections, 1) for connections in ((128,) if bench.smoke else (1, 32, 128, 512))]
    runs.append((128, bench.amount(1000, 5)))
    for organizations in dict.fromkeys(count for _, count in runs):
        database = bench.database(organizations)
        with bench.service(database, keep=True) as service:
            keys = bench.keys(organizations)
            # Each key costs one hash before it is known.
            warm = {"connections": 2, "count": organizations} if organizations > 1 else {}
            if warm:
                say(f"  {organizations} keys become known, a hash each")
            stored = bench.load(service, keys=keys, **warm)["accepted"] if warm else 0
            stored += bench.warm_up(service, keys=keys, connections=128)
            for connections in [wanted for wanted, count in runs if count == organizations]:
                result = _measure(bench, service, connections, keys)
                result["organizations"] = organizations
                section.data["runs"].append(result)
                stored += result["accepted"]
        section.check(f"stored for {organizations} organization(s)", stored, bench.stored(database))
        bench.postgres.drop(database)


def _measure(bench, service, connections, keys):
    seconds = bench.seconds(15)
    say(f"  {connections} connection(s), {seconds} s")
    bench.postgres.sql("checkpoint")
    with bench.watch(service) as watch:
        result = bench.load(service, connections=connections, seconds=seconds, dedup=True, keys=keys)
    result |= watch.per(result["accepted"])
    say(f"  {result['rate']:,.0f} events/s, p50 {result['latency'].get('p50', 0):.2f} ms, "
        f"CPU µs an event {result['cpu_microseconds_per_event']}")
    return result


def batch(bench, section):
    seconds = bench.seconds(15)
    database = bench.database()
    with bench.service(database, keep=True) as service:
        stored = bench.warm_up(service, connections=8, batch=100)
        say(f"  batches of 100 over 8 connections, {seconds} s")
        bench.postgres.sql("checkpoint")
        with bench.watch(service) as watch:
            result = bench.load(service, connections=8, batch=100, seconds=seconds, dedup=True)
        section.data |= result | watch.per(result["accepted"])
        stored += result["accepted"]
    section.check("stored", stored, bench.stored(database))
    bench.postgres.drop(database)
    say(f"  {result['rate']:,.0f} events/s, CPU {watch.result['cpu_percent_of_one_core']}")
