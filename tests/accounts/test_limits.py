"""How often one household may ask, and the page that says: wait a little."""

import pytest

from accounts import limits


@pytest.fixture(autouse=True)
def _small_limits(settings):
    settings.LIMITS = {"search": "3/minute", "verify": "2/minute"}
    limits.storage().reset()


def ask(client, times, address, **more):
    return [client.get(f"{address}{n}", **more).status_code for n in range(times)]


def test_search_is_limited_and_says_what_to_do(client, db):
    assert ask(client, 4, "/kurse/?q=wort") == [200, 200, 200, 429]
    page = client.get("/kurse/?q=noch-eins")
    assert (page.status_code, page["Retry-After"]) == (429, "180")
    assert "Einen Moment, bitte." in page.content.decode()


def test_a_page_from_memory_costs_nothing_of_the_limit(client, db):
    assert {client.get("/kurse/?thema=4&q=gleich").status_code for _ in range(9)} == {200}


def test_checking_numbers_is_limited(client, db):
    assert ask(client, 3, "/z/7KQ4-M2RD-9XVH-3T8") == [404, 404, 429]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
    ],
)
def test_a_household_is_one_address_or_half_an_ipv6_address(client, db, first, second, same):
    ask(client, 3, "/kurse/?q=a", REMOTE_ADDR=first)
    [answer] = ask(client, 1, "/kurse/?q=b", REMOTE_ADDR=second)
    assert answer == (429 if same else 200)


def test_what_has_no_limit_is_not_counted(client, db, settings):
    settings.LIMITS = {}
    assert ask(client, 5, "/kurse/?q=frei") == [200] * 5
