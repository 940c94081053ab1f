"""One person in a group: the page of their tutor, with what a tutor may do, and the page they see of themselves, which says the same."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.queries.addresses import address_of
from learning import actions
from learning.actions import CannotHelp
from learning.forms import ConfirmStepForm
from learning.models import Attendance, Enrolment, Group
from learning.queries.answers import StepAnswers, answers_of
from learning.queries.groups import GroupStanding, acts_for, roster, tutors_of
from learning.views.groups import group_of
from learning.views.standing import member_row
from words.numbers import whole_number

WHY_NOT = {
    "left": gettext_lazy("Das geht nicht: Die Person hat den Kurs verlassen."),
    "completed": gettext_lazy(
        "Das geht nicht: Der Kurs ist geschafft, und der Nachweis hängt daran."
    ),
    "nothing": gettext_lazy("In diesem Schritt ist nichts mehr zu tun."),
}


def seen(group: Group, member: GroupStanding) -> dict[str, Any]:
    """Whatever is shown of a member, to their tutor and to themselves: there is one list of it."""
    enrolment = Enrolment.objects.select_related("edition").get(pk=member.enrolment)
    there = {*Attendance.objects.filter(enrolment=enrolment).values_list("sitting", flat=True)}
    answers = answers_of(enrolment, language=get_language() or "de")
    is_open = not (enrolment.completed_at or enrolment.closed_at)
    return {
        "group": group,
        "row": member_row(member),
        "course_title": member.title,
        "steps": [_step(step, member, is_open=is_open) for step in answers],
        "meetings": [(number, number in there) for number in range(1, member.sittings + 1)],
        "acts": acts_for(enrolment.pk),
        "tutors": tutors_of(group.pk),
    }


def _step(step: StepAnswers, member: GroupStanding, *, is_open: bool) -> dict[str, Any]:
    state = member.states[step.number - 1] if step.number <= len(member.states) else "open"
    words = {"done": _("erledigt"), "extra": _("neu und freiwillig")}
    return {
        "number": step.number,
        "title": step.title,
        "lang": step.lang,
        "items": step.items,
        "done": state == "done",
        "says": words.get(state, _("offen")),
        "may_confirm": is_open and state in ("now", "open"),
        "may_begin_anew": is_open and step.may_begin_anew,
    }


@require_http_methods(["GET", "POST"])
def group_member(request: HttpRequest, slug: str, group: int, learner: int) -> HttpResponse:
    """Under the lens of a tutor of this group: 404 for anybody who is not in it."""
    mine = group_of(slug, group)
    members = roster(mine.pk, language=get_language() or "de", learner=learner)
    if not members:
        raise Http404
    form = ConfirmStepForm()
    if request.method == "POST":
        form = ConfirmStepForm(request.POST)
        answer = _act(request, mine, members[0], form)
        if answer:
            return answer
    context = seen(mine, members[0]) | {
        "provider": mine.provider,
        "form": form,
        "asked": whole_number(request.POST.get("step")) or 0,
    }
    return render(request, "learning/group_member.html", context)


def _act(
    request: HttpRequest, group: Group, member: GroupStanding, form: ConfirmStepForm
) -> HttpResponse | None:
    """None: the form has to be filled in again."""
    act, number = request.POST.get("act"), whole_number(request.POST.get("step")) or 0
    here = redirect("learning:group_member", group.provider.slug, group.pk, member.learner)
    if act == "take_out":
        actions.take_out(group, member.learner, by=request.user)
        messages.success(
            request, _("Die Person ist nicht mehr in der Gruppe. Ihr Kurs geht weiter.")
        )
        return redirect("learning:group", group.provider.slug, group.pk)
    try:
        if act == "anew":
            actions.give_new_attempts(member.enrolment, number, by=request.user)
            messages.success(request, _("Die nächste Antwort zählt wieder als die erste."))
        elif act == "confirm":
            if not form.is_valid():
                return None
            reason = form.cleaned_data["reason"]
            actions.confirm_step(member.enrolment, number, reason=reason, by=request.user)
            messages.success(request, _("Der Schritt ist bestätigt."))
    except CannotHelp as refused:
        messages.info(request, WHY_NOT[refused.why])
    return here


@login_required
@require_safe
def my_group(request: HttpRequest, group: int) -> HttpResponse:
    """What a tutor sees of them, who that is, and the way out."""
    mine = get_object_or_404(Group.objects.select_related("provider"), pk=group)
    members = roster(mine.pk, language=get_language() or "de", learner=request.user.pk)
    if not members:
        raise Http404
    [member] = members
    address = address_of(mine.course)
    start = reverse("learning:start", args=address.split("/", 1)) if address else ""
    context = seen(mine, member) | {"start_url": "" if member.closed_at else start}
    return render(request, "learning/my_group.html", context)


@login_required
@require_POST
def leave_group(request: HttpRequest, group: int) -> HttpResponse:
    """At once: they may come back with the code. A second click finds nothing to leave, and says the same."""
    actions.leave_group(request.user, group)
    messages.success(
        request, _("Sie sind nicht mehr in der Gruppe. Ihr Kurs geht weiter wie bisher.")
    )
    return redirect("learning:dashboard")
