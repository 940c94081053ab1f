"""What everybody may read says nobody's address or number."""

import pytest

from words.contacts import has_contact


@pytest.mark.parametrize(
    "text",
    [
        "Schreib an anna@example.org",
        "0176 040 690 12",
        "+49 (7131) 12345",
        "07131/123456",
        "Ruf an: 123456",
    ],
)
def test_addresses_and_numbers_are_found(text):
    assert has_contact(text)


@pytest.mark.parametrize(
    "text",
    [
        "Seit 2019 kostet es 12,50 Euro.",
        "Am 3.12.2026 um 14:30?",
        "Frage 2, Schritt 3",
        "@anna",
        "12345",
    ],
)
def test_days_prices_and_times_are_none(text):
    assert not has_contact(text)
