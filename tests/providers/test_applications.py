"""An organisation asks to become a provider: what is stored, who may read it, what the office does with it, and when it goes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actions import close_account
from certificates.models import IssuerKey
from courses.actions import found_from_application
from courses.models import CourseIndexPage
from providers import actions, queries
from providers.models import (
    Application,
    ApplicationEntry,
    ApplicationLink,
    Invitation,
    Membership,
    Provider,
    SoughtOffer,
)
from providers.models.application import working_day
from providers.permissions import Right, roles_with
from providers.tasks import forget_old_applications
from tenancy.lens import CITY, bearer, learner, look, office_of, public, staff, system
from tests import factories
from tests.support.records import recorded

State, Role = Application.State, Membership.Role
in_state = factories.make_application


def city():
    with look(system("test")):
        return Provider.objects.get(pk=CITY)


def now(application):
    with look(system("test")):
        return Application.objects.get(pk=application.pk)


@pytest.fixture
def clerk(db):
    return factories.make_member(city(), Role.ADMIN, name="Karla Amt")


# --- what the organisation does ------------------------------------------------------------------------------------


def test_a_form_begins_one_application_however_often_it_is_sent(db):
    first = actions.begin_application(factories.TREFF, form="x", language="de")
    again = actions.begin_application(factories.TREFF, form="x", language="de")
    assert (again.application.pk, bool(first.token), again.token) == (
        first.application.pk,
        True,
        "",
    )


def test_the_token_of_a_link_is_stored_nowhere(db):
    _application, token = in_state(State.BEGUN)
    with look(system("test")):
        assert token not in str([*ApplicationLink.objects.values(), *Application.objects.values()])


#: What an applicant may do -> in which states it has an effect.
EFFECTS = {
    "prove": {State.BEGUN},
    "write": {State.WRITING, State.ASKED},
    "send": {State.WRITING},
    "answer": {State.ASKED},
    "withdraw": {State.WRITING, State.SENT, State.ASKED},
}
ACTS = {
    "prove": actions.prove_address,
    "write": lambda application: actions.write_application(application, {"city": "Neckarsulm"}),
    "send": actions.send_application,
    "answer": lambda application: actions.answer_question(application, "Seit 2011."),
    "withdraw": actions.withdraw_application,
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", ACTS)
def test_what_an_applicant_may_do_when(db, act, state):
    application, _token = in_state(state)
    before = application.stamp
    ACTS[act](application)
    changed = now(application).stamp != before
    assert changed is (state in EFFECTS[act])
    ACTS[act](application)  # a second click
    with look(system("test")):
        entries = [*application.entries.values_list("kind", flat=True)]
    assert len(entries) == len({*entries})


def test_the_history_stands_in_words_for_both_sides(db, clerk):
    application, _token = in_state(State.SENT)
    actions.ask_applicant(application, "Seit wann gibt es Sie?", by=clerk)
    actions.answer_question(application, "Seit 2011.")
    actions.decline_application(application, "Es kostet Geld.", by=clerk)
    with look(system("test")):
        entries = [*application.entries.values_list("kind", "text", "by_name")]
    assert entries == [
        ("sent", "", ""),
        ("asked", "Seit wann gibt es Sie?", "Karla Amt"),
        ("answered", "Seit 2011.", ""),
        ("declined", "Es kostet Geld.", "Karla Amt"),
    ]
    acts = [f"application.{kind}" for kind, _text, _name in entries]
    assert [line[:4] for line in recorded(*acts)] == [
        (name, f"application.{kind}", "Internet-Treff Böckingen", CITY)
        for kind, _text, name in entries
    ]


def test_working_days_pass_over_the_weekend():
    friday = datetime(2026, 11, 27, 23, 30, tzinfo=UTC)  # Saturday in the city
    assert str(working_day(friday, 5)) == "2026-12-04"
    assert str(working_day(datetime(2026, 11, 25, 9, tzinfo=UTC), 5)) == "2026-12-02"


# --- what the office does ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", State)
def test_when_the_office_may_decide(db, clerk, state):
    application, _token = in_state(state)
    decisions = {
        "ask": lambda: actions.ask_applicant(application, "Seit wann?", by=clerk),
        "decline": lambda: actions.decline_application(application, "Nein.", by=clerk),
        "approve": lambda: found_from_application(
            application, factories.FOUNDED | {"slug": "neu"}, owner="x@treff.example", by=clerk
        ),
    }
    allowed = {"ask": {State.SENT}, "decline": {State.SENT, State.ASKED}}
    allowed["approve"] = allowed["decline"]
    for name, decide in decisions.items():
        if state in allowed[name]:
            with transaction.atomic():
                decide()
                transaction.set_rollback(True)
        else:
            with pytest.raises(actions.CannotDecide, match=state):
                decide()


def test_what_changed_while_the_office_was_reading_is_read_again(db, clerk):
    application, _token = in_state(State.ASKED)
    seen = application.stamp
    actions.write_application(application, {"city": "Neckarsulm"})
    with pytest.raises(actions.CannotDecide, match="changed"):
        actions.decline_application(application, "Nein.", by=clerk, seen=seen)


def test_an_approved_application_is_a_provider_with_everything(
    db, clerk, django_capture_on_commit_callbacks
):
    application, _token = in_state(State.SENT)
    with django_capture_on_commit_callbacks(execute=True):
        made = found_from_application(
            application, factories.FOUNDED, owner="Ruth@treff.example", by=clerk
        )
    with look(system("test")):
        treff = Provider.objects.get(slug="treff")
        page = CourseIndexPage.objects.get(provider=treff, locale__language_code="de")
        invitation = Invitation.objects.get(provider=treff)
        said = {name: getattr(treff, name) for name in (*factories.LAW, "street", "city", "access")}
        keys = [*IssuerKey.objects.filter(provider=treff).values_list("purpose", "state")]
        groups = actions.desk_groups(treff)
        rights = sum(group.page_permissions.count() for group in groups.values())
    assert now(application).provider == treff
    assert made.answer.token
    assert said == factories.LAW | {
        name: factories.OFFER[name] for name in ("street", "city", "access")
    }
    assert treff.legal_form == "private_provider"
    assert treff.collection.name == "Internet-Treff Böckingen"
    assert (
        page.about
        == "<p>Jeden Dienstag helfen wir am Handy.</p><p>Kaffee &lt;gibt&gt; es auch.</p>"
    )
    assert (invitation.email, invitation.roles) == ("ruth@treff.example", ["owner"])
    assert keys == [("credential", "active")]
    assert rights > 0


def test_what_fails_on_the_way_leaves_nothing(db, clerk):
    application, _token = in_state(State.SENT)
    with pytest.raises(IntegrityError), transaction.atomic():
        found_from_application(
            application, factories.FOUNDED | {"slug": "haus"}, owner="x@y.example", by=clerk
        )
    with look(system("test")):
        assert Provider.objects.filter(name=factories.TREFF["name"]).count() == 0
    assert now(application).state == State.SENT


def test_an_address_below_our_own_pages_is_no_providers(db):
    assert queries.was_given("mitmachen", Provider()) is True


# --- who may read it -----------------------------------------------------------------------------------------------


def seen_by(lens):
    with look(lens):
        return tuple(
            model.objects.count() for model in (Application, ApplicationEntry, ApplicationLink)
        )


def test_an_application_is_for_anyone_who_holds_a_link_and_for_the_office(db, house):
    _application, token = in_state(State.SENT)
    other, _token = in_state(State.SENT, email="andere@treff.example")
    people = {role: factories.make_member(city(), role) for role in ("clerk", "admin", "operator")}
    owner = factories.make_member(house, Role.OWNER)
    assert seen_by(bearer(queries.token_hash(token))) == (1, 1, 1)
    assert seen_by(office_of(people["admin"].pk)) == (2, 2, 0)
    assert seen_by(office_of(people["operator"].pk)) == (2, 2, 0)
    for lens in (
        public,
        bearer(token),
        office_of(people["clerk"].pk),
        office_of(owner.pk),
        learner(people["admin"].pk),
        staff([house.pk], tutored=[house.pk], owned=[house.pk], actor=owner.pk),
    ):
        assert seen_by(lens) == (0, 0, 0), lens
    assert roles_with(Right.PROVIDERS) == {"admin", "operator"}  # as applications.sql says
    with look(bearer(queries.token_hash(token))):
        assert Application.objects.filter(pk=other.pk).count() == 0
        assert Application.objects.update(name="x") == 0


def test_a_link_that_has_run_out_opens_nothing_but_itself(db):
    _application, token = in_state(State.SENT)
    with look(system("test")):
        ApplicationLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert seen_by(bearer(queries.token_hash(token))) == (0, 0, 1)


def test_what_the_city_looks_for_is_kept_by_the_office(db, clerk, house):
    with look(office_of(clerk.pk)):
        sought = actions.seek("Steuererklärung online", "abends", by=clerk)
        assert actions.seek("Steuererklärung online", "abends", by=clerk) == sought
    owner = factories.make_member(house, Role.OWNER)
    with look(staff([house.pk], owned=[house.pk], actor=owner.pk)):
        assert [*SoughtOffer.objects.values_list("title", flat=True)] == ["Steuererklärung online"]
        assert SoughtOffer.objects.all().delete()[0] == 0
    with look(office_of(clerk.pk)):
        gone = [actions.seek_no_more(sought.pk, by=clerk) for _click in range(2)]
    assert gone == [True, False]
    assert [line[:3] for line in recorded("sought.added", "sought.ended")] == [
        ("Karla Amt", "sought.added", "Steuererklärung online"),
        ("Karla Amt", "sought.ended", "Steuererklärung online"),
    ]


# --- when it goes --------------------------------------------------------------------------------------------------

#: State -> after how many days it is forgotten; None: it stays.
KEPT = {
    State.BEGUN: 14,
    State.WRITING: 183,
    State.SENT: None,
    State.ASKED: None,
    State.APPROVED: 183,
    State.DECLINED: 183,
    State.WITHDRAWN: 183,
}


@pytest.mark.parametrize("state", State)
def test_how_long_an_application_is_kept(db, state):
    application, _token = in_state(state)
    for days, left in ((KEPT[state] or 1000, 1), ((KEPT[state] or 1000) + 1, not KEPT[state])):
        then = timezone.now() - timedelta(days=days) + timedelta(minutes=1)
        closed = then if application.closed_at else None
        with look(system("test")):
            Application.objects.update(begun_at=then, changed_at=then, closed_at=closed)
        forget_old_applications()
        with look(system("test")):
            assert Application.objects.count() == left


def test_a_closed_account_is_not_kept_in_an_application_that_rests(db):
    kept, _token = in_state(State.SENT, email="nina@treff.example")
    gone, _token = in_state(State.DECLINED, email="Nina@treff.example")
    with look(system("test")):
        nina = factories.make_user("Nina", "nina@treff.example")
    close_account(nina)
    with look(system("test")):
        assert [*Application.objects.values_list("pk", flat=True)] == [kept.pk]
    assert gone.pk != kept.pk
