"""JSON that somebody else wrote: small enough, shallow enough, and with nothing in it that PostgreSQL cannot keep."""

import json
import re
from collections import Counter
from math import isfinite
from typing import Any

from h5p_lite.core.package.archive import Archive
from h5p_lite.core.package.problems import Code, Problem, Refused, shown

UNSTORABLE = re.compile("[\0\ud800-\udfff]")
LARGEST = 2**64
CONTAINERS, NUMBERS = (dict, list), (int, float)


class _Twice(ValueError):
    """A key that an object has two times: which one counts depends on the reader."""


class Documents:
    """The JSON files of one package. All of them together have a limit, too."""

    def __init__(self, archive: Archive) -> None:
        self._archive, self._limits = archive, archive.limits
        self._bytes = self._nodes = 0

    def read(self, path: str, shape: type, *, strict: bool = True) -> Any:
        """A value of type `shape`. Raises Refused with one problem. `strict`: no key twice in one object;
        translations by volunteers are not judged by that, the last one counts as in PHP and JavaScript."""
        value = parse(self._raw(path), path, strict=strict)
        if wrong := wrong_with(value, self._limits.depth):
            raise Refused([Problem(wrong, shown(path))])
        if not isinstance(value, shape):
            raise Refused([Problem("wrong-shape", shown(path))])
        return value

    def _raw(self, path: str) -> bytes:
        size = self._archive.entries[path].file_size
        if size > self._limits.json:
            raise Refused([Problem("json-too-big", shown(path))])
        self._bytes += size
        if self._bytes > self._limits.json_together:
            raise Refused([Problem("too-much-json")])
        raw = b"".join(self._archive.chunks(path))
        self._count(raw, path)
        return raw

    def _count(self, raw: bytes, path: str) -> None:
        nodes = most_nodes(raw)
        self._nodes += nodes
        if nodes > self._limits.nodes:
            raise Refused([Problem("json-too-big", shown(path))])
        if self._nodes > self._limits.nodes_together:
            raise Refused([Problem("too-much-json")])


def most_nodes(raw: bytes) -> int:
    """At least as many as there will be values, known before any of them takes memory."""
    return 1 + sum(map(raw.count, (b",", b"[", b"{")))


def parse(raw: bytes, path: str, *, strict: bool) -> Any:
    try:
        return json.loads(
            raw.decode("utf-8-sig"),
            object_pairs_hook=_once if strict else None,
            parse_constant=_never,
        )
    except RecursionError as deep:
        raise Refused([Problem("too-deep", shown(path))]) from deep
    except _Twice as twice:
        raise Refused([Problem("key-twice", shown(path), (shown(str(twice)),))]) from twice
    except ValueError as wrong:
        raise Refused([Problem("not-json", shown(path))]) from wrong


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise _Twice(Counter(key for key, _value in pairs).most_common(1)[0][0])
    return made


def _never(word: str) -> None:
    """NaN and Infinity: Python reads them, JSON (RFC 8259, 6) does not know them."""
    raise ValueError(word)


def wrong_with(value: Any, deepest: int) -> Code | None:
    """Level by level: a bundle has millions of values, and each is looked at."""
    level, depth = [value], 0
    while True:
        depth += 1
        if wrong := _wrong_leaves(level):
            return wrong
        inside = [each for each in level if isinstance(each, CONTAINERS)]
        if not inside or depth > deepest:
            return "too-deep" if inside else None
        level = []
        for each in inside:
            level += each if isinstance(each, list) else [*each, *each.values()]


def _wrong_leaves(level: list[Any]) -> Code | None:
    if UNSTORABLE.search("".join([each for each in level if isinstance(each, str)])):
        return "bad-text"
    for number in [each for each in level if isinstance(each, NUMBERS)]:
        if not -LARGEST <= number <= LARGEST and (isinstance(number, int) or not isfinite(number)):
            return "bad-number"  # 1e999 is read as infinite
    return None
