"""A cable between a browser and the city that can be pulled out.

Playwright's own `set_offline` reaches a page that has just been loaded too late: it may have sent something by then.
"""

import socket
import socketserver
import threading
from contextlib import suppress
from urllib.parse import urlsplit


class Cable(socketserver.ThreadingTCPServer):
    """A proxy for a browser's context: `new_context(proxy=cable.proxy)`. `close` ends it."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, url: str) -> None:
        super().__init__(("127.0.0.1", 0), Wire)
        self.far = ("127.0.0.1", urlsplit(url).port)
        self.out = False
        self.live: set[socket.socket] = set()
        #: Chromium asks no proxy for addresses of this machine unless it is told to.
        self.proxy = {
            "server": f"http://127.0.0.1:{self.server_address[1]}",
            "bypass": "<-loopback>",
        }
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def pull(self, out: bool = True) -> None:
        """What is under way ends as well."""
        self.out = out
        for line in list(self.live) if out else ():
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.shutdown()
        self.server_close()
        self.pull()


class Wire(socketserver.BaseRequestHandler):
    server: Cable

    def handle(self) -> None:
        if self.server.out:
            return
        with socket.create_connection(self.server.far) as far:
            lines = {self.request, far}
            self.server.live |= lines
            there = threading.Thread(target=_carry, args=(self.request, far), daemon=True)
            there.start()
            _carry(far, self.request)
            there.join()
            self.server.live -= lines


def _carry(near: socket.socket, far: socket.socket) -> None:
    with suppress(OSError):
        while data := near.recv(65536):
            far.sendall(data)
    for line in (near, far):
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
