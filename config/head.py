"""HEAD works wherever GET does: the same view answers, and only the headers leave (RFC 9110, § 9.3.2)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

Handler = Callable[[HttpRequest], HttpResponse]


def head_as_get(get_response: Handler) -> Handler:
    """Middleware. No view has to think of HEAD, and none can forget it."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method != "HEAD":
            return get_response(request)
        request.method = request.META["REQUEST_METHOD"] = "GET"
        return _without_body(get_response(request))

    return answer


def _without_body(response: HttpResponse) -> HttpResponse:
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = ()
        return response
    response.headers.setdefault("Content-Length", str(len(response.content)))
    response.content = b""
    return response
