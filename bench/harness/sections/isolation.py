"""What one organization's hanging endpoint costs another organization."""

from ..shell import say

HANG = "/hang/10000"


def isolation(bench, section):
    queued = bench.amount(100_000, 1_000)
    seconds = bench.seconds(30)
    rate = bench.amount(100, 20)
    database = bench.database(2)
    hanging, other = bench.keys(2).read_text().splitlines()
    files = {}
    for name, key in (("hanging", hanging), ("other", other)):
        files[name] = bench.results / f"key-{name}.txt"
        files[name].write_text(key + "\n")
    with bench.service(database, keep=True) as service:
        bench.receive(service, HANG, hanging)
        bench.receive(service, key=other)
        stored = bench.warm_up(service, keys=files["other"], connections=8)
        bench.drained(database)
        bench.client.call("clear")
        say(f"  {queued:,} deliveries are queued to an endpoint that hangs for 10 s")
        flood = bench.load(service, keys=files["hanging"], batch=100, connections=4, count=queued // 100)
        say(f"  {rate} events/s of another organization, {seconds} s")
        result = bench.load(service, keys=files["other"], connections=16, rate=rate, seconds=seconds, track=True)
        bench.client.call("await", received=result["accepted"], seconds=30)
        match = bench.client.call("match")
        section.data |= {"queued": flood["accepted"], "load": result, "match": match}
        stored += flood["accepted"] + result["accepted"]
    section.check("stored", stored, bench.stored(database))
    section.check("delivered = received", result["accepted"], match["received"])
    section.check("received twice", 0, match["twice"])
    bench.postgres.drop(database)
    post = match["from_post"]
    say(f"  the other's accept to receipt: p50 {post['p50']:.2f}, p95 {post['p95']:.2f} ms")
