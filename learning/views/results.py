"""What learners did in the activities of a course: for the tutors and heads of its provider, and for everybody what they did themselves."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from courses.queries.addresses import course_at
from learning import actions
from learning.forms import AttemptRuleForm
from learning.models import AttemptRule, XapiStatement
from learning.queries.attempts import rule_at, rule_of
from learning.queries.feedback import SHOWN_FROM, feedback_on
from learning.queries.own_results import own_results
from learning.queries.register import newest_cover
from learning.queries.results import WHICH, ActivityTry, PersonTries, Results
from learning.queries.results import results as results_of
from learning.views.tutored import Tutored, tutored
from providers.formats import as_csv


def _which(request: HttpRequest, rule: AttemptRule) -> str:
    """Whose choice it is stands in the address: `?versuch=`. Otherwise what is the rule of the course."""
    asked = request.GET.get("versuch", "")
    return asked if asked in WHICH else rule.counts


@require_http_methods(["GET", "POST"])
def results(request: HttpRequest, provider: str, course: str) -> HttpResponse:
    """Under the tutor's lens: strangers find nothing. POST sets the rule for attempts, or gives somebody one more."""
    courses = tutored(provider, course)
    here = redirect("learning:results", provider, course)
    rule = rule_of(courses.provider, courses.key)
    form = AttemptRuleForm(request.POST or None, initial={"counts": rule.counts, "most": rule.most})
    if request.method == "POST" and "mehr" in request.POST:
        _one_more(request, courses)
        return here
    if request.method == "POST" and form.is_valid():
        actions.set_attempt_rule(
            courses.provider, courses.key, **form.cleaned_data, by=request.user
        )
        messages.success(request, _("Gespeichert. Das gilt ab jetzt für alle in diesem Kurs."))
        return here
    which = _which(request, rule)
    context = {
        "course": courses.about,
        "activities": results_of(courses.provider, courses.key, rule, which),
        "choices": [(name, says, name == which) for name, says in WHICH.items()],
        "which": which,
        "rule": rule,
        "form": form,
        "feedback": feedback_on(courses.provider, courses.key),
        "shown_from": SHOWN_FROM,
    }
    return render(request, "learning/results.html", context, status=400 if form.errors else 200)


WHY_NOT = {
    "left": gettext_lazy("Das geht nicht: Die Person hat den Kurs verlassen."),
    "nothing": gettext_lazy("Die Person hat noch einen Versuch."),
}


def _one_more(request: HttpRequest, courses: Tutored) -> None:
    """`mehr`: <enrolment>-<item>, of an attempt at this course."""
    enrolment, _dash, item = request.POST["mehr"].partition("-")
    there = XapiStatement.objects.filter(provider=courses.provider, enrolment__course=courses.key)
    try:
        found = there.filter(enrolment=int(enrolment), item=uuid.UUID(item)).first()
    except (ValueError, OverflowError):
        found = None
    if not found:
        raise Http404
    try:
        actions.give_one_more(found.enrolment_id, found.item, by=request.user)
    except actions.CannotHelp as refused:
        messages.info(request, WHY_NOT[refused.why])
    else:
        said = _("%(name)s hat jetzt einen Versuch mehr.")
        messages.success(request, said % {"name": found.learner})


@require_GET
def results_csv(request: HttpRequest, provider: str, course: str) -> HttpResponse:
    """Every attempt of everybody, one a line."""
    courses = tutored(provider, course)
    rule = rule_of(courses.provider, courses.key)
    columns, lines = table_of(results_of(courses.provider, courses.key, rule, rule.counts))
    response = HttpResponse(as_csv(columns, lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="ergebnisse-{course}.csv"'
    return response


def table_of(activities: list[Results]) -> tuple[list[str], list[list[str]]]:
    columns = [
        _("Aktivität"),
        _("Name"),
        _("Versuch"),
        _("Zeitpunkt"),
        _("Erreichte Punkte"),
        _("Mögliche Punkte"),
    ]
    columns += [_("Gezählt von"), _("Geschafft"), _("Gilt")]
    passed = {True: _("ja"), False: _("nein"), None: ""}
    lines = []
    for activity in activities:
        for person in activity.people:
            for number, one in enumerate(person.tries, 1):
                at = timezone.localtime(one.at).strftime("%Y-%m-%d %H:%M")
                points = [f"{one.points:g}", f"{one.most:g}"] if one.most else ["", ""]
                by = (_("uns") if one.counted else _("Browser")) if one.most else ""
                said = [activity.title, person.name, str(number), at, *points, by]
                lines.append([*said, passed[one.graded], passed[_holds(person, one)]])
    return columns, lines


def _holds(person: PersonTries, one: ActivityTry) -> bool | None:
    """Whether it is shown as their result; None where all of them are."""
    return one is person.shown if person.shown else None


@login_required
@require_safe
def my_results(request: HttpRequest, provider: str, course: str) -> HttpResponse:
    """Their own attempts with what they answered. 404 for anybody who has never begun the course."""
    key = course_at(provider, course)
    mine = own_results(request.user, key) if key else None
    if key is None or mine is None:
        raise Http404
    context = {
        "title": newest_cover(key)["title"],
        "address": [provider, course],
        "is_open": mine.is_open,
        "activities": mine.activities,
        "rule": rule_at(key),
    }
    return render(request, "learning/my_results.html", context)
