"""Four voluntary questions for the city's figures, asked once for each course. Under the lens of a learner."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.districts import districts_of
from figures.actions import Voluntary
from learning import actions
from learning.forms import VoluntaryForm
from learning.models import Enrolment


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def voluntary(request: HttpRequest, enrolment: int) -> HttpResponse:
    """`act`: keep, or nothing (takes back what was said). There for whoever learns; not for pupils, nobody below 16."""
    mine = get_object_or_404(Enrolment, pk=enrolment, learner=request.user.pk)
    if not actions.may_be_asked(request.user):
        raise Http404
    before = actions.voluntary_of(mine.pk)
    names = [one.name for one in districts_of(settings.CITY)]
    initial = before._asdict() if before else {}
    form = VoluntaryForm(request.POST or None, districts=names, initial=initial)
    way_on = redirect("learning:start", *mine.address.split("/", 1))
    if request.POST.get("act") == "nothing":
        actions.keep_voluntary(mine.pk, Voluntary())
        messages.success(request, _("Ihre Angaben sind weg. Sie zählen nicht mehr mit."))
        return way_on
    if request.method == "POST" and form.is_valid():
        actions.keep_voluntary(mine.pk, form.said())
        messages.success(request, _("Danke. Ihre Angaben sind ohne Ihren Namen gespeichert."))
        return way_on
    context = {"form": form, "said": before, "url": way_on.url}
    return render(request, "learning/voluntary.html", context, status=400 if form.errors else 200)
