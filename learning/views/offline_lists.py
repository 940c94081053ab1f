"""A list of who comes on its tutor's device, without network: one meeting, a day at most (ADR 0066)."""

import json
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts import shared
from accounts.models import User
from courses.models import Meeting, Run
from learning import actions
from learning.actions import OfflineTick
from learning.models import Booking
from learning.queries.bookings import participants, runs_led
from providers.decorators import comes_from_elsewhere

DAY = timedelta(days=1)
WORKER = Path(settings.BASE_DIR) / "static" / "js" / "list-worker.js"
MOST = Run.MOST  # ticks


class SentTicks(NamedTuple):
    """What a device sends: ticks of `person`, and whether it wants to have the list."""

    person: str
    take: bool
    ticks: list[OfflineTick]


@require_safe
def list_offline(request: HttpRequest) -> HttpResponse:
    """The same bytes for everybody: names are put in by the device that has them."""
    return render(request, "learning/list_offline.html")


@require_safe
def list_worker(request: HttpRequest) -> HttpResponse:
    """Below the page's address, because that is all it may serve."""
    return HttpResponse(WORKER.read_text(encoding="utf-8"), "text/javascript; charset=utf-8")


@csrf_exempt  # the page may be a day old, and so may its token; the origin is checked
@require_http_methods(["GET", "HEAD", "POST"])
def run_list_offline(request: HttpRequest, slug: str, run_key: UUID, meeting: int) -> HttpResponse:
    """Takes ticks that were made without network, and gives the list. 409: for another person, or on a device for many."""
    run = get_object_or_404(runs_led(None), key=run_key, provider__slug=slug)
    sitting = get_object_or_404(run.meetings.filter(cancelled_at=None), pk=meeting)
    if request.method != "POST":
        return redirect("learning:run_list", slug, run_key)
    if comes_from_elsewhere(request):
        return HttpResponseForbidden()
    said = _said(request)
    if not said:
        return HttpResponse(status=400)
    mark = _mark(request.user)
    if said.person not in ("", mark) or (said.take and shared.is_shared(request)):
        return HttpResponse(status=409)
    by = request.user
    overruled = actions.send_ticks(run, sitting, said.ticks, by=by) if said.ticks else set()
    answer = _list(run, sitting) | {"person": mark, "overruled": sorted(overruled)}
    return _taken_along(answer) if said.take else JsonResponse(answer)


def _taken_along(answer: dict[str, Any]) -> HttpResponse:
    """With the key to the names. Scripts read it, and it goes with the session (`learning.middleware`) or after a day."""
    key = secrets.token_urlsafe(32)
    response = JsonResponse(answer | {"seconds": int(DAY.total_seconds())})
    response.set_cookie(
        shared.LIST_COOKIE, key, max_age=DAY, samesite="Strict", secure=settings.HTTPS
    )
    return response


def _list(run: Run, meeting: Meeting) -> dict[str, Any]:
    """People with a seat: number, name, whether they are ticked. No address, no telephone, no needs."""
    seated = [one for one in participants(run) if one.state == Booking.State.BOOKED]
    return {
        "title": run.title,
        "begins": timezone.localtime(meeting.starts_at).isoformat(),
        "people": [
            [one.pk, one.name, any(p.meeting_id == meeting.pk for p in one.presences.all())]
            for one in seated
        ],
    }


def _mark(person: User) -> str:
    """Tells accounts apart on one device and names nobody."""
    return salted_hmac("learning.offline_lists", str(person.pk)).hexdigest()[:20]


def _said(request: HttpRequest) -> SentTicks | None:
    """None: nothing our page sends."""
    try:
        said = json.loads(request.body)
        ticks = [_tick(*one) for one in said["ticks"][:MOST]]
        return SentTicks(str(said["person"]), said["take"] is True, ticks)
    except (ValueError, TypeError, KeyError, OverflowError):
        return None


def _tick(booking: int, there: bool, was: bool, ago: float) -> OfflineTick:
    """`ago`: seconds by the device's own clock, which may be wrong."""
    since = timedelta(seconds=min(max(float(ago), 0), DAY.total_seconds()))
    return OfflineTick(int(booking), there is True, was is True, timezone.now() - since)
