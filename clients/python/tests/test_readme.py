"""Every snippet of the README, as it stands there."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from service import URL, needed, new_key, until
from triggers_api import Triggers

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"(?:<!-- ([^>]+) -->\n)?```python\n(.*?)```", README, re.DOTALL)
SECRET = "whsec_" + "a" * 32


def run(code, environment):
    return subprocess.Popen([sys.executable, "-u", "-c", code], env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_all_are_found():
    assert len(SNIPPETS) == README.count("```python") and {kind for kind, _ in SNIPPETS} == {"", "until SIGTERM", "flask", "fastapi"}


@needed
@pytest.mark.parametrize("number", [n for n, (kind, _) in enumerate(SNIPPETS) if kind in ("", "until SIGTERM")])
def test_snippet_runs(number, tmp_path):
    kind, code = SNIPPETS[number]
    key = new_key()
    environment = {**os.environ, "TRIGGERS_KEY": key, "TRIGGERS_SECRET": SECRET, "POSITION": str(tmp_path / "position")}
    with Triggers(URL, key) as client:
        client.send("user.created", {"seen": "by the snippet"})
    process = run(code, environment)
    if kind:
        seen = ""
        while "by the snippet" not in seen:
            line = process.stdout.readline()
            assert line, process.communicate()[1]
            seen += line
        with Triggers(URL, key) as client:
            until(lambda: (tmp_path / "position").exists() or not list(client.each_inbox()))
        process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=180)
    assert process.returncode == 0, err
    assert not err
    assert kind or out
