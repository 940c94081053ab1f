"""What the rooms below show of the catalogue."""

from dataclasses import dataclass

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from courses import queries
from courses.models import Run
from courses.queries.catalogue import ProviderInCatalogue
from courses.queries.runs import coming_runs
from courses.views.course import true_while_ahead

register = template.Library()


@register.simple_tag
def all_providers(chosen: list[str] | None = None) -> list[ProviderInCatalogue]:
    """All providers with the number of their courses; `chosen`: only those with these addresses."""
    found = queries.providers()
    return found if chosen is None else [one for one in found if one.slug in chosen]


@register.simple_tag(takes_context=True)
def dates_of(context: Context, provider: int, limit: int = 4) -> list[Run]:
    """What takes place next at a provider. The page that shows it is kept no longer than it is true."""
    runs = coming_runs(provider=provider, limit=limit)
    true_while_ahead(context["request"], runs)
    return runs


@dataclass(frozen=True, slots=True)
class ProviderCourses:
    cards: list[SafeString]
    count: int
    catalogue_url: str


@register.simple_tag
def courses_of(provider: str, limit: int = 6) -> ProviderCourses:
    """A provider's cards (at most `limit`), how many there are, and where all of them stand."""
    count = next(
        (index_page.count for index_page in queries.providers() if index_page.slug == provider), 0
    )
    cards = queries.newest(language=get_language() or "de", limit=limit, provider=provider)
    return ProviderCourses(cards, count, f"{reverse('courses:catalogue')}?anbieter={provider}")
