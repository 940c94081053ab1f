"""Courses from templates, from files and from other providers; origin and licence stay, and new editions are told."""

import zipfile
from io import BytesIO

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from courses import actions, queries
from courses.actions import share
from courses.models import CatalogueEntry, CourseIndexPage, CoursePage, Edition, Issue, LessonPage
from courses.rules import AttestationRule
from courses.starters import NAMES, course_of
from providers.models import Membership
from tenancy.lens import look, system
from tests import factories
from tests.support.desk import address, release
from tests.support.pages import one_line
from tests.support.records import recorded

Role = Membership.Role


@pytest.fixture
def theirs(db):
    """A neighbour's course under an open licence, in print."""
    return factories.make_course(
        factories.make_provider("nachbar"), lessons=2, title="Sicher im Netz"
    )


@pytest.fixture
def writer(client, author):
    client.force_login(author)
    return client


def newest(house):
    with look(system("test")):
        return CoursePage.objects.filter(provider=house, locale__language_code="de").latest("pk")


def courses_of(house):
    with look(system("test")):
        return CourseIndexPage.objects.get(provider=house, locale__language_code="de")


# --- templates -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", NAMES)
def test_a_course_from_a_template_has_nothing_that_keeps_readers_out(writer, house, key):
    response = writer.post(
        reverse("desk:new"),
        {"act": "start", "title": "Mein Kurs", "template": key, "index_page": courses_of(house).pk},
    )
    course = newest(house)
    assert response.url == address("plan", course)
    with look(system("test")):
        assert (course.title, course.live, course.origin) == ("Mein Kurs", False, {})
        lessons = [lesson.get_latest_revision_as_object() for lesson in course.lessons()]
        assert len(lessons) == 3
        for page in (course.get_latest_revision_as_object(), *lessons):
            assert queries.checked(page).stopping == [], page


def test_two_courses_from_one_template_have_ids_of_their_own():
    first, second = (str(course_of("anleitung")["lessons"]) for _ in range(2))
    assert first != second


def test_an_empty_course_can_be_written_at_once(writer, house):
    data = {
        "act": "start",
        "title": "Ganz leer",
        "template": "leer",
        "index_page": courses_of(house).pk,
    }
    assert writer.post(reverse("desk:new"), data).status_code == 302
    assert writer.get(address("course", newest(house))).status_code == 200
    assert (
        writer.get(reverse("wagtailadmin_pages:edit", args=[newest(house).pk])).status_code == 200
    )


def test_what_was_typed_stays_when_something_is_missing(writer):
    response = writer.post(reverse("desk:new"), {"act": "start", "title": "Neu", "template": "x"})
    assert response.status_code == 400
    assert response.context["starting"].errors.keys() == {"template", "index_page"}
    assert 'value="Neu"' in response.text


# --- files -----------------------------------------------------------------------------------------------------------


def test_a_course_leaves_as_a_file_and_arrives_as_drafts(client, house, owner, theirs):
    course = factories.make_course(house, title="Zum Mitnehmen")
    client.force_login(owner)
    response = client.get(address("package", course))
    assert response.headers["Content-Disposition"] == 'attachment; filename="zum-mitnehmen.zip"'
    assert "course.json" in zipfile.ZipFile(BytesIO(response.content)).namelist()
    file = SimpleUploadedFile("kurs.zip", response.content)
    arrived = client.post(
        reverse("desk:new"), {"act": "file", "file": file, "index_page": courses_of(house).pk}
    )
    copy = newest(house)
    assert arrived.url == address("course", copy)
    assert copy.pk != course.pk
    assert not copy.live


def test_a_file_that_is_no_course_says_so_and_leaves_nothing(writer, house):
    with look(system("test")):
        before = CoursePage.objects.count()
    file = SimpleUploadedFile("kurs.zip", b"kein Zip")
    response = writer.post(
        reverse("desk:new"), {"act": "file", "file": file, "index_page": courses_of(house).pk}
    )
    assert response.status_code == 400
    [error] = response.context["arriving"].errors["file"]
    assert error.startswith("Das ist keine Kurs-Datei.")
    with look(system("test")):
        assert CoursePage.objects.count() == before


# --- other providers -------------------------------------------------------------------------------------------------


@pytest.fixture
def copy(writer, house, theirs):
    """The neighbour's course, taken over."""
    writer.post(
        reverse("desk:adopt"),
        {"course": theirs.translation_key, "index_page": courses_of(house).pk},
    )
    return newest(house)


def test_only_openly_licensed_courses_of_others_are_offered(writer, house, theirs):
    factories.make_course(house, title="Eigener Kurs")
    closed = factories.make_course(theirs.provider, title="Geschlossen")
    with look(system("test")):
        CoursePage.objects.filter(pk=closed.pk).update(licence=CoursePage.Licence.RESERVED)
    page = writer.get(reverse("desk:adopt"))
    assert [c.title for c in page.context["courses"]] == ["Sicher im Netz"]
    assert writer.get(reverse("desk:adopt"), {"q": "Netz nachbar"}).context["courses"]
    assert "nichts gefunden" in writer.get(reverse("desk:adopt"), {"q": "xyz"}).text
    refused = {"course": closed.translation_key, "index_page": courses_of(house).pk}
    assert "nicht mehr übernehmen" in writer.post(reverse("desk:adopt"), refused, follow=True).text


def test_a_copy_keeps_its_origin_and_both_providers_know(copy, theirs, house):
    assert (copy.provider_id, copy.live) == (house.pk, False)
    assert (copy.origin["title"], copy.origin["edition"]) == ("Sicher im Netz", 1)
    assert copy.origin["course"] == str(theirs.translation_key)
    assert [
        (line.action, line.provider) for line in recorded("course.adopted", "course.given")
    ] == [
        ("course.adopted", house.pk),
        ("course.given", theirs.provider_id),
    ]
    with look(system("test")):
        ids = [
            [block.id for lesson in course.lessons() for block in lesson.body]
            for course in (copy, theirs)
        ]
    assert ids[0] == ids[1]


def test_a_copy_asks_what_its_original_asks(writer, house, theirs):
    with look(system("test")):
        page = CoursePage.objects.get(pk=theirs.pk)
        page.attestation, page.pass_mark, page.valid_months = "achievement", 60, 12
        page.save_revision().publish()
    writer.post(
        reverse("desk:adopt"),
        {"course": theirs.translation_key, "index_page": courses_of(house).pk},
    )
    with look(system("test")):
        draft = newest(house).get_latest_revision_as_object()
    assert draft.rule == AttestationRule(attestation="achievement", pass_mark=60, valid_months=12)


def test_the_licence_of_a_copy_is_its_originals_whatever_is_posted(client, copy, owner):
    with look(system("test")):
        draft = copy.get_latest_revision_as_object()
        draft.licence = CoursePage.Licence.RESERVED
        draft.save_revision().publish()
        assert CoursePage.objects.get(pk=copy.pk).licence == "CC-BY-4.0"
    client.force_login(owner)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[copy.pk]))
    assert page.context["form"].fields["licence"].disabled


@pytest.mark.parametrize("forged", [{}, {"licence": "reserved"}])
def test_a_form_cannot_say_another_licence(client, copy, owner, forged):
    """A browser sends no field that is switched off; somebody who writes the form themselves may send any."""
    with look(system("test")):
        goals = [("goal", goal.value) for goal in copy.goals]
    words = {n: getattr(copy, n) for n in ("title", "slug", "short_title", "summary", "lead")}
    form = words | {"main_competence": "4.1", "level": "einstieg", "competences": []}
    form |= {"audience": rich_text("<p>Für alle.</p>"), "goals": streamfield(goals)}
    form |= {"comments": inline_formset([])}
    client.force_login(owner)
    for act in ({}, {"action-publish": "1"}):
        saved = client.post(
            reverse("wagtailadmin_pages:edit", args=[copy.pk]),
            nested_form_data(form) | forged | act,
        )
        assert saved.status_code == 302
        with look(system("test")):
            draft = CoursePage.objects.get(pk=copy.pk).get_latest_revision()
            assert draft.content["licence"] == "CC-BY-4.0"


def test_a_printed_copy_names_where_it_comes_from(client, copy, owner):
    client.force_login(owner)
    assert release(client, copy).status_code == 302
    client.logout()
    with look(system("test")):
        entry = CatalogueEntry.objects.get(course=copy.translation_key)
    page = client.get(f"/kurse/{entry.address}/").text
    assert "Übernommen von Haus nachbar unter CC BY 4.0:" in page


def test_a_new_edition_of_the_original_is_told_and_shown_until_it_was_seen(
    client, copy, author, owner, theirs, django_capture_on_commit_callbacks
):
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True), look(system("test")):
        lesson = theirs.lessons().first()
        lesson.title = "Anders"
        lesson.save_revision()
        pages = {lesson.pk: LessonPage.objects.get(pk=lesson.pk).latest_revision_id}
        actions.publish_drafts(theirs, pages, by=None, issue=Issue.NEW, news="Neu gemacht.")
    assert {m.to[0] for m in mail.outbox} == {author.email, owner.email}
    assert "Neu gemacht." in mail.outbox[0].body
    told = "hat eine neue Ausgabe"
    assert told in one_line(client.get(reverse("desk:board")))
    page = client.get(address("original", copy))
    assert page.context["difference"].changed == ["Anders"]
    client.post(address("original", copy), {"act": "seen"})
    assert told not in one_line(client.get(reverse("desk:board")))


def test_a_correction_of_the_original_is_not_told(copy, theirs, django_capture_on_commit_callbacks):
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True), look(system("test")):
        lesson = theirs.lessons().first()
        lesson.title = "Anders"
        lesson.save_revision().publish()
        assert Edition.objects.filter(course=theirs.translation_key).count() == 1
    assert mail.outbox == []


def test_the_new_edition_comes_as_a_copy_of_its_own(client, copy, house):
    response = client.post(address("original", copy), {"act": "copy"})
    fresh = newest(house)
    assert response.url == address("course", fresh)
    assert fresh.pk != copy.pk
    assert fresh.origin["course"] == copy.origin["course"]


def test_one_cannot_adopt_ones_own_or_onto_anothers_shelf(writer, house, theirs):
    own = factories.make_course(house)
    own_again = {"course": own.translation_key, "index_page": courses_of(house).pk}
    assert "nicht mehr" in writer.post(reverse("desk:adopt"), own_again, follow=True).text
    elsewhere = {"course": theirs.translation_key, "index_page": courses_of(theirs.provider).pk}
    assert writer.post(reverse("desk:adopt"), elsewhere).status_code == 400
    with look(system("test")), pytest.raises(share.NotShared):
        share.adopt_course(own.translation_key, courses_of(house), by=house)
