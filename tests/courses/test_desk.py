"""An author at the desk: their own provider's things, a draft, the true preview, publishing."""

import json
import uuid

import pytest
from django.urls import reverse

from courses.models import CatalogueEntry, CoursePage, Edition, LessonPage
from courses.queries.lacking import lacking
from providers.models import Membership
from tenancy.lens import look, system
from tests import factories
from tests.support.desk import address, lesson_form, release

DESK_PAGES = [
    "wagtailadmin_explore_root",
    "wagtailimages:index",
    "wagtaildocs:index",
    "wagtailadmin_reports:aging_pages",
]


@pytest.fixture
def own(db):
    provider = factories.make_provider("haus")
    return provider, factories.make_course(provider, title="Eigener Kurs")


@pytest.fixture
def foreign(db):
    provider = factories.make_provider("nachbar")
    return provider, factories.make_course(provider, title="Fremder Kurs")


@pytest.fixture
def author(client, own, foreign):
    person = factories.make_member(own[0])
    client.force_login(person)
    return person


def in_system(model, **wanted):
    with look(system("test")):
        return model.objects.get(**wanted)


@pytest.mark.parametrize("page", DESK_PAGES)
def test_the_desk_opens(client, author, page):
    response = client.get(reverse(page), follow=True)
    assert response.status_code == 200
    assert "Fremder Kurs" not in response.content.decode()


def test_she_finds_her_own_course_and_no_other(
    client, author, own, foreign, django_capture_on_commit_callbacks
):
    with (
        look(system("test")),
        django_capture_on_commit_callbacks(execute=True),
    ):  # found from the commit on
        for _provider, course in (own, foreign):
            course.save()
    found = client.get(reverse("wagtailadmin_pages:search"), {"q": "Kurs"})
    assert "Eigener Kurs" in found.content.decode()
    assert "Fremder Kurs" not in found.content.decode()
    assert client.get(reverse("wagtailadmin_pages:edit", args=[own[1].pk])).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:edit", args=[foreign[1].pk])).status_code == 404


def test_a_learner_finds_no_desk(client, own):
    client.force_login(factories.make_user())
    assert client.get(reverse("wagtailadmin_home")).status_code == 404


def test_the_way_to_the_editors_home_leads_to_our_desk(client, author):
    """And the editor has our name and our sign, and its bird nowhere."""
    assert client.get(reverse("wagtailadmin_home")).url == reverse("desk:board")
    editor = client.get(reverse("wagtailadmin_explore_root"), follow=True).text
    assert " - Lernstadt</title>" in " ".join(editor.split())
    assert "wagtailadmin/images/favicon" not in editor
    assert "data-wagtail-sidebar-branding-logo><svg" in "".join(editor.split("\n"))
    assert "css/editor" in editor


def test_a_stranger_is_asked_to_sign_in(client, db):
    response = client.get("/redaktion/")
    assert response.status_code == 302
    assert response.headers["Location"] == "/konto/anmelden/?next=/redaktion/"


def _course_form(**changes):
    form = {
        "title": "Neuer Kurs",
        "slug": "neuer-kurs",
        "short_title": "Neu",
        "summary": "Ein Satz.",
        "lead": "Zwei Sätze.",
        "audience": json.dumps(
            {
                "blocks": [
                    {
                        "key": "a",
                        "text": "Für alle.",
                        "type": "unstyled",
                        "depth": 0,
                        "inlineStyleRanges": [],
                        "entityRanges": [],
                    }
                ],
                "entityMap": {},
            }
        ),
        "goals-count": "1",
        "goals-0-deleted": "",
        "goals-0-order": "0",
        "goals-0-type": "goal",
        "goals-0-id": str(uuid.uuid4()),
        "goals-0-value": "Sie können es.",
        "main_competence": "4.1",
        "level": "einstieg",
        "licence": "CC-BY-4.0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
    }
    return form | changes


def test_the_preview_may_be_shown_in_a_frame_of_the_desk(client, author, own):
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[own[1].pk])
    headers = client.get(preview).headers
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "SAMEORIGIN"


def test_she_writes_and_previews_a_course_and_a_reviewer_publishes_it(
    client, author, own, django_capture_on_commit_callbacks
):
    with look(system("test")):
        index_page = own[1].get_parent()
    add = reverse("wagtailadmin_pages:add", args=["courses", "coursepage", index_page.pk])
    assert client.get(add).status_code == 200
    response = client.post(add, _course_form())
    assert response.status_code == 302, response.context["form"].errors
    course = in_system(CoursePage, slug="neuer-kurs")
    assert course.provider_id == own[0].pk
    assert not course.live

    add_lesson = reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", course.pk])
    response = client.post(add_lesson, lesson_form() | {"action-publish": "action-publish"})
    assert response.status_code == 302, response.context["form"].errors
    assert not in_system(LessonPage, slug="erster-schritt").live  # they may write, not publish
    lesson = in_system(LessonPage, slug="erster-schritt")

    _sees_what_she_types(client, lesson)

    client.force_login(factories.make_member(own[0], Membership.Role.REVIEWER))
    edit = reverse("wagtailadmin_pages:edit", args=[course.pk])
    response = client.post(edit, _course_form() | {"action-publish": "action-publish"})
    assert response.url == f"{address('course', course)}?seite={course.pk}#drucken"
    with django_capture_on_commit_callbacks(execute=True):
        release(client, course)
    with look(system("test")):
        entry = CatalogueEntry.objects.get(address="haus/neuer-kurs")
        assert entry.edition.total == 1
    client.logout()
    public = client.get("/kurse/haus/neuer-kurs/")
    assert "Sie können es." in public.content.decode()
    assert (
        "Ein Satz für alle."
        in client.get("/lernen/haus/neuer-kurs/erster-schritt/").content.decode()
    )


def _sees_what_she_types(client, lesson):
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk])
    assert client.post(preview, lesson_form(title="Noch nicht gespeichert")).json()["is_valid"]
    seen = client.get(preview).content.decode()
    for words in ("Noch nicht gespeichert", "Ein Satz für alle.", "Stimmt das?"):
        assert words in seen


def test_a_courses_preview_shows_what_the_press_prints(client, author, own):
    course = own[1]
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[course.pk])
    form = _course_form() | {"slug": course.slug}
    assert client.post(preview, form).json()["is_valid"]
    previewed = client.get(preview).content.decode()
    for printed in ('<ul class="ls-tags"', '<dl class="ls-defs">', "Sie können es."):
        assert printed in previewed


def test_a_question_without_a_right_answer_is_kept_and_its_lack_is_told(client, author, own):
    with look(system("test")):
        course = own[1]
        lesson = course.lessons().first()
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    choice = {"deleted": "", "order": "0", "id": str(uuid.uuid4())}
    data = lesson_form(title="Behalten", slug=lesson.slug)
    data |= {
        "body-1-type": "single_choice",
        "body-1-value-question": "Welche?",
        "body-1-value-choices-count": "2",
        **{f"body-1-value-choices-0-{k}": v for k, v in choice.items()},
        "body-1-value-choices-0-value-text": "A",
        "body-1-value-choices-0-value-feedback": "",
        "body-1-value-choices-1-deleted": "",
        "body-1-value-choices-1-order": "1",
        "body-1-value-choices-1-id": str(uuid.uuid4()),
        "body-1-value-choices-1-value-text": "B",
        "body-1-value-choices-1-value-feedback": "",
        "action-publish": "action-publish",
    }
    assert client.post(edit, data).status_code == 302
    with look(system("test")):
        draft = course.lessons().get(pk=lesson.pk).get_latest_revision_as_object()
        assert draft.title == "Behalten"
        assert draft.body[-1].value["question"] == "Welche?"
        assert any("genau eine Antwort" in lack.says for lack in lacking(draft))
        assert LessonPage.objects.get(pk=lesson.pk).title != "Behalten"


def test_unpublishing_takes_the_course_out_and_leaves_learners_theirs(client, own):
    course = own[1]
    client.force_login(factories.make_member(own[0], Membership.Role.REVIEWER))
    enrolment = factories.make_enrolment(course)
    client.post(reverse("wagtailadmin_pages:unpublish", args=[course.pk]))
    with look(system("test")):
        assert not CatalogueEntry.objects.filter(course=course.translation_key).exists()
    client.force_login(enrolment.learner)
    assert client.get(f"/lernen/haus/{course.slug}/schritt-1/").status_code == 200
    assert client.get(f"/kurse/haus/{course.slug}/").status_code == 404


def test_an_edit_of_words_is_a_printing_and_a_new_question_an_edition(author, own):
    course = own[1]
    with look(system("test")):
        lesson = course.lessons().first()
        lesson.title = "Neue Worte"
        lesson.save_revision().publish()
        edition = Edition.objects.get(course=course.translation_key)
        assert (edition.number, edition.printing) == (1, 2)
        body = [*list(lesson.body.raw_data), factories.single_choice()]
        lesson.body = json.dumps([dict(b) for b in body])
        lesson.save_revision().publish()
        numbers = Edition.objects.filter(course=course.translation_key).order_by("number")
        assert [(e.number, e.printing, e.total) for e in numbers] == [(1, 2, 2), (2, 1, 3)]
