"""The command line: which sections, how long, and where to."""

import argparse
import os
import signal
import sys
import time
from pathlib import Path

from . import machine, report
from .bench import Bench, Section
from .client import Client
from .postgres import Postgres
from .sections import ALL, LONG, SMOKE, USUAL
from .service import TIER_LIMITS, Application
from .shell import run, java, say

ROOT = Path(__file__).resolve().parents[2]


def arguments():
    parser = argparse.ArgumentParser(
        prog="bench/run", description="Builds the packaged service, starts it with a PostgreSQL, a load generator and a "
        "receiver of its own, measures, and prints the figures. It stops only what it started.")
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=f"of {', '.join(ALL)}; all but {', '.join(LONG)} if none is named")
    parser.add_argument("--seconds", type=float, help="how long each measurement takes, instead of the section's usual time")
    parser.add_argument("--sustained", type=float, help="seconds of the sustained delivery (60; the full figure takes 600)")
    parser.add_argument("--scale", type=float, help="of the history: 1 is 5 million old events and 1 million pending")
    parser.add_argument("--smoke", action="store_true", help=f"{', '.join(SMOKE)} once, as short and small as it goes; no figure counts")
    parser.add_argument("--app", help="a folder that release/assemble and release/train made, instead of building one")
    parser.add_argument("--jar", help="a plain jar, instead of the packaged application")
    parser.add_argument("--before", help="an earlier build, as --jar or --app names this one, for the sections paired and auth")
    parser.add_argument("--peer", action="append", metavar="COMMAND", help="for the section peers: what starts another service, for example bench/peers/svix; any number of them")
    parser.add_argument("--results", help="where results go (bench/results)")
    parser.add_argument("--java-options", help="further options for the service's JVM, for example to profile it")
    options = parser.parse_args()
    for name in options.sections:
        if name not in ALL:
            parser.error(f"no section {name}; there are {', '.join(ALL)}")
    if "paired" in options.sections and not options.before:
        parser.error("paired takes an earlier build: --before")
    if options.before:
        kind = "folder" if Path(options.before).is_dir() else "jar"
        if (kind == "jar") != bool(options.jar):
            parser.error("both builds must be of a kind: plain jars, or packaged")
        options.before = {kind: options.before}
    if "peers" in options.sections and not options.peer:
        parser.error("peers takes --peer, once or more")
    usual = SMOKE if options.smoke else [name for name in ALL if name not in LONG]
    options.sections = options.sections or usual
    return options


def main():
    options = arguments()
    # An interrupted run stops what it started as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    results = Path(options.results or ROOT / "bench" / "results").resolve()
    results.mkdir(parents=True, exist_ok=True)
    application = Application(ROOT, results, options.app, options.jar)
    application.build()
    expected = sum(USUAL[name] for name in options.sections)
    say(f"{', '.join(options.sections)}: " + ("under a minute or two" if options.smoke else
        f"{options.seconds:g} s a measurement" if options.seconds else f"about {expected // 60 + 1} minutes"))
    conditions = machine.conditions(ROOT) | {"smoke": options.smoke}
    postgres = Postgres()
    client = None
    try:
        postgres.start()
        client = Client()
        conditions |= {
            "java": run(java() / "bin" / "java", "--version").splitlines()[0],
            "postgresql": postgres.conditions(),
            "payload_bytes": 512,
            "tier_limits": TIER_LIMITS,
            "application": "plain jar" if application.jar else "packaged" + (", with its AOT cache" if application.trained() else ", without AOT cache"),
            "flags": application.flags(),
            "application_mb": application.size_mb(),
        }
        bench = Bench(ROOT, results, application, postgres, client, options)
        bench.java_options = options.java_options
        sections = [_measure(bench, name) for name in options.sections]
    finally:
        if client:
            client.close()
        postgres.close()
    return report.write(results, conditions, sections)


def _measure(bench, name):
    say(name + (f" (about {USUAL[name]} s)" if not bench.smoke and not bench.options.seconds else ""))
    section = Section(name)
    began = time.monotonic()
    load = os.getloadavg()[0]
    try:
        ALL[name](bench, section)
    except Exception as failure:  # the other sections are worth having
        section.failure = f"{type(failure).__name__}: {failure}"
        say(f"  FAILED: {section.failure}")
    section.data |= {"load_average_before": round(load, 2), "took_seconds": round(time.monotonic() - began, 1)}
    return section
