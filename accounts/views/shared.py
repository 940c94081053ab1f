"""A shared device: saying that it is one, ending everything, and staying."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import companion, shared


@never_cache
@csrf_exempt
@require_http_methods(["GET", "POST"])
def device(request: HttpRequest) -> HttpResponse:
    """Says what a shared device does. It is made one here: for this person, or for good. Only the browser unmakes it."""
    if request.method == "POST" and not shared.from_elsewhere(request):
        response = redirect("accounts:shared")
        for_good = "fuer-immer" in request.POST
        if for_good or not shared.is_shared(request):
            shared.remember(response, shared.DEVICE if for_good else shared.NOW)
        if request.user.is_authenticated:
            shared.begin(request)
        return response
    kind = request.COOKIES.get(shared.COOKIE, "")
    return render(request, "accounts/shared.html", {"kind": kind})


@csrf_exempt
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """The button, in whatever tab: also where the session has ended, or somebody else's has begun since."""
    if shared.from_elsewhere(request):
        return redirect("home")
    companion.end(request)
    logout(request)
    where = reverse("accounts:forgotten") + ("?zeit" if "zeit" in request.POST else "")
    return shared.forget(request, redirect(where))


@never_cache
@require_GET
def forgotten(request: HttpRequest) -> HttpResponse:
    """Nothing is left to see. Opened while somebody is signed in it offers the button."""
    context = {
        "in_time": "zeit" not in request.GET,
        "title": _("Fertig. Alles ist vergessen."),
    }
    return render(request, "accounts/forgotten.html", context)


@require_GET
def still_there(request: HttpRequest) -> HttpResponse:
    """A sign of life; 205 tells the script that the session has ended, maybe in another tab."""
    running = request.user.is_authenticated and shared.SEEN in request.session
    return HttpResponse(status=204 if running else 205)
