"""Compresses what is text: public pages for everybody, personal ones only where nobody can measure a secret by it.

BREACH needs a page with a secret, words of the attacker's in the same page, and many requests that he causes and whose
length he sees. So a personal page is compressed only when the browser says that no other site has asked for it, and
its length is blurred. docs/adr/0026-compression.md.
"""

import gzip
import re
import secrets
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import suppress

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Handler = Callable[[HttpRequest], HttpResponse]

SMALLEST = 600  # bytes; below it the headers are the larger part
BLUR = 256  # bytes that a personal page is at most longer than it would be
KEPT = 1000  # compressed public pages per process; about 8 MB
TEXT = (
    *("text/", "application/json", "application/ld+json", "application/javascript"),
    *("image/svg+xml", "application/xml"),
)
HOME = (
    "same-origin",
    "none",
)  # Sec-Fetch-Site: asked for by one of our pages, or by the person themselves
#: For what is compressed once and sent often, and for what is sent once. The first one that the browser takes counts.
OFTEN: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=9),
    "zstd": lambda body: zstd.compress(body, level=12),
    "gzip": lambda body: gzip.compress(body, 9, mtime=0),
}
ONCE: dict[str, Callable[[bytes], bytes]] = {
    "zstd": lambda body: zstd.compress(body, level=6),
    "br": lambda body: brotli.compress(body, quality=4),
    "gzip": lambda body: gzip.compress(body, 5, mtime=0),
}

NEVER = re.compile(r"0(\.0*)?")

_kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()


def compress(get_response: Handler) -> Handler:
    """Middleware, inside of `head_as_get`: HEAD has the headers of GET."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 304:  # says what the whole answer would (RFC 9110, § 15.4.5)
            patch_vary_headers(response, ["Accept-Encoding"])
        if not _is_text(response):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        shared = "public" in response.get("Cache-Control", "")
        if not shared:
            patch_vary_headers(response, ["Sec-Fetch-Site"])
        if len(response.content) >= SMALLEST and (shared or asked_at_home(request)):
            _encode(request, response, shared=shared)
        return response

    return answer


def asked_at_home(request: HttpRequest) -> bool:
    """No other site has caused this request. Browsers that do not say so get the page as it is."""
    return request.headers.get("Sec-Fetch-Site", "") in HOME


def accepted(header: str, offered: Iterable[str]) -> str:
    """The first of `offered` that an Accept-Encoding header takes (RFC 9110, § 12.5.3); empty for none."""
    takes = {}
    for part in header.lower().replace(" ", "").split(","):
        name, _, weight = part.partition(";q=")
        takes[name] = not NEVER.fullmatch(weight)
    return next((name for name in offered if takes.get(name, takes.get("*", False))), "")


def _is_text(response: HttpResponse) -> bool:
    if response.streaming or response.has_header("Content-Encoding"):
        return False
    return response.get("Content-Type", "").startswith(TEXT)


def _encode(request: HttpRequest, response: HttpResponse, *, shared: bool) -> None:
    ways = OFTEN if shared else ONCE
    encoding = accepted(request.headers.get("Accept-Encoding", ""), ways)
    if not encoding:
        return
    etag = response.get("ETag", "")
    if shared and etag:
        response.content = _remembered(etag, encoding, response.content)
    else:
        response.content = ways[encoding](response.content if shared else _blurred(response))
    response.headers["Content-Encoding"] = encoding
    response.headers["Content-Length"] = str(len(response.content))
    if etag and not etag.startswith("W/"):
        response.headers["ETag"] = f"W/{etag}"  # the same page, other bytes (RFC 9110, § 8.8.1)


def _blurred(response: HttpResponse) -> bytes:
    """A comment of random length; on each request another one, of signs that hardly compress."""
    if not response.get("Content-Type", "").startswith("text/html"):
        return response.content
    return response.content + f"<!--{secrets.token_hex(secrets.randbelow(BLUR // 2))}-->".encode()


def _remembered(etag: str, encoding: str, body: bytes) -> bytes:
    """The ETag names the body, so nothing has to be forgotten when pages are printed anew."""
    key = (etag, encoding)
    packed = _kept.get(key)
    if packed is None:
        packed = OFTEN[encoding](body)
        if len(_kept) >= KEPT:
            _kept.popitem(last=False)
        _kept[key] = packed
    else:
        with suppress(KeyError):  # another thread has just dropped it
            _kept.move_to_end(key)
    return packed
