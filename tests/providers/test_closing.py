"""A provider leaves: announced with notice, taken back, closed on the day after. What learners have stays theirs."""

import importlib
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.actions import make_cards, open_card
from courses.models import CatalogueEntry, CoursePage
from learning.emails import tell_learners
from learning.models import Enrolment
from providers.actions import (
    AlreadyClosed,
    CannotAnswer,
    ProviderClosed,
    accept_invitation,
    announce_closing,
    appoint,
    close_due_providers,
    close_provider,
    invite,
    join,
    keep_open,
)
from providers.models import Invitation, Membership, Provider
from tenancy import public_page
from tenancy.lens import look, system
from tests import factories
from tests.support.records import errors, proved_now, recorded, signed_in, text_of
from words.days import day

PAGE = "/anbieter/haus/verwalten/schliessen/"


def today(plus=0):
    return day(timezone.now()) + timedelta(days=plus)


def stored(house):
    with look(system("test")):
        return Provider.objects.get(pk=house.pk)


def begin(course, *, email="lea@lernende.example"):
    return factories.make_enrolment(course, factories.make_user("Lea Lernt", email))


@pytest.fixture
def course(house):
    return factories.make_course(house)


@pytest.fixture
def head(desk, owner):
    """Their browser, in which they have just signed in."""
    proved_now(desk, owner)
    return desk


@pytest.fixture
def closed(house, course, owner, author):
    """Announced, and a day later."""
    with look(system("test")):
        Provider.objects.filter(pk=house.pk).update(closes_on=today(-1))
    assert close_due_providers() == 1
    public_page.forget()
    return house


def test_the_page_says_what_will_happen_in_figures(desk, owner, course):
    begin(course)
    page = text_of(desk.get(PAGE))
    assert "1 Kurs verschwindet aus dem Angebot." in page
    assert "1 Mensch ist gerade mitten in einem Kurs" in page
    assert "Nachweise bleiben gültig." in page
    assert reverse("courses:provider_archive", args=["haus"]) in page


def test_the_day_is_announced_learners_are_told_and_it_is_recorded(
    head, owner, house, course, mails
):
    begin(course)
    last = today(20)
    _, sent = mails(lambda: head.post(PAGE, {"last_day": last.isoformat(), "sure": "on"}))
    assert stored(house).closes_on == last
    assert [*sent] == ["lea@lernende.example"]
    assert "Haus haus hört auf" in sent["lea@lernende.example"]
    assert [(line.who, line.action) for line in recorded("provider.closing")] == [
        ("Olga Leitung", "provider.closing"),
        ("", "provider.closing"),  # the office learns it, not by whom
    ]
    page = text_of(head.get(PAGE))
    assert "Wir machen doch weiter" in page


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"sure": "on"}, "last_day", "Bitte nennen Sie den letzten Tag."),
        ({"last_day": "morgen", "sure": "on"}, "last_day", ""),
        ({"last_day": today(13).isoformat(), "sure": "on"}, "last_day", "Das ist zu früh."),
        ({"last_day": "2999-01-01", "sure": "on"}, "last_day", "mehr als zwei Jahre"),
        ({"last_day": today(20).isoformat()}, "sure", "Bitte bestätigen Sie"),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_what_was_typed_stays(
    head, owner, house, typed, field, says
):
    page = head.post(PAGE, typed)
    assert [*errors(page)] == [field]
    assert says in text_of(page)
    assert typed.get("last_day", "") in text_of(page)
    assert stored(house).closes_on is None


def test_who_did_not_prove_herself_lately_is_asked_first(house, owner):
    browser = signed_in(owner)
    proved_now(browser, owner, ago=3600)
    browser.post(PAGE, {"last_day": today(20).isoformat(), "sure": "on"})
    assert stored(house).closes_on is None


def test_it_can_be_taken_back_and_those_who_were_told_are_told(head, owner, house, course, mails):
    begin(course)
    announce_closing(house, today(20), by=owner)
    assert tell_learners() == 1
    begin(course, email="neu@lernende.example")  # nobody has told them
    _, sent = mails(lambda: head.post(PAGE, {"act": "stay"}))
    assert [*sent] == ["lea@lernende.example"]
    assert "macht doch weiter" in sent["lea@lernende.example"]
    assert stored(house).closes_on is None
    assert tell_learners() == 0


def test_everybody_is_told_once_and_whoever_comes_later_too(house, owner, course):
    begin(course)
    announce_closing(house, today(20), by=owner)
    mail.outbox.clear()
    assert (tell_learners(), tell_learners()) == (1, 0)
    begin(course, email="neu@lernende.example")
    assert tell_learners() == 1
    announce_closing(house, today(30), by=owner)
    assert tell_learners() == 2
    assert announce_closing(house, today(30), by=owner) is False


def test_no_mail_to_whom_has_finished_left_or_has_no_address(house, owner, course):
    finished, left, mute = (
        begin(course),
        begin(course, email="b@lernende.example"),
        begin(course, email="c@lernende.example"),
    )
    with look(system("test")):
        Enrolment.objects.filter(pk=finished.pk).update(completed_at=timezone.now())
        Enrolment.objects.filter(pk=left.pk).update(closed_at=timezone.now())
        type(mute.learner).objects.filter(pk=mute.learner_id).update(email="")
    announce_closing(house, today(20), by=owner)
    mail.outbox.clear()
    assert tell_learners() == 0
    assert mail.outbox == []


def test_many_learners_are_told_in_batches(house, owner, course, monkeypatch):
    monkeypatch.setattr("learning.emails.closing.BATCH", 2)
    for number in range(5):
        begin(course, email=f"l{number}@lernende.example")
    announce_closing(house, today(20), by=owner)
    assert tell_learners() == 5


def test_on_the_last_day_it_is_open_and_closed_on_the_day_after(house, owner, course):
    with look(system("test")):
        Provider.objects.filter(pk=house.pk).update(closes_on=today())
    assert close_due_providers() == 0
    with look(system("test")):
        Provider.objects.filter(pk=house.pk).update(closes_on=today(-1))
    assert close_due_providers() == 1
    assert close_due_providers() == 0


def test_closed_courses_are_in_the_archive_and_its_people_outside(closed, owner, course):
    with look(system("test")):
        assert not CatalogueEntry.objects.filter(provider=closed).exists()
        assert CoursePage.objects.get(pk=course.pk).archived_at
        assert not Membership.objects.filter(provider=closed).exists()
        assert not owner.groups.exists()
    assert signed_in(owner).get("/anbieter/haus/verwalten/").status_code == 404
    assert signed_in(owner).get("/redaktion/").status_code == 404
    assert [line.provider for line in recorded("provider.closed")] == [closed.pk, 1]


def test_a_learner_in_the_middle_reads_on_and_finishes(house, owner, course):
    mine = begin(course)
    with look(system("test")):
        close_provider(stored(house))
    browser = signed_in(mine.learner)
    page = text_of(browser.get("/lernen/"))
    assert "Der Anbieter hat aufgehört. Sie können den Kurs weiter lesen und beenden." in page
    with look(system("test")):
        step = f"/lernen/haus/{course.slug}/{course.lessons().first().slug}/"
    assert browser.get(step).status_code == 200


def test_nobody_begins_a_course_of_it_any_more(closed, course, client):
    newcomer = signed_in(factories.make_user("Neu", "neu@lernende.example"))
    assert newcomer.get(f"/kurse/haus/{course.slug}/").status_code == 404
    newcomer.post(f"/lernen/haus/{course.slug}/anmelden/")
    with look(system("test")):
        assert not Enrolment.objects.filter(provider=closed).exists()


def test_its_page_stays_and_says_so(closed, client):
    page = text_of(client.get("/anbieter/haus/"))
    assert "Dieser Anbieter hat am" in page
    assert "Dieser Anbieter hat keine Kurse mehr." in page


def test_everybody_reads_the_last_day_where_courses_are(house, owner, course, client):
    announce_closing(house, date(2099, 5, 4), by=owner)
    public_page.forget()
    for address in ("/anbieter/haus/", f"/kurse/haus/{course.slug}/"):
        assert "hört am 4. Mai 2099 auf" in text_of(client.get(address))


def test_open_invitations_lead_nowhere(house, owner, course):
    guest = factories.make_user("Gast", "gast@example.org")
    with look(system("test")):
        invitation, _ = invite(house, "gast@example.org", ["author"], by=owner)
        close_provider(stored(house))
        assert Invitation.objects.get(pk=invitation.pk).state == "withdrawn"
    with pytest.raises(CannotAnswer):
        accept_invitation(invitation, by=guest)


def test_nobody_joins_a_closed_provider_and_nothing_is_planned_there(closed, owner):
    with look(system("test")), pytest.raises(ProviderClosed):
        join(owner, stored(closed), "author")
    for act in (
        lambda: announce_closing(closed, today(20), by=owner),
        lambda: keep_open(closed, by=owner),
    ):
        with pytest.raises(AlreadyClosed):
            act()


def test_the_office_sees_it_and_opens_it_again_with_a_new_head(closed, owner):
    with look(system("test")):
        city = Provider.objects.get(pk=1)
    office = signed_in(factories.make_member(city, Membership.Role.OPERATOR, name="Otto Betrieb"))
    assert "aufgehört" in text_of(office.get("/buero/anbieter/"))
    assert "Mit einer neuen Leitung öffnet er wieder." in text_of(
        office.get("/buero/anbieter/haus/leitung/")
    )
    with look(system("test")):
        clerk = Membership.objects.get(provider=1, role="operator").person
    invitation, _ = appoint(stored(closed), "neu@example.org", by=clerk)
    assert stored(closed).closed_at is None
    newcomer = factories.make_user("Neue Leitung", "neu@example.org")
    accept_invitation(invitation, by=newcomer)
    assert signed_in(newcomer).get("/anbieter/haus/verwalten/").status_code == 200
    with look(system("test")):
        assert not CatalogueEntry.objects.filter(provider=closed).exists()


def test_a_card_of_a_closed_provider_still_opens_its_account_and_nobody_replaces_it(
    house, owner, client
):
    [made] = make_cards(house.pk, ["Lea"], by=owner, form=uuid4())
    with look(system("test")):
        close_provider(stored(house))
    opened = open_card(made.written.number, made.written.words.split())
    assert opened.person == made.card.account
    door = f"/anbieter/haus/begleiten/karten/{made.card.pk}/"
    assert signed_in(owner).post(door, {"replace": "1"}).status_code == 404


def test_a_day_that_ends_while_the_page_is_open_is_no_error(head, owner, house, monkeypatch):
    closing = importlib.import_module("providers.views.closing")
    monkeypatch.setattr(closing.actions, "keep_open", closes_first(house))
    assert head.post(PAGE, {"act": "stay"}).headers["Location"] == "/konto/plaetze/"


def closes_first(house):
    """The worker was quicker by a moment."""

    def keep(provider, *, by):
        with look(system("test")):
            close_provider(stored(house))
        return keep_open(provider, by=by)

    return keep
