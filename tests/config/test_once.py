"""The same form twice at a desk: the second is answered like the first, and does nothing. isolation/ clicks at every door."""

import pytest
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from config.once import once


@pytest.fixture
def desk(settings):
    """A door that counts how often it is asked; `leads`: to another page, or a page with errors."""
    settings.SAME_CLICK = 10

    class Desk:
        asked, leads = 0, True

        def __call__(self, request):
            self.asked += 1
            if not self.leads:
                return HttpResponse("Bitte ausfüllen")
            response = HttpResponseRedirect(f"/redaktion/kurse/{self.asked}/")
            response.set_cookie("messages", "Gespeichert")
            return response

        def click(self, path="/redaktion/kurse/1/archiv/", session="anna", **said):
            request = RequestFactory().post(path, said)
            request.COOKIES["lernstadt"] = session
            return once(self)(request)

    return Desk()


def test_a_second_click_is_led_where_the_first_was(desk):
    first, second = desk.click(act="archive"), desk.click(act="archive")
    assert desk.asked == 1
    assert first["Location"] == second["Location"] == "/redaktion/kurse/1/"
    assert second.cookies["messages"].value == "Gespeichert"


@pytest.mark.parametrize(
    "other", [{"act": "back"}, {"session": "ben"}, {"path": "/redaktion/kurse/2/archiv/"}]
)
def test_what_is_not_the_same_is_asked_by_itself(desk, other):
    desk.click(act="archive")
    desk.click(**{"act": "archive"} | other)
    assert desk.asked == 2


def test_a_page_with_errors_is_made_for_each_click(desk):
    desk.leads = False
    assert [desk.click().status_code for _click in range(2)] == [200, 200]
    assert desk.asked == 2


@pytest.mark.parametrize("path", ["/lernen/haus/kurs/schritt/antwort/", "/konto/passwort/"])
def test_learners_doors_have_ways_of_their_own(desk, path):
    for _click in range(2):
        desk.click(path)
    assert desk.asked == 2
