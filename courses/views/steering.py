"""The office's desk for the city as a whole: what its home page recommends, and its education calendar."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.actions import steering
from courses.forms import CityEventForm
from courses.models import CityEvent, FeaturedCourse
from courses.queries import steering as queries
from providers.actions import record_for
from providers.decorators import needs
from providers.permissions import Right
from tenancy.lens import CITY
from words.spelling import tidy


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.STEERING)
def featured(request: HttpRequest) -> HttpResponse:
    """Courses before the newest ones on the home page. POST `act`: add, up, down, remove of a `course`."""
    if request.method == "POST":
        course, act = _key(request.POST.get("course", "")), request.POST.get("act", "")
        if course and act == "add":
            if steering.feature(course):
                record_for(CITY, "course.featured", by=request.user)
                messages.success(request, _("Der Kurs steht jetzt auf der Startseite."))
            else:
                messages.error(
                    request,
                    _("Das ging nicht: Die Liste ist voll, oder der Kurs ist nicht mehr da."),
                )
        elif course and act in ("up", "down", "remove"):
            steering.rearrange(course, act)
        return redirect("courses:featured")
    q = tidy(request.GET.get("q", ""))[:60]
    listed = queries.featured()
    context = {
        "q": q,
        "listed": listed,
        "found": [one for one in queries.courses_called(q) if one not in listed],
        "is_full": len(listed) >= FeaturedCourse.MOST,
        "most": FeaturedCourse.MOST,
    }
    return render(request, "courses/featured.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.STEERING)
def city_events(request: HttpRequest) -> HttpResponse:
    """The education calendar. `eintrag`: one to change; POST `act`=drop deletes it after a second look (`loeschen`)."""
    event = CityEvent.objects.filter(key=_key(request.GET.get("eintrag", ""))).first()
    if request.method == "POST" and request.POST.get("act") == "drop":
        if event and steering.drop_event(event.key):
            record_for(CITY, "event.dropped", by=request.user, name=event.title)
            messages.success(request, _("„%(title)s“ ist gelöscht.") % {"title": event.title})
        return redirect("courses:city_events")
    form = CityEventForm(request.POST or None, instance=event)
    if request.method == "POST" and form.is_valid():
        steering.keep_event(form.save(commit=False))
        record_for(CITY, "event.kept", by=request.user, name=form.cleaned_data["title"])
        messages.success(request, _("Der Eintrag steht im Bildungs-Kalender."))
        return redirect("courses:city_events")
    today = timezone.localdate()
    context = {
        "form": form,
        "event": event,
        "dropping": bool(event and "loeschen" in request.GET),
        "coming": queries.coming_events(today),
        "past": queries.past_events(today),
    }
    return render(request, "courses/city_events.html", context)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
