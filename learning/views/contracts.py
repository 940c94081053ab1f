"""Contracts: the page of one behind its link, withdrawing without signing in, and what a house has of both."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.limits import allowed_here, may_be_mailed
from courses.prices import euros
from courses.views.paging import page_number, pages_of
from learning import actions, emails
from learning.booking_forms import ContractWithdrawalForm, new_form_token
from learning.models.booking import key_of
from learning.models.contract import CONTRACT_SALT
from learning.queries.contracts import (
    contract_by_key,
    contracts_at,
    houses_with_contracts,
    withdrawals_at,
)
from providers.decorators import comes_from_elsewhere
from providers.models import Provider
from tenancy.lens import bearer, look, public
from words.days import day

TOO_MANY = gettext_lazy(
    "Gerade kommt hier sehr viel an. Ihre Eingaben sind noch da. Senden Sie sie bitte in einer Stunde noch einmal, oder schreiben Sie dem Anbieter: Das gilt genauso."
)
SHOWN = 50


@require_safe
def contract(request: HttpRequest, token: str) -> HttpResponse:
    """As it was concluded, for anyone who holds the link; nobody's cache and nobody's index."""
    key = key_of(token, CONTRACT_SALT)
    with look(bearer(str(key)) if key else public):
        mine = contract_by_key(key) if key else None
        if not mine:
            raise Http404
        context = {
            "contract": mine,
            "provider": mine.provider,
            "price": euros(mine.price),
            "open": mine.may_be_withdrawn(day(timezone.now())),
        }
        response = render(request, "learning/contract.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return _secret(response)


@csrf_exempt  # without a cookie there is no CSRF token; the form carries a signed one and the origin is checked
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest) -> HttpResponse:
    """First which contract, then "Widerruf bestätigen". `?anbieter=` and `?vertrag=` (the link of one) fill in what is known."""
    key = key_of(request.GET.get("vertrag", ""), CONTRACT_SALT)
    with look(bearer(str(key)) if key else public):
        if request.method != "POST":
            return _ask(
                request, ContractWithdrawalForm(houses=_houses(), initial=_known(request, key))
            )
        if comes_from_elsewhere(request):
            return HttpResponseForbidden()
        form = ContractWithdrawalForm(request.POST, houses=_houses())
        if not form.is_valid():
            return _again(request, form, status=400)
        if request.POST.get("act") != "confirm":
            return _ask(request, form, confirm="edit" not in request.POST)
        if not allowed_here("withdraw", request) or not may_be_mailed(
            "withdraw", form.cleaned_data["email"]
        ):
            form.add_error(None, TOO_MANY)
            return _again(request, form, status=429)
        emails.tell_withdrawal(actions.withdraw(form.said()).pk)
        return redirect("learning:withdrawn")


@require_safe
def withdrawn(request: HttpRequest) -> HttpResponse:
    """Says the same to everybody: whether there is such a contract is told by mail alone."""
    with look(public):
        return render(request, "learning/withdrawn.html", {"now": timezone.now()})


def _houses() -> list[tuple[str, str]]:
    return [(str(one.pk), one.name) for one in houses_with_contracts()]


def _known(request: HttpRequest, key: Any) -> dict[str, Any]:
    slug = request.GET.get("anbieter", "")
    house = next((one.pk for one in houses_with_contracts() if one.slug == slug), "")
    known = {"form_token": new_form_token(), "provider": str(house)}
    mine = contract_by_key(key) if key else None
    if mine:
        known |= {"name": mine.buyer, "about": mine.number, "email": mine.email}
        known["provider"] = str(mine.provider_id)
    return known


def _again(request: HttpRequest, form: ContractWithdrawalForm, *, status: int) -> HttpResponse:
    """With all that was typed, and good for one more try."""
    typed = request.POST.copy()
    typed["form_token"] = new_form_token()
    form.data = typed
    return _ask(request, form, status=status)


def _ask(
    request: HttpRequest, form: ContractWithdrawalForm, *, confirm: bool = False, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "confirm": confirm, "provider_name": ""}
    if confirm:
        names = dict(form.fields["provider"].choices)
        context["provider_name"] = names.get(form.cleaned_data["provider"], "")
    return _secret(render(request, "learning/withdraw.html", context, status=status))


def _secret(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_http_methods(["GET", "POST"])
def contracts(request: HttpRequest, slug: str) -> HttpResponse:
    """What a house has concluded and what was withdrawn; what waits for its answer in front."""
    provider = get_object_or_404(Provider, slug=slug)
    if request.method == "POST":
        number = request.POST.get("withdrawal", "")
        found = withdrawals_at(provider).filter(pk=int(number) if number.isdecimal() else 0)
        actions.withdrawal_answered(get_object_or_404(found), by=request.user)
        messages.success(request, _("Gespeichert."))
        return redirect("learning:contracts", slug)
    shown = page_number(request.GET)
    page = Paginator(contracts_at(provider), SHOWN)
    if shown > page.num_pages:
        raise Http404
    rows = page.page(shown)
    withdrawals = [*withdrawals_at(provider)[: 4 * SHOWN]]
    context = {
        "provider": provider,
        "pages": pages_of(shown, page.num_pages, "?seite={}".format),
        "rows": [(one, euros(one.price)) for one in rows],
        "waiting": [one for one in withdrawals if one.wants_an_answer],
        "withdrawals": [one for one in withdrawals if not one.wants_an_answer],
    }
    return render(request, "learning/contracts.html", context)
