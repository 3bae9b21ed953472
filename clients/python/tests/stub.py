"""A small server on loopback that answers with bytes, and breaks where it is told to."""

import socket
import threading
import time


class Stub:

    def __init__(self, *answers):
        self.answers, self.connections, self.requests = list(answers), 0, []
        self.server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.server.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                connection, _ = self.server.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with connection, connection.makefile("rb") as reader:
            while True:
                head = []
                while line := reader.readline():
                    if line == b"\r\n":
                        break
                    head.append(line.decode())
                if not head:
                    return
                length = next((int(line.split(":")[1]) for line in head if line.lower().startswith("content-length")), 0)
                self.requests.append((head, reader.read(length)))
                answer = self.answers.pop(0)
                if answer is None:
                    return
                for piece in [answer] if isinstance(answer, bytes) else answer:
                    if isinstance(piece, float):
                        time.sleep(piece)
                    elif piece is None:
                        return
                    else:
                        try:
                            connection.sendall(piece)
                        except OSError:
                            return

    def close(self):
        self.server.close()


def ok(body=b"{}", head=b""):
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + head + b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
