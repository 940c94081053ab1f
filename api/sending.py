"""Messages to programs of others: signed as Standard Webhooks 1.0 asks, and sent to public addresses alone.

An address is looked up once, and what was looked up is what is connected to: a name that answers differently a moment later leads
nowhere else (SSRF by DNS rebinding). Redirects are not followed. Nothing of the answer is kept but its status.
"""

import base64
import hashlib
import hmac
import http.client
import ipaddress
import secrets
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum
from urllib.parse import urlsplit

PREFIX = "whsec_"
PORTS = (443, 8443)
SECONDS = 10  # of each step; the whole takes at most twice as long
#: Networks through which a public address leads to another one.
LEADING_ON = [
    ipaddress.ip_network(net)
    for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
]
#: A receiver on this machine, for tests alone: then http is enough.
LOOPBACK = False


class Fault(StrEnum):
    """Why nobody was told."""

    ADDRESS = "address"  # it is not one we send to
    UNKNOWN = "unknown"  # the name is not known
    PRIVATE = "private"  # it leads into a network that is not public
    SILENT = "silent"  # no connection, no answer in time, a certificate that does not fit


class CannotSend(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(24)).decode()


def signed(secret: str, *, event: str, seconds: int, body: bytes) -> dict[str, str]:
    """Headers of a message; `seconds` since 1970."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    told = f"{event}.{seconds}.".encode() + body
    mark = base64.b64encode(hmac.digest(key, told, hashlib.sha256)).decode()
    return {
        "webhook-id": event,
        "webhook-timestamp": str(seconds),
        "webhook-signature": f"v1,{mark}",
        "content-type": "application/json",
    }


def looked_at(url: str) -> tuple[str, int, str]:
    """Host, port and path of an address we would send to. Raises CannotSend; looks nothing up."""
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError:
        raise CannotSend(Fault.ADDRESS) from None
    plain = LOOPBACK and parts.scheme == "http"
    odd = "@" in parts.netloc or parts.fragment or not url.isascii() or " " in url
    if not parts.hostname or odd or not (plain or (parts.scheme == "https" and port in PORTS)):
        raise CannotSend(Fault.ADDRESS)
    return parts.hostname, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    if found.is_loopback:
        return LOOPBACK
    return (
        found.is_global and not found.is_multicast and not any(found in net for net in LEADING_ON)
    )


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """The status of the answer. Raises CannotSend."""
    host, port, path = looked_at(url)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise CannotSend(Fault.UNKNOWN) from None
    addresses = [str(one[4][0]) for one in found]
    if not addresses or not all(map(is_public, addresses)):
        raise CannotSend(Fault.PRIVATE)
    try:
        return _ask(addresses[0], url, path, body, headers)
    except (OSError, http.client.HTTPException):
        raise CannotSend(Fault.SILENT) from None


def _ask(address: str, url: str, path: str, body: bytes, headers: Mapping[str, str]) -> int:
    host, port, _path = looked_at(url)
    plain = urlsplit(url).scheme == "http"
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    opened = socket.create_connection((address, port), timeout=SECONDS)
    end = threading.Timer(2 * SECONDS, _shut, [opened])  # who answers a letter a second
    end.start()
    try:
        connection.sock = (
            opened
            if plain
            else ssl.create_default_context().wrap_socket(opened, server_hostname=host)
        )
        connection.request("POST", path, body, {**headers, "user-agent": "Lernstadt"})
        return connection.getresponse().status
    finally:
        end.cancel()
        connection.close()
        opened.close()


def _shut(opened: socket.socket) -> None:
    with suppress(OSError):
        opened.shutdown(socket.SHUT_RDWR)
