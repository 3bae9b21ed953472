"""Unknown keys are refused by the thousand, and known ones go on."""

from ..shell import say


def auth(bench, section):
    seconds = bench.seconds(15)
    rate = bench.amount(200, 50)
    database = bench.database()
    wrong = bench.results / "key-wrong.txt"
    key = bench.key()
    wrong.write_text(key[:-8] + "".join("0" if digit != "0" else "1" for digit in key[-8:]) + "\n")
    with bench.service(database, keep=True) as service:
        stored = bench.warm_up(service)
        floods = {"quiet": None, "unknown keys": {"unknown_keys": True}, "wrong keys": {"keys": wrong}}
        for name, flood in floods.items():
            say(f"  {rate} posts/s with a known key, beside them: {name}, {seconds} s")
            if flood:
                other = bench.begin_load(service, connections=32, seconds=seconds + 1, **flood)
            known = bench.load(service, connections=16, rate=rate, seconds=seconds, dedup=True)
            stored += known["accepted"]
            result = {"known": known}
            if flood:
                result["flood"] = bench.client.result(other)
                refused = result["flood"]["statuses"]
                result["refused_per_second"] = sum(refused.values()) / (seconds + 1)
                section.check(f"{name}: accepted", 0, result["flood"]["accepted"])
                say(f"  refused {result['refused_per_second']:,.0f}/s {refused}")
            section.data[name] = result
            say(f"  known: p50 {known['latency']['p50']:.2f}, p95 {known['latency']['p95']:.2f} ms")
    section.check("stored", stored, bench.stored(database))
    bench.postgres.drop(database)
