"""A row of "Mein Lernen" is printed once for all who have come as far, and says what is true now."""

import pytest
from django.utils import timezone

from learning.models import Enrolment
from learning.views.dashboard import _printed_row
from tenancy.lens import look, system
from tests import factories
from tests.support.pages import text


@pytest.fixture
def house(db):
    _printed_row.cache_clear()
    return factories.make_provider("haus")


@pytest.fixture
def courses(house):
    """The one they go on with is no row; the other one is."""
    return [factories.make_course(house, title=title) for title in ("Briefe", "Fotos")]


def reads(client, person, path="/lernen/"):
    client.force_login(person)
    return text(client.get(path))


def both(courses, name):
    person = factories.make_user(name)
    for course in reversed(courses):
        factories.make_enrolment(course, person)
    return person


def test_two_who_have_come_as_far_share_a_row_and_nothing_of_their_own(client, courses):
    lena, erna = both(courses, "Lena Lang"), both(courses, "Erna Alt")
    assert "Fotos" in reads(client, lena)
    page = reads(client, erna)
    assert ("Fotos" in page, "Lena" in page) == (True, False)
    assert (_printed_row.cache_info().misses, _printed_row.cache_info().hits) == (1, 1)


def test_a_row_says_what_has_changed_meanwhile(client, house, courses):
    lena = both(courses, "Lena Lang")
    assert "0 von" in reads(client, lena)
    with look(system("test")):
        house.short_name = "Haus der Wege"
        house.save()
    assert "Haus der Wege" in reads(client, lena)
    with look(system("test")):
        row = Enrolment.objects.filter(learner=lena).order_by("touched_at").first()
        row.completed_at = timezone.now()
        row.save()
    page = reads(client, lena)
    assert ("Noch einmal ansehen" in page, "fertig am" in page) == (True, True)
    assert "again" in reads(client, lena, "/en/lernen/").lower()
