"""Repeating a course: what is said about a result that is not enough, and the way to begin anew."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from courses.queries.addresses import course_at
from courses.rules import RESULT, SITTINGS
from learning import actions
from learning.actions import NotAgain
from learning.models import Enrolment
from learning.queries import CourseOutcome

WHY_NOT = {
    "running": gettext_lazy(
        "Sie machen diesen Kurs gerade. Wiederholen können Sie ihn erst, wenn Ihr Ergebnis nicht reicht."
    ),
    "valid": gettext_lazy(
        "Sie haben diesen Kurs geschafft, und Ihr Nachweis gilt. Kurz vor seinem Ende können Sie den Kurs noch einmal machen."
    ),
    "too often": gettext_lazy(
        "Sie haben diesen Kurs schon so oft wiederholt, wie es möglich ist. Bitte fragen Sie den Anbieter."
    ),
    "gone": gettext_lazy(
        "Diesen Kurs gibt es nicht mehr im Katalog. Bitte fragen Sie den Anbieter."
    ),
}


@login_required
@require_POST
def retake(request: HttpRequest, provider: str, course: str) -> HttpResponse:
    """Close what they have and begin the newest edition; or say why that is not possible."""
    mine = get_object_or_404(
        Enrolment, learner=request.user, course=course_at(provider, course), closed_at=None
    )
    try:
        actions.retake(mine)
    except NotAgain as refused:
        messages.info(request, WHY_NOT[refused.why])
        return redirect("learning:dashboard")
    messages.success(request, _("Sie fangen den Kurs noch einmal an. Viel Erfolg!"))
    return redirect("learning:start", provider, course)


def judgement(outcome: CourseOutcome | None, address: str) -> dict[str, Any] | None:
    """What templates/learning/outcome.html shows to somebody for whom doing the items was not enough."""
    if not outcome:
        return None
    missing, rule = outcome.judged.missing, outcome.rule
    again = outcome.failed and rule.may_retake(outcome.take)
    return {
        "failed": RESULT in missing,
        "result": outcome.result,
        "pass_mark": rule.pass_mark,
        "may_improve": outcome.done < outcome.total,
        "absent": SITTINGS in missing,
        "attended": outcome.attended,
        "sittings": outcome.sittings,
        "required_sittings": rule.required_sittings,
        "retake_url": retake_url(address) if again else "",
    }


def retake_url(address: str) -> str:
    return reverse("learning:retake", args=address.split("/", 1))
