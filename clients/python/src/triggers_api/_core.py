"""What a call does, as generators that know no socket, no clock and no thread: the two clients drive them."""

from __future__ import annotations

import json
import os
import platform
import random
import time
from dataclasses import dataclass, field
from typing import Any, Callable, Dict, Generator, Iterable, List, Mapping, NamedTuple, Optional, Sequence, Tuple, Union
from urllib.parse import quote, urlencode, urlsplit

from ._operations import OPERATIONS
from ._redirect import followed
from ._transport import Answer, Request
from ._version import VERSION
from .errors import (AnswerTooLarge, ApiError, BatchInterrupted, ConnectionFailed, DuplicateEvent, MalformedAnswer,
                     Misdirected, TriggersError, api_error)

AGENT = f"triggers-api-python/{VERSION} ({platform.python_implementation()} {platform.python_version()})"

REPEATED = frozenset((429, 502, 503, 504))


@dataclass(frozen=True)
class Options:
    """Settings of a client: seconds and bytes."""

    total_time: float = 30.0
    attempt_time: float = 10.0
    max_answer_bytes: int = 16_777_216
    first_wait: float = 0.25
    longest_wait: float = 8.0
    hosts: Sequence[str] = ()
    max_batch_events: int = 1_000
    max_batch_bytes: int = 8_388_608
    # The operator's, for what is the operator's; sent with nothing else.
    admin_token: Optional[str] = field(default=None, repr=False)


@dataclass(frozen=True)
class Clock:
    """Time and chance, which tests replace."""

    monotonic: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    random: Callable[[], float] = random.random


@dataclass(frozen=True)
class Sent:
    """An event that is stored. `repeated`: an earlier request of this call had stored it already."""

    id: str
    type: str
    dedup_id: Optional[str]
    repeated: bool = False
    answer: Optional[Mapping[str, Any]] = field(default=None, repr=False)


@dataclass(frozen=True)
class BatchItem:
    """What became of an event: `accepted`, `duplicate` or `rejected`; `unknown` or `unsent` in a BatchInterrupted."""

    index: int
    status: str
    id: Optional[str] = None
    error: Optional[str] = None
    dedup_id: Optional[str] = None
    repeated: bool = False


@dataclass(frozen=True)
class BatchSent:
    """A batch of which each event was answered."""

    results: List[BatchItem]

    def _count(self, status: str) -> int:
        return sum(result.status == status for result in self.results)

    @property
    def accepted(self) -> int:
        return self._count("accepted")

    @property
    def duplicates(self) -> int:
        return self._count("duplicate")

    @property
    def rejected(self) -> int:
        return self._count("rejected")


class Exchange(NamedTuple):
    """Asks the driver for an exchange; it sends an Answer back or throws what failed."""

    request: Request
    timeout: float
    most: int


class Sleep(NamedTuple):
    seconds: float


Effect = Union[Exchange, Sleep]
Steps = Generator[Effect, Any, Any]


class Done(NamedTuple):
    answer: Answer
    requests: int
    unsure: bool


def encode(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        return text.encode()
    except UnicodeEncodeError:
        # Halves of surrogate pairs, which JSON may hold and UTF-8 may not.
        return json.dumps(value, separators=(",", ":"), allow_nan=False).encode()


def new_dedup_id() -> str:
    return os.urandom(16).hex()


class Core:

    def __init__(self, url: str, key: Optional[str], options: Options, clock: Clock, headers: Optional[Mapping[str, str]] = None) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or "@" in parts.netloc:
            raise ValueError(f"not an absolute http(s) URL: {url!r}")
        for secret, kind in ((key, "API key"), (options.admin_token, "admin token")):
            if secret is not None and (not secret or any(ord(letter) < 33 or ord(letter) > 126 for letter in secret)):
                raise ValueError(f"not an {kind}: it is empty, or has letters that none has")
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.prefix = parts.path.rstrip("/")
        self.options, self.clock = options, clock
        self.headers = {"User-Agent": AGENT, "Accept": "application/json, text/plain;q=0.5", **({"X-API-Key": key} if key else {}), **(headers or {})}
        self.operators = {"X-Admin-Token": options.admin_token} if options.admin_token else {}

    # One call, with its repeats.

    def call(self, method: str, target: str, body: Optional[bytes], repeat: bool, wait: float = 0.0,
             operator: bool = False) -> Generator[Effect, Any, Done]:
        options, clock = self.options, self.clock
        headers = {**self.headers, **(self.operators if operator else {}), **({"Content-Type": "application/json"} if body is not None else {})}
        trace(headers)
        deadline = clock.monotonic() + options.total_time + wait
        origin, moved, requests, waits, unsure = self.origin, False, 0, 0, False
        while True:
            timeout = min(options.attempt_time + wait, deadline - clock.monotonic())
            failure: TriggersError
            requests += 1
            try:
                answer: Answer = yield Exchange(Request(method, origin, self.prefix + target, headers, body), timeout, options.max_answer_bytes)
            except ConnectionFailed as broken:
                failure, again, hint = broken, repeat or broken.kind == "connect", None
                unsure = unsure or broken.kind != "connect"
            except AnswerTooLarge as large:
                large.requests = requests
                raise
            else:
                if 200 <= answer.status < 300:
                    return Done(answer, requests, unsure)
                error = api_error(answer.status, answer.headers, answer.body, clock.wall())
                failure, hint = error, error.retry_after
                if answer.status == 421:
                    to = None if moved else followed(self.origin, error.problem.get("location", answer.headers.get("location")), options.hosts)
                    if to is not None:
                        origin, moved = to, True
                        continue
                again = answer.status in REPEATED and (repeat or answer.status == 429)
                error.unsure = unsure
                unsure = unsure or answer.status != 429
            failure.requests = requests
            if not again:
                raise failure
            waits += 1
            backoff = min(options.longest_wait, options.first_wait * 2.0 ** min(waits - 1, 30))
            chance = clock.random()
            pause = backoff * (1 + chance) / 2 if hint is None else hint + backoff * chance / 2
            if clock.monotonic() + pause >= deadline:
                raise failure
            yield Sleep(pause)

    def stream_request(self, target: str, extra: Mapping[str, str]) -> Request:
        headers = {**self.headers, **extra}
        trace(headers)
        return Request("GET", self.origin, self.prefix + target, headers, None)

    # Operations of the description.

    def operation(self, name: str, path: Sequence[Any] = (), query: Optional[Mapping[str, Any]] = None, body: Any = None) -> Steps:
        method, segments, rule, text, _, operator = OPERATIONS[name]
        return (yield from self.plain(method, target(segments, path), query, body, repeatable(rule, body), text, operator))

    def plain(self, method: str, path: str, query: Optional[Mapping[str, Any]], body: Any, repeat: bool, text: bool = False,
              operator: bool = False) -> Steps:
        wait = float((query or {}).get("wait") or (body.get("wait") if isinstance(body, dict) and path == "/api/inbox/lease" else 0) or 0)
        if query:
            given = [(name, parameter(value)) for name, value in query.items() if value is not None]
            path += "?" + urlencode(given, quote_via=quote) if given else ""
        done = yield from self.call(method, path, None if body is None else encode(body), repeat, min(max(wait, 0.0), 30.0), operator)
        if text:
            return done.answer.body.decode("utf-8", "replace")
        return parse(done)

    # Events.

    def send(self, type: str, payload: Any, dedup_id: Optional[str], dedup: bool, deliver_at: Optional[str]) -> Generator[Effect, Any, Sent]:
        event, own = make_event({"type": type, "payload": payload, "dedup_id": dedup_id, "dedup": dedup, "deliver_at": deliver_at})
        given = event.get("dedup_id")
        try:
            done = yield from self.call("POST", "/api/events", encode(event), given is not None)
        except DuplicateEvent as duplicate:
            if duplicate.id is None or not (own or duplicate.unsure):
                raise
            return Sent(duplicate.id, type, given, True)
        answer = parse(done)
        if not isinstance(answer, dict) or not isinstance(answer.get("id"), str):
            raise malformed(done, "an answer without the event's id")
        return Sent(answer["id"], type, given, False, answer)

    def send_batch(self, events: Iterable[Mapping[str, Any]]) -> Generator[Effect, Any, BatchSent]:
        made = [make_event(event) for event in events]
        encoded = [encode(event) for event, _ in made]
        results: List[BatchItem] = [BatchItem(index, "unsent", dedup_id=event.get("dedup_id")) for index, (event, _) in enumerate(made)]
        for part in self._parts(encoded, results):
            body = b'{"events":[' + b",".join(encoded[index] for index in part) + b"]}"
            repeat = all("dedup_id" in made[index][0] for index in part)
            try:
                done = yield from self.call("POST", "/api/events/batch", body, repeat)
                self._merge(part, done, made, results)
            except TriggersError as failure:
                # An answer of the 400s stored nothing, unless an earlier request of the part did.
                if not isinstance(failure, ApiError) or failure.status >= 500 or failure.unsure:
                    for index in part:
                        results[index] = BatchItem(index, "unknown", dedup_id=made[index][0].get("dedup_id"))
                remaining = [made[result.index][0] for result in results if result.status in ("unknown", "unsent")]
                raise BatchInterrupted(failure, results, remaining) from failure  # type: ignore[arg-type]
        return BatchSent(results)

    def _parts(self, encoded: List[bytes], results: List[BatchItem]) -> List[List[int]]:
        frame = len('{"events":[]}')
        parts: List[List[int]] = []
        size = 0
        for index, event in enumerate(encoded):
            if frame + len(event) > self.options.max_batch_bytes:
                results[index] = BatchItem(index, "rejected", error=f"larger than {self.options.max_batch_bytes} bytes",
                                           dedup_id=results[index].dedup_id)
                continue
            if not parts or len(parts[-1]) >= self.options.max_batch_events or size + 1 + len(event) > self.options.max_batch_bytes:
                parts.append([])
                size = frame - 1
            parts[-1].append(index)
            size += 1 + len(event)
        return parts

    def _merge(self, part: List[int], done: Done, made: List[Tuple[Dict[str, Any], bool]], results: List[BatchItem]) -> None:
        answer = parse(done)
        answered = answer.get("results") if isinstance(answer, dict) else None
        if not isinstance(answered, list) or len(answered) != len(part) or not all(isinstance(one, dict) for one in answered):
            raise malformed(done, "a batch's answer without a result for each event")
        for place, one in enumerate(answered):
            index = part[place]
            event, own = made[index]
            status = one.get("status")
            repeated = status == "duplicate" and (own or ("dedup_id" in event and done.unsure))
            results[index] = BatchItem(index, "accepted" if repeated else str(status), one.get("id"), one.get("error"),
                                       event.get("dedup_id"), repeated)

    def next_page(self, name: str, query: Dict[str, Any], page: Any) -> Tuple[List[Any], bool]:
        """The items of a page, and whether there is another; moves the query on."""
        items = page.get(OPERATIONS[name][4]) if isinstance(page, dict) else None
        if not isinstance(items, list):
            raise MalformedAnswer("a page without its items")
        if not page.get("has_more"):
            return items, False
        cursor = page.get("next_cursor")
        stuck = not isinstance(cursor, str) or cursor == query.get("cursor")
        query["cursor"] = None if stuck else cursor
        return items, True


def repeatable(rule: str, body: Any) -> bool:
    if rule == "dedup":
        events = body.get("events", [body]) if isinstance(body, dict) else []
        return bool(events) and all(isinstance(event, dict) and event.get("dedup_id") is not None for event in events)
    if rule == "compared":
        return isinstance(body, dict) and "if_cursor" not in body
    return rule == "always"


def target(segments: Sequence[str], path: Sequence[Any]) -> str:
    values = [quote(str(value), safe="") for value in path]
    for value in path:
        if not str(value) or str(value) in (".", ".."):
            raise ValueError(f"not a part of a path: {value!r}")
    return "".join(segment if place % 2 == 0 else values[place // 2] for place, segment in enumerate(segments))


def parameter(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def parse(done: Done) -> Any:
    if done.answer.status == 204 or not done.answer.body:
        if done.answer.status in (204, 202, 205):
            return None
        raise malformed(done, "an empty answer")
    try:
        value = json.loads(done.answer.body)
    except (ValueError, RecursionError) as failure:
        raise malformed(done, "a success that is no JSON") from failure
    if not isinstance(value, dict):
        raise malformed(done, "a success that is no JSON object")
    return value


def malformed(done: Done, text: str) -> MalformedAnswer:
    error = MalformedAnswer(text)
    error.requests = done.requests
    return error


def make_event(given: Mapping[str, Any]) -> Tuple[Dict[str, Any], bool]:
    """The event as it is posted, and whether its dedup id is the library's own."""
    event = {name: value for name, value in given.items() if name != "dedup" and not (name in ("dedup_id", "deliver_at") and value is None)}
    own = "dedup_id" not in event and given.get("dedup", True) is not False
    if own:
        event["dedup_id"] = new_dedup_id()
    return event, own


_inject: Any = None


def trace(headers: Dict[str, str]) -> None:
    """Passes the trace on that the caller is in, if OpenTelemetry is there."""
    global _inject
    if _inject is None:
        try:
            from opentelemetry.propagate import inject as found

            _inject = found
        except ImportError:
            _inject = False
    if _inject:
        carrier: Dict[str, str] = {}
        _inject(carrier)
        headers.update({name: value for name, value in carrier.items() if "\r" not in value and "\n" not in value})
