"""What no browser sends to Wagtail, and Wagtail takes for a mistake of its own: 500, an alarm for nothing.

Its views pass numbers of a query string, of a form and of an address on to the database as they come. Here, in front of all
of them, the names it uses for numbers are asked for numbers. What a view itself says about its page or about a field that
was not sent is translated; every other error stays one.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import InvalidPage
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDictKeyError

from config.csp import DESK

Handler = Callable[[HttpRequest], HttpResponse]

NUMBER = re.compile(r"[0-9]{1,18}")  # fits into a bigint
#: Names of Wagtail 8.0 for numbers, in an address, a query string and a form.
IN_ADDRESS = ("pk", "object_id")
ASKED = ("p", "childOf", "parent_page_id", "target_pages[]", "collection_id", "offset", "limit")
#: `id` is a number where several things were ticked; the preview of a block calls its kind so.
TICKED = ("/bulk/", "/chosen-multiple/")
#: The desk's API looks for one thing by its number.
FIND = "/find/"
SENT = (
    "new_parent_page",
    "parent_page",
    "revision_id",
    "loaded_revision_id",
    "overwrite_revision_id",
)
#: How many blocks a form has, and where each of them stands.
COUNTED = re.compile(r".+-(count|order)")
WAY_BACK = "next"  # Django takes what has neither slash nor dot for the name of a pattern
EVERYTHING = "all"  # what a list's box "select all" sends instead of numbers


class whole_numbers:  # noqa: N801 -- a middleware is used like a function
    """400 for what cannot be meant; 404 for a page of a list that is not there."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if hasattr(request, "gave_up") and connection.in_atomic_block:
            transaction.set_rollback(True)
        return response

    def process_view(
        self, request: HttpRequest, _view: object, args: Iterable[str], kwargs: Mapping[str, Any]
    ) -> None:
        if not request.path_info.startswith(DESK):
            return
        if any("\0" in text for _name, texts in request.GET.lists() for text in texts):
            raise BadRequest("A query string with a zero byte.")
        if not _are_numbers(str(kwargs[name]) for name in IN_ADDRESS if name in kwargs):
            raise Http404
        if not _are_numbers(text for text in args if text.isdecimal()):  # a document's
            raise Http404
        sent = request.POST if request.method == "POST" else QueryDict()
        asked = (*ASKED, "id") if any(part in request.path_info for part in TICKED) else ASKED
        numbers = (*SENT, *filter(COUNTED.fullmatch, sent))
        if not (_given(request.GET, asked) and _given(sent, numbers) and _finds(request)):
            raise BadRequest("No number where a number is meant.")
        if not all(_leads_somewhere(data) for data in (request.GET, sent)):
            raise BadRequest("No address where an address is meant.")

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Raises the exception that says what it is. What a view wrote before is taken back, as with a 500."""
        if not request.path_info.startswith(DESK):
            return
        meant: Exception | None = None
        if isinstance(exception, InvalidPage):
            meant = Http404(str(exception))
        elif isinstance(exception, MultiValueDictKeyError):
            meant = BadRequest("A field is missing.")
        if meant:
            request.gave_up = True
            raise meant from exception


def _given(data: QueryDict, names: Iterable[str]) -> bool:
    return all(_are_numbers(data.getlist(name)) for name in names if name in data)


def _finds(request: HttpRequest) -> bool:
    """Nothing and "all" are no numbers here."""
    looked_for = request.GET.getlist("id") if request.path_info.endswith(FIND) else []
    return all(NUMBER.fullmatch(text) for text in looked_for)


def _leads_somewhere(data: QueryDict) -> bool:
    return all(not text or "/" in text or "." in text for text in data.getlist(WAY_BACK))


def _are_numbers(texts: Iterable[str]) -> bool:
    return all(not text or text == EVERYTHING or NUMBER.fullmatch(text) for text in texts)
