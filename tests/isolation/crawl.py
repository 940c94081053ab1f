"""Calls every address as every role with B's ids, and judges what came back and what was changed."""

import io
import sys
import traceback
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.core.signals import got_request_exception
from django.http import HttpResponseBase
from django.test import Client
from pypdf import PdfReader

from tests.isolation import forms
from tests.isolation.canaries import (
    AUTHOR,
    BY_LINK,
    OWNER,
    REVIEWER,
    ROLES,
    TUTOR,
    VISITOR,
    Call,
    kind_of,
    leaked,
    words_in,
)
from tests.isolation.city import Town
from tests.isolation.ledger import Change, Key, Ledger, seeds_of_a, seeds_of_b
from tests.isolation.patterns import Pattern, addresses, walk

#: Addresses that fail anyone who asks, and show nobody's data in doing so.
#: Who begins or completes a course of anybody's is counted there, without a name.
COUNTED = ("figures_countedevent", "learning_coursetally")
KNOWN_TO_FAIL = {
    "wagtailadmin_error_test": "fails on purpose, to show an operator what an error looks like",
    "wagtailadmin_choose_page_external_link": "Wagtail: a form sent without its only field, which no browser does",
}
STAFF_OF_A = (AUTHOR, REVIEWER, TUTOR, OWNER)
MANY = 8  # addresses of one pattern; the quick run asks for one, the owner for two
FEW = 3  # questions in the quick run, by the owner alone
#: Doors at which anybody books, or gives back, and what they write.
BOOKED = ("learning_booking", "learning_bookingneed", "learning_contract", "courses_run")
#: What the office keeps for the whole city at the door of a concept, and what the search works out from that.
CONCEPTS = ("courses_concept", "courses_conceptlabel", "courses_labelstem", "courses_searchstem")
CONCEPTS = (*CONCEPTS, "courses_searchterm", "courses_searchentry", "courses_facetgroup")
MEANT = {"date": BOOKED, "booking": BOOKED, "concept": CONCEPTS, "concepts": CONCEPTS}
#: What the office keeps for itself, or for the whole city.
MEANT |= {"keep_view": ("reports_savedview",), "drop_view": ("reports_savedview",)}
MEANT |= {"goals": ("reports_goal",), "goal_ended": ("reports_goal",)}
MEANT |= {"featured": ("courses_featuredcourse",), "city_events": ("courses_cityevent",)}
MEANT["withdraw"] = (*BOOKED, "learning_withdrawal")
AJAX = {"X-Requested-With": "XMLHttpRequest"}


class Finding(NamedTuple):
    call: Call
    what: str

    def __str__(self) -> str:
        return f"{self.call.role:9}{self.call.method:5}{self.call.url}  {self.what}"


@dataclass
class Report:
    patterns: int = 0
    requests: int = 0
    roles: set[str] = field(default_factory=set)
    leaks: list[Finding] = field(default_factory=list)
    writes: list[Finding] = field(default_factory=list)
    errors: list[Finding] = field(default_factory=list)
    #: What each role did see: proof that the crawler is not blind.
    seen: dict[str, set[str]] = field(default_factory=dict)
    opened: dict[str, set[str]] = field(default_factory=dict)

    def add(self, other: "Report") -> None:
        """What another process has found."""
        self.requests += other.requests
        self.roles |= other.roles
        self.leaks += other.leaks
        self.writes += other.writes
        self.errors += other.errors

    @property
    def clean(self) -> bool:
        return not (self.leaks or self.writes or self.errors)


class Crawler:
    """`thorough` asks every question at every page as every role; otherwise the owner asks for all of them."""

    def __init__(self, town: Town, ledger: Ledger, *, thorough: bool) -> None:
        self.town, self.ledger, self.thorough = town, ledger, thorough
        self.report = Report()
        self.questions = forms.questions(town.ids)
        self.everything = urlencode(forms.everything(town.ids), doseq=True)
        self.cookies = {role: _sign_in(town, role) for role in ROLES}
        self.ledger.begin()
        self.own = {role: self._own(role) for role in ROLES}
        self.theirs = ledger.belonging_to(seeds_of_b(town))
        self.failure = ""

    def crawl(
        self, roles: tuple[str, ...] = ROLES, patterns: list[Pattern] | None = None
    ) -> Report:
        patterns = patterns if patterns is not None else list(walk())
        self.report.patterns, self.report.roles = len(patterns), set(roles)
        got_request_exception.connect(self._remember)
        try:
            for pattern in patterns:
                cache.clear()
                for role in roles:
                    self._visit(pattern, role)
        finally:
            got_request_exception.disconnect(self._remember)
        return self.report

    def _visit(self, pattern: Pattern, role: str) -> None:
        most = MANY if self.thorough else 2 if role == OWNER else 1
        for url in addresses(pattern, self.town.ids, most):
            page = self.call(Call(role, "GET", pattern.name, url))
            own_forms = []
            if page and page.status_code == 200:
                own_forms = self._look_around(Call(role, "GET", pattern.name, url), page)
            send = Call(role, "POST", pattern.name, url)
            if self.thorough:
                self.call(send)
            self.call(send, self.everything, AJAX)
            for form in own_forms:
                self.call(send, forms.filled(form, self.town.ids))

    def _look_around(self, call: Call, page: HttpResponseBase) -> list[forms.Form]:
        """Ask a page that opened all it may be asked; returns the forms it would have sent."""
        html = _text(page) if "html" in page.get("Content-Type", "") else ""
        found = forms.forms_of(html)
        asked = [
            "&".join(
                f"{k}={v}" for k, vs in forms.filled(form, self.town.ids).items() for v in vs[:1]
            )
            for form in found
            if form.method == "get"
        ]
        asked += self.questions if self.thorough else self.questions[: FEW * (call.role == OWNER)]
        for question in dict.fromkeys(filter(None, asked)):
            self.call(call._replace(url=f"{call.url}?{question}"))
        return [form for form in found if form.method == "post" and not form.action.startswith("/")]

    def call(
        self, call: Call, data: forms.Data | str = "", headers: dict[str, str] | None = None
    ) -> HttpResponseBase | None:
        """One request in a fresh browser that has nothing but the caller's session."""
        client = Client(raise_request_exception=False, headers=headers)
        client.cookies = SimpleCookie(self.cookies[call.role])
        self.failure = ""
        self.report.requests += 1
        if call.method == "GET":
            response = client.get(call.url)
        else:
            body = data if isinstance(data, str) else urlencode(data, doseq=True)
            response = client.post(call.url, body, "application/x-www-form-urlencoded")
        self._judge(call, response)
        return response

    def _judge(self, call: Call, response: HttpResponseBase) -> None:
        words = words_in(_text(response)) - words_in(call.url)  # a page may repeat what was asked
        self.report.seen.setdefault(call.role, set()).update(kind_of(w) for w in words)
        if response.status_code == 200:
            self.report.opened.setdefault(call.role, set()).add(call.pattern)
        if wrong := leaked(words, call):
            self.report.leaks.append(Finding(call, " ".join(sorted(wrong))))
        if response.status_code >= 500 and call.pattern not in KNOWN_TO_FAIL:
            self.report.errors.append(Finding(call, self.failure))
        changes = self.ledger.changes()
        if not changes:
            return
        self.report.writes += [
            Finding(call, str(change)) for change in changes if self._is_foreign(change, call)
        ]
        self.ledger.undo()

    def _is_foreign(self, change: Change, call: Call) -> bool:
        """Lost or changed: whatever is not the caller's own. New: what points at B or repeats B's words."""
        if change.table in MEANT.get(call.pattern, ()):
            return False  # what this door is for
        if change.table.startswith("providers_application") and call.url.startswith(BY_LINK):
            return False  # anyone who has the link writes
        if not change.new:
            return self.ledger.key(change.table, change.row) not in self.own[call.role]
        caller = self.town.callers.get(call.role)
        if caller and change.row.get("learner_id") == caller.pk:
            return False  # anybody may enrol at B and learn there
        if caller and change.new and change.table in COUNTED:
            return False  # and is counted
        if self.ledger.key(change.table, change.row) in self.own[call.role]:
            return bool(self._theirs(change, call))  # their own row, changed
        return bool(self._theirs(change, call) or leaked(words_in(str(change.row)), call))

    def _theirs(self, change: Change, call: Call) -> set[Key]:
        targets = self.ledger.targets(change.table, change.row)
        return (targets & self.theirs) - self.own[call.role]

    def _own(self, role: str) -> set[Key]:
        if role == VISITOR:
            return set()
        person = self.town.callers[role]
        seeds = {("accounts_user", str(person.pk))}
        if role in STAFF_OF_A:
            seeds |= seeds_of_a(self.town)
        return self.ledger.belonging_to(seeds)

    def _remember(self, **_: Any) -> None:
        kind, error, trace = sys.exc_info()
        where = traceback.extract_tb(trace)[-1] if trace else ""
        self.failure = f"{kind and kind.__name__}: {str(error)[:200]!r} {where}"


def _sign_in(town: Town, role: str) -> dict[str, str]:
    """The cookie of a session that was begun before anything is compared."""
    if role == VISITOR:
        return {}
    client = Client()
    client.force_login(town.callers[role])
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def _text(response: HttpResponseBase) -> str:
    """Everything an answer says: headers, cookies, messages for the next page, body, and what is inside a file."""
    if not hasattr(response, "read_body"):
        response.read_body = _body(response)
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    waiting = getattr(response, "wsgi_request", None)
    messages = "\n".join(map(str, get_messages(waiting))) if waiting else ""
    return f"{headers}\n{response.cookies}\n{messages}\n{response.read_body}"


def _body(response: HttpResponseBase) -> str:
    content = b"".join(response) if response.streaming else response.content
    response.close()
    if content.startswith(b"%PDF"):
        return "\n".join(_pdf(content))
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    return content.decode("utf-8", "ignore")


def _pdf(content: bytes) -> Iterator[str]:
    reader = PdfReader(io.BytesIO(content))
    for page in reader.pages:
        yield page.extract_text()
    for files in reader.attachments.values():
        yield from (file.decode("utf-8", "ignore") for file in files)
