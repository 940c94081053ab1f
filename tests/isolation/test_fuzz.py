"""Odd values for whatever Wagtail's views read, as somebody who may go far: none of them answers 500. A part of them each time."""

import random

import pytest

from tests.isolation.canaries import AUTHOR, OWNER
from tests.isolation.crawl import KNOWN_TO_FAIL
from tests.isolation.fuzz import ODD, Fuzzer
from tests.isolation.patterns import walk

pytestmark = [
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in. <function Spooled"),
]
#: The first request takes the file; the row comes back after it, the file does not.
USES_UP_A_FILE = ("wagtailimages:create_multiple_from_uploaded_image",)
MOST = 500  # requests for each role; another part of the patterns with every seed


@pytest.mark.parametrize("role", [OWNER, AUTHOR])
def test_nothing_odd_breaks_the_desk(place, role):
    fuzzer = Fuzzer(place.town.inside[role], place.town.ids, place.ledger)
    desk = [
        pattern
        for pattern in walk()
        if pattern.text.startswith("/redaktion/") and pattern.name not in (*KNOWN_TO_FAIL, *USES_UP_A_FILE)
    ]
    random.shuffle(desk)
    for pattern in desk:
        if fuzzer.requests > MOST:
            break
        fuzzer.fuzz([pattern], odd=tuple(random.sample(ODD, 3)))
    assert fuzzer.requests > 100
    assert [str(fault) for fault in fuzzer.faults] == []
