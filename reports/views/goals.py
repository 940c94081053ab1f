"""What the city wants to reach, by when, and who looks after it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from providers.actions import record_for
from providers.decorators import needs
from providers.permissions import Right
from reports.actions import end_goal, set_goal
from reports.aims import GoalState, per_cent, progress
from reports.forms import GoalForm
from reports.indicators import Indicator, indicators, values_now
from reports.models import Goal
from reports.queries.goals import goals
from tenancy.lens import CITY


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.FIGURES)
def goals_page(request: HttpRequest) -> HttpResponse:
    """All goals with how far they are; POST sets one."""
    now, known = values_now(timezone.localdate()), indicators()
    form = GoalForm(request.POST or None, known=known, now=now)
    if request.method == "POST" and form.is_valid():
        set_goal(**form.goal())
        record_for(
            CITY, "goal.set", by=request.user, name=known[form.cleaned_data["indicator"]].title
        )
        messages.success(request, _("Das Ziel ist gesetzt."))
        return redirect("reports:goals")
    listed = [described(one, known, now) for one in goals() if one.indicator in known]
    context = {
        "form": form,
        "held": [one for one in listed if not one["goal"].ended_at],
        "away": [one for one in listed if one["goal"].ended_at],
        "today": [(one.title, _said(now[key]), one.unit) for key, one in known.items()],
    }
    return render(request, "reports/goals.html", context)


@require_POST
@needs(Right.FIGURES)
def goal_ended(request: HttpRequest, number: int) -> HttpResponse:
    """Put away; `wieder` takes it up again."""
    again = "wieder" in request.POST
    if end_goal(number, ended=not again):
        text = (
            _("Das Ziel gilt wieder.")
            if again
            else _("Das Ziel ist weggelegt. Es steht weiter unten.")
        )
        messages.success(request, text)
    return redirect("reports:goals")


def described(
    goal: Goal, known: dict[str, Indicator], now: dict[str, int | None]
) -> dict[str, Any]:
    value = now[goal.indicator]
    stands = progress(value, goal.target, goal.due, timezone.localdate())
    return {
        "goal": goal,
        "title": known[goal.indicator].title,
        "unit": known[goal.indicator].unit,
        "now": _said(value),
        "percent": per_cent(goal.base, value, goal.target),
        "says": {
            GoalState.REACHED: _("Erreicht."),
            GoalState.UNDER_WAY: _("Auf dem Weg."),
            GoalState.LATE: _("Der Tag ist vorbei, das Ziel ist nicht erreicht."),
            GoalState.UNKNOWN: _("Zurzeit weniger Menschen, als wir zeigen dürfen."),
        }[stands],
    }


def _said(value: int | None) -> str:
    return _("unter 5") if value is None else number_format(value, force_grouping=True)
