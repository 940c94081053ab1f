"""The memory of public pages: what a query string can do to it, and what it cannot."""

from collections import OrderedDict
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tenancy import public_page
from tenancy.lens import look, system
from tests import factories
from tests.factories.runs import make_run


@pytest.fixture(autouse=True)
def empty(monkeypatch, db):
    for index_page in ("_plain", "_asked"):
        monkeypatch.setattr(public_page, index_page, OrderedDict())
    factories.make_course(factories.make_provider("haus"), lessons=1, title="Fotos")


def statements(client, address):
    with CaptureQueriesContext(
        connection,
    ) as made:
        assert client.get(address).status_code == 200
    return len(made)


@pytest.mark.parametrize("path", ["/", "/kurse/", "/anbieter/", "/anbieter/haus/", "/hilfe/"])
def test_what_a_page_does_not_read_is_the_same_page(client, path):
    plain = client.get(path)
    for query in ("?utm_source=zeitung", "?x=1&x=2", "?seit=3", "?%00", "?" + "a=b&" * 200):
        assert statements(client, path + query) == 0
        assert client.get(path + query).content == plain.content
    assert len(public_page._plain) == 1
    assert not public_page._asked


def test_the_catalogue_keeps_what_it_reads_and_in_one_order(client):
    client.get("/kurse/?thema=4&q=fotos")
    assert statements(client, "/kurse/?q=fotos&neu=1&thema=4&stufe=") == 0
    assert len(public_page._asked) == 1


def test_ever_new_questions_push_out_no_page_that_has_an_address(client, monkeypatch):
    monkeypatch.setattr(public_page, "MOST", 8)
    client.get("/kurse/")
    for number in range(20):
        client.get(f"/kurse/?thema=4&q=frage{number}")  # with a filter nothing is counted
    assert len(public_page._asked) == 2
    assert statements(client, "/kurse/") == 0


def test_a_strangers_words_stand_on_nobodys_page(client):
    client.get("/hilfe/?name=Unfug")
    assert "Unfug" not in client.get("/hilfe/").content.decode()


def test_a_page_that_speaks_of_days_is_kept_until_it_is_no_longer_true(client, monkeypatch):
    provider = factories.make_provider("haus")
    run = make_run(provider, title="Handy am Dienstag", meetings=1, days=1)
    assert "Handy am Dienstag" in client.get("/anbieter/haus/").text
    assert statements(client, "/anbieter/haus/") == 0
    with look(system("test")):
        meeting = run.meetings.get()
        run.meetings.update(
            starts_at=timezone.now() - timedelta(hours=3),
            ends_at=timezone.now() - timedelta(hours=1),
        )
    assert statements(client, "/anbieter/haus/") == 0  # nobody has said that something changed
    later = meeting.ends_at.timestamp() + 1
    monkeypatch.setattr(public_page.time, "time", lambda: later)
    assert "Handy am Dienstag" not in client.get("/anbieter/haus/").text


def test_what_is_counted_among_all_that_is_printed_is_counted_anew_when_something_is():
    said = iter(range(9))
    counted = public_page.kept_while_printed(lambda: next(said))
    assert [counted(), counted()] == [0, 0]
    public_page.forget()
    assert [counted(), counted()] == [1, 1]
