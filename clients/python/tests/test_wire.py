"""What is between the client and the network: connections that are kept, broken, slow, endless."""

import asyncio
import socket

import pytest

from stub import Stub, ok
from triggers_api import AnswerTooLarge, ConnectionFailed, Options, Triggers
from triggers_api.aio import AsyncTriggers

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
# A drip, each piece in time, all of them not.
DRIP = [b"HTTP/1.1 200 OK\r\n", *[piece for n in range(40) for piece in (0.1, b"X-%d: 1\r\n" % n)]]


def once(url, name="get_key", **settings):
    options = Options(**{"total_time": 0.4, "attempt_time": 0.4, **settings})
    with Triggers(url, "k", options=options) as client:
        return getattr(client, name)()


def once_async(url, name="get_key", **settings):
    async def run():
        async with AsyncTriggers(url, "k", options=Options(**{"total_time": 0.4, "attempt_time": 0.4, **settings})) as client:
            return await getattr(client, name)()

    return asyncio.run(run())


both = pytest.mark.parametrize("run", [once, once_async])


@both
@pytest.mark.parametrize("answer, kind", [
    (None, "reset"), (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{", "cut"), ([5.0], "timeout"),
    (DRIP, "timeout"), (b"nonsense\r\n\r\n", "reset"), (CHUNKED + b"5\r\n{", "cut"),
    ([b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{", 5.0], "timeout"),
])
def test_an_answer_that_does_not_come_whole(run, answer, kind):
    answer = [answer, None] if isinstance(answer, bytes) else answer
    stub = Stub(*[answer] * 9)
    # What would make a second one is not repeated: it fails at once, however busy the machine is.
    given = {} if kind == "timeout" else {"name": "rotate_key", "total_time": 30, "attempt_time": 30}
    with pytest.raises(ConnectionFailed) as raised:
        run(stub.url, **given)
    assert raised.value.kind == kind
    stub.close()


@both
def test_nobody_there(run):
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
    with pytest.raises(ConnectionFailed) as raised:
        run(url)
    assert raised.value.kind == "connect" and raised.value.requests >= 2


@both
@pytest.mark.parametrize("answer", [
    ok(b"a" * 1001), CHUNKED + b"".join(b"64\r\n" + b"a" * 100 + b"\r\n" for _ in range(20)), b"HTTP/1.1 200 OK\r\n\r\n" + b"a" * 2000])
def test_an_answer_over_the_bound(run, answer):
    stub = Stub(answer)
    with pytest.raises(AnswerTooLarge):
        run(stub.url, "metrics", max_answer_bytes=1000, total_time=30, attempt_time=30)
    stub.close()


@both
def test_an_answer_of_the_bound(run):
    stub = Stub(ok(b"a" * 1000))
    assert run(stub.url, "metrics", max_answer_bytes=1000, total_time=30, attempt_time=30) == "a" * 1000
    stub.close()


def test_connections_are_kept():
    stub = Stub(*[ok()] * 5, CHUNKED + b"2\r\n{}\r\n0\r\n\r\n", ok())
    with Triggers(stub.url, "k") as client:
        for _ in range(7):
            client.get_key()
    assert stub.connections == 1
    stub.close()


def test_a_kept_connection_that_was_closed_costs_nothing():
    stub = Stub([ok(), None], ok())
    waits = []
    with Triggers(stub.url, "k", sleep=waits.append) as client:
        client.get_key()
        # Until the end has arrived here.
        while client._transport._idle[stub.url][0].usable():
            pass
        client.create_webhook({"url": "https://example.com"})
    assert stub.connections == 2 and not waits
    stub.close()


def test_headers_that_would_split_a_request_are_refused():
    with pytest.raises(ValueError):
        Triggers("http://127.0.0.1:1", "a\r\nX: y")
    with pytest.raises(ValueError):
        Triggers("ftp://127.0.0.1")
    with pytest.raises(ValueError):
        Triggers("http://127.0.0.1:1", "k").get_event("..")


def test_a_stream_goes_on_where_it_was():
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
    first = head + b": hello\nretry: 1\n\nevent: event.accepted\nid: c1\ndata: {\"id\":\ndata: 1}\n\n"
    second = head + b"event: stream.lagging\ndata: {\"cursor\": \"c2\"}\n\n"
    third = head + b"event: attempt.finished\r\ndata: {}\r\n\r\n"
    stub = Stub([first, None], [second, None], [third, None])
    with Triggers(stub.url, "k", sleep=lambda seconds: None) as client:
        walk = client.stream(kinds=["event.accepted", "attempt.finished"], payloads=False)
        one, two = next(walk), next(walk)
        walk.close()
    assert (one.kind, one.data, one.cursor) == ("event.accepted", {"id": 1}, "c1") and (two.kind, two.cursor) == ("attempt.finished", None)
    sent = [[line.strip() for line in head] for head, _ in stub.requests]
    assert sent[0][0] == "GET /api/stream?kinds=event.accepted%2Cattempt.finished&payloads=false HTTP/1.1"
    assert "Last-Event-ID: c1" in sent[1] and "Last-Event-ID: c2" in sent[2] and "Accept: text/event-stream" in sent[0]
    stub.close()


def test_an_async_stream_goes_on_where_it_was():
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
    stub = Stub([head + b"event: event.accepted\nid: c1\ndata: 1\n\n", None], [head + b"event: event.accepted\nid: c2\ndata: 2\n\n", None])

    async def run():
        async def sleep(seconds):
            pass

        async with AsyncTriggers(stub.url, "k", sleep=sleep) as client:
            walk = client.stream()
            found = [(await walk.__anext__()).cursor for _ in range(2)]
            await walk.aclose()
            return found

    assert asyncio.run(run()) == ["c1", "c2"]
    assert "Last-Event-ID: c1\r\n" in stub.requests[1][0]
    stub.close()


def test_the_trace_of_the_caller_is_passed_on():
    pytest.importorskip("opentelemetry")
    from opentelemetry import trace

    context = trace.SpanContext(int("1" * 32, 16), int("2" * 16, 16), False, trace.TraceFlags(1))
    stub = Stub(ok(), ok())
    with Triggers(stub.url, "k") as client:
        with trace.use_span(trace.NonRecordingSpan(context)):
            client.get_key()
        client.get_key()
    assert f"traceparent: 00-{'1' * 32}-{'2' * 16}-01\r\n" in stub.requests[0][0]
    assert not any(line.startswith("traceparent") for line in stub.requests[1][0])
    stub.close()
