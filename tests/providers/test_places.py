"""Everybody who works somewhere comes to their work after signing in, and finds every other place from there."""

import re

import pytest
from django.urls import reverse

from providers.models import Membership
from providers.places import HOMES, LEARNING, MENUS
from tenancy.lens import CITY, look, system
from tests import factories
from tests.support.pages import one_line
from tests.support.records import signed_in

Role = Membership.Role
ENTER, PLACES, LEARN = "/konto/weiter/", "/konto/plaetze/", "/lernen/"
HOME_OF = {
    Role.TUTOR: "/anbieter/haus/begleiten/",
    Role.AUTHOR: "/redaktion/kurse/",
    Role.REVIEWER: "/redaktion/kurse/",
    Role.OWNER: "/anbieter/haus/verwalten/",
    Role.CLERK: "/buero/",
    Role.ADMIN: "/buero/",
    Role.OPERATOR: "/buero/anbieter/",
}


def works(house, *roles):
    """Somebody with these roles; those of the office at the city."""
    person = factories.make_user()
    with look(system("test")):
        for role in roles:
            city = role in (Role.CLERK, Role.ADMIN, Role.OPERATOR)
            where = {"provider_id": CITY} if city else {"provider": house}
            Membership.objects.create(person=person, role=role, **where)
    return person


def test_every_role_has_a_home():
    assert sorted(role for *_door, roles in HOMES.values() for role in roles) == sorted(Role.values)


@pytest.mark.parametrize("role", Role)
def test_who_has_one_place_begins_there(house, role):
    """The door opens: no role is led to a page that is not there."""
    client = signed_in(works(house, role))
    assert client.get(ENTER).url == HOME_OF[role]
    assert client.get(HOME_OF[role]).status_code == 200


def test_who_only_learns_begins_with_learning(db):
    client = signed_in(factories.make_user())
    assert client.get(ENTER).url == LEARN
    assert client.get(PLACES).url == LEARN
    assert "ls-places" not in client.get(LEARN).text


def test_a_visitor_is_asked_to_sign_in(client, db):
    assert client.get(ENTER).url == "/konto/anmelden/?next=/konto/weiter/"


def test_who_has_several_chooses_and_the_choice_is_kept(house):
    person = works(house, Role.AUTHOR, Role.TUTOR)
    client = signed_in(person)
    assert client.get(ENTER).url == PLACES
    page = one_line(client.get(PLACES))
    assert 'href="/redaktion/kurse/"' in page
    assert 'href="/anbieter/haus/begleiten/"' in page
    client.post(PLACES, {"first": f"tutor-{house.pk}"})
    assert client.get(ENTER).url == "/anbieter/haus/begleiten/"
    client.post(PLACES, {"first": LEARNING})
    assert client.get(ENTER).url == LEARN
    client.post(PLACES, {"first": ""})
    assert client.get(ENTER).url == PLACES


def test_a_place_of_somebody_else_cannot_be_chosen(house):
    other = factories.make_provider("nachbar")
    client = signed_in(works(house, Role.AUTHOR, Role.TUTOR))
    page = client.post(PLACES, {"first": f"manage-{other.pk}"})
    assert page.context["form"].errors
    assert client.get(ENTER).url == PLACES


def test_a_place_that_was_taken_away_is_no_longer_the_first(house):
    person = works(house, Role.AUTHOR, Role.TUTOR)
    client = signed_in(person)
    client.post(PLACES, {"first": f"tutor-{house.pk}"})
    with look(system("test")):
        person.memberships.filter(role=Role.TUTOR).delete()
    assert client.get(ENTER).url == "/redaktion/kurse/"


def test_who_may_choose_only_learning_first_keeps_it_with_one_place(house):
    client = signed_in(works(house, Role.AUTHOR))
    client.post(PLACES, {"first": LEARNING})
    assert client.get(ENTER).url == LEARN


@pytest.mark.parametrize("role", Role)
def test_the_head_says_where_she_is_and_leads_to_the_rest(house, role):
    client = signed_in(works(house, role))
    work = one_line(client.get(HOME_OF[role]))
    assert 'class="ls-places' in work
    assert f'href="{reverse("learning:dashboard")}"' in work
    switch = work.partition('class="ls-places')[2].partition("</details>")[0]
    assert switch.count('aria-current="true"') == 1
    client.get(ENTER)  # as signing in does
    mine = one_line(client.get(LEARN))
    assert f'href="{HOME_OF[role]}"' in mine
    assert "<b>Mein Lernen</b>" in mine.partition('class="ls-places')[2].partition("</summary>")[0]


def test_two_roles_of_one_work_are_one_place(house):
    client = signed_in(works(house, Role.AUTHOR, Role.REVIEWER))
    assert client.get(ENTER).url == "/redaktion/kurse/"
    places = client.get(PLACES).context["places"]
    assert [place.work for place in places] == ["Autorin oder Autor, Prüferin oder Prüfer"]


def test_no_heading_of_the_account_is_empty(house):
    page = one_line(signed_in(works(house, Role.TUTOR)).get("/konto/"))
    assert '<a href="/anbieter/haus/begleiten/">' in page


@pytest.mark.parametrize(
    ("roles", "page", "words"),
    [
        ([Role.OWNER], "/anbieter/haus/verwalten/team/", ["Überblick", "Team", "Nachweise"]),
        ([Role.AUTHOR], "/redaktion/kurse/", ["Kurse", "Aktivitäten", "Kurse übernehmen"]),
        ([Role.CLERK], "/buero/", ["Zahlen"]),
        ([Role.ADMIN], "/buero/", ["Zahlen", "Prüfungen", "Anfragen"]),
        ([Role.OPERATOR], "/buero/anbieter/", ["Anbieter", "Anfragen", "Inhaltstypen"]),
    ],
)
def test_every_place_has_a_menu_of_its_own_that_opens(house, roles, page, words):
    client = signed_in(works(house, *roles))
    found = menu_in(client.get(page).text)
    assert [label for _url, label in found] == [*words, "Mein Lernen"]
    for url, _label in found:
        assert client.get(url).status_code == 200
        assert 'aria-current="page"' in client.get(url).text


def test_no_menu_is_longer_than_four_words():
    assert all(len(entries) <= 3 for entries in MENUS.values())


def test_pages_for_everybody_keep_the_menu_of_everybody(house):
    client = signed_in(works(house, Role.OWNER))
    for page in ("/kurse/", LEARN, "/konto/"):
        assert [label for _url, label in menu_in(client.get(page).text)] == [
            *("Kurse", "Anbieter", "Mein Lernen", "Hilfe")
        ]


def menu_in(html):
    """[(address, word)] of the main menu."""
    nav = re.search(r'<nav class="ls-nav".*?</nav>', html, re.DOTALL)[0]
    links = re.findall(r'href="([^"]+)"[^>]*>(.*?)</a>', nav, re.DOTALL)
    return [(url, " ".join(label.split())) for url, label in links]
