"""Dates for calendars to follow, and for other sites to show in a frame of their own. The same for everybody."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accessibility import context as frame
from courses.calendars import as_ics
from courses.models import Meeting, Venue
from learning import actions
from learning.models import DateFeed
from learning.models.booking import FEED_SALT, key_of
from learning.queries.bookings import bookings_of
from learning.queries.calendars import (
    as_events,
    city_events,
    meetings_in_public,
    meetings_of_person,
)
from learning.queries.contracts import contracts_of
from providers.models import Provider
from tenancy.lens import bearer, learner, look, public

Shown = Callable[..., HttpResponse]
KEPT = 15 * 60  # seconds: calendars ask about as often
#: Meetings in a frame.
MOST = 30


def for_everybody(view: Shown) -> Shown:
    @wraps(view)
    def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with look(public):
            response = view(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=KEPT)
        return response

    return serve


@require_safe
@for_everybody
def city_ics(_request: HttpRequest) -> HttpResponse:
    name = _("Heute in %(city)s") % {"city": frame.CITY["name"]}
    events = [*as_events(meetings_in_public()), *city_events(timezone.localdate())]
    return HttpResponse(as_ics(name, events), "text/calendar; charset=utf-8")


@require_safe
@for_everybody
def provider_ics(_request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Provider, slug=slug)
    return _ics(shown.name, meetings_in_public(provider=shown.pk))


@require_safe
@for_everybody
def venue_ics(_request: HttpRequest, venue: int) -> HttpResponse:
    shown = get_object_or_404(Venue, pk=venue)
    return _ics(shown.name, meetings_in_public(venue=shown.pk))


@require_safe
@for_everybody
def provider_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Provider, slug=slug)
    return _framed(request, shown.name, meetings_in_public(provider=shown.pk))


@require_safe
@for_everybody
def venue_calendar(request: HttpRequest, venue: int) -> HttpResponse:
    shown = get_object_or_404(Venue, pk=venue)
    return _framed(request, shown.name, meetings_in_public(venue=shown.pk))


def _framed(request: HttpRequest, name: str, meetings: list[Meeting]) -> HttpResponse:
    """Plain HTML, without script and cookie; these pages alone may stand in the frame of another site."""
    now = timezone.now()
    ahead = [each for each in meetings if each.ends_at > now][:MOST]
    context = {"name": name, "meetings": ahead, "url": settings.PUBLIC_URL}
    response = render(request, "learning/calendar_framed.html", context)
    response.may_be_framed = True  # see config/csp.py
    return response


def _ics(name: str, meetings: list[Meeting]) -> HttpResponse:
    return HttpResponse(as_ics(name, as_events(meetings)), "text/calendar; charset=utf-8")


@require_safe
def my_ics(_request: HttpRequest, token: str) -> HttpResponse:
    """For anyone who holds the address: what its person has booked, and nothing else of them."""
    key = key_of(token, FEED_SALT)
    if not key:
        raise Http404
    with look(bearer(str(key))):
        feed = DateFeed.objects.filter(key=key).first()
    if not feed:
        raise Http404
    with look(learner(feed.learner_id)):
        response = _ics(_("Meine Termine"), meetings_of_person(feed.learner_id))
    patch_cache_control(response, private=True, no_store=True)
    return response


@login_required
@require_http_methods(["GET", "POST"])
def my_dates(request: HttpRequest) -> HttpResponse:
    """Seats and places in queues, and the address for a calendar. `act`: make (also anew), end."""
    if request.method == "POST":
        if request.POST.get("act") == "make":
            actions.make_date_feed(request.user)
        elif request.POST.get("act") == "end":
            actions.end_date_feed(request.user)
        return redirect("learning:my_dates")
    feed = DateFeed.objects.filter(learner=request.user).first()
    context = {
        "bookings": bookings_of(request.user.pk),
        "contracts": contracts_of(request.user.pk),
        "feed": feed,
        "url": settings.PUBLIC_URL,
    }
    return render(request, "learning/dates_of_mine.html", context)
