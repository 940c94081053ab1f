"""Errors in words, without touching database or session."""

from django.http import HttpRequest, HttpResponse
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
    """Asked for by allauth when its limits are reached."""
    page = render(request, "429.html", {"minutes": PAUSE // 60}, status=429)
    page["Retry-After"] = str(PAUSE)
    return page


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return given_back.page(request, signed_in=request.user.is_authenticated)
