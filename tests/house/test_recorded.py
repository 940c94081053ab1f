"""What stands in the record: every act at the desk, of the press, of keys and certificates, of the office."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.log_actions import LogContext

from certificates.actions import (
    issue_certificate,
    make_key,
    reissue_certificate,
    revoke_certificate,
)
from certificates.models import Certificate
from courses.actions import found_with_index_page
from learning.models import Enrolment
from providers.actions import join
from providers.models import Membership, Provider
from tenancy.lens import CITY, look, system
from tests import factories
from tests.support.records import recorded, signed_in

Role = Membership.Role


@pytest.fixture
def course(house):
    return factories.make_course(house, title="Sicher im Netz")


def at_desk(course, action, data=None, *, client):
    return client.post(reverse(f"wagtailadmin_pages:{action}", args=[course.pk]), data or {})


def of_olga(*acts):
    return [line[1:4] for line in recorded(*acts) if line.who == "Olga Leitung"]


# --- the desk ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", ["lock", "unlock", "unpublish", "delete"])
def test_an_act_on_a_page_is_mirrored(desk, house, course, action):
    if action == "unlock":
        at_desk(course, "lock", client=desk)
    assert at_desk(course, action, client=desk).status_code == 302
    assert (f"wagtail.{action}", "Sicher im Netz", house.pk) in of_olga()


def test_deleting_names_every_page_that_goes(desk, house, course):
    at_desk(course, "delete", client=desk)
    assert of_olga("wagtail.delete") == [
        ("wagtail.delete", "Schritt 1", house.pk),
        ("wagtail.delete", "Schritt 2", house.pk),
        ("wagtail.delete", "Sicher im Netz", house.pk),
    ]


def test_copying_and_moving_are_mirrored(desk, house, course):
    with look(system("test")):
        index_page = course.get_parent()
    copy = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": index_page.pk}
    assert at_desk(course, "copy", copy, client=desk).status_code == 302
    with look(system("test")):
        lesson = course.get_children().first()
        copied = type(course).objects.get(slug="kopie")
    move = reverse("wagtailadmin_pages:move_confirm", args=[lesson.pk, copied.pk])
    assert desk.post(move).status_code == 302
    assert of_olga("wagtail.copy", "wagtail.move") == [
        ("wagtail.copy", "Sicher im Netz", house.pk),
        ("wagtail.move", "Schritt 1", house.pk),
    ]


def test_writing_and_publishing_stand_under_the_name_of_whoever_publishes(house, course, owner):
    """A reviewer publishes what an author wrote: two people, two lines, and the press says who printed."""
    author = factories.make_member(house, Role.AUTHOR, name="Ada Autorin")
    with look(system("test")):
        page = type(course).objects.get(pk=course.pk)
        page.lead = "Drei Sätze."
        revision = page.save_revision(user=author, log_action=True)
    with look(system("test")), LogContext(user=owner):  # as at the desk
        revision.publish(user=owner)
    acts = ("wagtail.edit", "wagtail.publish", "edition.printed")
    assert [(line.who, line.action) for line in recorded(*acts)][-3:] == [
        ("Ada Autorin", "wagtail.edit"),
        ("Olga Leitung", "edition.printed"),
        ("Olga Leitung", "wagtail.publish"),
    ]


def test_files_stand_in_the_record_of_their_collections_provider(desk, house):
    with look(system("test")):
        collection = house.collection_id
    file = SimpleUploadedFile("plan.txt", b"Plan", content_type="text/plain")
    add = {"title": "Unser Plan", "file": file, "collection": collection, "tags": ""}
    assert desk.post(reverse("wagtaildocs:add"), add).status_code == 302
    with look(system("test")):
        document = Document.objects.get(title="Unser Plan")
    edit = {"title": "Unser Plan 2", "collection": collection, "tags": ""}
    desk.post(reverse("wagtaildocs:edit", args=[document.pk]), edit)
    desk.post(reverse("wagtaildocs:delete", args=[document.pk]))
    assert of_olga("wagtail.create", "wagtail.edit", "wagtail.delete") == [
        ("wagtail.create", "Unser Plan", house.pk),
        ("wagtail.edit", "Unser Plan 2", house.pk),
        ("wagtail.delete", "Unser Plan 2", house.pk),
    ]


def test_what_learners_do_is_not_recorded(house, course):
    before = recorded()
    enrolment = factories.make_enrolment(course)
    with look(system("test")):
        lesson = course.lessons().get(slug="schritt-1")
    browser = signed_in(enrolment.learner)
    answer = factories.right_answer(lesson)
    browser.post(f"/lernen/haus/{course.slug}/schritt-1/antwort/", answer)
    browser.post("/konto/", {"name": "Anna Anders"})
    with look(system("test")):
        Enrolment.objects.filter(pk=enrolment.pk).update(completed_at="2026-11-20T10:00:00Z")
        issue_certificate(Enrolment.objects.get(pk=enrolment.pk))
    assert recorded() == before


# --- the press, keys and certificates ------------------------------------------------------------------------------


def test_a_printed_edition_is_recorded_once(desk, house, course):
    printed = recorded("edition.printed")
    assert [(line.on, line.provider) for line in printed] == [("Sicher im Netz", house.pk)] * len(
        printed
    )
    assert printed[-1].details == {"number": 1, "printing": 1}
    with look(system("test")):
        page = type(course).objects.get(pk=course.pk)
        page.save_revision().publish()  # nothing has changed, so nothing is printed
    assert recorded("edition.printed") == printed


def test_whoever_unpublishes_a_lesson_has_printed(desk, house, course):
    with look(system("test")):
        lesson = course.get_children().last()
    at_desk(lesson, "unpublish", client=desk)
    assert of_olga("edition.printed") == [("edition.printed", "Sicher im Netz", house.pk)]


def test_certificates_and_keys_without_the_learners_name(house, course, owner):
    enrolment = factories.make_enrolment(course)
    with look(system("test")):
        Enrolment.objects.filter(pk=enrolment.pk).update(completed_at="2026-11-20T10:00:00Z")
        first = issue_certificate(Enrolment.objects.get(pk=enrolment.pk))
        newest = reissue_certificate(first, by=owner)
        reissue_certificate(newest)  # from the shell: the platform
        newest = Certificate.objects.order_by("issue").last()
        revoke_certificate(newest, reason="Anna hat geschummelt", by=owner)
        revoke_certificate(newest, reason="noch einmal", by=owner)
        make_key(house, by=owner)
    lines = recorded("certificate.reissued", "certificate.revoked", "key.rotated")
    assert [(line.who, line.action, line.provider) for line in lines] == [
        ("Olga Leitung", "certificate.reissued", house.pk),
        ("", "certificate.reissued", house.pk),
        ("Olga Leitung", "certificate.revoked", house.pk),
        ("Olga Leitung", "key.rotated", house.pk),
    ]
    assert "Anna" not in str(lines)


def test_a_providers_first_key_is_no_change(house):
    with look(system("test")):
        make_key(house)
    assert recorded("key.rotated") == []


# --- the office, and second factors --------------------------------------------------------------------------------


def test_whoever_takes_the_figures_along_is_recorded(client, db):
    with look(system("test")):
        city = Provider.objects.get(pk=CITY)
    clerk = factories.make_member(city, Role.CLERK, name="Karin Amt")
    client.force_login(clerk)
    client.get("/buero/")
    assert recorded("figures.downloaded") == []
    client.get("/buero/zahlen.csv")
    assert [line[:4] for line in recorded("figures.downloaded")] == [
        ("Karin Amt", "figures.downloaded", "", CITY)
    ]


def test_founding_is_the_citys_act(db):
    with look(system("test")):
        city = Provider.objects.get(pk=CITY)
    admin = factories.make_member(city, Role.ADMIN, name="Karla Amt")
    fields = {"slug": "treff", "name": "Treff", "short_name": "Treff", "kind": "club", "mark": "T"}
    with look(system("test")):
        found_with_index_page(fields, owner="chef@example.org", by=admin)
    assert recorded("provider.founded", "invitation.sent")[-2:] == [
        ("Karla Amt", "provider.founded", "Treff", CITY, {}),
        (
            *("Karla Amt", "invitation.sent", "chef@example.org", CITY),
            {"roles": ["owner"], "house": "Treff"},
        ),
    ]


@pytest.mark.parametrize(
    ("signal", "act"),
    [(authenticator_added, "factor.added"), (authenticator_removed, "factor.removed")],
)
def test_a_second_factor_is_recorded_for_everybody_she_works_for(house, rf, client, signal, act):
    next_door = factories.make_provider("nachbar")
    person = factories.make_member(house, Role.AUTHOR, Role.TUTOR, name="Mia")
    with look(system("test")):
        join(person, next_door, Role.TUTOR)
    request = rf.post("/")
    request.session = client.session
    for kind in ("totp", "recovery_codes"):
        added = Authenticator(user=person, type=kind)
        with look(system("test")):
            signal.send(Authenticator, request=request, user=person, authenticator=added)
    assert recorded(act) == [
        ("Mia", act, "Mia", provider, {"factor": "totp"})
        for provider in sorted((house.pk, next_door.pk))
    ]


def test_a_learners_second_factor_is_nobodys_business(rf, client, db):
    with look(system("test")):
        anna = factories.make_user()
        before = recorded()
        request = rf.post("/")
        request.session = client.session
        factor = Authenticator(user=anna, type="webauthn")
        authenticator_added.send(Authenticator, request=request, user=anna, authenticator=factor)
    assert recorded() == before
