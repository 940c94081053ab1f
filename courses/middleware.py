"""What is asked for at a former address is found at the present one."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from courses.queries.addresses import moved_to
from providers.addresses import moved

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
