"""One run as those who plan it see it: its meetings, and what can be done with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses import actions
from courses.actions import CannotPlan
from courses.models import Meeting, Run, Tally
from courses.plan_forms import CopyForm, MeetingForm, SeriesForm, slots_overlap_text
from courses.queries.runs import clashes, free_days_between
from courses.timetable import LONGEST, MeetingSeries, NoSeries, series, slot
from courses.views.plan import WHY, run_of, venues_of


@require_http_methods(["GET", "POST"])
def plan_run(request: HttpRequest, slug: str, run_key: UUID) -> HttpResponse:
    """`act`: series, publish, cancel, copy."""
    run = run_of(slug, run_key)
    act = ACTS.get(request.POST.get("act", ""))
    if request.method != "POST" or not act:
        return _page(request, run)
    try:
        return act(request, run)
    except CannotPlan as refused:
        messages.error(request, str(WHY[refused.why]))
        return redirect("courses:plan_run", slug, run_key)


def _series(request: HttpRequest, run: Run) -> HttpResponse:
    form = SeriesForm(request.POST, venues=venues_of(run.provider))
    if not form.is_valid():
        return _page(request, run, form)
    said = form.cleaned_data
    free = free_days_between(said["on"], said["on"] + LONGEST) if said["no_free_days"] else []
    try:
        made = series(
            said["on"],
            said["begins"],
            said["ends"],
            count=said["count"],
            weeks=said["weeks"],
            free=free,
        )
    except NoSeries:
        form.add_error("on", _("Mit diesen Angaben findet sich kein Tag."))
        return _page(request, run, form)
    venue, room = form.place()
    people = [*run.leaders.values_list("person", flat=True)]
    busy = clashes(made.slots, room=room and room.pk, people=people, without=run.pk)
    if busy and not said["anyway"]:
        text = _("Raum oder Leitung sind schon belegt: %(days)s") % {
            "days": slots_overlap_text(busy)
        }
        form.add_error("anyway", text)
        return _page(request, run, form)
    actions.add_meetings(run, made.slots, by=request.user, venue=venue, room=room)
    messages.success(request, _added(made))
    return redirect("courses:plan_run", run.provider.slug, run.key)


def _added(made: MeetingSeries) -> str:
    text = _("Die Termine sind eingetragen.")
    if not made.left_out:
        return text
    days = ", ".join(f"{on:%d.%m.%Y} ({why})" for on, why in made.left_out)
    left_out = _("Ausgelassen: %(days)s") % {"days": days}
    return f"{text} {left_out}"


def _publish(request: HttpRequest, run: Run) -> HttpResponse:
    actions.publish_run(run, by=request.user)
    messages.success(request, _("Veröffentlicht. Ab jetzt sehen es alle."))
    return redirect("courses:plan_run", run.provider.slug, run.key)


def _cancel(request: HttpRequest, run: Run) -> HttpResponse:
    actions.cancel_run(run, by=request.user, why=request.POST.get("why", "")[:300])
    messages.success(request, _("Abgesagt. Wer gebucht hat, bekommt eine Mail."))
    return redirect("courses:plan_run", run.provider.slug, run.key)


def _copy(request: HttpRequest, run: Run) -> HttpResponse:
    form = CopyForm(request.POST)
    if not form.is_valid():
        return _page(request, run, copy=form)
    made = actions.copy_run(run, form.cleaned_data["first"], by=request.user)
    messages.success(request, _("Das ist die Kopie, als Entwurf."))
    return redirect("courses:plan_run", run.provider.slug, made.key)


ACTS: dict[str, Callable[[HttpRequest, Run], HttpResponse]] = {
    "series": _series,
    "publish": _publish,
    "cancel": _cancel,
    "copy": _copy,
}


def _page(
    request: HttpRequest,
    run: Run,
    form: SeriesForm | None = None,
    copy: CopyForm | None = None,
) -> HttpResponse:
    meetings = run.meetings.select_related("venue", "room", "tally")
    initial = {"count": 1, "weeks": 1, "no_free_days": True}
    context: dict[str, Any] = {
        "provider": run.provider,
        "run": run,
        "meetings": [*meetings],
        "form": form or SeriesForm(venues=venues_of(run.provider), initial=initial),
        "copy_form": copy or CopyForm(),
    }
    return render(request, "courses/plan/run.html", context)


@require_http_methods(["GET", "POST"])
def plan_meeting(request: HttpRequest, slug: str, run_key: UUID, meeting: int) -> HttpResponse:
    """Move it, cancel it (`act=cancel`), or count who came (`act=tally`)."""
    run = run_of(slug, run_key)
    mine = get_object_or_404(run.meetings.select_related("venue", "room", "run"), pk=meeting)
    back = redirect("courses:plan_run", slug, run_key)
    act = request.POST.get("act", "")
    try:
        if act == "cancel":
            actions.cancel_meeting(mine, by=request.user, why=request.POST.get("why", "")[:300])
            return back
        if act == "tally" and (count := request.POST.get("count", "")).isdecimal():
            actions.count_visitors(mine, min(int(count), 9999), by=request.user)
            return back
        form = _meeting_form(request, mine)
        if act == "move" and form.is_valid():
            said = form.cleaned_data
            venue, room = form.place()
            when = slot(said["on"], said["begins"], said["ends"])
            actions.move_meeting(mine, when, by=request.user, venue=venue, room=room)
            messages.success(request, _("Gespeichert. Wer gebucht hat, bekommt eine Mail."))
            return back
    except CannotPlan as refused:
        messages.error(request, str(WHY[refused.why]))
        return back
    tally = Tally.objects.filter(meeting=mine).first()
    context = {"provider": run.provider, "run": run, "meeting": mine, "form": form, "tally": tally}
    return render(request, "courses/plan/meeting.html", context)


def _meeting_form(request: HttpRequest, mine: Meeting) -> MeetingForm:
    begin, end = timezone.localtime(mine.starts_at), timezone.localtime(mine.ends_at)
    where = "/".join(str(pk) for pk in (mine.venue_id, mine.room_id) if pk)
    initial = {"on": begin.date(), "begins": begin.time(), "ends": end.time(), "where": where}
    typed = request.POST if request.POST.get("act") == "move" else None
    venues = venues_of(mine.run.provider)
    if mine.venue and mine.venue not in venues:  # closed since then: the date keeps it
        venues.append(mine.venue)
    return MeetingForm(typed, initial=initial, venues=venues, room=mine.room_id)
