"""After signing in: straight to the work, or to the choice where somebody works at several places."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import actions
from providers.forms import FirstPlaceForm
from providers.places import WORKS, first_page, places, seats_of


@login_required
@require_GET
def enter(request: HttpRequest) -> HttpResponse:
    """Where signing in leads to."""
    mine = seats_of(request)
    if mine:
        request.session[WORKS] = True
    return redirect(first_page(mine, request.user.first_place))


@login_required
@require_http_methods(["GET", "POST"])
def my_places(request: HttpRequest) -> HttpResponse:
    """All places of one person, and which one comes first. Somebody who only learns has no choice to make."""
    mine = places(seats_of(request))
    if not mine:
        return redirect("learning:dashboard")
    form = FirstPlaceForm(request.POST or None, places=mine, first=request.user.first_place)
    if request.method == "POST" and form.is_valid():
        actions.set_first_place(request.user, form.cleaned_data["first"])
        messages.success(request, _("Gemerkt. Das kommt nach dem Anmelden zuerst."))
        return redirect("providers:places")
    return render(request, "providers/places.html", {"places": mine, "form": form})
