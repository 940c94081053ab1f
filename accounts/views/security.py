"""Where somebody is signed in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts import actions, queries
from accounts.devices import in_words


@login_required
@require_http_methods(["GET", "POST"])
def devices(request: HttpRequest) -> HttpResponse:
    """Her list; "end" is the number of the one to sign out there, "others" all but this one."""
    here = request.session.session_key or ""
    if request.method == "POST":
        _end(request, here)
        return redirect("accounts:devices")
    found = [(device, in_words(device.agent)) for device in queries.devices(request.user, here)]
    return render(request, "accounts/devices.html", {"devices": found, "others": len(found) > 1})


def _end(request: HttpRequest, here: str) -> None:
    """Ended twice, or by itself meanwhile, it is ended: the same sentence."""
    if "others" in request.POST:
        ended = actions.end_sessions(request.user, keep=here)
    else:
        only = queries.session_of(request.user, request.POST.get("end", ""))
        if only:
            actions.end_sessions(request.user, keep=here, only=only)
        ended = 1
    said = ngettext(
        "Auf dem anderen Gerät sind Sie jetzt abgemeldet.",
        "Auf %(count)d anderen Geräten sind Sie jetzt abgemeldet.",
        ended,
    )
    messages.success(request, said % {"count": ended})
