"""Where the web server listens, and what it is called."""

import errno
import os
import socket
from urllib.parse import urlsplit

from config.embedded.places import CannotStart, step

LOCAL = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 -- only if somebody asks for it


def check_port(host: str, port: int) -> None:
    try:
        family, kind, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as wrong:
        if wrong.errno == errno.EADDRINUSE:
            sentence = f"Port {port} is taken: stop the other program or choose another port, ./dev run --port {port + 1}"
        elif wrong.errno == errno.EACCES:
            sentence = f"Port {port} needs root: choose one above 1023, ./dev run --port 8000"
        else:
            sentence = f"{host} is no address of this machine: try ./dev run --host 127.0.0.1"
        raise CannotStart(sentence) from None


def address_of(host: str, port: int) -> str:
    """What a person on this machine types."""
    name = "localhost" if host in (*LOCAL, *EVERYWHERE) else f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}"


def say_what_is_unusual(host: str, address: str, public: str) -> None:
    """`public` is the address of the first start: issued certificates carry it."""
    if host not in LOCAL and not os.environ.get("ALLOWED_HOSTS"):
        step("Other machines are let in only under names in ALLOWED_HOSTS (separated by commas).")
    if urlsplit(public).hostname in LOCAL and public != address:
        step(f"Certificates keep the first start's address, {public}; this time it is {address}.")
