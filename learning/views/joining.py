"""Joining a group: by the link on its sheet, or by the code that stands there. Looking changes nothing; the button joins."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.limits import limited
from learning import actions
from learning.actions import CannotJoin
from learning.forms import JoinCodeForm
from learning.queries.groups import GroupAtDoor, group_at
from words.join_codes import in_address, read, written

WHY_NOT = {
    "unknown": gettext_lazy(
        "Diesen Code kennen wir nicht. Bitte vergleichen Sie ihn mit dem Blatt."
    ),
    "renewed": gettext_lazy(
        "Dieser Code gilt nicht mehr. Die Gruppe hat einen neuen. Bitte fragen Sie danach."
    ),
    "closed": gettext_lazy("Die Gruppe ist geschlossen. Bitte fragen Sie, ob es eine andere gibt."),
    "over": gettext_lazy(
        "Die Zeit zum Beitreten ist vorbei. Bitte fragen Sie, ob Sie noch dazukommen können."
    ),
    "full": gettext_lazy("Die Gruppe ist voll. Bitte fragen Sie, ob noch ein Platz frei wird."),
    "gone": gettext_lazy(
        "Den Kurs dieser Gruppe gibt es nicht mehr im Katalog. Bitte fragen Sie den Anbieter."
    ),
    "school": gettext_lazy(
        "Das ist eine Gruppe eines anderen Anbieters. Mit einem Schul-Konto lernen Sie nur an Ihrer Schule."
    ),
}


@require_safe
def join(request: HttpRequest) -> HttpResponse:
    """Where the code is typed; what was typed leads to its group, or stays in the field with a sentence."""
    form = JoinCodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        code = read(form.cleaned_data["code"])
        if code:
            return redirect("learning:join_group", in_address(code))
        form.add_error("code", WHY_NOT["unknown"])
    return _page(request, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("group")
def join_group(request: HttpRequest, code: str) -> HttpResponse:
    """GET shows which group it is; POST joins. Counted, so that nobody finds groups by trying."""
    if request.method == "POST":
        return _join(request, code)
    person = request.user if request.user.is_authenticated else None
    found = group_at(code, learner=person)
    if found and found.refusal == "member":
        return redirect("learning:my_group", found.id)
    if not found:
        return _unknown(request, code)
    return _page(request, found=found, code=code, refusal=found.refusal)


def _join(request: HttpRequest, code: str) -> HttpResponse:
    here = reverse("learning:join_group", args=[code])
    if not request.user.is_authenticated:
        return redirect_to_login(here)
    try:
        joined = actions.join_group(request.user, code)
    except CannotJoin as refused:
        if refused.why == "unknown":
            return _unknown(request, code)
        found = group_at(code, learner=request.user)
        return _page(request, found=found, code=code, refusal=refused.why)
    if joined.new:
        says = _("Sie sind in der Gruppe „%(name)s“.") % {"name": joined.group.name}
        messages.success(request, says)
    return redirect("learning:my_group", joined.group.pk)


def _unknown(request: HttpRequest, code: str) -> HttpResponse:
    form = JoinCodeForm({"code": code.replace("-", " ").upper()[:80]})
    form.is_valid()
    form.add_error("code", WHY_NOT["unknown"])
    return _page(request, form=form)


def _page(
    request: HttpRequest,
    *,
    form: JoinCodeForm | None = None,
    found: GroupAtDoor | None = None,
    code: str = "",
    refusal: str = "",
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form or JoinCodeForm(),
        "found": found,
        "refusal": WHY_NOT.get(refusal, ""),
        "code": written(read(code)) if found else "",
        "here": request.path,
    }
    return render(request, "learning/join.html", context)
