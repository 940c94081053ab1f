"""Keys of a house's programs, for its heads; and those of the city, for its admins."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from api import actions
from api.forms import KeyForm
from api.queries import keys_of
from api.scopes import Scope, offered
from providers.decorators import needs
from providers.models import Provider
from providers.permissions import Right
from tenancy.lens import CITY


@require_http_methods(["GET", "POST"])
def keys(request: HttpRequest, slug: str) -> HttpResponse:
    """The middleware has let in heads of this provider only."""
    provider = get_object_or_404(Provider.objects.exclude(pk=CITY), slug=slug)
    return _keys(request, provider)


@require_http_methods(["GET", "POST"])
@needs(Right.RECORD)
def office_keys(request: HttpRequest) -> HttpResponse:
    return _keys(request, get_object_or_404(Provider, pk=CITY))


def _keys(request: HttpRequest, provider: Provider) -> HttpResponse:
    """`act`: make (the answer shows the key, once), revoke."""
    city = provider.pk == CITY
    if request.POST.get("act") == "revoke":
        return _revoked(request, provider)
    form = KeyForm(request.POST if request.method == "POST" else None, city=city)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = actions.make_key(
            provider,
            name=said["name"],
            scopes=said["scopes"],
            ends_on=form.ends_on,
            form=said["form"],
            by=request.user,
        )
        if made:
            return _page(request, provider, KeyForm(city=city), made=made)
        messages.info(request, _("Dieser Schlüssel ist schon gemacht. Wir können ihn kein zweites Mal zeigen. Haben Sie ihn nicht? Dann widerrufen Sie ihn, und machen Sie einen neuen."))  # fmt: skip
        return redirect(request.path)
    return _page(request, provider, form)


def _revoked(request: HttpRequest, provider: Provider) -> HttpResponse:
    number = request.POST.get("key", "")
    known = number.isdecimal() and len(number) < 18
    if known and actions.revoke_key(provider, int(number), by=request.user):
        messages.success(request, _("Der Schlüssel ist widerrufen. Er öffnet nichts mehr."))
    else:
        messages.info(request, _("Dieser Schlüssel ist schon widerrufen."))
    return redirect(request.path)


def _page(request: HttpRequest, provider: Provider, form: KeyForm, **more: Any) -> HttpResponse:
    city = provider.pk == CITY
    words = offered(city=city)
    listed = [
        {"key": key, "scopes": [words[Scope(scope)] for scope in key.scopes]}
        for key in keys_of(provider)
    ]
    context = {"provider": provider, "city": city, "form": form, "keys": listed} | more
    response = render(request, "api/keys.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
