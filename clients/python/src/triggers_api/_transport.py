"""One exchange over HTTP/1.1, with a deadline, a bound, and connections that are kept."""

from __future__ import annotations

import io
import select
import socket
import ssl
import threading
import time
from collections import deque
from http.client import HTTPException, HTTPResponse, IncompleteRead
from typing import Any, Deque, Dict, Iterator, List, Mapping, NamedTuple, Optional, Tuple
from urllib.parse import urlsplit

from .errors import AnswerTooLarge, ConnectionFailed

ERROR_BYTES = 65_536


class Request(NamedTuple):
    method: str
    origin: str
    target: str
    headers: Mapping[str, str]
    body: Optional[bytes]


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


class _Connection:
    """A socket whose reads and writes end at a deadline, however slowly bytes come."""

    def __init__(self, origin: str, deadline: float, context: Optional[ssl.SSLContext]) -> None:
        parts = urlsplit(origin)
        self.deadline = deadline
        host, tls = parts.hostname or "", parts.scheme == "https"
        try:
            raw = socket.create_connection((host, parts.port or (443 if tls else 80)), self.left())
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            raw.settimeout(self.left())
            self.socket: socket.socket = (context or ssl.create_default_context()).wrap_socket(raw, server_hostname=host) if tls else raw
        except (OSError, ValueError) as failure:
            # Nothing of the request was sent.
            raise ConnectionFailed("connect", f"{parts.netloc}: {failure}") from failure

    def left(self) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("no answer in time")
        return left

    def send(self, data: bytes) -> None:
        self.socket.settimeout(self.left())
        self.socket.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self), 16_384)

    def usable(self) -> bool:
        """Idle: what is there to read can only be its end."""
        try:
            if hasattr(select, "poll"):
                poll = select.poll()
                poll.register(self.socket, select.POLLIN)
                return not poll.poll(0)
            return not select.select([self.socket], [], [], 0)[0]
        except (OSError, ValueError):
            return False

    def close(self) -> None:
        try:
            self.socket.close()
        except OSError:
            pass


class _Reader(io.RawIOBase):

    def __init__(self, connection: _Connection) -> None:
        self._connection = connection

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._connection.socket.settimeout(self._connection.left())
        return self._connection.socket.recv_into(buffer)


class HttpTransport:
    """The standard library's sockets. Used by any number of threads."""

    def __init__(self, context: Optional[ssl.SSLContext] = None, kept: int = 64) -> None:
        self._context = context
        self._kept = kept
        self._idle: Dict[str, Deque[_Connection]] = {}
        self._lock = threading.Lock()

    def send(self, request: Request, timeout: float, most: int) -> Answer:
        deadline = time.monotonic() + timeout
        connection = self._take(request.origin, deadline)
        try:
            response, headers = self._begin(connection, request)
            body = self._body(response, most)
        except BaseException:
            connection.close()
            raise
        if response.will_close or not response.isclosed():
            connection.close()
        else:
            self._give(request.origin, connection)
        return Answer(response.status, headers, body)

    def lines(self, request: Request, timeout: float, idle: float, most: int) -> Tuple[Answer, Optional["Lines"]]:
        """An answer without an end, as lines; one that is no success as a whole answer."""
        connection = self._take(request.origin, time.monotonic() + timeout)
        try:
            response, headers = self._begin(connection, request)
            if response.status == 200:
                return Answer(200, headers, b""), Lines(connection, response, idle, most)
            body = self._body(response, most)
        except BaseException:
            connection.close()
            raise
        connection.close()
        return Answer(response.status, headers, body), None

    def _take(self, origin: str, deadline: float) -> _Connection:
        while True:
            with self._lock:
                idle = self._idle.get(origin)
                connection = idle.pop() if idle else None
            if connection is None:
                return _Connection(origin, deadline, self._context)
            if connection.usable():
                connection.deadline = deadline
                return connection
            connection.close()

    def _give(self, origin: str, connection: _Connection) -> None:
        with self._lock:
            idle = self._idle.setdefault(origin, deque())
            if len(idle) < self._kept:
                idle.append(connection)
                return
        connection.close()

    def _begin(self, connection: _Connection, request: Request) -> Tuple[HTTPResponse, Mapping[str, str]]:
        head = [f"{request.method} {request.target} HTTP/1.1\r\nHost: {urlsplit(request.origin).netloc}\r\n"]
        head += [f"{name}: {value}\r\n" for name, value in request.headers.items()]
        if request.body is not None or request.method in ("POST", "PUT", "PATCH"):
            head.append(f"Content-Length: {len(request.body or b'')}\r\n")
        head.append("\r\n")
        try:
            connection.send("".join(head).encode("latin-1") + (request.body or b""))
            response = HTTPResponse(connection, method=request.method)  # type: ignore[arg-type]
            response.begin()
        except (TimeoutError, socket.timeout) as failure:
            raise ConnectionFailed("timeout", "no answer in time") from failure
        except (OSError, HTTPException) as failure:
            raise ConnectionFailed("reset", str(failure) or type(failure).__name__) from failure
        return response, {name.lower(): value for name, value in response.headers.items()}

    def _body(self, response: HTTPResponse, most: int) -> bytes:
        success = 200 <= response.status < 300
        most = most if success else min(most, ERROR_BYTES)
        try:
            body = response.read(most + 1)
            if len(body) > most:
                if success:
                    raise AnswerTooLarge(f"an answer of more than {most} bytes")
                return body[:most]
            if response.length:
                raise ConnectionFailed("cut", "the answer ended early")
            # What ends a chunked body is read too, or the connection could not be kept.
            response.read()
            return body
        except (TimeoutError, socket.timeout) as failure:
            raise ConnectionFailed("timeout", "the answer did not end in time") from failure
        except IncompleteRead as failure:
            raise ConnectionFailed("cut", "the answer ended early") from failure
        except (OSError, HTTPException) as failure:
            raise ConnectionFailed("cut", str(failure) or type(failure).__name__) from failure

    def close(self) -> None:
        with self._lock:
            connections: List[_Connection] = [connection for idle in self._idle.values() for connection in idle]
            self._idle.clear()
        for connection in connections:
            connection.close()


class Lines:
    """The lines of an answer that goes on. Silence of `idle` seconds ends it, as does a line that is too long."""

    def __init__(self, connection: _Connection, response: HTTPResponse, idle: float, most: int) -> None:
        self._connection, self._response, self._idle, self._most = connection, response, idle, most

    def __iter__(self) -> Iterator[str]:
        try:
            while True:
                self._connection.deadline = time.monotonic() + self._idle
                line = self._response.readline(self._most + 1)
                if not line:
                    return
                if len(line) > self._most:
                    raise AnswerTooLarge(f"a line of more than {self._most} bytes")
                yield line.decode("utf-8", "replace").rstrip("\r\n")
        except (TimeoutError, socket.timeout) as failure:
            raise ConnectionFailed("timeout", "the stream went silent") from failure
        except (OSError, HTTPException, ValueError) as failure:
            raise ConnectionFailed("cut", str(failure) or type(failure).__name__) from failure
        finally:
            self.close()

    def close(self) -> None:
        # Wakes a thread that reads it, which close alone does not.
        try:
            self._connection.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._connection.close()
