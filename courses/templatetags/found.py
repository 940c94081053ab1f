"""What a list has found. The same runs stand on many pages, so each is rendered once for as long as it says the same."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from courses.queries.dates import FoundDate

register = template.Library()

Reductions = tuple[tuple[str, int], ...]


@register.simple_tag
def date_found(run: FoundDate, near: str) -> SafeString:
    """One run with its next meeting; `near`: the district that its distance is from, or nothing."""
    reductions = tuple((one["name"], one["price"]) for one in run.reductions)
    alone = run._replace(reductions=())  # a list has no hash
    return _rendered(alone, reductions, near, get_language() or "de")


@lru_cache(maxsize=2000)
def _rendered(run: FoundDate, reductions: Reductions, near: str, _language: str) -> SafeString:
    """All that is on it is in what it is asked by: seats, too."""
    named = [{"name": name, "price": price} for name, price in reductions]
    context = {"run": run._replace(reductions=named), "near": near}
    return render_to_string("courses/date_found.html", context)
