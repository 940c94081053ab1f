"""From a handout to a draft, at the door of new courses: what became of it is said, nothing is published, nothing lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.images import get_image_model

from courses import queries
from courses.models import CatalogueEntry, CourseIndexPage, CoursePage
from tenancy.lens import look, system
from tests import factories
from tests.support import handouts as made
from tests.support.desk import as_
from tests.support.pages import one_line

NEW = reverse("desk:new")


def send(client, content, name="email.docx", **more):
    with look(system("test")):
        index_page = CourseIndexPage.objects.get(provider__slug="haus", locale__language_code="de")
    data = {
        "act": "handout",
        "index_page": index_page.pk,
        "file": SimpleUploadedFile(name, content),
    }
    return client.post(NEW, data | more, follow=True)


def drafts():
    with look(system("test")):
        return [*CoursePage.objects.filter(provider__slug="haus").order_by("pk")]


def test_a_handout_becomes_a_draft_that_says_what_is_missing(client, author, house):
    page = as_(client, author) and send(client, made.handout())
    [course] = drafts()
    assert page.redirect_chain == [(reverse("desk:plan", args=[course.pk]), 302)]
    said = [str(message) for message in page.context["messages"]]
    assert said == [
        "Der Kurs ist angelegt, als Entwurf: 3 Schritte, 1 Bild, 1 Tabelle. Bitte lesen Sie jeden Schritt einmal.",
        "Nicht mitgekommen: 1 Diagramm. Speichern Sie es als Bild, und beschreiben Sie, was es zeigt."
        " 1 Kopf- oder Fußzeile. 1 Bild in einem Format, das Browser nicht zeigen. Speichern Sie es als PNG.",
    ]
    assert all(text in one_line(page) for text in said)
    with look(system("test")):
        steps = [*course.lessons()]
        assert [step.title for step in steps] == [
            "E-Mails schreiben",
            "Was man braucht",
            "Zeiten",
        ]
        assert (course.live, [step.live for step in steps]) == (False, [False] * 3)
        assert CatalogueEntry.objects.count() == 0
        image = get_image_model().objects.get()
        assert (image.collection, image.title) == (house.collection, "E-Mails schreiben: 1")
        lacking = {page.title: lacks for page, lacks in queries.lacking_pages(steps)}
        assert [lack.part for lack in lacking["Zeiten"]] == [steps[2].body[0].id]
        assert [finding.rule for finding in queries.checked(steps[1]).stopping] == ["alt-missing"]


def test_the_same_handout_again_is_another_course_at_an_address_of_its_own(client, author):
    as_(client, author)
    send(client, made.handout())
    send(client, made.handout())
    first, second = drafts()
    assert (first.title, first.slug) == (second.title, "e-mails-schreiben")
    assert first.slug != second.slug
    with look(system("test")):
        assert get_image_model().objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("x.docx", b"", "Die Datei ist leer. Vielleicht wurde sie nicht ganz kopiert."),
        ("x.docx", made.docx(), "In dieser Datei steht nichts, was wir lesen können."),
        ("x.txt", b"Nur Text", "Diese Art von Datei passt hier nicht. Es passen: docx, odt, pdf"),
    ],
)
def test_what_cannot_be_read_says_why_in_its_place(client, author, name, content, says):
    page = as_(client, author) and send(client, content, name)
    assert page.status_code == 400
    assert says in one_line(page)
    assert drafts() == []


def test_only_for_a_house_of_ones_own(client, author):
    with look(system("test")):
        other = factories.make_provider("nebenan")
        foreign = CourseIndexPage.objects.get(provider=other, locale__language_code="de")
    page = as_(client, author) and send(client, made.handout(), index_page=foreign.pk)
    assert (page.status_code, drafts()) == (400, [])


def test_who_is_no_author_finds_no_door(client, house):
    assert client.get(NEW).status_code == 302
    client.force_login(factories.make_user())
    assert client.get(NEW).status_code == 404
    assert send(client, made.handout()).status_code == 404
    assert drafts() == []
