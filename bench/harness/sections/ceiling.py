"""The physical limit of this schema on this machine."""

from ..shell import say


def ceiling(bench, section):
    for connections in (1, 4):
        seconds = bench.seconds(10)
        say(f"  batches of 500 rows over {connections} connection(s), {seconds} s")
        database = bench.database()
        bench.postgres.sql("checkpoint")
        result = bench.ceiling(database, connections, seconds)
        section.data[str(connections)] = result
        section.check(f"stored over {connections} connection(s)", result["stored"], bench.stored(database))
        bench.postgres.drop(database)
        say(f"  {result['rate']:,.0f} events/s")
