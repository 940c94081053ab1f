"""The editor saves by itself, and somebody presses the button at the same moment: the older text never wins."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from providers.models import BasePage, Membership
from tenancy.lens import look, system
from tests import factories
from tests.support.desk import lesson_form

#: Wagtail leaves the closing of a picture's working copy to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in. <function Spooled"),
]
ROUNDS = 8
LOADED = re.compile(r'name="(loaded_revision_(?:id|created_at))" value="([^"]*)"')


def test_what_the_button_has_saved_is_not_overwritten(place):
    ledger = place.ledger
    ledger.begin()
    lesson, author = draft(place.town.there)
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    kept = []
    for number in range(ROUNDS):
        opened = dict(LOADED.findall(browser_of(author).get(edit).text))
        barrier = Barrier(2)

        def send(title, accept, opened=opened, barrier=barrier):
            browser = browser_of(author)
            barrier.wait(30)
            try:
                form = lesson_form(title=title, slug=lesson.slug) | opened
                return browser.post(edit, form, headers={"accept": accept}).status_code
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            by_itself = pool.submit(send, f"Alt {number}", "application/json")
            by_button = pool.submit(send, f"Neu {number}", "text/html")
        assert by_button.result() == 302
        assert by_itself.result() in (200, 400)  # it came first, or was refused as out of date
        kept.append(title_of_draft(lesson))
    ledger.undo()
    assert kept == [f"Neu {number}" for number in range(ROUNDS)]


def draft(provider):
    course = factories.make_course(provider, title="Gleichzeitig speichern")
    with look(system("test")):
        return course.lessons().first(), factories.make_member(provider, Membership.Role.AUTHOR)


def browser_of(person):
    browser = Client()
    browser.force_login(person)
    return browser


def title_of_draft(lesson):
    with look(system("test")):
        return BasePage.objects.get(pk=lesson.pk).get_latest_revision().content["title"]
