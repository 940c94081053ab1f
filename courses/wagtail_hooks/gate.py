"""The gate before publishing: what keeps readers out, where it is, and the owner's way past it in writing."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accessibility.actions import exempt
from accessibility.advice import ADVICE
from accessibility.checks import BLOCK, RULES, Finding
from courses import queries
from courses.models import CoursePage, LessonPage
from courses.queries.findings import COURSE_FIELDS
from providers.models import BasePage
from providers.permissions import Right
from providers.queries import seats, where


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Warum bleibt es so?"),
        help_text=gettext_lazy(
            "Ein oder zwei Sätze. Sie stehen öffentlich in der Erklärung zur Barrierefreiheit."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        min_length=20,
        max_length=600,
    )


@require_http_methods(["GET", "POST"])
def gate(request: HttpRequest, page_id: int) -> HttpResponse:
    """Findings of the latest draft. POST: an owner says why what stops publishing stays."""
    stored = get_object_or_404(BasePage, pk=page_id)
    rights = stored.permissions_for_user(request.user)
    page = stored.get_latest_revision_as_object()
    if not rights.can_edit() or not isinstance(page, CoursePage | LessonPage):
        raise Http404
    findings = queries.checked(page)
    may_exempt = (
        stored.provider_id in where(seats(request.user), Right.MANAGE) and rights.can_publish()
    )
    form = ReasonForm(request.POST or None) if may_exempt and findings.stopping else None
    if request.method == "POST":
        if not form:
            raise Http404
        if form.is_valid():
            exempt(page, findings.stopping, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(
                request,
                _(
                    "Die Begründung ist gespeichert. Sie steht in der Erklärung zur Barrierefreiheit."
                ),
            )
            course = queries.source_course(page)
            if course:
                return redirect(
                    f"{reverse('desk:course', args=[course.pk])}?seite={page.pk}#drucken"
                )
            return redirect("wagtailadmin_pages:edit", page.pk)
    context = {
        "page": page,
        "edit_url": _desk_of(page),
        "stopping": _at_desk(page, findings.stopping),
        "warning": _at_desk(page, findings.warning),
        "exempt": _at_desk(page, findings.exempt),
        "form": form,
    }
    return render(
        request, "courses/gate.html", context, status=400 if form and form.errors else 200
    )


EDITOR = "wagtailadmin_pages:edit"


def _desk_of(page: CoursePage | LessonPage) -> str:
    """A step is written at the writing desk, a course in its plan; a course's page in another language in Wagtail's editor."""
    german = page.locale.language_code == "de"
    name = "writing:step" if isinstance(page, LessonPage) else "desk:plan" if german else EDITOR
    return reverse(name, args=[page.pk])


def _at_desk(page: CoursePage | LessonPage, findings: list[Finding]) -> list[dict[str, Any]]:
    if not isinstance(page, LessonPage):
        return [shown(finding) for finding in findings]
    return [shown(finding) | {"anchor": f"block-{finding.part}"} for finding in findings]


def shown(finding: Finding) -> dict[str, Any]:
    """A finding in an author's words, with its place in the editor."""
    advice = ADVICE[finding.rule]
    return {
        "wrong": advice.wrong,
        "do": advice.do,
        "excerpt": finding.excerpt,
        "source": RULES[finding.rule].source,
        "stops": finding.severity == BLOCK,
        "anchor": _anchor(finding.part),
    }


def _anchor(part: str) -> str:
    """Where Wagtail's editor shows the block or the field."""
    if part in COURSE_FIELDS:
        return f"panel-child-content-{part}-section"
    return f"block-{part}-section"
