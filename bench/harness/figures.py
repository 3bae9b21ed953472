"""The figures that the service is to reach, out of a run's results."""

from .sections.capacity import WAYS


def figures(sections):
    """Rows of (what, to be reached, reached, whether it is; None where nothing was to be reached)."""
    rows = []
    for function in (_ingest, _batch, _burst, _receipt, _steady, _sustained, _endurance, _cost, _history, _start, _browser, _isolation, _inbox, _lease, _stream,
                     _auth, _overload, _paired, _peers, _pooler, _restore, _sizes, _cells, _moves, _capacity):
        try:
            rows += function(sections)
        except KeyError:
            pass  # the section was not run, or failed, which the report says
    return rows


def _ceiling(sections):
    return sections["ceiling"]["1"]["rate"] if "ceiling" in sections and "1" in sections["ceiling"] else None


def _ratio(rate, sections):
    ceiling = _ceiling(sections)
    return (f"{rate / ceiling:.2f} × ({rate:,.0f}/s of {ceiling:,.0f}/s)", rate / ceiling) if ceiling else (f"{rate:,.0f}/s", None)


def _ingest(sections):
    for run in sections["ingest"]["runs"]:
        text, ratio = _ratio(run["rate"], sections)
        aim = run["connections"] == 128 and run["organizations"] == 1
        yield (f"durable ingest, single posts, {run['connections']} connections, {run['organizations']:,} organization(s)",
               "≥ 0.25 × the one-connection ceiling" if aim else "",
               text + f", p50 {run['latency']['p50']:.1f} ms, p99 {run['latency']['p99']:.1f} ms",
               ratio >= 0.25 if aim and ratio else None)


def _batch(sections):
    text, ratio = _ratio(sections["batch"]["rate"], sections)
    yield "durable ingest, batches of 100", "≥ 0.7 × that ceiling", text, ratio >= 0.7 if ratio else None


def _burst(sections):
    match = sections["delivery"]["burst"]["match"]
    yield (f"accepted and delivered, burst of {match['accepted']:,}", "≥ 4,000/s, none missing, none twice",
           f"{match['rate']:,.0f}/s, {match['missing']} missing, {match['twice']} twice",
           match["rate"] >= 4000 and not match["missing"] and not match["twice"])


def _receipt(sections):
    match = sections["delivery"]["latency"]["match"]
    answer, post = match["from_answer"], match["from_post"]
    yield ("accept → receipt at 500 events/s (from the moment the accepting answer is there)", "p50 ≤ 1 ms, p95 ≤ 3 ms",
           f"{answer['p50']:.2f} / {answer['p95']:.2f} ms; from the scheduled post {post['p50']:.2f} / {post['p95']:.2f} ms",
           answer["p50"] <= 1 and answer["p95"] <= 3)


def _steady(sections):
    steady = sections["steady"]
    latency, cpu = steady["latency"], steady["cpu_percent_of_one_core"]
    yield ("latency at a steady 1,000 posts/s, delivery going on, from the scheduled time",
           "p50 ≤ 3 ms, p95 < 10 ms, p99 < 25 ms",
           f"{latency['p50']:.2f} / {latency['p95']:.2f} / {latency['p99']:.2f} ms",
           latency["p50"] <= 3 and latency["p95"] < 10 and latency["p99"] < 25)
    yield ("memory of the service at that load (VmRSS)", "< 200 MB", f"{steady['rss_mb_highest']:.0f} MB",
           steady["rss_mb_highest"] < 200)
    yield ("CPU at that load, of one core", "service < 60 %, PostgreSQL < 30 %",
           f"service {cpu['service']:.0f} %, PostgreSQL {cpu['postgresql']:.0f} %",
           cpu["service"] < 60 and cpu["postgresql"] < 30)


def _sustained(sections):
    sustained = sections["delivery"]["sustained"]
    post = sustained["match"]["from_post"]
    yield (f"sustained 1,000 events/s for {sustained['seconds']:.0f} s, accepted and delivered",
           "p95 from the post to the receipt < 25 ms, no backlog at the end",
           f"p50 {post['p50']:.2f}, p95 {post['p95']:.2f}, p99 {post['p99']:.2f} ms, {sustained['match']['missing']} missing, "
           f"{sustained['backlog_at_end']} under way at the end, RSS {sustained['rss_mb_highest']:.0f} MB",
           post["p95"] < 25 and not sustained["match"]["missing"])
    yield "memory of the service over it (VmRSS)", "< 195 MB", f"{sustained['rss_mb_highest']:.0f} MB", sustained["rss_mb_highest"] < 195


def _endurance(sections):
    endurance = sections["endurance"]
    post = endurance["match"]["from_post"]
    yield (f"1,000 events/s for {endurance['seconds']:.0f} s in {endurance['limit_mb']} MB (a memory cgroup), accepted and delivered",
           "not killed, none missing, none twice",
           f"p50 {post['p50']:.2f}, p95 {post['p95']:.2f}, p99 {post['p99']:.2f} ms, {endurance['match']['missing']} missing, "
           f"{endurance['match']['twice']} twice, RSS {endurance['rss_mb_highest']:.0f} MB, with page cache {endurance['peak_mb']:.0f} MB",
           all(check["holds"] for check in endurance["checks"]))


def _cost(sections):
    for run in sections["cost"]["runs"]:
        wal, statements = (2400 if run["dedup"] else 2000), (2 if run["rate"] else 0.1)
        how = f"{run['rate']}/s" if run["rate"] else f"full rate ({run['accepted_rate']:,.0f}/s)"
        yield (f"an event's whole life, {'with' if run['dedup'] else 'without'} dedup_id, {how}",
               f"WAL ≤ {wal:,} bytes, statements ≤ {statements}",
               f"{run['wal_bytes_per_event']:,} bytes, {run['statements_per_event']:.3f} statements",
               run["wal_bytes_per_event"] <= wal and run["statements_per_event"] <= statements)


def _history(sections):
    history = sections["history"]
    for name in ("ingest", "claim", "inbox"):
        ratio = history[name]["ratio"]
        yield (f"{name} with {history['old']:,} old events and {history['pending']:,} pending", "≥ 0.9 × the empty database's rate",
               f"{ratio:.2f} ×", ratio >= 0.9)


def _start(sections):
    start = sections["start"]
    ways = start["ways"]
    plain = ways["plain jar"]["median"]
    if "packaged" in ways:
        ratio = ways["packaged"]["median"] / plain
        same = ways["packaged"]["median"] / ways["plain jar, the image's flags"]["median"]
        yield ("start to the first answer, packaged with its AOT cache", "≤ 0.25 × the plain jar's",
               f"{ratio:.2f} × ({ways['packaged']['median']:.2f} s of {plain:.2f} s; {same:.2f} × with the same flags)", ratio <= 0.25)
        yield ("memory then; size of the packaged application", "",
               f"{ways['packaged']['rss_mb']:.0f} MB (plain jar {ways['plain jar']['rss_mb']:.0f} MB); {start['size_mb']} MB", None)


def _browser(sections):
    row = sections["browser"]["first_row"]
    yield ("the portal's first row of events, in a browser with an empty cache", "< 500 ms",
           f"{row['median']:.0f} ms, highest {row['highest']:.0f} ms of {len(row['milliseconds'])}", row["median"] < 500)


def _isolation(sections):
    isolation = sections["isolation"]
    post = isolation["match"]["from_post"]
    yield (f"another organization's post → receipt beside {isolation['queued']:,} deliveries to an endpoint that hangs",
           "p95 < 2 s", f"p50 {post['p50']:.2f}, p95 {post['p95']:.2f} ms", post["p95"] < 2000)


def _inbox(sections):
    inbox = sections["inbox"]
    yield ("inbox, 100 items a poll, with ingest going on", "",
           f"{inbox['rate']:,.0f} polls/s, p50 {inbox['latency']['p50']:.1f}, p95 {inbox['latency']['p95']:.1f} ms", None)


def _lease(sections):
    lease = sections["lease"]
    yield ("8 consumers lease and acknowledge batches of 100", "",
           f"{lease['rate']:,.0f} events/s, {lease['ratio']:.2f} × batch ingest of 8 connections; statements a batch: "
           f"leased {lease['statements_per_batch']['leased']:.1f}, acknowledged {lease['statements_per_batch']['acknowledged']:.1f}", None)
    replay = lease["replay"]
    yield (f"post → receipt of fresh events beside a replay ({replay['requeued']:,} replayed meanwhile)", "",
           f"p95 {replay['beside']['p95']:.2f} ms (alone {replay['alone']['p95']:.2f} ms); longest step {replay['longest_step_ms']:.1f} ms", None)


def _auth(sections):
    auth = sections["auth"]
    for build, restart in auth["restart"].items():
        first, lookups = restart["first"], restart["first"]["lookups"]
        refused = first["statuses"].get("503", 0)
        # Requests whose key was known already wait for none.
        soon = 1 - (lookups["+Inf"] - lookups["0.025"]) / first["requests"] if lookups else None
        yield (f"right after a restart, the first post of each of {restart['organizations']:,} organizations, {restart['rate']:,} a second"
               + (f" ({build})" if len(auth["restart"]) > 1 else ""), "99 % wait for their key for 25 ms at most, no 503",
               (f"{soon:.1%}, {lookups['+Inf']:,.0f} look-ups; " if lookups else "")
               + f"503: {refused:,}; the whole request p50 {first['latency'].get('p50', 0):.1f}, "
               f"p99 {first['latency'].get('p99', 0):.1f} ms, of one organization alone p99 {restart['one']['latency']['p99']:.1f} ms",
               soon is not None and soon >= 0.99 and not refused if build == "after" else None)
    scopes = auth["scopes"]["ratios"]
    yield ("a key with one scope ÷ one with all, median (lowest–highest) of the turns", "", _spread(scopes), None)
    quiet = auth["quiet"]["known"]["latency"]["p95"]
    for name in ("unknown keys", "wrong keys"):
        yield (f"{name} refused, known ones going on", "",
               f"{auth[name]['refused_per_second']:,.0f}/s {auth[name]['flood']['statuses']}; known p95 "
               f"{auth[name]['known']['latency']['p95']:.1f} ms (alone {quiet:.1f} ms)", None)


def _overload(sections):
    overload = sections["overload"]
    twice, half, most = overload["twice"], overload["half"], overload["most"]
    yield (f"overload: twice the most ({most['rate']:,.0f}/s) is offered", "",
           f"accepted {twice['rate']:,.0f}/s, p95 {twice['latency_from_send'].get('p95', 0):.0f} ms from the send; refused "
           f"{sum(n for status, n in twice['statuses'].items() if status != '201'):,}, p95 {twice['refused'].get('p95', 0):.0f} ms; "
           f"at half the most at once after: p95 {half['latency'].get('p95', 0):.0f} ms", None)


def _stream(sections):
    stream = sections["stream"]
    for name, to in (("one", "one stream"), ("hundred", "100 streams of 100 organizations")):
        answer = stream[name]["match"]["from_answer"]
        yield (f"visible in {to} after the accepting answer, at 1,000 events/s", "p95 ≤ 100 ms",
               f"p50 {answer['p50']:.1f}, p95 {answer['p95']:.1f}, p99 {answer['p99']:.1f} ms", answer["p95"] <= 100)
    memory = stream["memory"]
    yield (f"memory of the service with {memory['streams']} streams (VmRSS)", "",
           f"idle {memory['idle']['rss_mb_highest']:.0f} MB (without {memory['without']['rss_mb']:.0f} MB), at 1,000 events/s "
           f"{memory['busy']['rss_mb_highest']:.0f} MB", None)


CPU_AIMS = {"ingest, 128 connections": 0.7, "steady, delivery going on": 0.6}
COUNT_AIMS = {"system calls": 11, "futex calls and context switches": 6}


def _paired(sections):
    for what in ("ingest, 1 connection", "ingest, 128 connections", "steady, delivery going on"):
        ratios, aim = sections["paired"][what]["ratios"], CPU_AIMS.get(what)
        yield (f"{what}: after ÷ before, median (lowest–highest) of the turns", f"service's CPU ≤ {aim} ×" if aim else "", _spread(ratios),
               ratios["service's CPU"]["median"] <= aim if aim else None)
        before, after = (_together(sections["paired"][what]["counts"].get(side, {})) for side in ("before", "after"))
        for name in filter(after.get, before):
            aim = COUNT_AIMS.get(name) if what.startswith("steady") else None
            yield (f"{what}: {name} an event, before → after", f"≤ {aim}" if aim else "", f"{before[name]:.1f} → {after[name]:.1f}",
                   after[name] <= aim if aim else None)


def _together(counts):
    """The two that a wake-up takes, as one figure more."""
    if not {"futex calls", "context switches"} <= counts.keys():
        return counts
    return counts | {"futex calls and context switches": counts["futex calls"] + counts["context switches"]}


PEER_AIMS = {("rust", "no endpoint"): 1.1, ("svix", "no endpoint"): 6, ("svix", "delivered"): 7}


def _peers(sections):
    for what, phase in sections["peers"].items():
        if not isinstance(phase, dict) or "runs" not in phase:
            continue
        for name, runs in phase["runs"].items():
            yield f"{what}: {name}", "", _middle(runs), None
        for name, ratios in phase["ours of"].items():
            aim, rate = PEER_AIMS.get((name, what)), ratios["rate"]["median"]
            yield (f"{what}: ours ÷ {name}'s, median (lowest–highest) of the turns", f"≥ {aim} × accepted/s" if aim else "",
                   _spread(ratios), rate >= aim if aim else None)


def _middle(runs):
    units = {"rate": "accepted/s", "finished": "of them finished/s", "p50": "ms p50", "p99": "ms p99", "CPU": "µs CPU an event", "RSS": "MB RSS"}
    found = []
    for figure, unit in units.items():
        values = sorted(run[figure] for run in runs if run[figure] is not None)
        some = f" in {len(values)} of {len(runs)} turns" if len(values) < len(runs) else ""
        found.append(f"{values[len(values) // 2]:,.{1 if figure.startswith('p') else 0}f} {unit}{some}" if values else "never finished in time")
    return ", ".join(found)


def _spread(ratios):
    return "; ".join(f"{figure} {value['median']:.2f} ({value['lowest']:.2f}–{value['highest']:.2f})" for figure, value in ratios.items())


def _pooler(sections):
    for what in ("ingest, 1 connection", "ingest, 128 connections", "steady, delivery going on"):
        yield f"{what}: behind PgBouncer ÷ direct, median (lowest–highest) of the turns", "", _spread(sections["pooler"][what]["ratios"]), None


def _restore(sections):
    restore = sections["restore"]
    for how in ("dump", "base backup"):
        found = restore[how]
        yield (f"{how} of {restore['events']:,} events, {restore['size_mb']:,} MB, at {restore['rate']} posts/s", "",
               f"{found['backup_seconds']:.0f} s, {found['backup_mb']:,} MB, posts' p95 {found['p95_meanwhile']:.0f} ms; "
               f"restored in {found['restore_seconds']:.0f} s", None)


def _sizes(sections):
    sizes = sections["sizes"]
    for what in ("ingest, 128 connections", "steady, delivery going on", "batches of 100, 8 connections"):
        for name in ("512 MB", "1024 MB"):
            ratios = sizes[what][name]["ratios"]
            aim = name == "512 MB" and what.startswith("ingest")
            yield (f"{what}: in {name} ÷ in 256 MB, median (lowest–highest) of the turns", "service's CPU ≤ 0.8" if aim else "", _spread(ratios),
                   ratios["service's CPU"]["median"] <= 0.8 if aim else None)
    for name, start in sizes["starts"].items():
        yield (f"start to the first answer in {name}", "< 1 s" if name == "256 MB" else "",
               f"{start['seconds']:.2f} s, {start['rss_mb']:.0f} MB", start["seconds"] < 1 if name == "256 MB" else None)


def _cells(sections):
    cells = sections["cells"]
    yield "an event in a cell ÷ in an installation alone, median (lowest–highest) of the turns", "", _spread(cells["a cell, of an installation alone"]["ratios"]), None
    others = cells["the others, while one cell's PostgreSQL fails"]
    for how in ("killed", "frozen"):
        yield f"two cells' latency while the third's PostgreSQL is {how} ÷ while it is well", "", _spread(others[how]), None


def _moves(sections):
    moves = sections["cells"]["moves"]["moves"]
    long = max(moves, key=lambda move: move["rows"])
    yield (f"a move of {long['rows']:,} rows, posts going on", "nothing stored for 2 s at the most",
           f"{long['seconds']:.0f} s, nothing stored for {long['unavailable_ms']} ms (others {max(move['unavailable_ms'] for move in moves if move is not long)} ms at the most)",
           long["unavailable_ms"] <= 2000)


def _capacity(sections):
    for way in WAYS:
        each = sections["capacity"][way]
        yield (f"{way}: an event's cost", "",
               f"{each['service_microseconds']:.0f} µs of the service's CPU, {each['postgresql_microseconds']:.0f} of PostgreSQL's; {each['kept_bytes']} bytes "
               f"until its day is dropped and {each['dedup_bytes']} of its dedup_id, {each['wal_bytes']:,} of WAL; {each['connections']} connections", None)
