"""What is asked for at a former address is found at the present one; what is saved at the desk is saved one after the other."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from courses.queries.addresses import moved_to
from providers.addresses import moved
from providers.models import BasePage

Handler = Callable[[HttpRequest], HttpResponse]


class former_addresses:  # noqa: N801 -- a middleware is used like a function
    """Views know present addresses only. What one of them does not find is looked up here: pages lead on, whatever is
    sent (an answer from a tab that was opened before) is taken as if it had been sent to the present address.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        match = request.resolver_match
        if not isinstance(exception, Http404) or not match:
            return None
        asked = {n: match.kwargs[n] for n in ("provider", "course", "lesson") if n in match.kwargs}
        now = moved_to(**asked) if "course" in asked else None
        if not now:
            return None
        present = match.kwargs | {name: getattr(now, name) for name in asked}
        if request.method in ("GET", "HEAD"):
            url = reverse(match.view_name, kwargs=present)
            return moved(url, returned=now.returned, asked=request.META["QUERY_STRING"])
        return match.func(request, **present)


class one_save_at_a_time:  # noqa: N801 -- a middleware is used like a function
    """Wagtail's editor saves by itself as well. Of two requests for one page the second waits for the first, and so sees
    what it has stored: an older text that comes late is refused as out of date, where both looked at the same draft before.
    """

    SAVES = "wagtailadmin_pages:edit"

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, kwargs: dict[str, Any]
    ) -> None:
        match = request.resolver_match
        if request.method == "POST" and match and match.view_name == self.SAVES:
            page = BasePage.objects.select_for_update(of=("self",)).filter(pk=kwargs["page_id"])
            page.values_list("pk").first()
