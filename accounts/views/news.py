"""Ending mails that are news, and getting them again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts import actions
from accounts.news import KINDS, link_of


@csrf_exempt  # mail programs send it by themselves; the link is the proof (RFC 8058, section 3.1)
@never_cache
@require_http_methods(["GET", "POST"])
def news(request: HttpRequest, token: str) -> HttpResponse:
    """For anyone who holds the mail, signed in or not. Looking alone ends nothing: mail programs look at links."""
    link = link_of(token)
    if link and request.method == "POST":
        wanted = actions.want_news(link.person, link.kind, wanted="wieder" in request.POST)
    else:
        wanted = actions.wants_news(link.person, link.kind) if link else None
    context = {"title": KINDS[link.kind] if link else "", "wanted": wanted}
    return render(request, "accounts/news.html", context)
