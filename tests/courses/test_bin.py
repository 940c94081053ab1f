"""What is deleted at the desk says before whom it touches, and comes back for 30 days just as it was."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, ReferenceIndex, Revision

from certificates.actions import issue_certificate
from courses.actions import restore_printing
from courses.models import CatalogueEntry, CoursePage, DeletedPage, Edition, LessonPage, Printing
from courses.tasks import forget_deleted, publish_scheduled
from learning.models import Attempt, Enrolment
from providers.models import BasePage
from tenancy.lens import look, system
from tests import factories
from tests.support.holders import complete

DELETE, BIN = "/redaktion/kurse/loeschen/", "/redaktion/kurse/papierkorb/"


@pytest.fixture
def course(db, house):
    return factories.make_course(house, lessons=3)


@pytest.fixture
def press(desk, django_capture_on_commit_callbacks):
    """The owner's browser; what waits for the commit happens after each request."""

    def post(url, **data):
        with django_capture_on_commit_callbacks(execute=True):
            return desk.post(url, data, follow=True)

    return post


def step(course, number):
    with look(system("test")):
        return course.lessons()[number - 1]


def throw_away(press, *pages):
    answer = press(f"{reverse('desk:delete')}?" + "&".join(f"seite={p.pk}" for p in pages))
    assert answer.status_code == 200, answer.content.decode()[:300]
    return answer


def bring_back(press, page):
    with look(system("test")):
        deleted = DeletedPage.objects.get(page=page.pk)
    return press(reverse("desk:bring_back", args=[deleted.pk]))


def rows_of(course):
    """Everything the desk knows of the course, but for what is made anew from it."""
    with look(system("test")):
        tree = BasePage.objects.filter(path__startswith=course.path).order_by("path")
        return {
            "pages": [*tree.values()],
            "courses": [*CoursePage.objects.filter(pk__in=tree).order_by("path").values()],
            "lessons": [*LessonPage.objects.filter(pk__in=tree).order_by("path").values()],
            "competences": sorted(
                CoursePage.objects.get(pk=course.pk).competences.values_list("code", flat=True)
            ),
            "revisions": [
                *Revision.objects.filter(object_id__in=[str(p.pk) for p in tree])
                .order_by("pk")
                .values()
            ],
            "references": ReferenceIndex.objects.filter(
                object_id__in=[str(p.pk) for p in tree]
            ).count(),
            "siblings": BasePage.objects.get(path=course.path[: -BasePage.steplen]).numchild,
        }


def steps_in_print(course):
    with look(system("test")):
        edition = CatalogueEntry.objects.get(course=course.translation_key).edition
        found = edition.printed_lessons.filter(
            printing=edition.printing, language="de", position__gt=0
        )
        return [*found.order_by("position").values_list("title", flat=True)]


def test_before_it_goes_the_page_names_learners_editions_and_certificates(course, desk, house):
    factories.make_enrolment(course)
    done = complete(house, course=course)
    with look(system("test")):
        issue_certificate(done)
    page = desk.get(f"{DELETE}?seite={course.pk}").text
    assert "Der Kurs hat 3 Schritte. Sie werden mit gelöscht." in page
    assert "Vom Kurs gibt es 1 Ausgabe." in page
    assert "<strong>1 Person</strong> ist mitten im Kurs." in page
    assert "1 Nachweis ist ausgestellt. Er gilt weiter." in page


@pytest.mark.parametrize("way", ["/redaktion/pages/{}/delete/", "/redaktion/bulk/providers/basepage/delete/?id={}"])  # fmt: skip
def test_the_editor_asks_the_same_question(course, desk, way):
    answer = desk.get(way.format(course.pk))
    assert answer.status_code == 302
    assert answer.url == f"{reverse('desk:delete')}?seite={course.pk}"


def test_a_course_comes_back_as_it_was_with_its_drafts_and_its_place(course, press, house):
    factories.make_course(house, lessons=1, title="Danach")
    with look(system("test")):
        draft = step(course, 2)
        draft.title = "Noch nicht gedruckt"
        draft.save_revision()
    before = rows_of(course)
    throw_away(press, course)
    assert Client().get(f"/kurse/haus/{course.slug}/").status_code == 404
    answer = bring_back(press, course)
    assert "ist wieder da, auch für Lernende." in answer.text
    assert rows_of(course) == before
    assert Client().get(f"/kurse/haus/{course.slug}/").status_code == 200
    assert steps_in_print(course) == ["Schritt 1", "Schritt 2", "Schritt 3"]
    with look(system("test")):
        assert Edition.objects.filter(course=course.translation_key).count() == 1
        restored = restore_printing(Printing.objects.get(edition__course=course.translation_key), course, by=factories.make_user())  # fmt: skip
    assert (len(restored.drafts), restored.gone) == (4, 0)


def test_a_step_comes_back_between_its_neighbours(course, press):
    gone = step(course, 2)
    throw_away(press, gone)
    assert steps_in_print(course) == ["Schritt 1", "Schritt 3"]
    bring_back(press, gone)
    assert steps_in_print(course) == ["Schritt 1", "Schritt 2", "Schritt 3"]


def test_a_step_whose_place_was_taken_comes_back_behind_the_others(course, press):
    gone = step(course, 3)
    throw_away(press, gone)
    with look(system("test")):
        page = CoursePage.objects.get(pk=course.pk)
        new = LessonPage(title="Neu", slug="neu", live=False)
        page.add_child(instance=new)
        assert new.path == gone.path
    bring_back(press, gone)
    with look(system("test")):
        assert [p.title for p in CoursePage.objects.get(pk=course.pk).lessons()] == ["Schritt 1", "Schritt 2", "Neu", "Schritt 3"]  # fmt: skip
        assert BasePage.find_problems() == ([], [], [], [], [])


def test_a_step_of_a_deleted_course_waits_for_its_course(course, press):
    first = step(course, 2)
    throw_away(press, first)
    throw_away(press, course)
    with look(system("test")):
        assert DeletedPage.objects.count() == 2
    assert "Holen Sie zuerst den Kurs zurück." in bring_back(press, first).text
    bring_back(press, course)
    bring_back(press, first)
    assert steps_in_print(course) == ["Schritt 1", "Schritt 2", "Schritt 3"]


def test_a_course_and_its_step_together_are_one_deletion(course, press, owner):
    throw_away(press, course, step(course, 1))
    with look(system("test")):
        gone = [(d.title, d.by_name) for d in DeletedPage.objects.all()]
    assert gone == [(course.title, str(owner))]


def test_a_variant_that_was_begun_anew_is_not_overwritten(course, press):
    def begin():
        with look(system("test")):
            english = course.copy_for_translation(Locale.objects.get(language_code="en"))
            english.save_revision().publish()
        return english

    former = begin()
    throw_away(press, former)
    begin()
    assert "gibt es inzwischen neu" in bring_back(press, former).text


def test_what_was_brought_back_already_is_not_there_twice(course, press):
    throw_away(press, course)
    with look(system("test")):
        door = reverse("desk:bring_back", args=[DeletedPage.objects.get().pk])
    press(door)
    assert press(door).status_code == 404


def test_a_second_click_on_delete_leads_to_the_bin(course, press):
    door = f"{DELETE}?seite={course.pk}"
    press(door)
    answer = press(door)
    assert answer.redirect_chain == [(BIN, 302)]
    assert "Das ist schon gelöscht." in answer.text


def test_what_was_planned_is_planned_anew(course, press):
    """A draft whose hour comes while it lies in the bin is not published behind everybody's back."""
    later = step(course, 1)
    with look(system("test")):
        later.title, later.go_live_at = "Geplant", timezone.now() + timedelta(days=2)
        later.save_revision().publish()
    throw_away(press, later)
    bring_back(press, later)
    with look(system("test")):
        assert not Revision.objects.exclude(approved_go_live_at=None).exists()
        assert BasePage.objects.get(pk=later.pk).title == "Schritt 1"


def test_who_may_not_publish_brings_it_back_as_a_draft(course, press, author, client):
    throw_away(press, course)
    hers = Client()
    hers.force_login(author)
    with look(system("test")):
        deleted = DeletedPage.objects.get()
    page = hers.post(reverse("desk:bring_back", args=[deleted.pk]), follow=True).text
    assert "ist wieder da, als Entwurf." in page
    with look(system("test")):
        assert not BasePage.objects.filter(path__startswith=course.path, live=True).exists()
        assert not CatalogueEntry.objects.exists()


def test_the_neighbour_sees_and_gets_nothing(course, press):
    throw_away(press, course)
    other = Client()
    other.force_login(factories.make_member(factories.make_provider("nachbar"), "owner"))
    with look(system("test")):
        deleted = DeletedPage.objects.get()
    assert course.title not in other.get(BIN).text
    assert other.post(reverse("desk:bring_back", args=[deleted.pk])).status_code == 404


def test_an_author_deletes_no_published_course(course, author):
    hers = Client()
    hers.force_login(author)
    assert hers.get(f"{DELETE}?seite={course.pk}").status_code == 404
    assert hers.post(f"{DELETE}?seite={course.pk}").status_code == 404


def test_whoever_was_in_the_middle_goes_on_after_it_came_back(course, press):
    hers = Client()
    hers.force_login(factories.make_enrolment(course).learner)
    answers = [factories.right_answer(step(course, n)) for n in (1, 2, 3)]
    hers.post(f"/lernen/haus/{course.slug}/schritt-1/antwort/", answers[0])
    throw_away(press, course)
    hers.post(f"/lernen/haus/{course.slug}/schritt-2/antwort/", answers[1])
    bring_back(press, course)
    hers.post(f"/lernen/haus/{course.slug}/schritt-3/antwort/", answers[2])
    with look(system("test")):
        assert Enrolment.objects.get().completed_at
        assert Attempt.objects.filter(right=True).count() == 3


def test_after_thirty_days_it_is_gone_for_good(course, press):
    throw_away(press, course)
    with look(system("test")):
        DeletedPage.objects.update(deleted_at=timezone.now() - timedelta(days=29))
    forget_deleted()
    with look(system("test")):
        assert DeletedPage.objects.count() == 1
        DeletedPage.objects.update(deleted_at=timezone.now() - timedelta(days=30, seconds=1))
    forget_deleted()
    with look(system("test")):
        assert DeletedPage.objects.count() == 0


def test_a_course_whose_time_is_over_leaves_the_catalogue_and_its_learners_finish(course):
    hers = Client()
    hers.force_login(factories.make_enrolment(course).learner)
    with look(system("test")):
        BasePage.objects.filter(pk=course.pk).update(
            expire_at=timezone.now() - timedelta(minutes=1)
        )
    publish_scheduled()
    with look(system("test")):
        assert not CatalogueEntry.objects.exists()
    assert Client().get(f"/kurse/haus/{course.slug}/").status_code == 404
    assert "csrfmiddlewaretoken" in hers.get(f"/lernen/haus/{course.slug}/schritt-1/").text
