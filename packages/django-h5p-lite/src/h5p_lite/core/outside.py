"""What a content wants from other servers: the page it plays in reaches none of them."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

FILE_FIELDS = ("mime", "copyright", "width", "aspectRatio", "quality")
DEEPEST = 200


def hosts_in(params: Any) -> list[str]:
    """Where its films, sounds and pictures are that do not lie in the content itself; each host once, as it comes."""
    return [*dict.fromkeys(_hosts(params, DEEPEST))]


def _hosts(value: Any, depth: int) -> Iterator[str]:
    if depth == 0:
        return
    if isinstance(value, dict):
        path = value.get("path")
        if isinstance(path, str) and any(field in value for field in FILE_FIELDS):
            yield from _host(path)
        for inner in value.values():
            yield from _hosts(inner, depth - 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _hosts(inner, depth - 1)


def _host(address: str) -> Iterator[str]:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return
    if parts.scheme in ("", "http", "https") and parts.hostname:
        yield parts.hostname
