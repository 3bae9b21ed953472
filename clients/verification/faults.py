"""What stands between tests and the service, and keeps faults ready: limits, lost answers, and nobody there."""

import http.client
import json
import socket
import struct
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LIMITED = json.dumps({"type": "about:blank", "title": "Too Many Requests", "status": 429, "code": "rate_limit_exceeded", "detail": "Wait", "message": "Wait",
                      "error": "Wait", "retry_after": 0}).encode()
# What each library does all the time that it sends, consumes and follows. Who consumes takes events and acknowledges them: one after
# the other, where nothing is answered, so that it may meet the service's faults in either.
CONSUMING = {"POST /api/inbox/lease", "GET /api/inbox", "POST /api/ack"}
WANTED = {"POST /api/events/batch", "GET /api/events", "consuming"}
MODES = ("slow", "limited", "lost", "killed", "restarted")
# What the proxy does itself; the other faults are the service's.
OWN = {"limited", "lost"}
PASSED_ON = ("content-type", "content-length", "retry-after", "x-request-id", "location", "allow")


class Proxy:
    """Hands requests on, and keeps who met which fault: of its own ones every second request of a kind and key, of the service's each."""

    def __init__(self, service_port):
        self.service_port, self.mode = service_port, None
        self.met = {mode: {} for mode in MODES}
        self._seen, self._under_way, self._lock = Counter(), Counter(), threading.Lock()
        self._connections, self._server = set(), None
        self.port = 0
        self.open()
        self.address = f"http://127.0.0.1:{self.port}"

    def open(self):
        self._server = _Server(("127.0.0.1", self.port), self)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self):
        """From now on nobody is there, and whoever is connected hears so."""
        self._server.shutdown()
        self._server.server_close()
        for connection in list(self._connections):
            try:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def begun(self, key, kind):
        """The fault that the proxy has for this request, if any."""
        with self._lock:
            mode = self.mode
            self._seen[key, kind] += 1
            self._under_way[key, kind] += 1
            if mode is None or key is None or (mode in OWN and self._seen[key, kind] % 2):
                return None
            self._meets(mode, key, kind)
            return mode if mode in OWN else None

    def ended(self, key, kind):
        with self._lock:
            self._under_way[key, kind] -= 1

    def _meets(self, mode, key, kind):
        self.met[mode].setdefault(key, Counter())[kind] += 1
        if kind in CONSUMING:
            self.met[mode][key]["consuming"] += 1

    def during(self, mode, keys, fault=lambda: None):
        """The mode, until the clients with these keys have met it in all that they do."""
        with self._lock:
            self.mode = mode
            if mode not in OWN:
                for (key, kind), requests in self._under_way.items():
                    if requests and key is not None:
                        self._meets(mode, key, kind)
        fault()
        # Longer than the tests let an attempt take.
        time.sleep(2)
        end = time.monotonic() + 60
        while time.monotonic() < end and not self._met(mode, keys):
            time.sleep(0.05)
        with self._lock:
            self.mode = None

    def _met(self, mode, keys):
        with self._lock:
            wanted = {key: WANTED | {kind for one, kind in self._seen if one == key and kind in CONSUMING and mode in OWN} for key in keys}
            return all(kinds <= set(self.met[mode].get(key, ())) for key, kinds in wanted.items())


class _Server(ThreadingHTTPServer):

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, address, proxy):
        self.proxy = proxy
        super().__init__(address, _Handler)


class _Handler(BaseHTTPRequestHandler):

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def setup(self):
        super().setup()
        self.upstream = None
        self.server.proxy._connections.add(self.connection)

    def finish(self):
        self.server.proxy._connections.discard(self.connection)
        if self.upstream:
            self.upstream.close()
        try:
            super().finish()
        except OSError:
            pass

    def handle(self):
        try:
            super().handle()
        except OSError:
            self.close_connection = True

    def any_method(self):
        proxy, body = self.server.proxy, self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = self.headers.get("X-API-Key"), f"{self.command} {self.path.partition('?')[0]}"
        fault = proxy.begun(*request)
        try:
            self.carry(proxy, fault, body)
        finally:
            proxy.ended(*request)

    def carry(self, proxy, fault, body):
        if fault == "limited":
            self.answer(429, {"Content-Type": "application/problem+json", "Content-Length": len(LIMITED), "Retry-After": 0}, LIMITED)
            return
        headers = {name: value for name, value in self.headers.items() if name.lower() not in ("connection", "host")}
        try:
            if self.upstream is None:
                self.upstream = http.client.HTTPConnection("127.0.0.1", proxy.service_port, timeout=120)
            self.upstream.request(self.command, self.path, body or None, headers)
            response = self.upstream.getresponse()
            given = {name: value for name, value in response.getheaders() if name.lower() in PASSED_ON}
            if response.length is None:
                self.stream(response, given)
                return
            answer = response.read()
        except (OSError, http.client.HTTPException):
            self.close_connection = True
            return
        if fault == "lost":
            # The service has done it, and nobody hears of it.
            self.close_connection = True
            return
        self.answer(response.status, given, answer)
        if response.will_close:
            self.upstream = None

    def answer(self, status, headers, body):
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def stream(self, response, headers):
        self.close_connection = True
        self.answer(response.status, {**headers, "Transfer-Encoding": "chunked", "Connection": "close"}, b"")
        while True:
            # An answer that breaks off stays one without an end.
            piece = response.read1(65_536)
            self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
            self.wfile.flush()
            if not piece:
                return

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = any_method

    def log_message(self, *_):
        pass


def all_of_them(service, proxy, keys):
    """One fault after the other, each in the middle of everything that the clients with these keys do."""
    proxy.during("slow", keys, lambda: service.act("pause"))
    service.act("resume")
    for mode in ("limited", "lost"):
        proxy.during(mode, keys)
    proxy.during("killed", keys, lambda: service.act("kill"))
    # Until it is back nobody is there at all.
    proxy.close()
    service.act("start")
    proxy.open()
    proxy.during("restarted", keys, lambda: service.act("stop") and service.act("start"))
