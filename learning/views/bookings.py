"""A booking, behind the link in its mail: how it stands, and what can be done. GET shows, POST acts."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from courses.calendars import as_ics
from courses.prices import euros
from learning import actions, emails
from learning.booking_forms import ChangeForm
from learning.contracts import EARLY
from learning.models import Booking
from learning.models.booking import key_of
from learning.queries.bookings import (
    alternatives,
    booking_by_key,
    kept_days,
    live_link,
    queue_place,
)
from learning.queries.calendars import events_of
from learning.queries.contracts import ContractOffer, contract_of, contract_offer
from learning.views.dates import REFUSED
from providers.decorators import comes_from_elsewhere
from tenancy.lens import bearer, look

Shown = Callable[..., HttpResponse]


def through_link(view: Shown) -> Shown:
    """For anyone who holds the link; nobody's cache and nobody's index. It is secret, so no other site can send a form to it.

    Other sites get no referrer anyway (SECURE_REFERRER_POLICY); with none at all a browser would send the forms of this page
    with the origin "null", which is refused.
    """

    @wraps(view)
    def serve(request: HttpRequest, token: str) -> HttpResponse:
        key = key_of(token)
        if not key:
            raise Http404
        with look(bearer(str(key))):
            booking = booking_by_key(key)
            if not booking:
                raise Http404
            response = view(request, booking)
        patch_cache_control(response, private=True, no_store=True)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return serve


@csrf_exempt  # see through_link
@require_http_methods(["GET", "HEAD", "POST"])
@through_link
def booking(request: HttpRequest, mine: Booking) -> HttpResponse:
    if request.method != "POST":
        return _page(request, mine)
    if comes_from_elsewhere(request):
        return HttpResponseForbidden()
    if request.POST.get("act") == "change":
        return _change(request, mine)
    act = ACTS.get(request.POST.get("act", ""))
    if not act:
        return _page(request, mine, status=400)
    try:
        changed = act(request, mine)
    except actions.CannotBook as refused:
        return _page(request, mine, says=str(REFUSED[refused.why]), status=409)
    emails.tell_booker(changed.pk)
    return redirect("learning:booking", mine.token)


def _change(request: HttpRequest, mine: Booking) -> HttpResponse:
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return _page(request, mine, form=form, status=400)
    said = form.cleaned_data
    del said["consent"]
    actions.change_booking(mine.key, **said)
    return redirect(f"{reverse('learning:booking', args=[mine.token])}#vereinbart")


def _conclude(request: HttpRequest, mine: Booking) -> Booking:
    """The one button that costs something (§ 312j (3) BGB)."""
    shown, early = request.POST.get("shown", ""), "early" in request.POST
    return actions.conclude_contract(mine.key, shown=shown, early=early)


ACTS: dict[str, Callable[[HttpRequest, Booking], Booking]] = {
    "confirm": lambda _request, mine: actions.confirm_booking(mine.key),
    "cancel": lambda _request, mine: actions.cancel_booking(mine.key),
    "take": lambda _request, mine: actions.answer_offer(mine.key, take=True),
    "pass": lambda _request, mine: actions.answer_offer(mine.key, take=False),
    "contract": _conclude,
    "back": lambda _request, mine: actions.come_back(mine.key),
}


@require_safe
@through_link
def booking_ics(request: HttpRequest, mine: Booking) -> HttpResponse:
    response = HttpResponse(
        as_ics(mine.run.title, events_of(mine.run)), "text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="termine.ics"'
    return response


def _said(mine: Booking) -> dict[str, Any]:
    needs = getattr(mine, "needs", None)
    known = {"phone": mine.phone, "remind": mine.remind}
    if needs:
        known |= {"needs": needs.kinds, "note": needs.note, "consent": True}
    return known


def _offer(mine: Booking) -> ContractOffer | None:
    """The contract to read before the button; None: this booking is not one, or there is no seat to conclude it for."""
    asks = mine.state == "asked" and mine.run.free != 0
    may = mine.price and mine.run.contract and not mine.run.cancelled_at
    return contract_offer(mine) if may and (asks or mine.state == "offered") else None


def _page(
    request: HttpRequest,
    mine: Booking,
    *,
    says: str = "",
    form: ChangeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    run = mine.run
    meetings = [*run.meetings.filter(cancelled_at=None).select_related("venue", "room")]
    context: dict[str, Any] = {
        "booking": mine,
        "needs": getattr(mine, "needs", None),
        "run": run,
        "provider": run.provider,
        "meetings": meetings,
        "first": meetings[0] if meetings else None,
        "queue": queue_place(mine),
        "contract": contract_of(mine),
        "offer": _offer(mine),
        "early_words": EARLY,
        "live_link": live_link(mine),
        "may_cancel": actions.may_cancel(run),
        "price": euros(mine.price) if mine.price else "",
        "others": alternatives(run) if mine.state in ("waiting", "lapsed") else [],
        "says": says,
        "form": form or ChangeForm(initial=_said(mine)),
        "changing": form is not None,
        "kept_days": kept_days(run.provider_id) if mine.booked_by else 0,
    }
    return render(request, "learning/booking.html", context, status=status)
