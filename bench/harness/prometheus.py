"""Debian's Prometheus with the rules of deploy/prometheus, whose durations can be shortened."""

import json
import re
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from .shell import free_port, stop

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def shortened(rules, scale):
    """The same rules with each window and each "for" shorter; thresholds are as they are."""
    def short(found):
        return f"{found[1]}{int(found[2]) * _SECONDS[found[3]] * 1000 / scale:.0f}ms{found[4]}"
    return re.sub(r"(for: |offset )(\d+)([smhd])()", short, re.sub(r"(\[)(\d+)([smhd])(\])", short, rules))


class Prometheus:

    def __init__(self, rules, targets, scale=1):
        program = shutil.which("prometheus")
        if not program:
            raise SystemExit("needs Prometheus: apt-get install prometheus")
        self.scale = scale
        self.step = 15 / scale
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="triggers-prometheus-"))
        (self.folder / "rules.yml").write_text(shortened(Path(rules).read_text(), scale))
        interval = f"{self.step * 1000:.0f}ms"
        timeout = f"{min(10000, self.step * 1000):.0f}ms"
        instances = "\n".join(f'      - targets: ["127.0.0.1:{port}"]\n        labels: {{instance: {name}}}'
                              for name, port in targets.items())
        (self.folder / "prometheus.yml").write_text(
            f"global: {{scrape_interval: {interval}, scrape_timeout: {timeout}, evaluation_interval: {interval}}}\n"
            f"rule_files: [rules.yml]\nscrape_configs:\n  - job_name: triggers\n    static_configs:\n{instances}\n")
        with (self.folder / "log").open("w") as log:
            self.process = subprocess.Popen(
                [program, f"--config.file={self.folder / 'prometheus.yml'}", f"--storage.tsdb.path={self.folder / 'data'}",
                 f"--web.listen-address=127.0.0.1:{self.port}", "--log.level=warn",
                 f"--query.lookback-delta={300 / scale:.0f}s"], stdout=log, stderr=log, cwd=self.folder)
        while not self._ready():
            if self.process.poll() is not None:
                raise RuntimeError((self.folder / "log").read_text())
            time.sleep(0.1)

    def _ready(self):
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{self.port}/-/ready", timeout=2).status == 200
        except OSError:
            return False

    def ask(self, path, **parameters):
        url = f"http://127.0.0.1:{self.port}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:
                return json.load(answer)["data"]["result"]
        except urllib.error.HTTPError as refused:
            raise RuntimeError(f"{parameters}: {refused.read().decode()}") from None

    def query(self, expression):
        return self.ask("query", query=expression)

    def range(self, expression, start, end, step=None):
        return self.ask("query_range", query=expression, start=start, end=end, step=step or self.step)

    def firing(self):
        return {series["metric"]["alertname"] for series in self.query('ALERTS{alertstate="firing"}')}

    def close(self):
        stop(self.process, 10)
        shutil.rmtree(self.folder, ignore_errors=True)
