"""Odd values for whatever Wagtail's views read, as somebody who may go far: none of them answers 500.

A part of the addresses, always the same one; all of them with `--complete`. Each share is a test of its own: `-k author-3`
asks one of them alone.
"""

import random

import pytest
from django.test import Client

from tests.isolation.canaries import AUTHOR, OWNER
from tests.isolation.crawl import KNOWN_TO_FAIL
from tests.isolation.fuzz import ODD, Fuzzer
from tests.isolation.patterns import walk

pytestmark = [
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in. <function Spooled"),
]
#: The first request takes the file; the row comes back after it, the file does not.
USES_UP_A_FILE = ("create_multiple_from_uploaded_image", "create_multiple_from_uploaded_document")
#: What Wagtail 8.0 answered with 500 before there was config.odd.
BROKE = [
    "/redaktion/images/chooser/chosen/x/",
    "/redaktion/choose-anchor-link/?parent_page_id=%00",
    "/redaktion/choose-anchor-link/?parent_page_id=x",
    "/redaktion/choose-phone-link/?parent_page_id=x",
    "/redaktion/images/chooser/?tag=%00",
    "/redaktion/login/?next=x",
    "/redaktion/api/main/pages/?offset=9999999999999999999999999",
    "/redaktion/api/main/images/find/?id=x",
    "/redaktion/api/main/documents/find/?id=",
]
USUAL = [
    "/redaktion/kurse/",
    "/redaktion/pages/",
    "/redaktion/images/?p=1&q=bild&collection_id=",
    "/redaktion/images/results/?q=%C3%BCber&ordering=-created_at",
    "/redaktion/images/chooser/results/?q=a&p=1&collection_id=",
    "/redaktion/documents/?p=1&q=blatt&ordering=title",
    "/redaktion/documents/chooser/results/?q=a&p=1",
    "/redaktion/choose-page/",
    "/redaktion/choose-page/search/?q=kurs&p=1",
    "/redaktion/choose-external-link/?link_text=Mehr&parent_page_id=",
    "/redaktion/reports/site-history/?p=1&user=&label=kurs",
    "/redaktion/api/main/pages/?child_of=root&limit=20&offset=0",
]
SHARES = 8
MOST = 40  # requests for each role and share


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("role", [OWNER, AUTHOR])
def test_nothing_odd_breaks_the_desk(place, role, share, pytestconfig):
    complete = pytestconfig.getoption("complete")
    fuzzer = Fuzzer(place.town.inside[role], place.town.ids, place.ledger)
    chance = random.Random(8)  # the same part each time
    left_out = (*KNOWN_TO_FAIL, *USES_UP_A_FILE)
    desk = [p for p in walk() if p.text.startswith("/redaktion/") and p.name not in left_out]
    chance.shuffle(desk)
    for pattern in desk[share::SHARES]:
        if fuzzer.requests < MOST or complete:
            fuzzer.fuzz([pattern], odd=ODD if complete else tuple(chance.sample(ODD, 3)))
    print(f"{role} {share}: {len(desk[share::SHARES])} patterns, {fuzzer.requests} requests")
    assert fuzzer.requests >= MOST
    assert sorted({str(fault) for fault in fuzzer.faults}) == []


def test_what_broke_is_refused(place):
    client = _desk(place)
    assert {url: client.get(url).status_code // 100 for url in BROKE} == dict.fromkeys(BROKE, 4)


def test_numbers_without_an_end_are_none(place):
    """int() refuses more than 4,300 digits: the first two and the document answered 500."""
    client, endless, ids = _desk(place), "9" * 5000, place.town.ids
    course, edition = ids["page"][0], ids["printing"][0]
    asked = {
        f"/redaktion/kurse/{course}/?seite={endless}": 200,  # nothing is ticked
        f"/redaktion/kurse/{course}/ausgaben/{edition}/?mit={endless}": 200,  # as without
        f"/redaktion/kurse/loeschen/?seite={endless}": 404,
        f"/redaktion/dokumente/{endless}/plan.txt": 404,
        f"/kurse/?seite={endless}": 404,
    }
    assert {url: client.get(url).status_code for url in asked} == asked


def test_a_zero_byte_is_in_no_name(place):
    """In an address it answered 500 where the lens itself looks for the provider; in a search, where the database does."""
    client = _desk(place)
    addresses = ("/anbieter/%00/verwalten/team/", "/anbieter/%00/begleiten/", "/lernen/%00/1/anwesenheit/", "/kurse/%00/x/")  # fmt: skip
    assert {url: client.get(url).status_code for url in addresses} == dict.fromkeys(addresses, 404)
    search = f"/anbieter/{place.town.ids['slug'][0]}/verwalten/nachweise/?q=%00"
    assert client.get(search).status_code == 200


def test_what_the_desk_sends_itself_is_answered(place):
    client = _desk(place)
    assert {url: client.get(url).status_code for url in USUAL} == dict.fromkeys(USUAL, 200)


def _desk(place):
    client = Client(raise_request_exception=False)
    client.force_login(place.town.inside[OWNER])
    return client
