"""What is deleted at the desk is gone for readers; what is printed is kept for anyone who is in the middle of it."""

import pytest
from django.test import Client
from wagtail.models import Locale

from courses.models import CatalogueEntry, CourseIndexPage, CoursePage, Edition, LessonPage
from learning.models import Attempt, Enrolment
from tenancy.lens import look, system
from tests import factories

PAGES = "/redaktion/pages"


@pytest.fixture
def course(db, house):
    return factories.make_course(house, lessons=3)


@pytest.fixture
def desk(desk, django_capture_on_commit_callbacks):
    """The owner's browser; what waits for the commit happens after each request."""

    def post(url, **data):
        with django_capture_on_commit_callbacks(execute=True):
            answer = desk.post(url, data)
        assert answer.status_code == 302, answer.content.decode()[:500]

    return post


@pytest.fixture
def hers(course):
    browser = Client()
    browser.force_login(factories.make_enrolment(course).learner)
    return browser


def steps(course):
    with look(system("test")):
        return list(course.lessons())


def in_catalogue():
    with look(system("test")):
        return [*CatalogueEntry.objects.values_list("course", flat=True)]


def printed_titles(course):
    """The steps of what is in print, German."""
    with look(system("test")):
        edition = CatalogueEntry.objects.get(course=course.translation_key).edition
        found = edition.printed_lessons.filter(
            printing=edition.printing, language="de", position__gt=0
        )
        return [*found.order_by("position").values_list("title", flat=True)]


def translated(page, live=True):
    with look(system("test")):
        english = page.copy_for_translation(Locale.objects.get(language_code="en"))
        english.title = f"English {page.title}"
        english.save_revision().publish()
    return english


def delete_one(desk, page):
    desk(f"{PAGES}/{page.pk}/delete/")


def delete_in_bulk(desk, page):
    desk(f"/redaktion/bulk/providers/basepage/delete/?next=/redaktion/&id={page.pk}")


def delete_with_its_shelf(desk, page):
    with look(system("test")):
        CourseIndexPage.objects.get(pk=page.get_parent().pk).delete()


def delete_unseen(desk, page):
    """A command, a colleague's script: nobody at the desk."""
    with look(system("test")):
        type(page).objects.get(pk=page.pk).delete()


@pytest.mark.parametrize("way", [delete_one, delete_in_bulk, delete_with_its_shelf, delete_unseen])
def test_a_deleted_course_leaves_the_catalogue_and_takes_nobody_on(course, desk, way, client):
    way(desk, course)
    assert in_catalogue() == []
    visitor = Client()
    assert visitor.get(f"/kurse/haus/{course.slug}/").status_code == 404
    assert visitor.get(f"/lernen/haus/{course.slug}/schritt-1/").status_code == 404
    with look(system("test")):
        visitor.force_login(factories.make_user())
    assert visitor.post(f"/lernen/haus/{course.slug}/anmelden/").status_code == 404
    with look(system("test")):
        assert Enrolment.objects.count() == 0


@pytest.mark.parametrize("way", [delete_one, delete_in_bulk, delete_unseen])
def test_whoever_is_in_the_middle_of_a_deleted_course_finishes_it(course, desk, hers, way):
    answers = [factories.right_answer(step) for step in steps(course)]
    way(desk, course)
    for number, given in enumerate(answers, 1):
        page = hers.get(f"/lernen/haus/{course.slug}/schritt-{number}/")
        assert "csrfmiddlewaretoken" in page.text
        hers.post(f"/lernen/haus/{course.slug}/schritt-{number}/antwort/", given)
    assert "Sicher im Netz" in hers.get("/lernen/").text
    with look(system("test")):
        assert Attempt.objects.filter(right=True).count() == 3
        assert Enrolment.objects.get().completed_at is not None


@pytest.mark.parametrize("way", [delete_one, delete_in_bulk, delete_unseen])
def test_a_deleted_lesson_is_no_longer_printed_and_its_learners_keep_theirs(
    course, desk, hers, way
):
    gone = steps(course)[1]
    way(desk, gone)
    assert printed_titles(course) == ["Schritt 1", "Schritt 3"]
    assert Client().get(f"/kurse/haus/{course.slug}/").text.count("Schritt 2") == 0
    assert "csrfmiddlewaretoken" in hers.get(f"/lernen/haus/{course.slug}/schritt-2/").text
    with look(system("test")):
        assert Enrolment.objects.get().edition.number == 1
        assert Edition.objects.filter(course=course.translation_key).count() == 2


def test_the_last_lesson_takes_the_course_out_of_the_catalogue(house, desk):
    course = factories.make_course(house, lessons=1)
    delete_one(desk, steps(course)[0])
    assert in_catalogue() == []


@pytest.mark.parametrize("way", [delete_one, delete_in_bulk, delete_unseen])
def test_a_deleted_variant_is_no_longer_offered(course, desk, way):
    english = translated(course)
    translated(steps(course)[0])
    with look(system("test")):
        assert CatalogueEntry.objects.get().languages == ["de", "en"]
    way(desk, english)
    with look(system("test")):
        assert CatalogueEntry.objects.get().languages == ["de"]
    assert "English Schritt 1" not in Client().get(f"/en/lernen/haus/{course.slug}/schritt-1/").text


def test_a_deleted_lesson_of_a_variant_is_shown_in_german(course, desk):
    translated(course)
    english = translated(steps(course)[0])
    there = f"/en/lernen/haus/{course.slug}/schritt-1/"
    assert "English Schritt 1" in Client().get(there).text
    delete_one(desk, english)
    assert "English Schritt 1" not in Client().get(there).text


def test_a_lesson_that_moves_to_another_course_is_printed_there_and_not_here(course, house, desk):
    other = factories.make_course(house, lessons=1, title="Anderer Kurs")
    moved = steps(course)[2]
    with look(system("test")):
        LessonPage.objects.filter(pk=moved.pk).update(slug="schritt-wandert")
    desk(f"{PAGES}/{moved.pk}/move/{other.pk}/confirm/")
    assert printed_titles(course) == ["Schritt 1", "Schritt 2"]
    assert printed_titles(other) == ["Schritt 1", "Schritt 3"]


def test_no_course_moves_to_another_provider(course):
    with look(system("test")):
        theirs = CourseIndexPage.objects.get(
            provider=factories.make_provider("nachbar"), locale__language_code="de"
        )
        own = CourseIndexPage.objects.get(pk=course.get_parent().pk)
        assert not CoursePage.objects.get(pk=course.pk).can_move_to(theirs)
        assert CoursePage.objects.get(pk=course.pk).can_move_to(own)


def test_the_address_of_a_deleted_course_is_not_given_away(course, house, desk):
    delete_one(desk, course)
    with look(system("test")):
        index_page = CourseIndexPage.objects.get(provider=house, locale__language_code="de")
        other = CoursePage(title="x", slug=course.slug, summary="x", lead="x", live=False)
        assert index_page.add_child(instance=other).slug == f"{course.slug}-2"
