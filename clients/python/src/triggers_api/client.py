"""The client that blocks; for any number of threads."""

from __future__ import annotations

import ssl
import threading
import time
from typing import Any, Callable, Dict, Iterable, Iterator, List, Mapping, Optional, Protocol, Sequence, Tuple
from urllib.parse import quote, urlencode

from ._consume import Consumed, Consumer, Handler
from ._core import BatchSent, Clock, Core, Exchange, Options, Sent, Steps, target
from ._operations import OPERATIONS, Operations
from ._stream import Parser, StreamEvent
from ._transport import Answer, HttpTransport, Lines, Request
from .errors import ApiError, ConnectionFailed, Conflict, MalformedAnswer, TriggersError, api_error


class Transport(Protocol):
    """What carries requests. Raises ConnectionFailed and AnswerTooLarge."""

    def send(self, request: Request, timeout: float, most: int) -> Answer: ...

    def lines(self, request: Request, timeout: float, idle: float, most: int) -> Tuple[Answer, Optional[Lines]]: ...

    def close(self) -> None: ...


class Triggers(Operations):
    """A Triggers API service.

    `Triggers("https://api.example.com", "zap_live_…")`; settings are those of `Options`.
    """

    def __init__(self, url: str, key: Optional[str] = None, *, options: Optional[Options] = None, headers: Optional[Mapping[str, str]] = None,
                 ssl_context: Optional[ssl.SSLContext] = None, transport: Optional[Transport] = None, clock: Optional[Clock] = None,
                 sleep: Callable[[float], None] = time.sleep) -> None:
        self._core = Core(url, key, options or Options(), clock or Clock(), headers)
        self._transport: Transport = transport or HttpTransport(ssl_context)
        self._sleep = sleep
        self.inbox = Inbox(self)
        self.log = Log(self)

    def __enter__(self) -> "Triggers":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connections that are kept."""
        self._transport.close()

    def __repr__(self) -> str:
        return f"Triggers({self._core.origin + self._core.prefix!r})"

    def _drive(self, steps: Steps) -> Any:
        try:
            effect = next(steps)
            while True:
                try:
                    if isinstance(effect, Exchange):
                        value: Any = self._transport.send(*effect)
                    else:
                        value = self._sleep(effect.seconds)
                except TriggersError as failure:
                    effect = steps.throw(failure)
                else:
                    effect = steps.send(value)
        except StopIteration as end:
            return end.value

    def _plain(self, method: str, path: str, query: Optional[Mapping[str, Any]], body: Any, repeat: bool) -> Any:
        return self._drive(self._core.plain(method, path, query, body, repeat))

    def operation(self, name: str, path: Tuple[Any, ...] = (), query: Optional[Dict[str, Any]] = None, body: Any = None) -> Any:
        """Any operation, by its `operationId`."""
        return self._drive(self._core.operation(name, path, query, body))

    def each(self, name: str, path: Tuple[Any, ...] = (), query: Optional[Dict[str, Any]] = None) -> Iterator[Any]:
        """The items of all pages of an operation."""
        query, more = dict(query or {}), True
        while more:
            items, more = self._core.next_page(name, query, self.operation(name, path, query))
            yield from items
            if more and query["cursor"] is None:
                raise MalformedAnswer("the walk stands still")

    def send(self, type: str, payload: Any, *, dedup_id: Optional[str] = None, dedup: bool = True, deliver_at: Optional[str] = None) -> Sent:
        """Posts an event, and returns when it is stored. A `dedup_id` is made where none is given, so that repeats of this
        call store it once; `dedup=False` leaves it out, and then nothing is repeated that may have been stored."""
        return self._drive(self._core.send(type, payload, dedup_id, dedup, deliver_at))  # type: ignore[no-any-return]

    def send_batch(self, events: Iterable[Mapping[str, Any]]) -> BatchSent:
        """Posts any number of events `{"type", "payload", "dedup_id"?, "deliver_at"?, "dedup"?}`, in parts of 1,000 and
        8 MiB. Raises BatchInterrupted, with all that is known, if a part is not answered."""
        return self._drive(self._core.send_batch(events))  # type: ignore[no-any-return]

    def stream(self, *, kinds: Optional[Sequence[str]] = None, type: Optional[str] = None, endpoint_id: Optional[str] = None,
               payloads: bool = True, cursor: Optional[str] = None, stop: Optional[threading.Event] = None) -> Iterator[StreamEvent]:
        """Everything as it happens. Goes on where it was after a break: of `event.accepted` nothing is missed, the other
        kinds are live only."""
        query = {"kinds": ",".join(kinds) if kinds else None, "type": type, "endpoint_id": endpoint_id,
                 "payloads": None if payloads else "false", "cursor": cursor}
        parser, failures = Parser(), 0
        while not (stop and stop.is_set()):
            lines: Optional[Lines] = None
            try:
                given = urlencode([(name, value) for name, value in query.items() if value is not None], quote_via=quote)
                extra = {"Accept": "text/event-stream", **({"Last-Event-ID": parser.cursor} if parser.cursor else {})}
                request = self._core.stream_request("/api/stream" + ("?" + given if given else ""), extra)
                answer, lines = self._transport.lines(request, self._core.options.attempt_time, 45.0, self._core.options.max_answer_bytes)
                if lines is None:
                    raise api_error(answer.status, answer.headers, answer.body, self._core.clock.wall())
                for line in lines:
                    event = parser.line(line)
                    if stop and stop.is_set():
                        return
                    if event is None:
                        continue
                    failures = 0
                    if event.kind == "stream.lagging":
                        if isinstance(event.data, dict) and isinstance(event.data.get("cursor"), str):
                            parser.cursor = event.data["cursor"]
                        break
                    yield event
                pause = parser.retry or 1.0
            except ConnectionFailed:
                pause = parser.retry or 1.0
            except ApiError as failure:
                if failure.status not in (429, 502, 503, 504):
                    raise
                pause = failure.retry_after or parser.retry or 1.0
            finally:
                if lines:
                    lines.close()
            failures += 1
            pause *= min(30.0, 2.0 ** min(failures - 1, 5)) * (1 + self._core.clock.random()) / 2
            if stop:
                stop.wait(pause)
            else:
                self._sleep(pause)


class Inbox:
    """What is still open."""

    def __init__(self, client: Triggers) -> None:
        self._client = client

    def consumer(self, handler: Handler, **settings: Any) -> Consumer:
        """A consumer to run and to stop; its settings are those of `Consumer`."""
        return Consumer(self._client, handler, **settings)

    def consume(self, handler: Handler, *, stop: Optional[threading.Event] = None, **settings: Any) -> Consumed:
        """Handles events until `stop` is set; what its handler returns from is acknowledged."""
        consumer = self.consumer(handler, **settings)
        if stop is not None:
            consumer._stopped = stop
        return consumer.run()


class Log:
    """Everything, from a position that may be kept."""

    def __init__(self, client: Triggers) -> None:
        self._client = client

    def follow(self, handler: Callable[[Dict[str, Any]], Any], *, cursor: Optional[str] = None, start: str = "earliest",
               save: Optional[Callable[[str], Any]] = None, consumer: Optional[str] = None, type: Optional[str] = None,
               limit: int = 100, wait: int = 20, stop: Optional[threading.Event] = None) -> Optional[str]:
        """Hands each event to `handler`, in order, and then keeps the position: by `save`, or by the service under the
        name `consumer`. Returns the position when `stop` is set. What a handler raises ends it, and its page comes again
        the next time. Raises CursorExpired and CursorReset where events would be missed."""
        client = self._client
        kept: Optional[str] = None
        if consumer is not None and cursor is None:
            kept = cursor = self._kept(consumer)
        while not (stop and stop.is_set()):
            # Short enough that a stop is heard.
            page = client.read_log(cursor=cursor, from_=None if cursor else start, type=type, limit=limit, wait=min(wait, 2) if stop else wait)
            for event in page["events"]:
                handler(dict(event))
            moved = page["next_cursor"]
            if moved == cursor:
                continue
            if save is not None:
                save(moved)
            if consumer is not None:
                self._keep(consumer, kept, moved)
                kept = moved
            cursor = moved
        return cursor

    def _kept(self, consumer: str) -> Optional[str]:
        try:
            return self._client.get_consumer(consumer)["cursor"]
        except ApiError as failure:
            if failure.status == 404:
                return None
            raise

    def _keep(self, consumer: str, before: Optional[str], cursor: str) -> None:
        try:
            self._client._plain("PUT", target(OPERATIONS["putConsumer"][1], (consumer,)), None, {"cursor": cursor, "if_cursor": before}, True)
        except Conflict:
            # Our own repeat, or somebody else who follows under the same name.
            if self._kept(consumer) != cursor:
                raise
