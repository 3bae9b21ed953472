"""What commands that start a peer have in common. Such a command is started with

- PORT: where it is to serve,
- DATABASE_URL: a database of its own in the benchmark's PostgreSQL,
- RECEIVER: the URL of an endpoint that everything is to be delivered to; empty where there is to be none,
- PAYLOAD: the JSON that each event carries.

Once it serves, it prints one line of JSON: `path`, `headers` and `body` of the request that posts an event, and `stored`, the SQL
that counts what it has stored. It ends, with all that it started, when it is told to.
"""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

PORT = os.environ["PORT"]
DATABASE_URL = os.environ["DATABASE_URL"]
RECEIVER = os.environ.get("RECEIVER")
PAYLOAD = json.loads(os.environ["PAYLOAD"])

_started = []


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def start(*command, **environment):
    # The standard output is for the one line
    _started.append(subprocess.Popen(command, env=os.environ | environment, stdout=sys.stderr))


def ask(method, path, body=None, **headers):
    data = json.dumps(body).encode() if body is not None else None
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", data, {"Content-Type": "application/json"} | names, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        text = answer.read()
        return json.loads(text) if text else None


def await_answer(path, seconds=60):
    until = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=5).close()
            return
        except (OSError, urllib.error.URLError):
            if time.monotonic() > until or any(process.poll() is not None for process in _started):
                sys.exit("the peer does not answer")
            time.sleep(0.05)


def serve(path, body, stored, **headers):
    """Says how to post, and waits for the end."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    print(json.dumps({"path": path, "headers": names, "body": body, "stored": stored}), flush=True)
    for process in _started:
        process.wait()


def _end():
    for process in _started:
        process.terminate()
    for process in _started:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


# Whatever ends this ends what it started
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
atexit.register(_end)
