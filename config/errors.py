"""Errors in words, without touching database or session."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from config import given_back

#: Seconds. No limit of allauth that ends in this page lasts longer.
PAUSE = 180


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """For all limits. A page; a fragment for htmx, which adds it to what is there; problem+json (RFC 9457) for programs."""
    context = {"minutes": PAUSE // 60}
    if _is_program(request):
        said = {"type": "about:blank", "title": "Too Many Requests", "status": 429}
        page: HttpResponse = JsonResponse(said, content_type="application/problem+json")
        page.status_code = 429
    elif "HX-Request" in request.headers:
        page = render(request, "components/pause.html", context, status=429)
        page["HX-Reswap"] = "beforeend"
    else:
        page = render(request, "429.html", context, status=429)
    page["Retry-After"] = str(PAUSE)
    return page


def _is_program(request: HttpRequest) -> bool:
    """Whoever asks for JSON, sends some, or comes to the programs' doors."""
    asked = request.headers.get("Accept", "").partition(",")[0]
    at_api = request.path_info.startswith(("/api/", "/oid4vci/"))
    return at_api or request.content_type == "application/json" or asked.endswith("json")


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return given_back.page(request, signed_in=request.user.is_authenticated)
