"""What the rooms below show of the catalogue."""

from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from courses import queries
from courses.queries.catalogue import ProviderOnShelf

register = template.Library()


@register.simple_tag
def all_shelves() -> list[ProviderOnShelf]:
    """All providers with the number of their courses."""
    return queries.providers()


@dataclass(frozen=True, slots=True)
class Shelf:
    cards: list[SafeString]
    count: int
    catalogue_url: str


@register.simple_tag
def shelf_of(provider: str, limit: int = 6) -> Shelf:
    """A provider's cards (at most `limit`), how many there are, and where all of them stand."""
    count = next((shelf.count for shelf in queries.providers() if shelf.slug == provider), 0)
    cards = queries.newest(language=get_language() or "de", limit=limit, provider=provider)
    return Shelf(cards, count, f"{reverse('courses:catalogue')}?anbieter={provider}")
