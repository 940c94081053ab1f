"""The office brings all activities of a content type to a newer version: first a try, then for good, and back again."""

from functools import partial

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from h5p import actions, tasks
from h5p.models import UpgradeRun
from h5p.queries import office
from h5p.views.office import AGAIN
from providers.decorators import needs
from providers.permissions import Right


@require_POST
@needs(Right.LIBRARIES)
def begin(request: HttpRequest, library: int) -> HttpResponse:
    """Try for all activities with the version `former`; nothing is changed yet."""
    run = actions.plan_upgrade(library, request.POST.get("former", ""), by=request.user)
    if not run:
        raise Http404
    transaction.on_commit(partial(tasks.upgrade_all.delay, run.pk), robust=True)
    return redirect("h5p_office:upgrade", run.pk)


@require_http_methods(["GET", "POST"])
@needs(Right.LIBRARIES)
def run(request: HttpRequest, run: int) -> HttpResponse:
    """How many can be brought along. POST does it for good (`act=do`), or takes it back (`act=undo`)."""
    upgrade_run = office.upgrade_run(run)
    if not upgrade_run:
        raise Http404
    if request.method == "POST":
        if not actions.go_on(run, request.POST.get("act", "")):
            raise Http404
        transaction.on_commit(partial(tasks.upgrade_all.delay, run), robust=True)
        return redirect("h5p_office:upgrade", run)
    shown, newest = upgrade_run
    response = render(request, "h5p/office/upgrade.html", {"run": shown, "library": newest})
    if shown.state == UpgradeRun.State.WAITING:
        response["Refresh"] = AGAIN
    return response
