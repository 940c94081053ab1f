"""The gate before publishing: it stops what keeps readers out, loses nothing, and owners may say why it stays."""

import json
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from pypdf import PdfWriter
from wagtail.documents.models import Document
from weasyprint import HTML

from accessibility.models import Exemption
from accounts.models import AuditEvent
from courses import queries
from courses.models import LessonPage
from providers.models import Membership
from tenancy.lens import look, staff, system
from tests import factories
from tests.factories import block
from tests.support.desk import address, lesson_form, release

REASON = "Die Adresse steht so auf dem Plakat, das wir im Kurs besprechen."


@pytest.fixture
def provider(db):
    return factories.make_provider("haus")


@pytest.fixture
def lesson(provider):
    course = factories.make_course(provider, lessons=1)
    with look(system("test")):
        return course.lessons().get()


def member(client, provider, role):
    person = factories.make_member(provider, role)
    client.force_login(person)
    return person


def raw(text, *, link=None, kind="unstyled"):
    """What Wagtail's editor sends for one paragraph, `link` around all of it."""
    ranges = [{"offset": 0, "length": len(text), "key": 0}] if link else []
    entities = (
        {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": link}}} if link else {}
    )
    line = {"key": "a", "text": text, "type": kind, "depth": 0, "inlineStyleRanges": []}
    return json.dumps({"blocks": [line | {"entityRanges": ranges}], "entityMap": entities})


def publish(client, lesson, words):
    form = lesson_form(**{"body-0-value": words}) | {"slug": lesson.slug, "title": "Neuer Titel"}
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    answer = client.post(edit, form | {"action-publish": "action-publish"})
    if "/kurse/" in answer.url:
        release(client, course_of(lesson))
    return answer


def course_of(lesson):
    with look(system("test")):
        return lesson.get_parent().specific


def live_title(lesson):
    with look(system("test")):
        return LessonPage.objects.get(pk=lesson.pk).title


VAGUE = raw("hier", link="https://a.example/")


def test_a_barrier_stops_publishing_and_keeps_the_draft(client, provider, lesson):
    member(client, provider, Membership.Role.REVIEWER)
    before = live_title(lesson)
    answer = publish(client, lesson, VAGUE)
    assert answer.url == reverse("gate", args=[lesson.pk])
    page = client.get(answer.url).content.decode()
    assert "Der Link sagt nicht, wohin er führt." in page
    assert "WCAG 2.4.4" in page
    assert "Mit dieser Begründung weiter" not in page
    with look(system("test")):
        draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
        assert f'#block-{draft.body[0].id}"' in page
    assert (live_title(lesson), draft.title) == (before, "Neuer Titel")


def test_a_page_without_barriers_goes_through(client, provider, lesson):
    member(client, provider, Membership.Role.REVIEWER)
    publish(client, lesson, raw("Zur Anmeldung beim Bürgeramt", link="https://a.example/"))
    assert live_title(lesson) == "Neuer Titel"
    assert "Nichts gefunden" in client.get(reverse("gate", args=[lesson.pk])).content.decode()


def test_what_is_only_a_warning_does_not_stop(client, provider, lesson):
    member(client, provider, Membership.Role.REVIEWER)
    publish(client, lesson, raw("https://a.example/", link="https://a.example/"))
    assert live_title(lesson) == "Neuer Titel"
    page = client.get(reverse("gate", args=[lesson.pk])).content.decode()
    assert "Der Link zeigt eine Internet-Adresse." in page


def test_a_reviewer_may_not_make_an_exception(client, provider, lesson):
    member(client, provider, Membership.Role.REVIEWER)
    publish(client, lesson, VAGUE)
    assert client.post(reverse("gate", args=[lesson.pk]), {"reason": REASON}).status_code == 404
    assert live_title(lesson) != "Neuer Titel"


def test_an_owner_says_why_and_publishes(
    client, provider, lesson, django_capture_on_commit_callbacks
):
    owner = member(client, provider, Membership.Role.OWNER)
    gate = publish(client, lesson, VAGUE).url
    short = client.post(gate, {"reason": "Darum."})
    assert short.status_code == 400
    assert "Darum." in short.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(gate, {"reason": REASON}).url.startswith("/redaktion/kurse/")
        release(client, course_of(lesson))
    assert live_title(lesson) == "Neuer Titel"
    statement = client.get("/barrierefreiheit/").content.decode()
    assert REASON in statement
    assert "Neuer Titel" in statement
    with look(staff([provider.pk], owned=[provider.pk])):
        event = AuditEvent.objects.get(action="exemption.given")
    assert (event.actor_id, event.thing_name) == (owner.pk, "Neuer Titel")
    assert "Ausnahmen mit Begründung" in client.get(gate).content.decode()


def test_what_is_exempt_does_not_stop_again_but_something_new_does(client, provider, lesson):
    member(client, provider, Membership.Role.OWNER)
    gate = publish(client, lesson, VAGUE).url
    client.post(gate, {"reason": REASON})
    with look(system("test")):
        page = LessonPage.objects.get(pk=lesson.pk)
        assert queries.checked(page).stopping == []
        page.body.append(("text", "<h4>Zu tief</h4>"))
        assert [f.rule for f in queries.checked(page).stopping] == ["heading-skipped"]


def test_an_exception_ends_when_the_page_is_withdrawn(client, provider, lesson):
    member(client, provider, Membership.Role.OWNER)
    client.post(publish(client, lesson, VAGUE).url, {"reason": REASON})
    release(client, course_of(lesson))
    with look(system("test")):
        LessonPage.objects.get(pk=lesson.pk).unpublish()
        assert Exemption.objects.count() == 0


def test_the_gate_of_another_provider_does_not_exist(client, lesson):
    member(client, factories.make_provider("nachbar"), Membership.Role.OWNER)
    assert client.get(reverse("gate", args=[lesson.pk])).status_code == 404


def test_publishing_many_at_once_leads_to_the_course_and_stops_there_too(client, provider, lesson):
    member(client, provider, Membership.Role.OWNER)
    publish(client, lesson, VAGUE)
    bulk = reverse("wagtail_bulk_action", args=["providers", "basepage", "publish"])
    answer = client.post(f"{bulk}?id={lesson.pk}", {"include_descendants": ""})
    course = course_of(lesson)
    assert answer.url == f"{address('course', course)}?seite={lesson.pk}#drucken"
    stopped = release(client, course)
    assert stopped.status_code == 400
    [error] = stopped.context["publishing"].errors["pages"]
    assert error.startswith("In „Neuer Titel“ hindert noch etwas Menschen am Lesen.")
    assert live_title(lesson) != "Neuer Titel"


def document(provider, name, content):
    return Document.objects.create(
        title=name, file=ContentFile(content, name=name), collection=provider.collection
    )


def untagged():
    written = BytesIO()
    pdf = PdfWriter()
    pdf.add_blank_page(100, 100)
    pdf.write(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "rules"),
    [
        ("lesbar.pdf", lambda: HTML(string="<p>Text").write_pdf(pdf_variant="pdf/ua-1"), []),
        ("ohne-tags.pdf", untagged, ["pdf-untagged"]),
        ("kaputt.pdf", lambda: b"%PDF-1.7 kein PDF", ["pdf-untagged"]),
        ("tabelle.csv", lambda: b"a;b", []),
    ],
)
def test_a_pdf_must_be_readable_aloud(provider, lesson, name, content, rules):
    with look(system("test")):
        stored = document(provider, name, content())
        page = LessonPage.objects.get(pk=lesson.pk)
        value = block("download", {"title": "Ein Blatt zum Mitnehmen", "file": stored.pk})
        page.body = page.body.stream_block.to_python([value])
        assert [f.rule for f in queries.checked(page).stopping] == rules
