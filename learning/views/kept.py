"""What their browser keeps goes into the account of the person who is signed in, or is forgotten. Nothing of it is believed."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from learning import actions
from learning.unsaved_answers import forget, kept_in, saved


@csrf_exempt
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Take what the browser keeps into the account of the person who is signed in, or forget it; the script forgets at the hash."""
    back = _back(request)
    if "nein" in request.POST:
        return forget(redirect(f"{back}#vergessen"))
    if not request.user.is_authenticated:
        return redirect_to_login(back)
    return _keep(request, back)


@csrf_protect
def _keep(request: HttpRequest, back: str) -> HttpResponse:
    language = get_language() or "de"
    stored = actions.keep_answers(request.user, kept_in(request), language=language)
    if stored:
        messages.success(request, saved(stored))
    else:
        messages.info(request, _("Diese Aufgaben gibt es nicht mehr. Es war nichts zu speichern."))
    return forget(redirect(f"{back}#vergessen{'-gespeichert' if stored else ''}"))


def _back(request: HttpRequest) -> str:
    """The page they were on; a step when it was sent by one of its questions."""
    back = request.POST.get("zurueck") or request.path.removesuffix("antwort/")
    if url_has_allowed_host_and_scheme(back, None) and back.startswith("/"):
        return back.partition("#")[0]
    return reverse("learning:dashboard")
