"""Who comes to a run: the list for its leaders, on a telephone and on paper; booking for somebody on the telephone."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from courses.models import Run
from courses.prices import euros
from courses.queries.runs import seat_rules
from learning import actions, emails
from learning.booking_forms import PhoneForm, new_form_token
from learning.models import Booking
from learning.queries.bookings import participants, runs_led
from learning.views.dates import REFUSED
from providers.models import Provider

#: Meetings whose list can be kept for a place without network, and how many of them.
SOON, MOST = timedelta(days=7), 3
TICK = re.compile(r"(\d{1,18})-(\d{1,18})")


@require_GET
def run_lists(request: HttpRequest, slug: str) -> HttpResponse:
    """The runs that somebody leads, what comes next in front."""
    provider = get_object_or_404(Provider, slug=slug)
    runs = runs_led(provider.pk).annotate(begins=Min("meetings__starts_at"))
    context = {"provider": provider, "runs": runs.order_by("begins", "pk")}
    return render(request, "learning/run_lists.html", context)


@require_http_methods(["GET", "POST"])
def run_list(request: HttpRequest, slug: str, run_key: UUID) -> HttpResponse:
    """`act`: presence, phone, cancel, absent."""
    run = get_object_or_404(
        runs_led(None).select_related("provider"), key=run_key, provider__slug=slug
    )
    act = request.POST.get("act", "")
    if act == "phone":
        return _by_phone(request, run)
    if act == "cancel":
        return _cancel(request, run)
    if act == "absent":
        return _free(request, run)
    if act == "presence":
        ticked, shown = _seen(request, "there"), _seen(request, "shown")
        actions.keep_presence(run, ticked=ticked, shown=shown, by=request.user)
        messages.success(request, _("Anwesenheit gespeichert."))
        return redirect("learning:run_list", slug, run_key)
    return _page(request, run)


def _seen(request: HttpRequest, name: str) -> set[tuple[int, int]]:
    words = " ".join(request.POST.getlist(name)).split()
    found = (TICK.fullmatch(word) for word in words)
    return {(int(one[1]), int(one[2])) for one in found if one}


def _by_phone(request: HttpRequest, run: Run) -> HttpResponse:
    form = PhoneForm(request.POST, run=run)
    if not form.is_valid():
        return _page(request, run, form)
    try:
        booking = actions.take_seat(run.key, form.asked(), by=request.user)
    except actions.CannotBook as refused:
        form.add_error(None, str(REFUSED[refused.why]))
        return _page(request, run, form)
    emails.tell_booker(booking.pk)
    said = _("%(name)s: %(state)s. Nummer %(number)s.")
    if booking.price and booking.state == Booking.State.ASKED:
        said = _("%(name)s bekommt eine Mail mit dem Vertrag und bucht selbst. Nummer %(number)s.")
    state = booking.get_state_display()
    messages.success(
        request, said % {"name": booking.name, "state": state, "number": booking.number}
    )
    return redirect("learning:run_list", run.provider.slug, run.key)


def _cancel(request: HttpRequest, run: Run) -> HttpResponse:
    number = request.POST.get("booking", "")
    mine = run.bookings.filter(pk=int(number)).first() if number.isdecimal() else None
    if mine:
        actions.cancel_booking(mine.key, by=request.user)
        emails.tell_booker(mine.pk)
        messages.success(request, _("Abgesagt. Der Platz geht an die nächste Person."))
    return redirect("learning:run_list", run.provider.slug, run.key)


def _free(request: HttpRequest, run: Run) -> HttpResponse:
    chosen = {
        int(one) for one in request.POST.getlist("absent") if one.isdecimal() and len(one) < 19
    }
    freed = actions.free_absent(run, chosen, by=request.user)
    said = ngettext("%(count)s Platz ist frei.", "%(count)s Plätze sind frei.", freed)
    messages.success(request, said % {"count": freed})
    return redirect("learning:run_list", run.provider.slug, run.key)


def _absent(run: Run) -> list[Booking]:
    """Who was missing at the first meeting, where the house has a rule for that."""
    meeting = actions.first_meeting(run, timezone.now())
    if not meeting or run.cancelled_at or not seat_rules(run.provider_id).absence:
        return []
    return [*actions.who_was_absent(run, meeting)]


def _page(request: HttpRequest, run: Run, form: PhoneForm | None = None) -> HttpResponse:
    people = participants(run)
    meetings = [*run.meetings.filter(cancelled_at=None)]
    initial = {"form_token": new_form_token(), "who": "me", "price": "0", "remind": True}
    context: dict[str, Any] = {
        "provider": run.provider,
        "run": run,
        "meetings": meetings,
        "around": [one for one in meetings if abs(one.starts_at - timezone.now()) < SOON][:MOST],
        "people": [_row(one, meetings) for one in people],
        "shown": " ".join(
            f"{p.booking_id}-{p.meeting_id}" for b in people for p in b.presences.all()
        ),
        "booked": sum(one.state == "booked" for one in people),
        "form": form or PhoneForm(run=run, initial=initial),
        "absent": _absent(run),
        "open": run.is_booked_here and run.is_published and not run.cancelled_at,
        "printed": timezone.now(),
    }
    return render(request, "learning/run_list.html", context)


def _row(booking: Any, meetings: list[Any]) -> dict[str, Any]:
    there = {one.meeting_id for one in booking.presences.all()}
    return {
        "booking": booking,
        "needs": getattr(booking, "needs", None),
        "price": euros(booking.price) if booking.price else "",
        "boxes": [(each, each.pk in there) for each in meetings],
    }
