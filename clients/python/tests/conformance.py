"""The vectors, and what plays them: a scripted transport and a clock of its own."""

import json
from datetime import datetime
from pathlib import Path

import triggers_api
from triggers_api import Options, Triggers
from triggers_api._core import Clock
from triggers_api._transport import Answer
from triggers_api.errors import AnswerTooLarge, ConnectionFailed

CLIENTS = Path(__file__).resolve().parents[2]
BASE = "https://api.example.com"
KEY = "zap_test_" + 64 * "0"


def vectors(name):
    return json.loads((CLIENTS / "conformance" / name).read_text(encoding="utf-8"))


def snake(name):
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in name)


class Script:
    """Answers each request with the next exchange; also the clock."""

    def __init__(self, exchanges, random=(), now=None):
        self.exchanges, self.requests, self.waits, self.timeouts, self.time = list(exchanges), [], [], [], 0.0
        self._random = iter(random) if random else None
        self._now = datetime.fromisoformat(now.replace("Z", "+00:00")).timestamp() if now else 1767225600.0

    def clock(self):
        return Clock(lambda: self.time, lambda: self._now + self.time, lambda: next(self._random) if self._random else 0.5)

    def send(self, request, timeout, most):
        assert self.exchanges, f"a request too many: {request}"
        exchange = self.exchanges.pop(0)
        self.requests.append(request)
        self.timeouts.append(timeout)
        if callable(exchange):
            exchange = exchange(request)
        if "failure" in exchange:
            if exchange["failure"] == "timeout":
                self.time += timeout
            raise ConnectionFailed(exchange["failure"], "as the script says")
        return answer(exchange, most)

    def sleep(self, seconds):
        self.waits.append(seconds)
        self.time += seconds

    def client(self, options=None):
        options = dict(options or {})
        base = options.pop("base_url", BASE)
        return Triggers(base, KEY, options=Options(**options), transport=self, clock=self.clock(), sleep=self.sleep)


def answer(exchange, most):
    if "body" in exchange:
        body = json.dumps(exchange["body"]).encode()
    elif "body_repeat" in exchange:
        body = (exchange["body_repeat"]["text"] * exchange["body_repeat"]["times"]).encode()
    else:
        body = exchange.get("text", "").encode()
    success = 200 <= exchange["status"] < 300
    if len(body) > most and success:
        raise AnswerTooLarge("too large")
    return Answer(exchange["status"], {name.lower(): value for name, value in exchange.get("headers", {}).items()}, body[:most])


def call(client, name, given):
    if name == "send":
        return client.send(**given)
    if name == "sendBatch":
        return client.send_batch(batch(given))
    operation = getattr(client, snake(name))
    query = {"from_" if key == "from" else key: value for key, value in given.get("query", {}).items()}
    return operation(*given.get("path", {}).values(), *([given["body"]] if "body" in given else []), **query)


def batch(given):
    if "events" in given:
        return given["events"]
    if "events_repeat" in given:
        return [dict(given["events_repeat"]["event"]) for _ in range(given["events_repeat"]["times"])]
    return [{"type": "t", "payload": "a" * size} for size in given["payload_sizes"]]


def holds(expected, found):
    """These members at least."""
    for name, value in expected.items():
        one = found[name] if isinstance(found, dict) else getattr(found, name)
        if isinstance(value, list) and value and isinstance(value[0], dict):
            assert len(one) == len(value)
            for a, b in zip(value, one):
                holds(a, b)
        else:
            assert one == value, (name, one, value)


def is_error(expected, error):
    expected = dict(expected)
    assert isinstance(error, getattr(triggers_api, expected["class"])), repr(error)
    if expected.pop("class") not in ("ApiError", "Gone", "Conflict"):
        pass
    cause = expected.pop("cause", None)
    if cause:
        assert type(error.cause).__name__ == cause
    if "statuses" in expected:
        assert [result.status for result in error.results] == expected.pop("statuses")
    if "remaining" in expected:
        assert len(error.remaining) == expected.pop("remaining")
    if "detail_length" in expected:
        assert len(error.detail) == expected.pop("detail_length")
    holds(expected, error)
