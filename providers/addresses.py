"""Addresses: how a title becomes a part of one, and how an old one leads to the present one."""

import re
import unicodedata

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.utils.text import slugify

#: As Germans spell them where there are no dots: the server and the editor's script (`providers.wagtail_hooks`) agree.
UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
_SPELT = str.maketrans(UMLAUTS)
#: Below /anbieter/, before any provider: none is called so.
OWN_PAGES = {"mitmachen"}
HOUR = 3600  # seconds that a browser may remember where somebody has moved to


def part_of_address(text: str) -> str:
    """`text` as a part of an address: "Größere Übung" becomes "groessere-uebung". Empty when no letter is left."""
    return slugify(unicodedata.normalize("NFC", text).lower().translate(_SPELT))


def initials(name: str) -> str:
    """Up to four letters that stand for it: "Internet-Treff Böckingen" becomes "ITB"."""
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", name))[:4].upper()[:4]


def moved(url: str, *, returned: bool = False, asked: str = "") -> HttpResponse:
    """To the present address `url`, for ever; `asked` is the query string that came along.

    `returned`: it was given up within the last hour and taken back. A browser may still remember the way there from
    it, and would run in a circle; so the address carries a word that no remembered way has.
    """
    query = "&".join(part for part in (asked, "wieder" if returned else "") if part)
    response = HttpResponsePermanentRedirect(f"{url}?{query}" if query else url)
    response["Cache-Control"] = f"max-age={HOUR}"
    return response
