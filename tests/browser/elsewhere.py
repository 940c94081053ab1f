"""A place that is not ours: a server of its own on this machine, for whatever should not get there."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Elsewhere:
    """Another origin on this machine, over TCP and UDP: whatever reaches it, got out."""

    def __init__(self):
        self.hits = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", 0))
        self.udp.setblocking(False)
        self.stun = f"stun:127.0.0.1:{self.udp.getsockname()[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def handler(self):
        hits = self.hits

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                hits.append(self.path)
                self.send_response(204)
                self.end_headers()

            do_POST = do_OPTIONS = do_GET  # noqa: N815 -- names of the standard library

            def log_message(self, *_):
                pass

        return Handler

    def datagrams(self):
        try:
            return [self.udp.recv(2000)]
        except BlockingIOError:
            return []

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.udp.close()
