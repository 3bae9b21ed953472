"""Traces: what they cost where a collector is named, against the same build without one, in turns."""

import threading
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from statistics import median

from ..machine import rss_mb
from ..service import Service
from ..shell import say
from .paired import FIGURES, in_turns, loads, ratios


def traces(bench, section):
    with collector() as (address, pushed), ExitStack() as running:
        settings = {"off": {}, "a hundredth": on(address, "0.01"), "all": on(address, "1")}
        section.data["starts"] = starts(bench, {name: settings[name] for name in ("off", "all")})
        databases = {name: bench.database() for name in settings}
        sides = dict.fromkeys(settings, bench)
        services, stored = {}, {}
        for name in settings:
            services[name] = running.enter_context(bench.service(databases[name], keep=True, name=f"traces-{name}", **settings[name]))
            with bench.watch(services[name]) as idle:
                pass
            section.data[f"{name}: RSS after the start"] = idle.result["rss_mb"]
            stored[name] = bench.warm_up(services[name], connections=128)
        for what, load in loads(bench):
            if load.get("track"):
                for name in settings:
                    bench.receive(services[name])
                    stored[name] += bench.load(services[name], **load, seconds=bench.amount(5, 1))["accepted"]
                    bench.drained(databases[name])
            runs = in_turns(bench, sides, services, databases, load)
            for name in settings:
                stored[name] += sum(run["accepted"] for run in runs[name])
            section.data[what] = {"runs": runs}
            for name in ("a hundredth", "all"):
                section.data[what][name] = ratios(runs["off"], runs[name], FIGURES)
                say(f"  {what}, {name}: " + ", ".join(f"{figure} {value['median']:.2f}"
                                                      for figure, value in section.data[what][name].items()))
        for name, service in services.items():
            spans = {result: service.metric(f'triggers_traces_spans_total{{.*result="{result}".*}}')
                     for result in ("exported", "failed", "dropped")}
            section.data[f"{name}: spans"] = spans
            section.check(f"{name}: spans exported", name != "off", spans["exported"] > 0)
            section.check(f"{name}: spans refused", 0, spans["failed"])
            section.check(f"{name}: stored", stored[name], bench.stored(databases[name]))
            say(f"  {name}: {spans}, RSS after the start {section.data[f'{name}: RSS after the start']} MB")
        section.data["bytes pushed"] = sum(pushed)
    for database in databases.values():
        bench.postgres.drop(database)


def starts(bench, settings):
    """From the start to the first answer, and the memory then, in turns."""
    runs = {name: {"seconds": [], "rss_mb": []} for name in settings}
    database = bench.database()
    for _ in range(bench.amount(5, 1)):
        for name in settings:
            service = Service(bench, database, name="start", **settings[name])
            try:
                runs[name]["seconds"].append(round(service.await_answer("/health"), 3))
                runs[name]["rss_mb"].append(round(rss_mb(service.process.pid), 1))
            finally:
                service.stop()
    bench.postgres.drop(database)
    found = {name: {"runs": run} | {figure: median(values) for figure, values in run.items()} for name, run in runs.items()}
    for name, figures in found.items():
        say(f"  start, {name}: {figures['seconds']:.2f} s, {figures['rss_mb']:.0f} MB")
    return found


def on(address, ratio):
    return {"OTEL_EXPORTER_OTLP_ENDPOINT": address, "OTEL_TRACES_SAMPLER": "parentbased_traceidratio",
            "OTEL_TRACES_SAMPLER_ARG": ratio}


@contextmanager
def collector():
    """Takes whatever is pushed, and counts its bytes."""
    pushed = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            pushed.append(len(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", pushed
    finally:
        server.shutdown()
        server.server_close()
