""" "Anzeige": what somebody chooses holds on every page, in this browser and in their account."""

import pytest
from django.test import Client

from accessibility.models import Preferences
from accessibility.queries import kept_settings
from accessibility.reading import CHOICES, DEFAULTS, as_cookie, changed, reading_settings
from accounts.exports import everything
from tenancy.lens import learner, look, system
from tests import factories
from tests.house.test_doors import furnished, house

__all__ = ["furnished", "house"]  # fixtures

DARK = "2.1.dark.1.0.0.0.1.1.1"
PLAIN = "1.1.auto.1.0.0.1.1.1.1"
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}


def html_of(client, path="/"):
    return client.get(path).content.decode().partition("<head>")[0]


def everything_off():
    return {name: values[0] for name, values in CHOICES.items()}


def test_every_default_is_a_choice_and_makes_no_cookie():
    assert {name for name, value in DEFAULTS.items() if value not in CHOICES[name]} == set()
    assert as_cookie(DEFAULTS) == ""
    assert reading_settings(as_cookie(everything_off())) == everything_off()


def test_a_tap_changes_one_thing_and_the_page_changes_all():
    now = reading_settings(DARK)
    assert changed(now, {"size": "3", "theme": "pink"}, every=False) == now | {"size": "3"}
    given = {"size": "1", "calm": "1"}
    assert changed(now, given, every=True) == now | {
        "size": "1", "calm": "1", "captions": "0", "aloud": "0"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "shows"),
    [
        ({"size": "3"}, 'data-size="3"'),
        ({"space": "2"}, 'data-space="2"'),
        ({"theme": "more"}, 'data-kern-theme="more"'),
        ({"width": "2"}, 'data-width="2"'),
        ({"calm": "1"}, "data-calm"),
        ({"ruler": "1"}, "data-ruler"),
    ],
)
def test_each_choice_is_on_every_page_before_and_after_signing_in(client, house, chosen, shows):
    client.post("/anzeige/", chosen)
    assert shows in html_of(client)
    client.force_login(house.people["learner"])
    for path in ("/", "/kurse/", "/lernen/", "/konto/", "/anzeige/"):
        assert shows in html_of(client, path)
    for path in ("/", "/kurse/"):
        assert shows not in html_of(Client(), path)


def test_every_page_has_the_same_first_row(client, house):
    for who in ("visitor", "learner"):
        if person := house.people[who]:
            client.force_login(person)
        for path in (
            "/",
            "/kurse/",
            "/anzeige/",
            "/konto/anmelden/",
            house.address("learning:lesson"),
        ):
            page = client.get(path, follow=True).content.decode()
            row = page.partition('class="ls-tools"')[2].partition("</section>")[0]
            places = [row.index(word) for word in (">Einfach<", ">Vorlesen<", "Anzeige</summary>")]
            assert places == sorted(places)
            assert 'action="/anzeige/"' in row
            assert "csrfmiddlewaretoken" not in row


def test_a_tap_leads_back_to_what_was_searched(client, db):
    page = client.get("/kurse/?q=netz&thema=1").content.decode()
    assert 'name="next" value="/kurse/?q=netz&amp;thema=1"' in page


def test_captions_are_on_unless_she_switched_them_off(rf):
    from learning.views.page import with_reading_settings

    html = '<track kind="captions" src="/a.vtt" srclang="de" label="Untertitel" default>'
    request = rf.get("/")
    assert with_reading_settings(request, html) == html
    request.COOKIES["anzeige"] = "1.1.auto.1.0.0.0.0.1.1"
    assert with_reading_settings(request, html) == html.replace(" default", "")


@pytest.mark.parametrize(("off", "attribute"), [("", False), ("1.1.auto.1.0.0.0.1.0.1", True)])
def test_the_button_that_reads_aloud_can_be_switched_off(client, db, off, attribute):
    client.cookies["anzeige"] = off
    assert ("data-aloud-off" in client.get("/").content.decode()) is attribute


def test_a_form_of_another_site_changes_nothing(client, db):
    answer = client.post("/anzeige/", {"size": "3"}, headers={"Origin": "https://example.com"})
    assert (answer.status_code, answer.cookies) == (403, {})


# --- plain German first ---------------------------------------------------------------------------------------------


def plain_first(client):
    client.cookies["anzeige"] = PLAIN


@pytest.mark.parametrize("path", ["/", "/kurse/?q=netz", "/lernen/", "/anzeige/"])
def test_who_comes_from_elsewhere_gets_plain_german(client, db, path):
    plain_first(client)
    for site in ("none", "cross-site", ""):
        answer = client.get(path, headers={"Sec-Fetch-Site": site})
        assert (answer.status_code, answer["Location"]) == (302, f"/de-simple{path}")
        assert (answer["Cache-Control"], "Cookie" in answer["Vary"]) == ("private, no-store", True)


@pytest.mark.parametrize("headers", [FROM_HERE, {"Referer": "http://testserver/de-simple/kurse/"}])
def test_who_chooses_german_on_one_of_our_pages_gets_it(client, db, headers):
    plain_first(client)
    assert client.get("/kurse/", headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/en/kurse/", "/de-simple/kurse/", "/robots.txt", "/health/live"])
def test_what_has_no_other_language_stays(client, db, path):
    plain_first(client)
    assert client.get(path).status_code == 200


def test_a_form_is_never_led_elsewhere(client, db):
    plain_first(client)
    assert client.post("/barriere-melden/", {}).status_code == 400


@pytest.mark.parametrize(
    ("given", "leads"),
    [
        ({"simple": "1", "next": "/anzeige/"}, "/de-simple/anzeige/"),
        ({"simple": "1", "next": "/en/anzeige/"}, "/en/anzeige/"),
        ({"next": "/de-simple/anzeige/"}, "/anzeige/"),
        ({"next": "/anzeige/"}, "/anzeige/"),
    ],
)
def test_the_choice_shows_at_once(client, db, given, leads):
    assert client.post("/anzeige/", {"alle": "1", **given})["Location"] == leads


# --- with the account -----------------------------------------------------------------------------------------------


def sign_in(client, person):
    client.post("/konto/anmelden/", {"login": person.email, "password": factories.PASSWORD})


@pytest.fixture
def anna(db):
    return factories.make_user()


def test_what_is_chosen_signed_in_comes_along_to_another_device(client, anna):
    sign_in(client, anna)
    client.get("/lernen/")
    client.post("/anzeige/", {"size": "2", "theme": "dark"})
    with look(learner(anna.pk)):
        assert kept_settings(anna.pk) == DARK
    other = Client()
    sign_in(other, anna)
    assert 'data-size="2"' in html_of(other, "/lernen/")  # on the first page already
    assert other.cookies["anzeige"].value == DARK
    other.post("/anzeige/", {"size": "1"})
    assert 'data-size="2"' not in html_of(other, "/lernen/")


def test_what_was_chosen_before_signing_in_goes_into_the_account(client, anna):
    client.post("/anzeige/", {"size": "2", "theme": "dark"})
    sign_in(client, anna)
    assert 'data-size="2"' in html_of(client, "/lernen/")
    with look(learner(anna.pk)):
        assert kept_settings(anna.pk) == DARK


def test_usual_settings_of_an_account_count_as_well(client, anna):
    sign_in(client, anna)
    client.post("/anzeige/", {"zurueck": "1"})
    other = Client()
    other.cookies["anzeige"] = DARK
    sign_in(other, anna)
    assert "data-size" not in html_of(other, "/lernen/")


def test_nobody_sees_the_settings_of_another(anna):
    ben = factories.make_user("Ben Test")
    with look(system("test")):
        Preferences.objects.create(learner=anna, chosen=DARK)
    with look(learner(ben.pk)):
        assert list(Preferences.objects.all()) == []
    with look(learner(anna.pk)):
        assert everything(anna)["anzeige"]["theme"] == "dark"
    with look(system("close")):
        anna.delete()
        assert Preferences.objects.count() == 0
