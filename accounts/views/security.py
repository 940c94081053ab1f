"""Where somebody is signed in, and what happened with their account."""

from datetime import datetime
from typing import NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts import actions, queries
from accounts.audit import MEANS, SECURITY
from accounts.devices import in_words
from accounts.models import SecurityEvent
from accounts.security import note

PER_PAGE = 50
DAYS = actions.SECURITY_KEPT.days


@login_required
@require_http_methods(["GET", "POST"])
def devices(request: HttpRequest) -> HttpResponse:
    """Their list; "end" is the number of the one to sign out there, "others" all but this one."""
    here = request.session.session_key or ""
    if request.method == "POST":
        _end(request, here)
        return redirect("accounts:devices")
    listed = [(device, in_words(device.agent)) for device in queries.devices(request.user, here)]
    return render(request, "accounts/devices.html", {"devices": listed, "others": len(listed) > 1})


def _end(request: HttpRequest, here: str) -> None:
    """Ended twice, or by itself meanwhile, it is ended: the same sentence."""
    if "others" in request.POST:
        count = ended = actions.end_sessions(request.user, keep=here)
    else:
        only = queries.session_of(request.user, request.POST.get("end", ""))
        count = actions.end_sessions(request.user, keep=here, only=only) if only else 0
        ended = 1
    if count:
        note(request, "ended", request.user, count=count)
    sentence = ngettext(
        "Auf dem anderen Gerät sind Sie jetzt abgemeldet.",
        "Auf %(count)d anderen Geräten sind Sie jetzt abgemeldet.",
        ended,
    )
    messages.success(request, sentence % {"count": ended})


class SecurityLine(NamedTuple):
    """A line of the log in words."""

    at: datetime
    what: str
    details: str
    device: str


@login_required
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    lines = Paginator(queries.security_log(request.user), PER_PAGE)
    page = lines.get_page(request.GET.get("seite"))
    context = {"lines": [_line(event) for event in page], "pages": _pages(page), "days": DAYS}
    return render(request, "accounts/log.html", context)


def _line(event: SecurityEvent) -> SecurityLine:
    event_details = event.details
    means = [str(MEANS.get(each, each)) for each in event_details.get("how", "").split()]
    factor = event_details.get("factor", "")
    words = [
        *means,
        str(MEANS.get(factor, factor)),
        *(event_details.get(name, "") for name in ("address", "who")),
    ]
    details = ", ".join(word for word in words if word)
    what = str(SECURITY.get(event.kind, event.kind))
    return SecurityLine(event.at, what, details, in_words(event.agent) if event.agent else "")


def _pages(page: Page) -> dict[str, str]:
    """The newer and the older ones; empty where there are none."""
    newer = f"?seite={page.number - 1}" if page.has_previous() else ""
    older = f"?seite={page.number + 1}" if page.has_next() else ""
    return {"previous_url": newer, "next_url": older} if newer or older else {}
