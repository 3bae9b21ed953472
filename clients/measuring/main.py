"""One library after the other against the service as its image runs it, and a table at the end."""

import argparse
import json
import os
import shutil
import subprocess
import tempfile
import urllib.request
import uuid
from pathlib import Path

from harness.machine import conditions
from harness.postgres import Postgres
from harness.service import Application
from harness.shell import run, say
from verification.main import jdk
from verification.service import Service

HERE = Path(__file__).resolve().parent
CLIENTS, ROOT = HERE.parent, HERE.parents[1]


def python(work):
    return "Python", [shutil.which("python3"), HERE / "figures.py"], {"PYTHONPATH": CLIENTS / "python" / "src"}


def typescript(work):
    folder = CLIENTS / "typescript"
    if not (folder / "node_modules").exists():
        run("npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error", cwd=folder)
    run("npm", "run", "--silent", "build", cwd=folder)
    return "TypeScript", [shutil.which("node"), HERE / "figures.mjs"], {}


def go(work):
    run("go", "build", "-o", work / "figures-go", ".", cwd=HERE / "go")
    return "Go", [work / "figures-go"], {}


def java(work):
    home = jdk(17)
    run(ROOT / "mvnw", "-q", "-B", "-ntp", "-f", CLIENTS / "java", "-pl", "client", "compile", cwd=ROOT, env=os.environ | {"JAVA_HOME": str(home)})
    classes = CLIENTS / "java" / "client" / "target" / "classes"
    run(home / "bin" / "javac", "-cp", classes, "-d", work, HERE / "Figures.java")
    return "Java", [home / "bin" / "java", "-cp", f"{classes}{os.pathsep}{work}", "Figures"], {}


def generate_key(url):
    body = json.dumps({"organization_name": f"figures {uuid.uuid4()}", "tier": "enterprise"}).encode()
    with urllib.request.urlopen(urllib.request.Request(url + "/api/keys/generate", body, {"Content-Type": "application/json"})) as answer:
        return json.load(answer)["api_key"]


def measured(prepared, url, settings):
    name, command, environment = prepared
    say(f"measuring {name}")
    text = run(*command, env=os.environ | {name: str(value) for name, value in {**environment, **settings}.items()}
               | {"TRIGGERS_URL": url, "TRIGGERS_KEY": generate_key(url)})
    return json.loads(text.splitlines()[-1]) | {"name": name}


ROW = "| {name} {runtime} | {rate:,.0f} | {bare_ms:.3f} ms | {library_ms:.3f} ms | {overhead_ms:+.3f} ms | {consumed:,.0f} |"


def main(arguments):
    parser = argparse.ArgumentParser(prog="clients/figures", description=__doc__)
    parser.add_argument("languages", nargs="*", default=[], help="python typescript go java; without any, all")
    parser.add_argument("--jar", type=Path, default=ROOT / "target" / "triggers-api.jar", help="the service (%(default)s)")
    parser.add_argument("--smoke", action="store_true", help="a little of everything: that it runs, not how fast")
    options = parser.parse_args(arguments)
    settings = {"PAIRS": 50, "SECONDS": 0.5, "EVENTS": 2_000} if options.smoke else {"PAIRS": 4_000, "SECONDS": 10, "EVENTS": 50_000}
    work = Path(tempfile.mkdtemp(prefix="triggers-figures-"))
    postgres = Postgres()
    try:
        postgres.start()
        prepared = [{"python": python, "typescript": typescript, "go": go, "java": java}[language](work)
                    for language in options.languages or ["python", "typescript", "go", "java"]]
        flags = Application(ROOT, work, jar=options.jar).flags()
        service = Service(options.jar, work, postgres, "figures", flags)
        service.start()
        try:
            rows = [measured(one, service.address, settings) for one in prepared]
        finally:
            service.end()
        machine, database = conditions(ROOT), postgres.conditions()
    finally:
        postgres.close()
        shutil.rmtree(work, ignore_errors=True)
    print("| from one process | sends/s, 16 at once | p50 of a bare client | of the library | overhead | consumed and acknowledged/s |\n|---|--:|--:|--:|--:|--:|")
    for row in rows:
        print(ROW.format(**row))
    print(f"\n{machine['date']}, {machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB, {machine['system']}; PostgreSQL"
          f" {database['server_version']} with its defaults (a commit takes {database['commit_microseconds']} µs), the service and what measures it on the"
          f" same cores; {settings['PAIRS']:,} pairs, {settings['SECONDS']} s, {settings['EVENTS']:,} events.")
    return 0
