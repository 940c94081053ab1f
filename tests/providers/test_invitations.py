"""Inviting somebody to a team by e-mail: the mail, the link, the answer, and everything that may have come between."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.actions import close_account
from providers.actions import CannotAnswer, accept_invitation, invite
from providers.actions.invitations import AT_MOST
from providers.models import Invitation, Membership
from providers.tasks import forget_old_invitations
from tenancy.lens import learner, look, staff, system
from tests import factories
from tests.support.mailbox import sign_up
from tests.support.records import errors, recorded, signed_in, text_of

HOUSE = "/anbieter/haus/verwalten/"
TEAM, INVITE = f"{HOUSE}team/", f"{HOUSE}team/einladen/"
Role = Membership.Role


def roles(person):
    with look(system("test")):
        return sorted(person.memberships.values_list("provider__slug", "role"))


def link_in(letter):
    [link] = re.findall(r"^http://\S+(/konto/einladung/\S+)$", letter.body, re.MULTILINE)
    return link


# --- inviting ------------------------------------------------------------------------------------------------------


def ask(desk, email="neu@example.org", *asked):
    return desk.post(INVITE, {"email": email, "roles": asked or ("author", "tutor")}, follow=True)


def test_somebody_is_invited_in_words(desk, house):
    page = ask(desk, "Neu@Example.org")
    assert "Die Einladung ist unterwegs an neu@example.org." in text_of(page)
    [letter] = mail.outbox
    assert letter.to == ["neu@example.org"]
    assert letter.subject == "Einladung: Haus haus – Lernstadt Heilbronn"
    assert "Olga Leitung lädt Sie ein, bei Haus haus mitzuarbeiten." in letter.body
    assert "Ihre Rollen: Autorin oder Autor, Tutorin oder Tutor" in letter.body
    assert "Der Link gilt 14 Tage." in letter.body
    token = link_in(letter).split("/")[-2]
    with look(system("test")):
        sent = Invitation.objects.get()
        assert token not in str(Invitation.objects.values())
    assert (sent.email, sent.roles) == ("neu@example.org", ["author", "tutor"])
    assert timedelta(days=13) < sent.expires_at - timezone.now() <= timedelta(days=14)
    assert recorded("invitation.sent") == [
        (
            *("Olga Leitung", "invitation.sent", "neu@example.org", house.pk),
            {"roles": ["author", "tutor"]},
        ),
    ]
    assert "neu@example.org" in text_of(desk.get(TEAM))


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"email": "keine-adresse", "roles": ["author"]}, "email"),
        ({"email": "", "roles": ["author"]}, "email"),
        ({"email": "neu@example.org"}, "roles"),
        ({"email": "neu@example.org", "roles": ["admin"]}, "roles"),
        ({"email": "neu@example.org\nBcc: x@example.org", "roles": ["author"]}, "email"),
    ],
)
def test_a_wrong_entry_keeps_what_was_typed(desk, typed, wrong):
    page = desk.post(INVITE, typed)
    assert [*errors(page)] == [wrong]
    assert page.context["form"]["email"].value() == typed["email"]
    assert mail.outbox == []
    with look(system("test")):
        assert Invitation.objects.count() == 0


def test_nobody_is_invited_twice_at_the_same_time(desk, house, owner):
    ask(desk)
    page = ask(desk, "NEU@example.org")
    assert errors(page)["email"][0].startswith("Diese Adresse ist schon eingeladen.")
    assert len(mail.outbox) == 1
    with look(system("test")), pytest.raises(IntegrityError), transaction.atomic():
        invite(house, "neu@example.org", ["owner"], by=owner)


def test_twenty_open_invitations_are_enough(desk, house, owner):
    with look(system("test")):
        for number in range(AT_MOST):
            invite(house, f"person-{number}@liste.example", ["author"], by=owner)
    page = ask(desk)
    assert errors(page)["__all__"][0].startswith("Sie haben schon 20 offene Einladungen.")
    assert page.context["form"]["email"].value() == "neu@example.org"
    assert mail.outbox == []


def test_nobody_is_invited_to_the_office(house, owner):
    with look(system("test")):
        for asked in ([], ["admin"], ["author", "operator"]):
            with pytest.raises(ValueError, match="No provider gives"):
                invite(house, "neu@example.org", asked, by=owner)
        sent, _ = invite(house, "neu@example.org", ["author"], by=owner)
        with pytest.raises(IntegrityError), transaction.atomic():
            Invitation.objects.filter(pk=sent.pk).update(roles=["admin"])


def test_two_clicks_on_the_same_page_send_one_invitation_again(desk):
    ask(desk)
    page = desk.get(TEAM).text
    again = re.search(r'action="([^"]+/noch-einmal/)"', page)[1]
    seen = re.search(r'name="stand" value="(\d+)"', page)[1]
    for _click in range(2):
        desk.post(again, {"stand": seen})
    assert [line[1] for line in recorded("invitation.sent_again")] == ["invitation.sent_again"]
    assert len(mail.outbox) == 2  # the first one, and one again


def test_an_invitation_is_sent_again_and_the_former_link_is_dead(desk, house):
    ask(desk)
    with look(system("test")):
        Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
        number = Invitation.objects.get().pk
    assert "abgelaufen" in text_of(desk.get(TEAM))
    page = desk.post(f"{HOUSE}einladungen/{number}/noch-einmal/", follow=True)
    assert "noch einmal unterwegs an neu@example.org" in text_of(page)
    first, second = map(link_in, mail.outbox)
    with look(system("test")):
        invited = signed_in(factories.make_user("Nina Neu", "neu@example.org"))
    assert invited.get(first).status_code == 404
    assert "Olga Leitung lädt Sie ein" in text_of(invited.get(second))
    assert [line[1] for line in recorded("invitation.sent", "invitation.sent_again")] == [
        "invitation.sent",
        "invitation.sent_again",
    ]


# --- answering -----------------------------------------------------------------------------------------------------


@pytest.fixture
def link(desk):
    ask(desk)
    return link_in(mail.outbox[0])


@pytest.fixture
def nina(db):
    with look(system("test")):
        return factories.make_user("Nina Neu", "neu@example.org")


def test_whoever_has_no_account_comes_back_to_the_invitation(client, link, db):
    stranger = Client()
    page = text_of(stranger.get(link))
    assert "Olga Leitung lädt Sie ein, bei Haus haus mitzuarbeiten." in page
    assert "Begleitet Lernende" in page
    assert f'href="/konto/neu/?next={link}"' in page
    assert f'href="/konto/anmelden/?next={link}"' in page
    assert "neu@example.org" not in page
    assert "Annehmen" not in page
    assert stranger.post(link).headers["Location"] == f"/konto/anmelden/?next={link}"
    assert sign_up(stranger, "neu@example.org", next=link).headers["Location"] == link
    assert "Annehmen" in text_of(stranger.get(link))


def test_an_address_that_nobody_has_proved_answers_no_invitation(link, nina):
    with look(system("test")):
        nina.emailaddress_set.update(verified=False)
    page = text_of(signed_in(nina).get(link))
    assert "Bestätigen Sie bitte zuerst Ihre Adresse neu@example.org." in page
    assert "Annehmen" not in page


def test_accepting_gives_the_roles_and_opens_the_desk(link, house, nina):
    browser = signed_in(nina)
    page = text_of(browser.get(link))
    assert "Olga Leitung lädt Sie ein, bei Haus haus mitzuarbeiten." in page
    assert "Begleitet Lernende" in page
    assert roles(nina) == []
    welcome = browser.post(link, {"accept": ""}, follow=True)
    assert "Willkommen! Sie arbeiten jetzt mit bei: Haus haus." in text_of(welcome)
    assert roles(nina) == [("haus", "author"), ("haus", "tutor")]
    assert browser.get("/redaktion/kurse/").status_code == 200
    assert [line[:4] for line in recorded("invitation.accepted", "member.joined")[-3:]] == [
        ("Nina Neu", "member.joined", "Nina Neu", house.pk),
        ("Nina Neu", "member.joined", "Nina Neu", house.pk),
        ("Nina Neu", "invitation.accepted", "neu@example.org", house.pk),
    ]


def test_a_link_is_used_once(link, nina):
    browser = signed_in(nina)
    browser.post(link)
    assert "Diese Einladung ist schon angenommen." in text_of(browser.get(link))
    assert "Diese Einladung ist schon angenommen." in text_of(browser.post(link))
    assert len(recorded("invitation.accepted")) == 1


def test_of_two_answers_at_the_same_time_the_second_is_told(link, nina):
    with look(system("test")):
        held = Invitation.objects.get()
    accept_invitation(held, by=nina)
    with pytest.raises(CannotAnswer, match="accepted"):
        accept_invitation(held, by=nina)


def test_declining_gives_nothing(link, house, nina):
    browser = signed_in(nina)
    page = browser.post(link, {"decline": ""}, follow=True)
    assert "Sie haben die Einladung von Haus haus abgelehnt." in text_of(page)
    assert roles(nina) == []
    assert "Diese Einladung ist abgelehnt." in text_of(browser.post(link))
    assert roles(nina) == []
    assert [line[:4] for line in recorded("invitation.declined")] == [
        ("Nina Neu", "invitation.declined", "neu@example.org", house.pk)
    ]


def test_a_withdrawn_invitation_opens_nothing(desk, link, nina):
    with look(system("test")):
        number = Invitation.objects.get().pk
    page = desk.post(f"{HOUSE}einladungen/{number}/zurueckziehen/", follow=True)
    assert "Die Einladung an neu@example.org ist zurückgezogen." in text_of(page)
    assert "Gerade ist niemand eingeladen." in text_of(page)
    assert "Diese Einladung ist zurückgezogen." in text_of(signed_in(nina).post(link))
    assert roles(nina) == []
    assert desk.post(f"{HOUSE}einladungen/{number}/noch-einmal/").status_code == 404
    assert [line[0] for line in recorded("invitation.withdrawn")] == ["Olga Leitung"]


def test_an_expired_invitation_says_so(link, nina):
    with look(system("test")):
        Invitation.objects.update(expires_at=timezone.now())
    assert "Diese Einladung ist abgelaufen." in text_of(signed_in(nina).post(link))
    assert roles(nina) == []


def test_a_forwarded_invitation_opens_nothing(link):
    with look(system("test")):
        friend = factories.make_user("Fritz Freund", "fritz@example.org")
    browser = signed_in(friend)
    page = text_of(browser.get(link))
    assert "Diese Einladung ging an eine andere E-Mail-Adresse." in page
    assert "neu@example.org" not in page
    browser.post(link)
    assert roles(friend) == []


def test_a_second_confirmed_address_counts(link):
    with look(system("test")):
        person = factories.make_user("Nina Neu", "nina@example.org")
        person.emailaddress_set.create(email="neu@example.org", verified=True, primary=False)
    signed_in(person).post(link)
    assert roles(person) == [("haus", "author"), ("haus", "tutor")]


@pytest.mark.parametrize("state", ["accepted", "declined", "withdrawn", "expired"])
def test_an_invitation_that_is_over_says_so_before_anybody_signs_in(link, state):
    with look(system("test")):
        if state == "expired":
            Invitation.objects.update(expires_at=timezone.now())
        else:
            Invitation.objects.update(state=state, closed_at=timezone.now())
    page = text_of(Client().get(link))
    assert "Diese Einladung ist" in page
    assert "Konto anlegen" not in page


@pytest.mark.parametrize("token", ["x", "0" * 43, "..%2F", "ä"])
def test_a_made_up_link_leads_nowhere(nina, token):
    for browser in (signed_in(nina), Client()):
        assert browser.get(f"/konto/einladung/{token}/").status_code == 404


# --- the walls around it -------------------------------------------------------------------------------------------


def test_only_owners_see_invitations(house, owner, author, nina):
    with look(system("test")):
        sent, _ = invite(house, "neu@example.org", ["author"], by=owner)
    next_door = factories.make_provider("nachbar")
    for lens, seen in (
        (staff([house.pk], owned=[house.pk], actor=owner.pk), [sent]),
        (staff([house.pk], actor=author.pk), []),
        (staff([next_door.pk], owned=[next_door.pk]), []),
        (learner(nina.pk), []),
    ):
        with look(lens):
            assert [*Invitation.objects.all()] == seen
            if not seen:
                assert Invitation.objects.update(state="withdrawn") == 0


def test_closing_an_account_takes_its_invitations_along(link, nina):
    close_account(nina)
    with look(system("test")):
        assert Invitation.objects.count() == 0


def test_addresses_of_people_who_never_came_are_forgotten(house, owner):
    with look(staff([house.pk], owned=[house.pk], actor=owner.pk)):
        for address, days in (("alt@example.org", 91), ("neu@example.org", 89)):
            invited, _ = invite(house, address, [Role.AUTHOR], by=owner)
            ended = timezone.now() - timedelta(days=days)
            Invitation.objects.filter(pk=invited.pk).update(expires_at=ended)
    assert forget_old_invitations() == 1
    with look(system("test")):
        assert [each.email for each in Invitation.objects.all()] == ["neu@example.org"]
