"""How hard the questions of a page are for its learners: a number, never a name."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from learning.queries.first_tries import first_tries as counted

register = template.Library()


@register.simple_tag
def first_tries(course: Any, parts: Iterable[Any]) -> Mapping[str, int]:
    """{place: per cent} of the questions among `parts` of `course`."""
    items = {part.path.rpartition(".")[2]: part.path for part in parts if part.right}
    if not items:
        return {}
    found = counted(course.translation_key, course.provider_id, items)
    return {items[item]: share for item, share in found.items()}


@register.filter
def at(shares: Mapping[str, int], path: str) -> int | None:
    return shares.get(path)
