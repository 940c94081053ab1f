"""The office founds a provider and invites anyone who is to lead it. After that the provider is its own house."""

import re

import pytest
from django.core import mail

from courses.models import CourseIndexPage
from providers.models import Invitation, Membership, Provider
from tenancy.lens import CITY, look, system
from tests import factories
from tests.support.records import errors, recorded, signed_in, text_of

PROVIDERS, FOUND = "/buero/anbieter/", "/buero/anbieter/neu/"
Role = Membership.Role
TREFF = {
    "name": "Treff am Fluß",
    "short_name": "Treff Süd",
    "slug": "",
    "kind": "club",
    "mark": "TF",
    "brand": "violet",
    "email": "info@treff.example",
    "owner": "Chefin@treff.example",
}


def member_of_city(role, name):
    with look(system("test")):
        city = Provider.objects.get(pk=CITY)
    return factories.make_member(city, role, name=name)


@pytest.fixture
def office(client, db):
    """The browser of somebody who leads the office."""
    client.force_login(member_of_city(Role.ADMIN, "Karla Amt"))
    return client


@pytest.fixture
def operator(db):
    return signed_in(member_of_city(Role.OPERATOR, "Bert Betrieb"))


def link_in(letter):
    [link] = re.findall(r"^http://\S+(/konto/einladung/\S+)$", letter.body, re.MULTILINE)
    return link


def links(page):
    """Where the page leads to, without its foot, which is the same for everybody."""
    return {*re.findall(r'href="(/[^"]*)"', text_of(page).partition("<footer")[0])}


def test_the_office_finds_its_rooms(office, operator, db):
    assert {PROVIDERS, "/buero/protokoll/"} <= links(office.get("/buero/"))
    assert {"/buero/", PROVIDERS, "/buero/protokoll/"} <= links(office.get("/konto/"))
    clerk = signed_in(member_of_city(Role.CLERK, "Karin Amt"))
    assert {PROVIDERS, "/buero/protokoll/"} & links(clerk.get("/buero/")) == set()
    assert "/buero/" not in links(operator.get(PROVIDERS))
    assert {"/buero/", "/buero/protokoll/"} & links(operator.get("/konto/")) == set()


def test_a_provider_is_founded_with_everything_it_needs(office):
    page = office.post(FOUND, TREFF, follow=True)
    assert "Treff am Fluß ist gegründet." in text_of(page)
    assert "chefin@treff.example" in text_of(page)
    with look(system("test")):
        treff = Provider.objects.get(slug="treff-sued")  # proposed from the short name
        index_pages = CourseIndexPage.objects.filter(provider=treff)
        assert {*index_pages.values_list("locale__language_code", flat=True)} == {
            *("de", "de-simple", "en")
        }
        assert (treff.name, treff.kind, treff.brand) == ("Treff am Fluß", "club", "violet")
        assert treff.collection.name == "Treff am Fluß"
        sent = Invitation.objects.get()
    assert (sent.provider, sent.email, sent.roles) == (treff, "chefin@treff.example", ["owner"])
    assert [line[:4] for line in recorded("provider.founded", "invitation.sent")][-2:] == [
        ("Karla Amt", "provider.founded", "Treff am Fluß", CITY),
        ("Karla Amt", "invitation.sent", "chefin@treff.example", CITY),
    ]


def test_the_first_owner_comes_in_and_the_office_stays_outside(office):
    office.post(FOUND, TREFF)
    with look(system("test")):
        chief = signed_in(factories.make_user("Chefin", "chefin@treff.example"))
    chief.post(link_in(mail.outbox[0]))
    house = "/anbieter/treff-sued/verwalten/"
    assert house in links(chief.get("/konto/"))
    assert chief.get(house).status_code == 200
    assert house in text_of(chief.get("/redaktion/", follow=True))  # in the desk's menu
    assert office.get(house).status_code == 404
    assert office.get("/buero/anbieter/treff-sued/leitung/").status_code == 404
    assert "/buero/anbieter/treff-sued/leitung/" not in links(office.get(PROVIDERS))


def test_an_operator_founds_as_well_and_sees_no_figures(operator):
    assert operator.post(FOUND, TREFF).headers["Location"] == PROVIDERS
    assert operator.get("/buero/").status_code == 404
    assert operator.get("/buero/zahlen.csv").status_code == 404
    assert operator.get("/buero/protokoll/").status_code == 404


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"name": ""}, ["name"]),
        ({"slug": "haus"}, ["slug"]),
        ({"slug": "stadt"}, ["slug"]),
        ({"slug": "///", "short_name": "!?"}, ["slug"]),
        ({"kind": "city"}, ["kind"]),
        ({"kind": ""}, ["kind"]),
        ({"brand": "beige"}, ["brand"]),
        ({"mark": "ZULANG"}, ["mark"]),
        ({"owner": "niemand"}, ["owner"]),
        ({"owner": "", "email": "x"}, ["email", "owner"]),
    ],
)
def test_a_wrong_entry_keeps_what_was_typed_and_founds_nothing(office, typed, wrong):
    page = office.post(FOUND, TREFF | typed)
    assert sorted(errors(page)) == wrong
    assert {name: page.context["form"][name].value() for name in typed} == typed
    with look(system("test")):
        assert Provider.objects.filter(short_name__startswith="Treff").count() == 0
    assert mail.outbox == []


@pytest.mark.parametrize("typed", ["VHS Heilbronn", "vhs-heilbronn", "  VHS  Heilbronn "])
def test_an_address_is_made_fit(office, typed):
    office.post(FOUND, TREFF | {"slug": typed})
    with look(system("test")):
        assert Provider.objects.filter(slug="vhs-heilbronn").count() == 1


def test_an_owner_who_never_came_is_replaced(office):
    office.post(FOUND, TREFF)
    asked = text_of(office.get(PROVIDERS))
    assert "ist eingeladen" in asked
    page = office.post("/buero/anbieter/treff-sued/leitung/", {"owner": "neu@treff.example"})
    assert page.headers["Location"] == PROVIDERS
    with look(system("test")):
        assert [*Invitation.objects.order_by("pk").values_list("email", "state")] == [
            ("chefin@treff.example", "withdrawn"),
            ("neu@treff.example", "open"),
        ]
        late = signed_in(factories.make_user("Chefin", "chefin@treff.example"))
    assert "zurückgezogen" in text_of(late.post(link_in(mail.outbox[0])))
    assert [line[:4] for line in recorded("invitation.withdrawn")] == [
        ("Karla Amt", "invitation.withdrawn", "chefin@treff.example", CITY)
    ]


def test_the_office_appoints_nobody_where_somebody_leads(office):
    owner = factories.make_member(factories.make_provider("haus"), Role.OWNER)
    address = "/buero/anbieter/haus/leitung/"
    assert office.get(address).status_code == 404
    assert office.post(address, {"owner": "x@example.org"}).status_code == 404
    assert office.get("/buero/anbieter/stadt/leitung/").status_code == 404
    page = office.get(PROVIDERS)
    assert [(row.provider.slug, row.led) for row in page.context["providers"]] == [
        ("haus", True),
        ("nachbar", False),
    ]
    assert owner.name not in text_of(page)  # whether, not who
