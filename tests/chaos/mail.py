"""A mail server of the city's own: takes what it is given (RFC 5321), remembers it, and can be away."""

import socketserver
import threading
from collections import Counter
from email import message_from_bytes, policy


class PostOffice:
    """`taken`: Message-ID -> how often it was taken. `subjects`: what each of them is about."""

    def __init__(self, port: int) -> None:
        self.port, self.taken = port, Counter[str]()
        self.subjects: dict[str, str] = {}
        self._server: _Server | None = None

    def open(self) -> None:
        self._server = _Server(("127.0.0.1", self.port), _Counterpart)
        self._server.taken, self._server.subjects = self.taken, self.subjects
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    taken: Counter[str]
    subjects: dict[str, str]


class _Counterpart(socketserver.StreamRequestHandler):
    server: "_Server"

    def handle(self) -> None:
        self._say("220 here")
        for line in self.rfile:
            word = line[:4].strip().upper()
            if word == b"DATA":
                self._take()
            else:
                self._say("221 bye" if word == b"QUIT" else "250 good")

    def _take(self) -> None:
        self._say("354 go on")
        source = b"\n".join(iter(lambda: self.rfile.readline().rstrip(), b"."))
        letter = message_from_bytes(source, policy=policy.default)
        number = str(letter["Message-ID"])
        self.server.taken[number] += 1
        self.server.subjects[number] = str(letter["Subject"])
        self._say("250 taken")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())
