"""Pages of a list, by their number in the address."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, QueryDict

from words.numbers import whole_number


def page_number(asked: QueryDict) -> int:
    """`?seite=`; 404 for what is no page of any list."""
    typed = whole_number(asked.get("seite", "1"))
    if typed is None or not 1 <= typed <= 10_000:
        raise Http404
    return typed


def pages_of(number: int, count: int, url: Callable[[int], str]) -> dict[str, Any] | None:
    """What components/pages.html shows; None where everything is on one page."""
    if count <= 1:
        return None
    near = [n for n in range(1, count + 1) if n in (1, count) or abs(n - number) <= 2]
    return {
        "number": number,
        "count": count,
        "previous_url": url(number - 1) if number > 1 else None,
        "next_url": url(number + 1) if number < count else None,
        "links": [{"number": n, "url": url(n), "current": n == number} for n in near],
    }
