"""Identity is never an address: courses, lessons and providers move, and nobody who reads or learns loses anything."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from wagtail.models import Locale

from courses.actions import begin_course
from courses.models import CatalogueEntry, CourseIndexPage, CoursePage
from learning.models import Attempt, Enrolment
from providers.addresses import part_of_address
from providers.models import Provider
from tenancy.lens import look, system
from tests import factories
from tests.learning.test_unsaved import as_script

HOUR = "max-age=3600"


@pytest.fixture
def course(db, house):
    return factories.make_course(house, lessons=2)


@pytest.fixture
def hers(client, course):
    """The browser of somebody who learns."""
    client.force_login(factories.make_enrolment(course).learner)
    return client


def rename(page, slug):
    with look(system("test")):
        page = type(page).objects.get(pk=page.pk)
        page.slug = slug
        page.save_revision().publish()
    return page


def step(course, number=1):
    with look(system("test")):
        return list(course.lessons())[number - 1]


def move_house(provider, slug):
    with look(system("test")):
        Provider.objects.filter(pk=provider.pk).update(slug=slug)


def leads_to(answer):
    assert (answer.status_code, answer["Cache-Control"]) == (301, HOUR)
    return answer["Location"]


def attempts():
    with look(system("test")):
        return [*Attempt.objects.order_by("id").values_list("right", flat=True)]


#: What is asked for below a former address -> where it is now. {c}: the course's new name, {p}: the provider's.
FORMER = {
    "/kurse/haus/{old}/": "/kurse/haus/neu/",
    "/en/kurse/haus/{old}/?x=1": "/en/kurse/haus/neu/?x=1",
    "/lernen/haus/{old}/": "/lernen/haus/neu/",
    "/lernen/haus/{old}/schritt-1/": "/lernen/haus/neu/anfang/",
    "/lernen/haus/neu/schritt-1/": "/lernen/haus/neu/anfang/",
    "/lernen/haus/{old}/anfang/": "/lernen/haus/neu/anfang/",
    "/lernen/haus/{old}/schritt-2/": "/lernen/haus/neu/schritt-2/",
    "/de-simple/lernen/haus/{old}/schritt-2/": "/de-simple/lernen/haus/neu/schritt-2/",
}


@pytest.mark.parametrize("who", ["visitor", "learner"])
def test_a_former_address_leads_straight_to_the_present_one(course, client, who):
    if who == "learner":
        client.force_login(factories.make_enrolment(course).learner)
    rename(step(course), "anfang")
    rename(course, "zwischendurch")
    rename(course, "neu")
    for method in (client.get, client.head):
        led = {asked: leads_to(method(asked.format(old=course.slug))) for asked in FORMER}
        assert led == FORMER
    there = {url for url in FORMER.values() if "schritt-2" not in url or who == "learner"}
    assert {client.get(url).status_code for url in there} == {200, 302}


@pytest.mark.parametrize("door", ["verlassen", "neue-ausgabe"])
def test_a_learners_further_pages_move_along(hers, course, door):
    rename(course, "neu")
    answer = hers.get(f"/lernen/haus/{course.slug}/{door}/")
    assert leads_to(answer) == f"/lernen/haus/neu/{door}/"


def test_what_was_never_there_is_still_not_found(client, course):
    rename(course, "neu")
    for nowhere in (
        "/kurse/haus/nie/",
        "/lernen/haus/neu/nie/",
        "/lernen/nie/neu/",
        "/kurse/nie/nie/",
    ):
        assert client.get(nowhere).status_code == 404


def test_renaming_back_makes_no_circle(client, course):
    """A browser that remembers the way from the old to the new address must not be sent back to it."""
    old = course.slug
    rename(course, "neu")
    assert leads_to(client.get(f"/kurse/haus/{old}/")) == "/kurse/haus/neu/"
    rename(course, old)
    back = leads_to(client.get("/kurse/haus/neu/"))
    assert back == f"/kurse/haus/{old}/?wieder"
    assert client.get(back).status_code == 200
    with connection.cursor() as cursor, look(system("test")):
        cursor.execute(
            "SELECT count(*) FROM courses_courseaddress WHERE present AND course = %s",
            [course.translation_key],
        )
        assert cursor.fetchone() == (1,)


def test_a_learner_goes_on_where_she_was_after_her_course_was_renamed(hers, course):
    given = factories.right_answer(step(course))
    rename(course, "neu")
    page = hers.get("/lernen/haus/neu/schritt-1/")
    assert "csrfmiddlewaretoken" in page.text  # theirs, not the visitor's
    assert "/lernen/haus/neu/schritt-1/" in hers.get("/lernen/").text
    assert f"/lernen/haus/{course.slug}/" not in hers.get("/lernen/").text
    hers.post("/lernen/haus/neu/schritt-1/antwort/", given)
    assert attempts() == [True]
    assert 'href="/lernen/haus/neu/schritt-1/' in hers.get("/kurse/haus/neu/").text


@pytest.mark.parametrize("htmx", [{}, {"HX-Request": "true"}], ids=["without script", "htmx"])
def test_an_answer_from_a_tab_that_was_opened_before_is_kept(hers, course, htmx):
    given = factories.right_answer(step(course))
    former = f"/lernen/haus/{course.slug}/schritt-1/antwort/"
    rename(step(course), "anfang")
    rename(course, "neu")
    answer = hers.post(former, given, headers=htmx)
    assert attempts() == [True]
    assert "Richtig" in (answer.text if htmx else hers.get("/lernen/haus/neu/anfang/").text)


def test_a_visitors_answer_from_a_tab_that_was_opened_before_is_graded(client, course):
    given = factories.wrong_answer(step(course))
    rename(step(course), "anfang")
    rename(course, "neu")
    said = client.post(f"/lernen/haus/{course.slug}/schritt-1/antwort/", given)
    assert (said.status_code, "Das errät jeder." in said.text) == (200, True)


def test_whoever_joins_from_a_tab_that_was_opened_before_joins_that_course(client, course):
    with look(system("test")):
        client.force_login(factories.make_user())
    rename(course, "neu")
    client.post(f"/lernen/haus/{course.slug}/anmelden/")
    with look(system("test")):
        assert Enrolment.objects.get().course == course.translation_key


def test_whoever_reads_an_older_edition_finds_its_steps_at_their_present_address(hers, course):
    """A new edition with a renamed step: theirs still calls it otherwise, and it is the same step."""
    with look(system("test")):
        page = step(course)
        page.slug = "anfang"
        page.body = [*page.body.raw_data, factories.single_choice()]
        page.save_revision(issue="new").publish()
        assert (
            Enrolment.objects.get().edition_id
            != CatalogueEntry.objects.get(course=course.translation_key).edition_id
        )
    assert (
        leads_to(hers.get(f"/lernen/haus/{course.slug}/schritt-1/"))
        == f"/lernen/haus/{course.slug}/anfang/"
    )
    assert "csrfmiddlewaretoken" in hers.get(f"/lernen/haus/{course.slug}/anfang/").text


def test_a_used_address_is_never_given_to_another_course(course, house, owner):
    rename(course, "neu")
    with look(system("test")):
        index_page = CourseIndexPage.objects.get(provider=house, locale__language_code="de")
        other = CoursePage(
            title="Anderer Kurs", slug=course.slug, summary="x", lead="x", live=False
        )
        index_page.add_child(instance=other)
        assert other.slug == f"{course.slug}-2"  # a new page steps aside
        other.slug = course.slug
        with pytest.raises(ValidationError) as refused:
            other.full_clean()
    assert "slug" in refused.value.message_dict


def test_the_database_refuses_a_used_address_whoever_asks(course, house):
    other = factories.make_course(house)
    rename(course, "neu")
    with (
        look(system("test")),
        pytest.raises(IntegrityError, match="to another course"),
        transaction.atomic(),
    ):
        CatalogueEntry.objects.filter(course=other.translation_key).update(
            address=f"haus/{course.slug}"
        )


def test_a_new_lesson_does_not_inherit_the_address_of_a_former_one(course):
    rename(step(course), "anfang")
    with look(system("test")):
        copy = step(course, 2).copy(update_attrs={"slug": "schritt-1", "title": "Neu"})
        draft = copy.get_latest_revision_as_object()
        assert draft.slug == "schritt-1-2"
        draft.slug = "schritt-1"
        with pytest.raises(ValidationError):
            draft.full_clean()


def test_a_variant_may_be_called_like_its_german(course):
    with look(system("test")):
        english = course.copy_for_translation(Locale.objects.get(language_code="en"))
        english.slug = course.slug
        english.full_clean()


def test_a_provider_moves_with_all_its_courses(hers, course, house):
    move_house(house, "akademie")
    assert leads_to(hers.get("/anbieter/haus/")) == "/anbieter/akademie/"
    assert leads_to(hers.get(f"/kurse/haus/{course.slug}/")) == f"/kurse/akademie/{course.slug}/"
    assert (
        leads_to(hers.get(f"/lernen/haus/{course.slug}/schritt-1/"))
        == f"/lernen/akademie/{course.slug}/schritt-1/"
    )
    assert "csrfmiddlewaretoken" in hers.get(f"/lernen/akademie/{course.slug}/schritt-1/").text
    assert f'href="/kurse/akademie/{course.slug}/"' in Client().get("/kurse/").text
    hers.post(
        f"/lernen/haus/{course.slug}/schritt-1/antwort/", factories.right_answer(step(course))
    )
    assert attempts() == [True]


def test_a_provider_that_moves_back_makes_no_circle(client, house, course):
    move_house(house, "akademie")
    move_house(house, "haus")
    assert leads_to(client.get("/anbieter/akademie/")) == "/anbieter/haus/?wieder"
    assert (
        leads_to(client.get(f"/kurse/akademie/{course.slug}/"))
        == f"/kurse/haus/{course.slug}/?wieder"
    )


def test_the_house_of_a_provider_moves_along(desk, house):
    move_house(house, "akademie")
    assert (
        leads_to(desk.get("/anbieter/haus/verwalten/team/")) == "/anbieter/akademie/verwalten/team/"
    )
    assert desk.get("/anbieter/akademie/verwalten/team/").status_code == 200


def test_the_key_of_a_provider_leads_to_it(client, house):
    """It stands in what is signed and sent away."""
    assert leads_to(client.get(f"/anbieter/{house.key}/")) == "/anbieter/haus/"


def test_no_other_provider_gets_a_used_address(house):
    move_house(house, "akademie")
    other = factories.make_provider("nachbar")
    with (
        look(system("test")),
        pytest.raises(IntegrityError, match="to another provider"),
        transaction.atomic(),
    ):
        Provider.objects.filter(pk=other.pk).update(slug="haus")


def test_the_key_of_a_course_leads_to_it(client, course):
    rename(course, "neu")
    assert leads_to(client.get(f"/kurse/{course.translation_key}/")) == "/kurse/haus/neu/"
    assert leads_to(client.head(f"/en/kurse/{course.translation_key}/")) == "/en/kurse/haus/neu/"
    assert client.get("/kurse/00000000-0000-4000-8000-000000000000/").status_code == 404


@pytest.mark.parametrize(
    ("title", "part"),
    {
        "Größere Übungen für Ämter": "groessere-uebungen-fuer-aemter",
        "Gro\u0308ßer": "groesser",
        "STRAẞE": "strasse",
        "Äpfel & Öl": "aepfel-oel",
        "日本": "",
    }.items(),
)
def test_umlauts_are_spelt_out(title, part):
    assert part_of_address(title) == part


def test_pages_get_their_address_like_that(course, house, owner):
    with look(system("test")):
        index_page = CourseIndexPage.objects.get(provider=house, locale__language_code="de")
        assert (
            begin_course(index_page, title="Übung für Größere", by=owner).slug
            == "uebung-fuer-groessere"
        )
        lesson = course.add_child(instance=type(step(course))(title="Grüße", live=False))
        assert lesson.slug == "gruesse"


def test_the_editor_spells_umlauts_alike(desk, course):
    """What its script turns a title into: patterns that the page hands to it."""
    page = desk.get(f"/redaktion/pages/{course.pk}/edit/").text
    [formatters] = re.findall(r'data-w-slug-formatters-value="([^"]*)"', page)
    for umlaut in "äöüßÄÖÜẞ":
        assert umlaut in formatters or f"\\u{ord(umlaut):04x}" in formatters


def test_what_a_visitor_has_answered_is_hers_also_under_the_new_address(client, course):
    """Their tab keeps it under the address of that day; another course's answers stay where they are."""
    right = factories.right_answer(step(course))
    kept = as_script(course, 1, right, was_right=True)
    now = rename(course, "ganz-neu")
    for address, done in ((f"haus/{now.slug}", True), ("haus/anderswo", False)):
        said = json.dumps([kept if done else kept | {"address": address}])
        page = client.post(f"/lernen/haus/{now.slug}/schritt-1/antwort/", {"antworten": said})
        assert ("Dieser Schritt ist erledigt." in page.content.decode()) is done
