"""What takes place in the city today, and what comes next. Not kept in memory: tomorrow it says something else."""

from datetime import datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.queries.runs import coming_runs, meetings_between
from courses.queries.steering import coming_events
from tenancy.lens import look, public
from words.days import ZONE

#: Runs on the page at most.
MOST = 40


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """The city's day, also at half past midnight."""
    on = timezone.localdate()
    begin = datetime.combine(on, time(), ZONE)
    end = datetime.combine(on + timedelta(days=1), time(), ZONE)
    with look(public):
        context = {
            "today": on,
            "meetings": meetings_between(begin, end),
            "runs": coming_runs(limit=MOST),
            "events": coming_events(on),
        }
        return render(request, "courses/today.html", context)
