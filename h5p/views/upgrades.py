"""The office brings all activities of a content type to a newer version: first a try, then for good, and back again."""

from functools import partial

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from h5p import actions, tasks
from h5p.models import UpgradeRun
from h5p.queries.upgrades import older_in_use
from h5p.views.office import AGAIN
from h5p_lite.core.names import Name
from h5p_lite.models import Library
from h5p_lite.queries.titles import titled
from providers.decorators import needs
from providers.permissions import Right
from tenancy.lens import look, system

State = UpgradeRun.State
#: What may follow what.
NEXT = {"do": State.TRIED, "undo": State.DONE}


@require_POST
@needs(Right.LIBRARIES)
def begin(request: HttpRequest, library: int) -> HttpResponse:
    """Try for all activities with the version `former`; nothing is changed yet."""
    with look(system("plan an upgrade")):
        found = Library.objects.filter(pk=library, state=Library.State.ACTIVE).first()
        older = {str(name): name for name, _count in older_in_use(found)} if found else {}
        former: Name | None = older.get(request.POST.get("former", ""))
        if not found or not former:
            raise Http404
        run = actions.begin_run(former, found.name, by=request.user)
    transaction.on_commit(partial(tasks.upgrade_all.delay, run.pk), robust=True)
    return redirect("h5p_office:upgrade", run.pk)


@require_http_methods(["GET", "POST"])
@needs(Right.LIBRARIES)
def run(request: HttpRequest, run: int) -> HttpResponse:
    """How many can be brought along. POST does it for good (`act=do`), or takes it back (`act=undo`)."""
    with look(system("follow an upgrade")):
        found = UpgradeRun.objects.filter(pk=run).first()
        active = Library.objects.filter(
            machine_name=found.machine_name if found else "", state=Library.State.ACTIVE
        )
        newest = next(iter(titled(active.order_by("pk")[:1])), None)
    if not found:
        raise Http404
    act = request.POST.get("act", "")
    if request.method == "POST":
        if NEXT.get(act) != found.state:
            raise Http404
        with look(system("go on with an upgrade")):
            actions.go_on(run, act)
        transaction.on_commit(partial(tasks.upgrade_all.delay, run), robust=True)
        return redirect("h5p_office:upgrade", run)
    response = render(request, "h5p/office/upgrade.html", {"run": found, "library": newest})
    if found.state == State.WAITING:
        response["Refresh"] = AGAIN
    return response
