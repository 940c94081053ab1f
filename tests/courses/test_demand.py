"""„Das fehlt noch“: what many have sought in vain, for everybody who might offer it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from courses.actions.index_pages import make_index_page
from courses.models import Concept, CoursePage, OfferBegun, SearchWish
from providers.models import Membership, Provider
from tenancy.lens import CITY, look, staff, system
from tests import factories
from tests.factories.runs import make_run
from tests.support.pages import one_line

DESK, OFFICE = "/redaktion/kurse/fehlt/", "/buero/bedarf/"


def sought(key, name, times, *, months_ago=0):
    """A concept nobody offers, and how often it was sought in a month."""
    with look(system("test")):
        concept, new = Concept.objects.get_or_create(key=key, defaults={"competence": "5.1"})
        if new:
            concept.labels.create(language="de", kind="pref", text=name)
        month = (timezone.localdate() - timedelta(days=30 * months_ago)).replace(day=1)
        SearchWish.objects.create(concept=concept, month=month, times=times)
    return concept


@pytest.fixture
def house(db):
    house = factories.make_provider("haus")
    with look(system("test")):
        make_index_page(house, lead="Haus", about="")
    return house


@pytest.fixture
def author(client, house):
    client.force_login(factories.make_member(house, Membership.Role.AUTHOR))
    return client


@pytest.fixture
def clerk(client, db):
    with look(system("test")):
        city = Provider.objects.get(pk=CITY)
    client.force_login(factories.make_member(city, Membership.Role.CLERK))
    return client


def text(answer):
    return one_line(re.sub(r"<[^>]*>", " ", answer.content.decode()))


def index_page(page):
    return page.context["form"]["index_page"].initial.pk


def test_what_was_sought_ten_times_in_a_month_is_shown_and_nothing_smaller(author):
    sought("beekeeping", "Bienen halten", 12)
    sought("beekeeping", "Bienen halten", 30, months_ago=2)
    sought("juggling", "Jonglieren", 9)
    page = text(author.get(DESK))
    assert "Bienen halten 42 Suchen" in page
    assert "Jonglieren" not in page


def test_the_walls_hide_what_few_have_sought(house):
    sought("beekeeping", "Bienen halten", 12)
    sought("juggling", "Jonglieren", 9)
    with look(staff([house.pk])):
        assert list(SearchWish.objects.values_list("times", flat=True)) == [12]


def test_what_somebody_offers_is_missing_no_more(author):
    concept = sought("beekeeping", "Bienen halten", 12)
    with look(system("test")):
        Concept.objects.filter(pk=concept.pk).update(df=1)
    assert "Bienen halten" not in text(author.get(DESK))


def test_we_offer_that_begins_a_draft_once_and_says_so_to_others(author, house):
    sought("beekeeping", "Bienen halten", 12)
    asked = {"concept": "beekeeping", "index_page": index_page(author.get(DESK))}
    first, again = author.post(DESK, asked), author.post(DESK, asked)
    assert first.status_code == 302
    assert first.url == again.url
    with look(system("test")):
        course = CoursePage.objects.get(title="Bienen halten")
        assert not course.live
        assert OfferBegun.objects.get().course == course.translation_key
    assert f"Begonnen hat schon: {house.short_name}" in text(author.get(DESK))


def test_a_draft_that_is_gone_can_be_begun_anew(author, house):
    sought("beekeeping", "Bienen halten", 12)
    asked = {"concept": "beekeeping", "index_page": index_page(author.get(DESK))}
    author.post(DESK, asked)
    with look(system("test")):
        CoursePage.objects.get(title="Bienen halten").delete()
    assert author.post(DESK, asked).status_code == 302
    with look(system("test")):
        assert CoursePage.objects.filter(title="Bienen halten").count() == 1


@pytest.mark.parametrize(
    "asked", [{}, {"concept": "gone"}, {"concept": "beekeeping", "index_page": "1"}]
)
def test_what_is_sought_no_more_begins_nothing(author, asked):
    sought("beekeeping", "Bienen halten", 12)
    page = author.post(DESK, asked)
    assert "Das sucht jetzt niemand mehr vergeblich. Bitte wählen Sie neu." in text(page)
    with look(system("test")):
        assert not OfferBegun.objects.exists()


def test_the_office_sees_the_same_and_begins_nothing(clerk):
    sought("beekeeping", "Bienen halten", 12)
    page = clerk.get(OFFICE)
    assert "Bienen halten 12 Suchen" in text(page)
    assert "Wir bieten das an" not in text(page)
    assert clerk.get(DESK).status_code == 404


def test_what_is_full_is_named_without_saying_how_many_wait(clerk, house):
    run = make_run(house)
    with look(system("test")):
        type(run).objects.filter(pk=run.pk).update(waiting=3)
    page = clerk.get(OFFICE)
    assert run.title in text(page)
    assert not hasattr(page.context["full"][0], "waiting")


def test_districts_without_a_date_are_named(clerk, house, settings):
    names = [one["name"] for one in settings.CITY["districts"]]
    assert names[0] in text(clerk.get(OFFICE))
