"""Everybody asks for everything with the ids of provider B. Nobody may see, change or break anything of B's."""

import logging

import pytest
from django.conf import settings as django_settings
from django.test import override_settings
from django.urls import path

from config import logs
from tests.isolation.canaries import AUTHOR, CLERK, LEARNER, OWNER, READERS, ROLES, VISITOR, WORD
from tests.isolation.crawl import Crawler
from tests.isolation.patterns import UnknownParameter, addresses, walk

#: Wagtail leaves the closing of a picture's working copy to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in. <function Spooled"),
]

#: What each role must have come across; otherwise the crawler would be blind.
MUST_SEE = {
    VISITOR: {"public", "holder"},
    LEARNER: {"public", "holder", "self", "lessonb"},
    AUTHOR: {"public", "holder", "deska"},
    OWNER: {"public", "holder", "deska"},
    CLERK: {"public", "holder"},
}


class Log(logging.Handler):
    """What the console would show, as lines for people, as JSON for programs, or both."""

    def __init__(self, form=None):
        super().__init__()
        self.lines = []
        console = django_settings.LOGGING["formatters"]["line"]
        line = logs.WithoutRows(console["format"], style=console["style"])
        forms = {"line": line, "json": logs.AsJson()}
        self.forms = [forms[form]] if form else [*forms.values()]
        self.addFilter(logs.DoorsOnly())

    def emit(self, record):
        self.lines += [form.format(record) for form in self.forms]


@pytest.fixture(scope="module")
def log():
    return Log()


@pytest.fixture(scope="module")
def report(place, log):
    """Everything is logged into `log` instead of the console; `own_world` has switched logging off."""
    root, requests = logging.getLogger(), logging.getLogger("config.following")
    former, root.handlers = root.handlers, [log]
    level = requests.level
    requests.setLevel(logging.INFO)  # a line for every request
    logging.disable(logging.NOTSET)
    try:
        return Crawler(place.town, place.ledger, thorough=False).crawl()
    finally:
        logging.disable(logging.CRITICAL)
        requests.setLevel(level)
        root.handlers = former


def test_nobody_sees_what_is_somebody_elses(report):
    assert [str(leak) for leak in report.leaks] == []


def test_nobody_changes_what_is_somebody_elses(report):
    assert [str(write) for write in report.writes] == []


def test_nothing_breaks(report):
    assert [str(error) for error in report.errors] == []


def test_no_word_of_anybody_reaches_a_log(report, log):
    assert len(log.lines) > 1000
    assert sum('"door": "certificates:' in line for line in log.lines) > 10
    assert [line for line in log.lines if WORD.search(line)] == []


def test_the_crawler_is_not_blind(report):
    assert report.roles == set(ROLES)
    missed = {role: kinds - report.seen[role] for role, kinds in MUST_SEE.items()}
    assert not any(missed.values()), missed
    assert "wagtailadmin_explore_root" in report.opened[AUTHOR]
    assert "office" in report.opened[CLERK]


@override_settings(ROOT_URLCONF="tests.isolation.leaky")
def test_a_new_view_is_covered_without_being_told_about(place):
    crawler = Crawler(place.town, place.ledger, thorough=False)
    new = [pattern for pattern in walk() if pattern.text.startswith("/neu/")]
    report = crawler.crawl((VISITOR,), new)
    assert report.patterns == 3
    assert {finding.call.pattern for finding in report.leaks} == {"leaks"}
    assert {finding.call.pattern for finding in report.writes} == {"writes"}
    assert {finding.call.pattern for finding in report.errors} == {"breaks"}


class Strange:
    """A resolver with one pattern whose parameter nobody knows."""

    url_patterns = [path("neu/<int:gutschein>/", lambda _request, gutschein: None)]


def test_an_unknown_parameter_stops_the_walk(place):
    [pattern] = walk(Strange())
    with pytest.raises(UnknownParameter, match="«gutschein»"):
        addresses(pattern, place.town.ids, 2)


def test_every_kind_of_word_is_planted(place):
    planted = " ".join(str(row) for row in place.ledger.rows.values())
    assert [kind for kind in READERS if f"zqx{kind}q" not in planted] == []
