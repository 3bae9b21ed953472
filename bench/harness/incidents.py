"""Two instances, PostgreSQL and Prometheus: each incident is provoked until its alert fires, and cured by the runbook's step."""

import argparse
import http.client
import http.server
import json
import random
import secrets
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

from .bench import Bench
from .postgres import Postgres
from .prometheus import Prometheus
from .service import Application, Service
from .shell import free_port, run, say

ROOT = Path(__file__).resolve().parents[2]

# What the runbook says to end: whoever makes others wait.
BLOCKERS = """select pg_terminate_backend(blocker) from (select distinct unnest(pg_blocking_pids(pid)) as blocker
from pg_stat_activity where datname = current_database()) as blockers"""

SETTINGS = {
    "MAX_DB_CONNECTIONS": "4", "DELIVERY_CONCURRENCY": "16", "DELIVERY_LEASE": "15s", "CIRCUIT_OPEN": "5s",
    "CIRCUIT_LONGEST": "5s", "DELIVERY_BACKOFF": ",".join(["5s"] * 20), "TIER_LIMITS": "enterprise=100000",
}


class Receiver(http.server.ThreadingHTTPServer):
    """Answers as it is told to at the time."""

    daemon_threads = True
    request_queue_size = 512

    def __init__(self):
        self.status = 200
        self.seconds = 0
        self.failing = 0
        super().__init__(("127.0.0.1", 0), _Answer)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def behave(self, status=200, seconds=0):
        self.status = status
        self.seconds = seconds

    def handle_error(self, *_):
        pass  # whoever hung up


class _Answer(http.server.BaseHTTPRequestHandler):

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.server.seconds:
            time.sleep(self.server.seconds)
        self.send_response(503 if random.random() < self.server.failing else self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class Traffic:
    """Calls that go on until they are stopped, whatever becomes of them."""

    def __init__(self, ports, call, pause, threads=1):
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self._run, args=(port, call, pause), daemon=True)
                        for port in ports for _ in range(threads)]
        for thread in self.threads:
            thread.start()

    def _run(self, port, call, pause):
        connection = None
        while not self.over.wait(pause):
            try:
                connection = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=5)
                connection.request(*call())
                connection.getresponse().read()
            except (OSError, http.client.HTTPException):
                if connection:
                    connection.close()
                connection = None

    def stop(self):
        self.over.set()
        for thread in self.threads:
            thread.join(10)


class Stage:
    """What an incident happens on."""

    def __init__(self, bench, postgres):
        self.bench = bench
        self.postgres = postgres
        self.database = "incidents"
        self.receiver = Receiver()
        self.ports = {"one": free_port(), "two": free_port()}
        postgres.create(self.database)
        self.instances = {}
        for name in self.ports:
            self.begin(name)
        one = self.instances["one"]
        self.key = one.ask("POST", "/api/keys/generate", {"organization_name": "On call", "tier": "enterprise"})["api_key"]
        one.ask("POST", "/api/webhook/config", {"url": f"http://127.0.0.1:{self.receiver.server_port}/"}, self.key)
        self.posts = Traffic(self.ports.values(), self.post, 0.1)
        self.others = None
        self.locker = None

    def begin(self, name):
        self.instances[name] = Service(self.bench, self.database, name=name, PORT=str(self.ports[name]), **SETTINGS)
        self.instances[name].await_answer()

    def _headers(self):
        return {"Content-Type": "application/json", "X-API-Key": self.key}

    def post(self):
        return "POST", "/api/events", json.dumps({"event_type": "order.paid", "payload": {"number": 1}}), self._headers()

    def poll(self):
        return "GET", "/api/inbox?limit=1", None, self._headers()

    def read(self):
        self.others = Traffic(self.ports.values(), self.poll, 0, 8)

    def guess(self):
        def guessed():
            return "GET", "/api/inbox", None, {"X-API-Key": "zap_live_" + secrets.token_hex(32)}
        self.others = Traffic(self.ports.values(), guessed, 0, 8)

    def quiet(self):
        if self.others:
            self.others.stop()
            self.others = None

    def lock(self, table):
        """A session that has forgotten its transaction."""
        self.locker = subprocess.Popen(
            [self.postgres.bin / "psql", "-XAtq", "-h", "127.0.0.1", "-p", str(self.postgres.port), "-U", "postgres", "-d", self.database,
             "-c", f"begin; lock table {table} in access exclusive mode; select pg_sleep(3600)"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def unlock(self):
        self.postgres.sql(BLOCKERS, self.database)
        try:
            self.locker.wait(10)
        except subprocess.TimeoutExpired:
            say("  the runbook's statement did not end the transaction")
            self.locker.terminate()

    def close(self):
        self.quiet()
        self.posts.stop()
        if self.locker and self.locker.poll() is None:
            self.locker.terminate()
        for instance in self.instances.values():
            if instance.process.poll() is None:
                instance.process.send_signal(signal.SIGCONT)
            instance.stop()
        self.receiver.shutdown()


class Incident:

    def __init__(self, name, alert, provoke, cure, series, cured):
        self.name = name
        self.alert = alert
        self.provoke = provoke
        self.cure = cure
        self.series = series
        self.cured = cured


def _kill(stage):
    stage.instances["two"].process.kill()
    stage.instances["two"].process.wait()


def _freeze(stage):
    stage.receiver.behave(seconds=4)
    time.sleep(2)
    stage.instances["two"].process.send_signal(signal.SIGSTOP)
    # The other one sends again what the frozen one had under way, whose outcomes come when it goes on.
    stage.receiver.behave()
    time.sleep(25)
    stage.instances["two"].process.send_signal(signal.SIGCONT)


def _stop_database(stage):
    stage.postgres.stop()
    stage.postgres.statements = None


def _fill_pool(stage):
    stage.lock("events")
    stage.read()


def _empty_pool(stage):
    stage.unlock()
    stage.quiet()


INCIDENTS = [
    Incident("an instance is dead", "TriggersInstanceDead", _kill, lambda stage: stage.begin("two"),
             ['up{job="triggers"}'], "it was started again"),
    Incident("a receiver is down", "TriggersReceiverDown", lambda stage: stage.receiver.behave(status=500),
             lambda stage: stage.receiver.behave(), ["triggers_delivery_circuits_open"], "it answers again"),
    Incident("a backlog: the receiver takes 8 s to answer", "TriggersDeliveriesLate", lambda stage: stage.receiver.behave(seconds=8),
             lambda stage: stage.receiver.behave(), ["triggers_delivery_oldest_due_seconds"], "it answers before it works"),
    Incident("the database is away", "TriggersAnswersFail", _stop_database, lambda stage: stage.postgres.start(fresh=False),
             ['http_server_requests_seconds_count{status="5xx"}'], "it was started again"),
    Incident("the limiter is off: its table is locked", "TriggersLimiterOff", lambda stage: stage.lock("rate_limit_buckets"),
             lambda stage: stage.unlock(), ["rate_limit_unchecked_total"], "the transaction that holds the lock was ended"),
    Incident("keys are guessed", "TriggersKeysGuessed", lambda stage: stage.guess(), lambda stage: stage.quiet(),
             ['key_authentication_failures_total{reason=~"unknown|wrong"}'], "whoever guessed was shut out"),
    Incident("the pool is exhausted: a table is locked", "TriggersPoolExhausted", _fill_pool, _empty_pool,
             ["hikaricp_connections_pending", "hikaricp_connections_timeout_total"], "the transaction that holds the lock was ended"),
    Incident("outcomes come too late: an instance is frozen for longer than a lease", "TriggersOutcomesLate", _freeze,
             lambda stage: None, ["triggers_delivery_outcomes_lost_total"], "it runs again"),
]


def arguments():
    parser = argparse.ArgumentParser(
        prog="bench/incidents", description="Starts two instances, PostgreSQL and Prometheus on loopback, provokes each incident, "
        "waits for its alert, cures it by the runbook's step and waits for the alert's end. It stops only what it started.")
    parser.add_argument("--scale", type=float, default=1, help="by how much the windows and the waits of the rules are shortened (1: not)")
    parser.add_argument("--only", help="parts of the names of the incidents wanted, comma-separated")
    parser.add_argument("--app", help="a folder that release/assemble and release/train made, instead of building one")
    parser.add_argument("--jar", help="a plain jar, instead of the packaged application")
    parser.add_argument("--record", help="a file for promtool that gets the series of these incidents")
    parser.add_argument("--pictures", help="a folder for pictures of both dashboards, under a load of some minutes and without incidents")
    parser.add_argument("--results", help="where logs go (bench/results)")
    return parser.parse_args()


def main():
    options = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    results = Path(options.results or ROOT / "bench" / "results").resolve()
    results.mkdir(parents=True, exist_ok=True)
    application = Application(ROOT, results, options.app, options.jar)
    application.build()
    postgres = Postgres()
    stage = prometheus = None
    try:
        postgres.start()
        bench = Bench(ROOT, results, application, postgres, None, SimpleNamespace(smoke=False))
        stage = Stage(bench, postgres)
        prometheus = Prometheus(ROOT / "deploy" / "prometheus" / "triggers.rules.yml", stage.ports, options.scale)
        wanted = [incident for incident in INCIDENTS if not options.only or any(part in incident.name for part in options.only.split(","))]
        if options.pictures:
            return _pictures(stage, prometheus, Path(options.pictures))
        say(f"{len(wanted)} incidents, with windows and waits divided by {options.scale:g}")
        time.sleep(10 * prometheus.step)
        reports = [_happen(incident, stage, prometheus) for incident in wanted]
    finally:
        if prometheus:
            prometheus.close()
        if stage:
            stage.close()
        postgres.close()
    if options.record:
        Path(options.record).write_text(_tests(reports))
    print(_table(reports, options.scale))
    return 0 if all(report.ended for report in reports) else 1


def _pictures(stage, prometheus, folder):
    """Receivers that fail now and then, consumers that poll, and a rate that goes up and down."""
    stage.receiver.failing = 0.02
    stage.others = Traffic(stage.ports.values(), stage.poll, 0.1, 2)
    for threads, pause in ((4, 0.05), (8, 0.04), (2, 0.04), (6, 0.04)):
        say(f"  {threads} senders for each instance")
        more = Traffic(stage.ports.values(), stage.post, pause, threads)
        time.sleep(45)
        more.stop()
    for name in ("service", "deliveries"):
        run(ROOT / "deploy" / "grafana" / "draw.py", name, f"http://127.0.0.1:{prometheus.port}", folder / f"{name}.svg",
            "--minutes", "3", "--rate", "10s")
    return 0


def _happen(incident, stage, prometheus):
    say(incident.name)
    _await(lambda: incident.alert not in prometheus.firing(), 600 / prometheus.scale + 120)
    before = prometheus.firing()
    report = SimpleNamespace(incident=incident, fired=None, ended=None, beside=set(), series={})
    report.began = began = time.time()
    incident.provoke(stage)

    def fires():
        report.beside |= prometheus.firing()
        return incident.alert in report.beside
    fired = _await(fires, 900 / prometheus.scale + 150)
    report.fired = time.time() - began if fired else None
    say(f"  {incident.alert} " + (f"fires after {report.fired:.0f} s" if fired else "does NOT fire"))
    # Some of it is to be seen in the series.
    time.sleep(4 * prometheus.step)
    report.cured = time.time()
    report.beside |= prometheus.firing()
    incident.cure(stage)
    ended = fired and _await(lambda: incident.alert not in prometheus.firing(), 900 / prometheus.scale + 150)
    report.over = time.time()
    report.ended = report.over - report.cured if ended else None
    say(f"  it ends after {report.ended:.0f} s" if ended else "  it does NOT end")
    time.sleep(4 * prometheus.step)
    start, end = began - 8 * prometheus.step, time.time()
    for selector in incident.series:
        for series in prometheus.range(selector, start, end):
            report.series[_name(series["metric"])] = _values(series["values"], start, end, prometheus.step)
    report.start, report.step = start, prometheus.step
    report.beside -= before | {incident.alert}
    return report


def _await(condition, seconds):
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.2)
    return True


def _name(labels):
    rest = ", ".join(f'{name}="{value}"' for name, value in sorted(labels.items()) if name != "__name__")
    return f"{labels['__name__']}{{{rest}}}"


def _values(samples, start, end, step):
    """As promtool writes them: v+dxN goes on from v by d for N times more, _xN is nothing N times."""
    found = {round((at - start) / step): value for at, value in samples}
    values = [found.get(place, "_") for place in range(int((end - start) / step) + 1)]
    words, place = [], 0
    while place < len(values):
        last = place
        while last + 1 < len(values) and values[last + 1] == values[place]:
            last += 1
        more = last - place
        words.append(f"_x{more + 1}" if values[place] == "_" else values[place] + (f"x{more}" if more else ""))
        place = last + 1
    return " ".join(words)


def _tests(reports):
    """Time in the tests is that of the rules as they are: a step is 15 s, however short it was here."""
    parts = ["# Series recorded by bench/incidents --record from incidents that were provoked: a step stands for 15 s.\n",
             "rule_files:\n  - triggers.rules.yml\n", "evaluation_interval: 15s\n", "tests:"]
    for report in reports:
        if report.ended is None:
            continue
        alert = report.incident.alert
        parts.append(f"  - name: {json.dumps(report.incident.name)}\n    interval: 15s\n    input_series:")
        parts += [f"      - series: '{name}'\n        values: '{values}'" for name, values in sorted(report.series.items())]
        parts.append("    promql_expr_test:")
        for at, fires in ((report.began, False), (report.cured, True), (report.over + 3 * report.step, False)):
            samples = f"\n          - labels: '{{alertname=\"{alert}\"}}'\n            value: 1" if fires else " []"
            parts.append(f"      - expr: max by (alertname) (ALERTS{{alertname=\"{alert}\", alertstate=\"firing\"}})\n"
                         f"        eval_time: {round((at - report.start) / report.step) * 15}s\n        exp_samples:{samples}")
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def _table(reports, scale):
    lines = ["| incident | alert | fires after | cure | ends after | beside it |", "|---|---|---|---|---|---|"]

    def time_of(seconds):
        return "never" if seconds is None else f"{seconds:.0f} s"
    for report in reports:
        beside = ", ".join(f"`{name}`" for name in sorted(report.beside)) or "–"
        lines.append(f"| {report.incident.name} | `{report.incident.alert}` | {time_of(report.fired)} | {report.incident.cured} | "
                     f"{time_of(report.ended)} | {beside} |")
    return "\n".join(lines)
