"""Keys of programs: who makes them, what they open, and when they open nothing any more."""

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.actions import close_account
from api.actions import make_key
from api.models import ProgramKey
from learning.actions import keep_presence, take_seat
from providers.models import Membership, Provider
from tenancy.lens import CITY, look, system
from tests import factories
from tests.api.statements import statements_of
from tests.factories.runs import asked, make_run
from tests.support.records import recorded
from words.days import day

PAGE = "/anbieter/haus/verwalten/programme/"
RUNS = "/api/v1/house/runs"
Role = Membership.Role


def bearer(key):
    return {"Authorization": f"Bearer {key}"}


def key_for(house, by, *scopes, days=30):
    ends_on = day(timezone.now()) + timedelta(days=days)
    scopes = scopes or ("participants:read",)
    return make_key(
        house, name="Verwaltung", scopes=scopes, ends_on=ends_on, form=uuid.uuid4(), by=by
    ).key


@pytest.fixture
def key(house, owner):
    return key_for(house, owner)


def fill_in(**more):
    said = {"act": "make", "name": "Verwaltung", "scopes": "participants:read", "days": "90"}
    return said | {"form": str(uuid.uuid4())} | more


def test_a_key_is_shown_once_and_opens_what_was_ticked(desk, house):
    form = fill_in()
    page = desk.post(PAGE, form).content.decode()
    [key] = set(re.findall(r"lernstadt_[\w-]{43}", page))
    assert desk.get(RUNS, headers=bearer(key)).json() == {"items": [], "next": None}
    assert key not in desk.get(PAGE).content.decode()
    again = desk.post(PAGE, form, follow=True).content.decode()
    assert "schon gemacht" in again
    assert "lernstadt_" not in again
    with look(system("test")):
        row = ProgramKey.objects.get()
        assert (row.scopes, row.used_on) == (["participants:read"], day(timezone.now()))
        assert key not in str(ProgramKey.objects.values_list())


@pytest.mark.parametrize(
    "wrong", [{"name": " \u200b"}, {"scopes": ""}, {"scopes": "figures:read"}, {"days": "9999"}]
)
def test_what_does_not_fit_makes_no_key(desk, house, wrong):
    answer = desk.post(PAGE, fill_in(**wrong))
    assert answer.status_code == 200
    with look(system("test")):
        assert not ProgramKey.objects.exists()


def test_each_act_stands_in_the_record_of_the_house(desk, house, owner, key):
    with look(system("test")):
        number = ProgramKey.objects.get().pk
    for _ in range(2):  # sent twice, it is one act
        desk.post(PAGE, {"act": "revoke", "key": number})
    acts = recorded("key.made", "key.revoked")
    assert [(one.who, one.action, one.provider) for one in acts] == [
        (str(owner), "key.made", house.pk),
        (str(owner), "key.revoked", house.pk),
    ]
    assert "Widerrufen am" in desk.get(PAGE).content.decode()


def _revoked(house, owner):
    with look(system("test")):
        ProgramKey.objects.update(revoked_at=timezone.now())


def _over(house, owner):
    with look(system("test")):
        ProgramKey.objects.update(ends_on=day(timezone.now()) - timedelta(days=1))


def _left(house, owner):
    with look(system("test")):
        Membership.objects.filter(person=owner).delete()


def _only_author_now(house, owner):
    with look(system("test")):
        Membership.objects.filter(person=owner).update(role=Role.AUTHOR)


def _account_closed(house, owner):
    close_account(owner)


def _locked_out(house, owner):
    with look(system("test")):
        owner.is_active = False
        owner.save()


def _house_closed(house, owner):
    with look(system("test")):
        Provider.objects.filter(pk=house.pk).update(closed_at=timezone.now())


@pytest.mark.parametrize(
    "happens",
    [_revoked, _over, _left, _only_author_now, _account_closed, _locked_out, _house_closed],
)
def test_a_key_that_holds_no_more_opens_nothing(client, house, owner, key, happens):
    assert client.get(RUNS, headers=bearer(key)).status_code == 200
    happens(house, owner)
    answer = client.get(RUNS, headers=bearer(key))
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (
        401,
        'Bearer error="invalid_token"',
    )


def test_another_head_sees_why_it_rests(client, house, owner, key):
    other = factories.make_member(house, Role.OWNER, name="Nora Neu")
    _left(house, owner)
    client.force_login(other)
    assert "nicht mehr leitet" in " ".join(client.get(PAGE).content.decode().split())


def test_a_key_of_another_kind_may_not(client, house, owner):
    with look(system("test")):
        city = Provider.objects.get(pk=CITY)
    admin = factories.make_member(city, Role.ADMIN)
    answer = client.get(RUNS, headers=bearer(key_for(city, admin, "figures:read")))
    assert answer.status_code == 403
    assert answer.json()["scope"] == "participants:read"
    assert answer.headers["WWW-Authenticate"].endswith('scope="participants:read"')


def test_invented_keys_cost_their_address(client, db, settings):
    settings.LIMITS = {"api": "2/minute", "api_key": "1/minute"}
    wrong = [client.get(RUNS, headers=bearer(f"lernstadt_{n}")).status_code for n in range(3)]
    assert wrong == [401, 401, 429]


def test_each_key_has_a_limit_of_its_own(client, house, owner, settings):
    settings.LIMITS = {"api": "1/minute", "api_key": "2/minute"}
    one, other = key_for(house, owner), key_for(house, owner)
    assert [client.get(RUNS, headers=bearer(one)).status_code for _ in range(3)] == [200, 200, 429]
    assert client.get(RUNS, headers=bearer(other)).status_code == 200


def test_participants_as_the_list_shows_them_and_no_needs(client, house, owner, key):
    tutor = factories.make_member(house, Role.TUTOR)
    run = make_run(house, by=tutor)
    seat = take_seat(run.key, asked("Anna Gast", needs=("loop",), consent=True))
    with look(system("test")):
        meeting = run.meetings.first()
        keep_presence(run, ticked={(seat.pk, meeting.pk)}, shown=set(), by=tutor)
    [told] = client.get(f"{RUNS}/{run.key}/participants", headers=bearer(key)).json()["items"]
    assert (told["name"], told["number"], told["state"]) == ("Anna Gast", f"B-{seat.pk}", "booked")
    assert len(told["present"]) == 1
    assert not {"needs", "kinds", "note"} & told.keys()
    [listed] = client.get(RUNS, headers=bearer(key)).json()["items"]
    assert (listed["key"], listed["taken"]) == (str(run.key), 1)


def test_a_key_opens_its_own_house_only(client, house, owner, key):
    there = factories.make_provider("nachbar")
    run = make_run(there)
    take_seat(run.key, asked("Fremde Person"))
    make_run(house, by=owner)
    assert client.get(f"{RUNS}/{run.key}/participants", headers=bearer(key)).status_code == 404
    assert len(client.get(RUNS, headers=bearer(key)).json()["items"]) == 1


def test_the_city_makes_no_key_by_a_houses_door(client, db):
    with look(system("test")):
        city = Provider.objects.get(pk=CITY)
    client.force_login(factories.make_member(city, Role.ADMIN))
    page = client.get("/buero/programme/").content.decode()
    assert "geschützten Zahlen" in page
    assert client.get(f"/anbieter/{city.slug}/verwalten/programme/").status_code == 404


@pytest.mark.parametrize(("path", "statements"), [("", 2), ("/participants", 4)])
def test_a_list_costs_the_same_for_a_few_and_for_many(client, house, owner, key, path, statements):
    run = make_run(house, by=owner, seats=30)
    where = RUNS + (f"/{run.key}{path}" if path else "")
    take_seat(run.key, asked("Erste Person"))
    client.get(where, headers=bearer(key))  # notes the day
    first = statements_of(lambda: client.get(where, headers=bearer(key)))
    for n in range(4):
        take_seat(run.key, asked(f"Person {n}"))
        make_run(house, by=owner)
    assert (first, statements_of(lambda: client.get(where, headers=bearer(key)))) == (
        statements,
        statements,
    )
