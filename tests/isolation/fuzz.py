"""Odd values for whatever an address reads: which names it reads is heard while it answers, not guessed."""

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core.cache import cache
from django.core.signals import got_request_exception
from django.http import HttpResponseBase, QueryDict
from django.test import Client

from tests.isolation.city import Ids
from tests.isolation.ledger import Ledger
from tests.isolation.patterns import Pattern, addresses, walk

#: NUL; more than an integer of the database holds; more digits than int() reads; no number; JSON of the wrong shape.
ODD = ("\0", "9" * 25, "9" * 5000, "-1", "x", "[]", "null", "ü\u202e")


class Fault(NamedTuple):
    method: str
    url: str
    body: str
    what: str

    def __str__(self) -> str:
        return f"{self.method} {self.url[:200]} {self.body[:200]}  {self.what}"


class Fuzzer:
    """Asks as one person, whose own things `ids` are, so that it comes as far as an address lets anybody."""

    def __init__(self, person: Any, ids: Ids, ledger: Ledger) -> None:
        self.ids, self.ledger = ids, ledger
        self.cookies: dict[str, str] = {}
        if person:
            client = Client()
            client.force_login(person)
            name = settings.SESSION_COOKIE_NAME
            self.cookies = {name: client.cookies[name].value}
        self.requests, self.failure = 0, ""
        self.faults: list[Fault] = []
        self.files = {path: path.read_bytes() for path in _files()}
        ledger.begin()

    def fuzz(
        self, patterns: list[Pattern] | None = None, odd: tuple[str, ...] = ODD
    ) -> list[Fault]:
        got_request_exception.connect(self._remember)
        try:
            for pattern in patterns if patterns is not None else list(walk()):
                cache.clear()
                for url in addresses(pattern, self.ids, 1)[:1]:
                    for method in ("GET", "POST"):
                        self._ask(method, url, odd)
                for url in _odd_addresses(pattern, self.ids, odd):
                    self._call("GET", url)
        finally:
            got_request_exception.disconnect(self._remember)
        return self.faults

    def _ask(self, method: str, url: str, odd: tuple[str, ...]) -> None:
        with heard() as names:
            self._call(method, url)
        for name in sorted(names):
            for value in odd:
                self._call(method, *_with(method, url, urlencode({name: value})))

    def _call(self, method: str, url: str, body: str = "") -> HttpResponseBase:
        client = Client(raise_request_exception=False)
        client.cookies = SimpleCookie(self.cookies)
        self.failure = ""
        self.requests += 1
        if method == "GET":
            response = client.get(url)
        else:
            response = client.post(url, body, "application/x-www-form-urlencoded")
        if response.status_code >= 500:
            self.faults.append(Fault(method, url, body, self.failure))
        if response.streaming:
            response.close()
        if self.ledger.changes():
            self.ledger.undo()
            self._bring_files_back()
        return response

    def _bring_files_back(self) -> None:
        """A row that was deleted is there again; its file has gone with it."""
        for path, content in self.files.items():
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)

    def _remember(self, **_: Any) -> None:
        kind, error, trace = sys.exc_info()
        where = traceback.extract_tb(trace)[-1] if trace else ""
        self.failure = f"{kind and kind.__name__}: {str(error)[:200]!r} {where}"


def _files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def _with(method: str, url: str, query: str) -> tuple[str, str]:
    return (f"{url}?{query}", "") if method == "GET" else (url, query)


def _odd_addresses(pattern: Pattern, ids: Ids, odd: tuple[str, ...]) -> Iterator[str]:
    """One parameter of the path at a time is odd; whatever the pattern does not take is a plain 404."""
    for shape, parameters in pattern.shapes:
        usual = addresses(pattern._replace(shapes=[(shape, parameters)]), ids, 1)
        for name in parameters if usual else ():
            for value in odd:
                given = dict.fromkeys(parameters, "1") | {name: quote(value, safe="")}
                yield shape % given


@contextmanager
def heard() -> Iterator[set[str]]:
    """The names that anyone who answers looks for in a query string or a body."""
    names: set[str] = set()

    def listening(method: str) -> Any:
        usual = getattr(QueryDict, method)

        def listen(self: QueryDict, name: Any, *rest: Any) -> Any:
            if isinstance(name, str) and name != "csrfmiddlewaretoken":
                names.add(name)
            return usual(self, name, *rest)

        return mock.patch.object(QueryDict, method, listen)

    patches = [listening(method) for method in ("__getitem__", "get", "getlist", "__contains__")]
    for patch in patches:
        patch.start()
    try:
        yield names
    finally:
        for patch in patches:
            patch.stop()
