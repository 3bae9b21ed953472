"""The client for asyncio; needs httpx (`pip install triggers-api[async]`)."""

from __future__ import annotations

import asyncio
import random
import time
from typing import Any, AsyncIterator, Awaitable, Callable, Dict, Iterable, List, Mapping, Optional, Sequence, Set, Tuple
from urllib.parse import quote, urlencode

import httpx

from ._consume import Consumed
from ._core import BatchSent, Clock, Core, Exchange, Options, Sent, Steps, target
from ._operations import OPERATIONS, AsyncOperations
from ._stream import Parser, StreamEvent
from ._transport import ERROR_BYTES, Answer, Request
from .errors import AnswerTooLarge, ApiError, Conflict, ConnectionFailed, MalformedAnswer, TriggersError, api_error

AsyncHandler = Callable[[Dict[str, Any]], Awaitable[Any]]


class HttpxTransport:

    def __init__(self, client: Optional[httpx.AsyncClient] = None) -> None:
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=64)
        self.client = client or httpx.AsyncClient(follow_redirects=False, trust_env=False, limits=limits)

    def build(self, request: Request, timeout: float) -> httpx.Request:
        # The path as it is: httpx would take it apart and put it together again.
        url = httpx.URL(request.origin).copy_with(raw_path=request.target.encode("ascii"))
        return self.client.build_request(request.method, url, headers=dict(request.headers), content=request.body, timeout=timeout)

    async def send(self, request: Request, timeout: float, most: int) -> Answer:
        try:
            return await asyncio.wait_for(self._send(request, timeout, most), timeout)
        except asyncio.TimeoutError as failure:
            raise ConnectionFailed("timeout", "no answer in time") from failure

    async def _send(self, request: Request, timeout: float, most: int) -> Answer:
        response = await self.begin(request, timeout)
        try:
            success = response.is_success
            most = most if success else min(most, ERROR_BYTES)
            body = bytearray()
            async for piece in response.aiter_raw():
                body += piece
                if len(body) > most:
                    if success:
                        raise AnswerTooLarge(f"an answer of more than {most} bytes")
                    break
            return Answer(response.status_code, {name.lower(): value for name, value in response.headers.items()}, bytes(body[:most]))
        except httpx.TimeoutException as failure:
            raise ConnectionFailed("timeout", "the answer did not end in time") from failure
        except httpx.HTTPError as failure:
            raise ConnectionFailed("cut", str(failure) or type(failure).__name__) from failure
        finally:
            await response.aclose()

    async def begin(self, request: Request, timeout: float) -> httpx.Response:
        try:
            return await self.client.send(self.build(request, timeout), stream=True)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as failure:
            raise ConnectionFailed("connect", str(failure) or type(failure).__name__) from failure
        except httpx.TimeoutException as failure:
            raise ConnectionFailed("timeout", "no answer in time") from failure
        except httpx.HTTPError as failure:
            raise ConnectionFailed("reset", str(failure) or type(failure).__name__) from failure

    async def close(self) -> None:
        await self.client.aclose()


class AsyncTriggers(AsyncOperations):
    """A Triggers API service, for asyncio."""

    def __init__(self, url: str, key: Optional[str] = None, *, options: Optional[Options] = None, headers: Optional[Mapping[str, str]] = None,
                 http: Optional[httpx.AsyncClient] = None, transport: Any = None, clock: Optional[Clock] = None,
                 sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep) -> None:
        # Pieces come as they were sent: a bound on what is unpacked would be another one.
        self._core = Core(url, key, options or Options(), clock or Clock(), {"Accept-Encoding": "identity", **(headers or {})})
        self._transport = transport or HttpxTransport(http)
        self._sleep = sleep
        self.inbox = AsyncInbox(self)
        self.log = AsyncLog(self)

    async def __aenter__(self) -> "AsyncTriggers":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        await self._transport.close()

    async def _drive(self, steps: Steps) -> Any:
        try:
            effect = next(steps)
            while True:
                try:
                    if isinstance(effect, Exchange):
                        value: Any = await self._transport.send(*effect)
                    else:
                        value = await self._sleep(effect.seconds)
                except TriggersError as failure:
                    effect = steps.throw(failure)
                else:
                    effect = steps.send(value)
        except StopIteration as end:
            return end.value

    async def _plain(self, method: str, path: str, query: Optional[Mapping[str, Any]], body: Any, repeat: bool) -> Any:
        return await self._drive(self._core.plain(method, path, query, body, repeat))

    async def operation(self, name: str, path: Tuple[Any, ...] = (), query: Optional[Dict[str, Any]] = None, body: Any = None) -> Any:
        """Any operation, by its `operationId`."""
        return await self._drive(self._core.operation(name, path, query, body))

    async def each(self, name: str, path: Tuple[Any, ...] = (), query: Optional[Dict[str, Any]] = None) -> AsyncIterator[Any]:
        """The items of all pages of an operation."""
        query, more = dict(query or {}), True
        while more:
            items, more = self._core.next_page(name, query, await self.operation(name, path, query))
            for item in items:
                yield item
            if more and query["cursor"] is None:
                raise MalformedAnswer("the walk stands still")

    async def send(self, type: str, payload: Any, *, dedup_id: Optional[str] = None, dedup: bool = True, deliver_at: Optional[str] = None) -> Sent:
        """Posts an event, and returns when it is stored; as `Triggers.send`."""
        return await self._drive(self._core.send(type, payload, dedup_id, dedup, deliver_at))  # type: ignore[no-any-return]

    async def send_batch(self, events: Iterable[Mapping[str, Any]]) -> BatchSent:
        """Posts any number of events; as `Triggers.send_batch`."""
        return await self._drive(self._core.send_batch(events))  # type: ignore[no-any-return]

    async def stream(self, *, kinds: Optional[Sequence[str]] = None, type: Optional[str] = None, endpoint_id: Optional[str] = None,
                     payloads: bool = True, cursor: Optional[str] = None) -> AsyncIterator[StreamEvent]:
        """Everything as it happens; as `Triggers.stream`. It ends when its task is cancelled, or the loop over it is left."""
        query = {"kinds": ",".join(kinds) if kinds else None, "type": type, "endpoint_id": endpoint_id,
                 "payloads": None if payloads else "false", "cursor": cursor}
        given = urlencode([(name, value) for name, value in query.items() if value is not None], quote_via=quote)
        parser, failures = Parser(), 0
        while True:
            try:
                async for event in self._streamed("/api/stream" + ("?" + given if given else ""), parser):
                    failures = 0
                    yield event
                pause = parser.retry or 1.0
            except ConnectionFailed:
                pause = parser.retry or 1.0
            except ApiError as failure:
                if failure.status not in (429, 502, 503, 504):
                    raise
                pause = failure.retry_after or parser.retry or 1.0
            failures += 1
            await self._sleep(pause * min(30.0, 2.0 ** min(failures - 1, 5)) * (1 + random.random()) / 2)

    async def _streamed(self, path: str, parser: Parser) -> AsyncIterator[StreamEvent]:
        extra = {"Accept": "text/event-stream", **({"Last-Event-ID": parser.cursor} if parser.cursor else {})}
        response = await self._transport.begin(self._core.stream_request(path, extra), 45.0)
        try:
            if response.status_code != 200:
                body = (await response.aread())[:ERROR_BYTES]
                raise api_error(response.status_code, {name.lower(): value for name, value in response.headers.items()}, body, time.time())
            async for line in response.aiter_lines():
                event = parser.line(line)
                if event is not None and event.kind == "stream.lagging":
                    if isinstance(event.data, dict) and isinstance(event.data.get("cursor"), str):
                        parser.cursor = event.data["cursor"]
                    return
                if event is not None:
                    yield event
        except httpx.HTTPError as failure:
            raise ConnectionFailed("cut", str(failure) or failure.__class__.__name__) from failure
        finally:
            await response.aclose()


class AsyncInbox:
    """What is still open."""

    def __init__(self, client: AsyncTriggers) -> None:
        self._client = client

    async def consume(self, handler: AsyncHandler, *, stop: Optional[asyncio.Event] = None, type: Optional[str] = None, batch: int = 100,
                      parallel: int = 10, lease_seconds: int = 30, max_attempts: int = 5, name: Optional[str] = None,
                      on_poison: Optional[Callable[[Dict[str, Any], BaseException], Awaitable[Optional[bool]]]] = None,
                      retry_wait: float = 1.0, longest_retry_wait: float = 300.0, poll_wait: int = 5,
                      on_error: Optional[Callable[[TriggersError], Any]] = None) -> Consumed:
        """Leases events until `stop` is set; what its handler returns from is acknowledged, in batches, and what it raises
        on is released for later. Events whose handling takes long stay leased. `on_error` hears of what could not be done
        for now."""
        heard = on_error or (lambda failure: None)
        client, result, stop = self._client, Consumed(), stop or asyncio.Event()
        fetch: Optional["asyncio.Task[Any]"] = None
        stopping = asyncio.ensure_future(stop.wait())

        async def release(identities: List[str], delay: float) -> None:
            try:
                await client._plain("POST", "/api/inbox/release", None, {"event_ids": identities, "delay_seconds": int(delay + 0.999)}, True)
            except TriggersError as failure:
                # Their lease ends by itself.
                heard(failure)

        async def one(event: Dict[str, Any], done: List[str], places: asyncio.Semaphore, left: Set[str]) -> None:
            async with places:
                if stop.is_set():
                    return
                try:
                    await handler(event)
                except Exception as failure:
                    result.failed += 1
                    left.discard(event["id"])
                    count = event.get("receives", 1)
                    if count >= max_attempts:
                        result.poison.append(event["id"])
                        if on_poison and await on_poison(event, failure):
                            done.append(event["id"])
                            return
                    await release([event["id"]], longest_retry_wait if count >= max_attempts else min(longest_retry_wait, retry_wait * 2.0 ** (count - 1)))
                else:
                    result.handled += 1
                    left.discard(event["id"])
                    done.append(event["id"])

        async def extend(lease: str) -> None:
            while True:
                await asyncio.sleep(max(0.3, lease_seconds / 3))
                try:
                    await client._plain("POST", "/api/inbox/extend", None, {"lease_id": lease, "lease_seconds": lease_seconds}, True)
                except TriggersError as failure:
                    # Whoever gets it now may handle an event beside this one.
                    heard(failure)

        def ask() -> "asyncio.Task[Any]":
            return asyncio.ensure_future(client._plain("POST", "/api/inbox/lease", None, {
                "limit": batch, "lease_seconds": lease_seconds, "wait": poll_wait, "max_receives": max_attempts,
                **({"type": type} if type else {}), **({"consumer": name} if name else {})}, True))

        async def give_back(task: "asyncio.Task[Any]") -> None:
            task.cancel()
            try:
                events = (await task)["events"]
                await release([event["id"] for event in events], 0)
            except (asyncio.CancelledError, TriggersError):
                pass

        try:
            while not stop.is_set():
                fetch = fetch or ask()
                await asyncio.wait([fetch, stopping], return_when=asyncio.FIRST_COMPLETED)
                if not fetch.done():
                    await give_back(fetch)
                    break
                task, fetch = fetch, None
                try:
                    page = task.result()
                except (ApiError, ConnectionFailed) as failure:
                    if isinstance(failure, ApiError) and failure.status < 500 and failure.status != 429:
                        raise
                    heard(failure)
                    await asyncio.wait([stopping], timeout=1)
                    continue
                if not page["events"]:
                    continue
                done: List[str] = []
                left = {event["id"] for event in page["events"]}
                places, keeper = asyncio.Semaphore(parallel), asyncio.ensure_future(extend(page["lease_id"]))
                try:
                    await asyncio.gather(*(one(event, done, places, left) for event in page["events"]))
                    for start in range(0, len(done), 1000):
                        part = done[start:start + 1000]
                        try:
                            await client.acknowledge_events({"event_ids": part})
                            result.acknowledged += len(part)
                        except TriggersError as failure:
                            heard(failure)
                            result.unacknowledged += part
                finally:
                    keeper.cancel()
                    if left:
                        await release(sorted(left), 0)
        finally:
            stopping.cancel()
        return result


class AsyncLog:
    """Everything, from a position that may be kept."""

    def __init__(self, client: AsyncTriggers) -> None:
        self._client = client

    async def follow(self, handler: AsyncHandler, *, cursor: Optional[str] = None, start: str = "earliest",
                     save: Optional[Callable[[str], Awaitable[Any]]] = None, consumer: Optional[str] = None, type: Optional[str] = None,
                     limit: int = 100, wait: int = 20, stop: Optional[asyncio.Event] = None) -> Optional[str]:
        """Hands each event to `handler`, in order, and then keeps the position; as `Triggers.log.follow`."""
        kept: Optional[str] = None
        if consumer is not None and cursor is None:
            kept = cursor = await self._kept(consumer)
        while not (stop and stop.is_set()):
            page = await self._client.read_log(cursor=cursor, from_=None if cursor else start, type=type, limit=limit,
                                               wait=min(wait, 2) if stop else wait)
            for event in page["events"]:
                await handler(dict(event))
            moved = page["next_cursor"]
            if moved == cursor:
                continue
            if save is not None:
                await save(moved)
            if consumer is not None:
                await self._keep(consumer, kept, moved)
                kept = moved
            cursor = moved
        return cursor

    async def _kept(self, consumer: str) -> Optional[str]:
        try:
            return (await self._client.get_consumer(consumer))["cursor"]
        except ApiError as failure:
            if failure.status == 404:
                return None
            raise

    async def _keep(self, consumer: str, before: Optional[str], cursor: str) -> None:
        try:
            await self._client._plain("PUT", target(OPERATIONS["putConsumer"][1], (consumer,)), None, {"cursor": cursor, "if_cursor": before}, True)
        except Conflict:
            # Our own repeat, or somebody else who follows under the same name.
            if await self._kept(consumer) != cursor:
                raise
