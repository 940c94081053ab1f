"""Where a house's programs are told of what happens, for its heads."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from api import actions
from api.forms import WebhookForm
from api.queries import webhooks_of
from api.scopes import EVENTS, HookEvent
from providers.models import Provider
from tenancy.lens import CITY


@require_http_methods(["GET", "POST"])
def webhooks(request: HttpRequest, slug: str) -> HttpResponse:
    """The middleware has let in heads of this provider only. `act`: make (shows the secret, once), drop, wake, ping."""
    provider = get_object_or_404(Provider.objects.exclude(pk=CITY), slug=slug)
    act = request.POST.get("act", "")
    if act in ("drop", "wake", "ping"):
        return _acted(request, provider, act)
    form = WebhookForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_webhook(provider, **form.cleaned_data, by=request.user)
        except actions.TooManyWebhooks:
            messages.error(
                request, _("Mehr Adressen gehen nicht. Bitte nehmen Sie zuerst eine weg.")
            )
            return redirect(request.path)
        if made:
            return _page(request, provider, WebhookForm(), made=made)
        messages.info(
            request, _("Das ist schon gemacht. Wir können das Geheimnis kein zweites Mal zeigen.")
        )
        return redirect(request.path)
    return _page(request, provider, form)


def _acted(request: HttpRequest, provider: Provider, act: str) -> HttpResponse:
    said = request.POST.get("webhook", "")
    number = int(said) if said.isdecimal() and len(said) < 18 else 0
    if act == "drop":
        if actions.drop_webhook(provider, number, by=request.user):
            messages.success(request, _("Wir melden dorthin nichts mehr."))
    elif act == "wake":
        if actions.wake_webhook(provider, number):
            messages.success(request, _("Wir melden wieder, was ab jetzt geschieht."))
    elif actions.ping(provider, number):
        messages.success(
            request, _("Die Probe ist unterwegs. Ob sie angekommen ist, steht gleich hier.")
        )
    return redirect(request.path)


def _page(request: HttpRequest, provider: Provider, form: WebhookForm, **more: Any) -> HttpResponse:
    listed = [
        {
            "hook": hook,
            "events": [EVENTS[HookEvent(event)] for event in hook.events],
            "last": [{"row": one, "says": _of(one.kind)} for one in last],
        }
        for hook, last in webhooks_of(provider)
    ]
    context = {"provider": provider, "form": form, "listed": listed} | more
    response = render(request, "api/webhooks.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _of(kind: str) -> str:
    return str(EVENTS[HookEvent(kind)]) if kind in EVENTS else _("Probe")
