"""The states of a certificate: every cell of the table, and every act of everybody in every state."""

import uuid
from datetime import timedelta
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import close_account
from accounts.models import User
from certificates import actions, openbadges, queries, tokens
from certificates.models import Certificate, IssuerKey, Recipient, StatusList
from certificates.states import TABLE, Act, Facts, State, Who, may, published
from courses.models import CoursePage
from providers.models import Membership, Provider
from tenancy.lens import bearer, look, system
from tests import factories
from tests.support.holders import issue, now, number_of
from tests.support.records import recorded

#: state -> what its holder may, what a head and the platform may; what a stranger reads, whether they may load the paper;
#: what stands in the lists of revoked and of suspended ones.
CELLS = {
    "issued": ("carry reissue show take", "reissue revoke suspend", "valid", True, (0, 0)),
    "expired": ("carry reissue show take", "reissue revoke suspend", "expired", True, (0, 0)),
    "suspended": ("show take", "reissue resume revoke", "suspended", False, (0, 1)),
    "superseded": ("show take", "", "superseded", True, (1, 0)),
    "revoked": ("show", "", "revoked", False, (1, 0)),
}
WORDS = {
    "issued": "Gültig",
    "expired": "Abgelaufen",
    "suspended": "Ausgesetzt",
    "superseded": "Ersetzt",
    "revoked": "Zurückgezogen",
}


@pytest.fixture
def world(db):
    return issue(factories.make_provider("haus"))


@pytest.fixture
def head(world):
    with look(system("test")):
        person = factories.make_user("Hanna Haupt", "hanna@haus.example")
        Membership.objects.create(person=person, provider=world.provider, role="owner")
    return person


def bring(world, state):
    """The certificate of `world` in this state, as it comes there."""
    with look(system("test")):
        if state == "expired":
            past = timezone.now().replace(microsecond=0) - timedelta(days=1)
            Certificate.objects.filter(pk=world.certificate.pk).update(valid_until=past)
        elif state == "suspended":
            actions.suspend_certificate(world.certificate, reason="Zweifel")
        elif state == "superseded":
            actions.reissue_certificate(world.certificate)
        elif state == "revoked":
            actions.revoke_certificate(world.certificate, reason="Irrtum")
    held = now(world.certificate)
    assert held.state == state
    return held


def bits(certificate):
    with look(system("test")):
        lists = StatusList.objects.filter(
            pk__in=(certificate.status_list_id, certificate.suspension_list_id)
        )
        found = {one.purpose: openbadges.Bits(bytes(one.bits)) for one in lists}
    index = certificate.status_index
    return int(found["revocation"][index]), int(found["suspension"][index])


def rename(world):
    with look(system("test")):
        User.objects.filter(pk=world.learner.pk).update(name="Anna Neu")


def reissue(client, world):
    client.force_login(world.learner)
    return client.post(reverse("certificates:reissue", args=[world.number]), follow=True)


def newest(world):
    with look(system("test")):
        return Certificate.objects.filter(provider=world.provider).latest("issue")


# --- the table -------------------------------------------------------------------------------------------------------


def test_the_table_says_what_is_written_here():
    assert {
        state.value: (
            " ".join(sorted(row.holder)),
            " ".join(sorted(row.head)),
            row.stranger,
            row.paper,
            (int(row.listed), int(state is State.SUSPENDED)),
        )
        for state, row in TABLE.items()
    } == CELLS
    assert all(row.platform == row.head for row in TABLE.values())


def test_the_gravest_is_what_it_is():
    for revoked, superseded, suspended, ended in product((True, False), repeat=4):
        facts = Facts(revoked, superseded, suspended, ended)
        wanted = next(
            (
                word
                for word, is_so in (
                    ("revoked", revoked),
                    ("superseded", superseded),
                    ("suspended", suspended),
                    ("expired", ended),
                )
                if is_so
            ),
            "issued",
        )
        assert facts.state == wanted
        assert published(facts) == (revoked or superseded, suspended)


# --- every state, as everybody meets it ------------------------------------------------------------------------------


@pytest.mark.parametrize("state", CELLS)
def test_what_a_stranger_and_the_lists_see(client, world, state, monkeypatch):
    if (
        state == "expired"
    ):  # what is shown must be what is signed, so its end is not changed in the row alone
        monkeypatch.setattr(
            "certificates.queries.certificates._shows_what_is_signed", lambda _held: True
        )
    held = bring(world, state)
    _holder, _head, verdict, paper, listed = CELLS[state]
    page = client.get(world.page)
    assert (page.status_code, page.context["verdict"]) == (200, verdict)
    assert bool(page.context["pdf_url"]) is paper
    assert (client.get(f"{world.page}.pdf").status_code == 200) is paper
    assert bits(held) == listed
    told = client.post("/api/v1/verify", {"number": world.number}, content_type="application/json")
    assert told.json()["verdict"] == verdict


@pytest.mark.parametrize("state", CELLS)
def test_what_its_holder_is_offered_and_may(client, world, state, settings, monkeypatch):
    settings.OPENID4VCI = True
    monkeypatch.setattr(
        "certificates.queries.certificates._shows_what_is_signed", lambda _held: True
    )
    bring(world, state)
    rename(world)
    allowed = set(CELLS[state][0].split())
    client.force_login(world.learner)
    mine = client.get(reverse("certificates:wallet")).context["certificates"][0]
    if state != "superseded":  # in its place stands its successor
        offered = {
            "take": mine["pdf_url"],
            "carry": mine["offer_url"],
            "reissue": mine["reissue_url"],
        }
        assert {act for act, door in offered.items() if door} == allowed - {"show"}
    own = client.get(reverse("certificates:own", args=[world.number, "json"])).status_code
    offer = client.get(reverse("certificates:offer", args=[world.number])).status_code
    shows = client.post(
        reverse("certificates:shows", args=[world.number]), {"shows": "initials"}
    ).status_code
    assert (own == 200, offer == 200, shows == 302) == (
        "take" in allowed,
        "carry" in allowed,
        "show" in allowed,
    )
    before = newest(world)
    assert reissue(client, world).status_code == 200
    assert (newest(world) != before) is ("reissue" in allowed)


@pytest.mark.parametrize("state", CELLS)
def test_what_a_head_reads_and_may(client, world, head, state):
    held = bring(world, state)
    client.force_login(head)
    listed = client.get(reverse("certificates:issued", args=["haus"])).content.decode()
    assert f"<span>{WORDS[state]}</span>" in listed
    allowed = set(CELLS[state][1].split())
    page = client.get(reverse("certificates:withdraw", args=["haus", held.pk]))
    offered = (
        {act for act, _says in page.context["form"].fields["act"].choices}
        if page.context["form"]
        else set()
    )
    assert offered == allowed
    for act in ("reissue", "suspend", "resume", "revoke"):
        assert may(held.state, Who.HEAD, Act(act)) is (act in allowed)


@pytest.mark.parametrize(
    ("act", "state"),
    [(act, "superseded") for act in ("reissue", "suspend", "revoke", "resume")],
)
def test_a_head_whose_page_is_old_is_told_and_nothing_is_done_to_the_old_issue(
    client, world, head, act, state, monkeypatch
):
    """The form was offered before its holder had it issued anew."""
    if act == "resume":
        with look(system("test")):
            actions.suspend_certificate(world.certificate, reason="Zweifel")
    held = bring(world, state)
    monkeypatch.setattr(
        "certificates.forms.possible", lambda _held: ["reissue", "suspend", "resume", "revoke"]
    )
    client.force_login(head)
    door = reverse("certificates:withdraw", args=["haus", held.pk])
    page = client.post(door, {"act": act, "reason": "Zweifel"}, follow=True)
    assert "Es hat sich inzwischen geändert." in page.content.decode()
    assert now(held).state == state
    assert bits(held)[0] == 1


# --- a suspension cannot be washed away ------------------------------------------------------------------------------


def test_a_suspended_certificate_is_not_issued_anew_for_its_holder(client, world):
    held = bring(world, "suspended")
    rename(world)
    page = reissue(client, world)
    assert "Solange wird er nicht neu ausgestellt." in page.content.decode()
    assert newest(world) == held
    assert client.get(world.page).context["verdict"] == "suspended"


@pytest.mark.parametrize("by_head", [True, False])
def test_issued_anew_by_others_it_stays_suspended(client, world, head, by_head):
    bring(world, "suspended")
    with look(system("test")):
        issued = actions.reissue_certificate(world.certificate, by=head if by_head else None)
    assert (issued.state, issued.suspension_reason) == ("suspended", "Zweifel")
    assert bits(issued) == (0, 1)
    assert bits(now(world.certificate)) == (1, 1)
    assert client.get(f"/z/{number_of(issued)}").context["verdict"] == "suspended"
    with look(system("test")):
        actions.resume_certificate(issued)
    assert bits(now(issued)) == (0, 0)


def test_a_head_who_is_the_holder_washes_nothing_away(world):
    with look(system("test")):
        Membership.objects.create(person=world.learner, provider=world.provider, role="owner")
        actions.suspend_certificate(world.certificate, reason="Zweifel")
        assert actions.reissue_certificate(world.certificate, by=world.learner) == world.certificate
        with pytest.raises(actions.NotPossible):
            actions.resume_certificate(world.certificate, by=world.learner)


# --- what happens around it ------------------------------------------------------------------------------------------


def renamed(world):
    rename(world)


def closed_account(world):
    close_account(world.learner)


def left_provider(world):
    with look(system("test")):
        world.provider.memberships.all().delete()
        for page in world.provider.pages.filter(depth__gt=2).order_by("-depth"):
            page.unpublish()


def renamed_provider(world):
    with look(system("test")):
        Provider.objects.filter(pk=world.provider.pk).update(name="Anders", slug="anders")


def rotated(world):
    with look(system("test")):
        for purpose in (IssuerKey.Purpose.CREDENTIAL, IssuerKey.Purpose.SEAL):
            actions.make_key(world.provider, purpose)


def edited_course(world):
    with look(system("test")):
        course = uuid.UUID(now(world.certificate).achievement["course"])
        page = CoursePage.objects.get(translation_key=course, locale__language_code="de")
        page.title = "Ganz anders"
        page.save_revision().publish()


HAPPENS = {
    "renamed": renamed,
    "account closed": closed_account,
    "provider left": left_provider,
    "provider renamed": renamed_provider,
    "keys rotated": rotated,
    "course edited": edited_course,
}


@pytest.mark.parametrize("event", HAPPENS)
@pytest.mark.parametrize("state", [state for state in CELLS if state != "expired"])
def test_whatever_happens_around_it_its_state_stays(world, state, event):
    held = bring(world, state)
    HAPPENS[event](world)
    after = now(held)
    assert (after.state, bits(after)) == (held.state, bits(held)) == (state, CELLS[state][4])
    with look(bearer(held.token_hash)):
        found = queries.by_hash(held.token_hash)
    gone = event == "account closed" and state == "issued"
    assert found.verdict == ("erased" if gone else CELLS[state][2])


def test_of_an_erased_one_everything_but_a_new_issue_is_possible(world):
    close_account(world.learner)
    with look(system("test")):
        assert actions.reissue_certificate(world.certificate) == world.certificate
        assert actions.suspend_certificate(world.certificate, reason="Zweifel").state == "suspended"
        assert actions.resume_certificate(world.certificate).state == "issued"
        assert actions.revoke_certificate(world.certificate, reason="Irrtum").state == "revoked"


def test_after_a_key_was_lost_its_holder_has_it_issued_anew_herself(client, world):
    with look(system("test")):
        actions.compromise_key(IssuerKey.objects.get(provider=world.provider, purpose="credential"))
    client.force_login(world.learner)
    [mine] = client.get(reverse("certificates:wallet")).context["certificates"]
    assert (mine["state"], mine["pdf_url"]) == ("compromised", None)
    assert "neu ausgestellt" in client.post(mine["reissue_url"], follow=True).content.decode()
    [mine] = client.get(reverse("certificates:wallet")).context["certificates"]
    assert (mine["state"], mine["reissue_url"]) == ("issued", None)
    assert client.get(mine["url"]).context["verdict"] == "valid"


# --- the record ------------------------------------------------------------------------------------------------------


def test_every_act_of_a_holder_is_in_the_record_and_never_who_she_was(client, world, head):
    rename(world)
    reissue(client, world)
    issued = newest(world)
    for _twice in range(2):
        client.post(reverse("certificates:shows", args=[number_of(issued)]), {"shows": "nothing"})
    close_account(world.learner)
    lines = [line for line in recorded() if line.action.startswith("certificate.")]
    assert sorted((line.action, line.who, line.details) for line in lines) == [
        ("certificate.erased", "", {"by_holder": True}),
        ("certificate.erased", "", {"by_holder": True}),
        ("certificate.reissued", "", {"by_holder": True}),
        ("certificate.shown", "", {"by_holder": True}),
    ]
    assert "Anna" not in str(lines)
    client.force_login(head)
    page = client.get(reverse("providers:record", args=["haus"])).content.decode()
    assert page.count("Wer den Nachweis hat") == 4
    with look(system("test")):
        assert not Recipient.objects.filter(token=tokens.read_token(world.number)).exists()
