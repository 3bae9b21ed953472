"""Three cells, each with a PostgreSQL of its own: what a cell costs, what the end of one does to the others, and moves."""

import os
import signal
import time
from contextlib import ExitStack

from ..bench import Bench
from ..machine import children_of, Watch
from ..postgres import Postgres
from ..service import Service
from ..shell import free_port, say
from .paired import ratios

TOKEN = "only-for-the-benchmark-of-this"


class Cell:

    def __init__(self, bench, digits, ports):
        self.digits = digits
        self.postgres = Postgres()
        self.postgres.start()
        self.postgres.create("cell")
        self.bench = Bench(bench.root, bench.results, bench.application, self.postgres, bench.client, bench.options, f"cell{digits}")
        self.bench.java_options = bench.java_options
        others = ",".join(f"{other}=http://localhost:{port}" for other, port in ports.items())
        self.settings = {"PORT": str(ports[digits]), "CELL": digits, "CELLS": others, "CELL_SECRET": TOKEN, "ADMIN_TOKEN": TOKEN,
                         "CELL_WEIGHTS": f"{digits}=1"}
        self.service = None
        self.stored = 0

    def begin(self):
        self.service = Service(self.bench, "cell", name=f"cell-{self.digits}", **self.settings)
        return self

    def ask(self, method, path, body=None):
        return self.service.ask(method, f"/api/admin{path}", body, admin=TOKEN)

    def organization(self, name):
        """An organization's id, and a file with a key of it."""
        made = self.ask("POST", "/organizations", {"name": name, "tier": "enterprise"})["id"]
        key = self.ask("POST", f"/organizations/{made}/keys", {"name": "bench"})["api_key"]
        file = self.bench.results / f"key-{self.digits}-{name}.txt"
        file.write_text(key + "\n")
        return made, file

    def kill(self):
        self.postgres.program("pg_ctl", "-D", self.postgres.data, "-m", "immediate", "-w", "stop")
        self.postgres.statements = None

    def freeze(self, how=signal.SIGSTOP):
        pid = self.postgres.pid()
        for process in [pid, *children_of(pid)]:
            os.kill(process, how)

    def mend(self):
        if self.postgres.statements is None:
            self.postgres.start(fresh=False)
        else:
            self.freeze(signal.SIGCONT)
        self.service.began = time.monotonic()
        self.service.await_answer()

    def close(self):
        if self.service:
            self.service.stop()
        self.postgres.close()


def cells(bench, section):
    ports = {digits: free_port() for digits in ("07", "08", "09")}
    with ExitStack() as open_cells:
        three = []
        for digits in ports:
            three.append(Cell(bench, digits, ports))
            open_cells.callback(three[-1].close)
        for cell in three:
            cell.begin()
        for cell in three:
            cell.service.await_answer()
            cell.own = cell.organization("own")
            cell.bench.know(1, "cell", cell.own[1])
            say(f"  warming up cell {cell.digits}")
            _load(cell, cell.own, bench.amount(10, 1), connections=32)
        _price(bench, section, three[0])
        _failures(bench, section, three)
        _moves(bench, section, *three[1:])
        _upgrades(bench, section, three)
        for cell in three:
            section.check(f"stored in cell {cell.digits}", cell.stored, cell.postgres.number(
                f"select count(*) from events where organization_id = '{cell.own[0]}'", "cell"))


def _load(cell, organization, seconds, **settings):
    """A load of one cell's organization, over and done with."""
    result = cell.bench.load(cell.service, keys=organization[1], dedup=True, seconds=seconds, **settings)
    cell.stored += result["accepted"]
    return result


def _price(bench, section, cell):
    """An event in a cell, and in an installation that knows of no cells, in turns."""
    rounds = bench.amount(6, 1)
    runs = {"alone": [], "cell": []}
    database = bench.database()
    with bench.service(database) as alone:
        stored = bench.warm_up(alone)
        for turn in range(rounds):
            for name in sorted(runs, reverse=turn % 2 == 0):
                side, service = (cell.bench, cell.service) if name == "cell" else (bench, alone)
                side.postgres.sql("checkpoint")
                pace = {"rate": bench.amount(1000, 100), "connections": 64}
                with Watch(side, service) as watch:
                    result = (_load(cell, cell.own, bench.seconds(8), **pace) if name == "cell"
                              else bench.load(service, dedup=True, seconds=bench.seconds(8), **pace))
                stored += 0 if name == "cell" else result["accepted"]
                each = watch.per(result["accepted"])["cpu_microseconds_per_event"]
                runs[name].append({"accepted": result["accepted"], "p50": result["latency"]["p50"], "p95": result["latency"]["p95"],
                                   "service's CPU": each["service"], "PostgreSQL's CPU": each["postgresql"]})
        section.check("stored alone", stored, bench.stored(database))
    section.data["a cell, of an installation alone"] = {
        "runs": runs, "ratios": ratios(runs["alone"], runs["cell"], ("p50", "p95", "service's CPU", "PostgreSQL's CPU"))}
    say("  a cell, of an installation alone: " + ", ".join(
        f"{figure} {value['median']:.2f}" for figure, value in section.data["a cell, of an installation alone"]["ratios"].items()))


def _failures(bench, section, three):
    """Posts of two cells while the third's PostgreSQL is well, is killed, or stands still; its clients go on calling."""
    seven, eight, nine = three
    phases = {"well": None, "killed": nine.kill, "frozen": nine.freeze}
    runs = {name: [] for name in phases}
    seconds = bench.seconds(8)
    for turn in range(bench.amount(5, 1)):
        for name, strike in phases.items():
            for cell in three:
                cell.postgres.sql("checkpoint")
            if strike:
                strike()
            rate = bench.amount(200, 50)
            # Of the third, at its own door and at another's
            dead = [cell.bench.begin_load(cell.service, keys=nine.own[1], dedup=True, connections=16, rate=rate / 4, seconds=seconds)
                    for cell in (nine, seven)]
            alive = {cell.digits: cell.bench.begin_load(cell.service, keys=cell.own[1], dedup=True, connections=32, rate=rate, seconds=seconds)
                     for cell in (seven, eight)}
            results = {cell.digits: cell.bench.client.result(alive[cell.digits]) for cell in (seven, eight)}
            for cell in (seven, eight):
                cell.stored += results[cell.digits]["accepted"]
            if strike:
                nine.mend()
            answers = [bench.client.result(one) for one in dead]
            runs[name].append({
                f"{digits} {figure}": value for digits, result in results.items() for figure, value in
                {"p50": result["latency"]["p50"], "p95": result["latency"]["p95"], "p99": result["latency"]["p99"],
                 "errors": result["errors"] + sum(n for status, n in result["statuses"].items() if status != "201")}.items()}
                | {"09 statuses": [answer["statuses"] for answer in answers]})
    # What was under way when it was killed may be stored or not: the third is counted anew
    nine.stored = nine.postgres.number(f"select count(*) from events where organization_id = '{nine.own[0]}'", "cell")
    figures = [f"{cell.digits} {figure}" for cell in (seven, eight) for figure in ("p50", "p95", "p99")]
    section.data["the others, while one cell's PostgreSQL fails"] = {
        "runs": runs, "killed": ratios(runs["well"], runs["killed"], figures), "frozen": ratios(runs["well"], runs["frozen"], figures)}
    for name in ("killed", "frozen"):
        section.check(f"errors of the others, {name}", 0, sum(run[f"{cell.digits} errors"] for run in runs[name] for cell in (seven, eight)))
        say(f"  the others while one is {name}: " + ", ".join(
            f"{figure} {value['median']:.2f}" for figure, value in section.data["the others, while one cell's PostgreSQL fails"][name].items()))


def _moves(bench, section, eight, nine):
    """A cell is drained under load: small organizations, and one with a long history."""
    small = [nine.organization(f"small{n}") for n in range(bench.amount(4, 1))]
    large = nine.organization("large")
    history = bench.amount(1_000_000, 2_000)
    say(f"  {history:,} events of history")
    posted = nine.bench.load(nine.service, keys=large[1], batch=100, connections=4, count=history // 100)["accepted"]
    keys = bench.results / "keys-moving.txt"
    keys.write_text("".join(file.read_text() for _, file in [*small, large]))
    begun = nine.bench.begin_load(nine.service, keys=keys, dedup=True, connections=32, rate=bench.amount(200, 50), seconds=3600)
    moves = []
    for made, _ in [*small, large]:
        began = time.monotonic()
        move = nine.ask("POST", "/moves", {"organization_id": made, "to": eight.digits})
        while move["state"] not in ("switched", "finished", "cancelled"):
            time.sleep(0.1)
            move = nine.ask("GET", f"/moves/{move['id']}")
        moves.append({"seconds": round(time.monotonic() - began, 1), "rows": move["rows"], "unavailable_ms": move["unavailable_ms"],
                      "state": move["state"], "id": move["id"]})
        say(f"  {move['rows']:,} rows moved in {moves[-1]['seconds']} s, nothing stored for {move['unavailable_ms']} ms")
    load = bench.client.end(begun)
    for move in moves:
        until = time.monotonic() + 900
        while nine.ask("GET", f"/moves/{move['id']}")["state"] != "finished" and time.monotonic() < until:
            time.sleep(0.5)
    ids = ", ".join(f"'{made}'" for made, _ in [*small, large])
    # An answer that was on its way when the load ended may have been stored
    found = eight.postgres.number(f"select count(*) from events where organization_id in ({ids})", "cell")
    unknown = load["requests"] - sum(load["statuses"].values())
    accepted = posted + load["accepted"]
    section.check("stored of those that moved, but for answers that were not waited for", True, accepted <= found <= accepted + unknown)
    section.check("left behind", 0, _left(nine, ids))
    section.data["moves"] = {"moves": moves, "statuses": load["statuses"], "errors": load["errors"], "latency": load["latency"]}
    own = nine.own[0]
    move = nine.ask("POST", "/moves", {"organization_id": own, "to": eight.digits})
    while nine.ask("GET", f"/moves/{move['id']}")["state"] != "finished":
        time.sleep(0.5)
    section.check("left behind of its own", 0, _left(nine, f"'{own}'"))
    left = nine.postgres.number("select count(*) from organizations where elsewhere is null", "cell")
    section.check("organizations in the drained cell", 0, left)
    section.check("its own, arrived", nine.stored, eight.postgres.number(f"select count(*) from events where organization_id = '{own}'", "cell"))
    nine.stored = 0


def _left(cell, ids):
    """How many events of those that moved away are there, once all are removed or ten minutes are over."""
    until = time.monotonic() + 600
    left = 1
    while left and time.monotonic() < until:
        time.sleep(1)
        left = cell.postgres.number(f"select count(*) from events where organization_id in ({ids})", "cell")
    return left


def _upgrades(bench, section, three):
    """Each cell's instance is stopped and started again, while the others are posted to."""
    problems = []
    for cell in three:
        others = [other for other in three[:2] if other is not cell]
        loads = {other: other.bench.begin_load(other.service, keys=other.own[1], dedup=True, connections=16,
                                               rate=bench.amount(200, 50), seconds=3600) for other in others}
        cell.service.stop()
        cell.begin().service.await_answer()
        time.sleep(bench.amount(2, 1))
        for other, load in loads.items():
            result = bench.client.end(load)
            other.stored += result["accepted"]
            failed = sum(n for status, n in result["statuses"].items() if status != "201")
            problems.append({"restarted": cell.digits, "of": other.digits, "accepted": result["accepted"], "failed": failed,
                             "p95": result["latency"]["p95"]})
    section.data["cell by cell"] = problems
    section.check("failures elsewhere while a cell is restarted", 0, sum(problem["failed"] for problem in problems))
    for cell in three[:2]:
        # Answers that were not waited for
        found = cell.postgres.number(f"select count(*) from events where organization_id = '{cell.own[0]}'", "cell")
        section.check(f"nothing lost in cell {cell.digits}", True, 0 <= found - cell.stored <= 32 * 3)
        cell.stored = found
