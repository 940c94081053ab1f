"""Key cards on paper: ten to a page, as a PDF. Nothing of them is kept; the words come from the page that has just shown them."""

import base64
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.actions import MadeCard
from files import codes
from providers.models import Provider
from words.cards import Written

STYLE = settings.BASE_DIR / "static" / "css" / "key-cards.css"
SALT = "providers.key-cards"
GOOD_FOR = 60 * 60  # seconds in which a page that shows words may be made a PDF


class PrintedCard(NamedTuple):
    """What stands on one card."""

    name: str
    number: str
    words: str

    @property
    def lines(self) -> list[str]:
        first, second, third, fourth = self.words.split()
        return [f"{first} {second}", f"{third} {fourth}"]

    @property
    def address(self) -> str:
        """What its QR code says."""
        secret = Written(self.number, self.words).fragment
        return f"{settings.PUBLIC_URL}{reverse('accounts:card')}#{secret}"

    @property
    def svg(self) -> SafeString:
        size, path = codes.drawn(self.address)
        drawn = '<svg viewBox="0 0 {} {}" aria-hidden="true" focusable="false"><path d="{}"/></svg>'
        return format_html(drawn, size, size, path)

    @property
    def png(self) -> str:
        return "data:image/png;base64," + base64.b64encode(codes.png(self.address)).decode()


def printed(made: Iterable[MadeCard]) -> list[PrintedCard]:
    return [PrintedCard(card.name, written.number, written.words) for card, written in made]


def sheet(provider: Provider, made: Iterable[MadeCard]) -> dict[str, Any]:
    """What the page says that shows new cards, once (providers/cards_made.html)."""
    cards = printed(made)
    return {
        "provider": provider,
        "cards": cards,
        "ticket": ticket(provider, cards),
        "site": site(),
        "done": reverse("providers:cards", args=[provider.slug]),
    }


def ticket(provider: Provider, cards: list[PrintedCard]) -> str:
    """What the page that shows them hands on to the PDF: ours, of this hour, of this provider."""
    return signing.dumps([provider.pk, cards], salt=SALT, compress=True)


def cards_of(provider: Provider, signed: str) -> list[PrintedCard]:
    """Empty: made up, too old, or somebody else's."""
    try:
        whose, cards = signing.loads(signed, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return []
    return [PrintedCard(*card) for card in cards] if whose == provider.pk else []


def pdf(provider: Provider, cards: list[PrintedCard]) -> bytes:
    """PDF/UA-1, A4. Cut along the lines."""
    from providers.accessible_pdf import accessible_pdf  # noqa: PLC0415 -- WeasyPrint takes a second to load, and 40 MB

    context = {"provider": provider, "cards": cards, "city": settings.CITY, "site": site()}
    return accessible_pdf(render_to_string("providers/cards_pdf.html", context), STYLE)


def site() -> str:
    """As somebody types it."""
    return settings.PUBLIC_URL.partition("://")[2] + reverse("accounts:card")
