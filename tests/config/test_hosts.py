"""A provider's own host: its page first, the same site, and nothing that belongs to one name."""

import pytest

from tests import factories

HOST = "lernen.vhs.example"


@pytest.fixture
def at_host(db, client, settings):
    settings.PROVIDER_HOSTS = {HOST: "haus"}
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, HOST]
    settings.PUBLIC_URL = "https://lernen.stadt.example"
    factories.make_provider("haus")
    return lambda path, method="get", **sent: getattr(client, method)(
        path, sent, headers={"Host": HOST}
    )


def test_the_provider_comes_first_in_every_language(at_host):
    assert at_host("/").context["provider"].slug == "haus"
    english = at_host("/en/")
    assert english.context["provider"].slug == "haus"
    assert '<html lang="en"' in english.text


def test_another_host_begins_with_the_city(client, at_host):
    assert "provider" not in (client.get("/").context or {})


@pytest.mark.parametrize(
    "path", ["/kurse/", "/anbieter/", "/anbieter/haus/", "/impressum/", "/en/kurse/?q=x"]
)
def test_what_is_the_same_for_everybody_is_answered_here(at_host, path):
    assert at_host(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        *("/konto/anmelden/", "/lernen/", "/en/lernen/haus/kurs/", "/redaktion/kurse/", "/buero/"),
        *("/z/1234-5678-9012-3456/?x=1", "/pruefen/", "/p/haus/did.json", "/.well-known/x"),
        *("/anbieter/haus/verwalten/", "/de-simple/anbieter/haus/begleiten/", "/gruppe/apfel/"),
    ],
)
def test_what_belongs_to_one_name_leads_to_the_city(at_host, path):
    answer = at_host(path)
    assert (answer.status_code, answer.url) == (302, f"https://lernen.stadt.example{path}")
    assert not answer.cookies


def test_what_is_sent_there_is_not_taken_here(at_host):
    answer = at_host("/konto/anmelden/", "post", login="a")
    assert (answer.status_code, answer.url) == (302, "https://lernen.stadt.example/konto/anmelden/")


def test_a_provider_that_is_not_there_is_not_found(at_host, settings):
    settings.PROVIDER_HOSTS = {HOST: "fort"}
    assert at_host("/").status_code == 404


def test_heads_read_their_own_address(client, at_host):
    from tests.factories import make_member, make_provider

    client.force_login(make_member(make_provider("haus"), "owner"))
    assert f"https://{HOST}/" in client.get("/anbieter/haus/verwalten/angaben/").text
