from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accessibility import actions
from accessibility.advice import ADVICE
from accessibility.forms import BarrierForm, new_form_token
from accessibility.models import Exemption, Statement
from accessibility.reading import CHOICES, DEFAULTS
from tenancy.lens import CITY
from tenancy.public_page import public_page

YEAR = 60 * 60 * 24 * 365


@csrf_exempt  # without a cookie there is no CSRF token; the form carries a signed one and the origin is checked
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Anybody reports a barrier: no login, no cookie, no riddle."""
    if request.method == "GET":
        page = request.GET.get("seite", "")[:500]
        form = BarrierForm(initial={"page": page, "form_token": new_form_token()})
        return render(request, "accessibility/report.html", {"form": form})
    form = BarrierForm(request.POST)
    if _comes_from_elsewhere(request) or not form.is_valid():
        form.data = {**request.POST.dict(), "form_token": new_form_token()}
        return render(request, "accessibility/report.html", {"form": form}, status=400)
    number = actions.report_barrier(form.instance, language=get_language() or "de")
    return render(request, "accessibility/report_done.html", {"number": number})


@require_GET
@public_page
def statement(request: HttpRequest) -> HttpResponse:
    found = Statement.objects.filter(provider=CITY).first()
    exemptions = [
        {"exemption": each, "wrong": ADVICE[each.rule].wrong}
        for each in Exemption.objects.order_by("title", "pk")
        if each.rule in ADVICE
    ]
    context = {"statement": found, "exemptions": exemptions}
    return render(request, "accessibility/statement.html", context)


@csrf_exempt  # changes nothing but this browser's own reading cookie
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Larger letters, wider lines, other colours: kept in this browser, because somebody asked for it."""
    chosen = {
        name: request.POST[name] if request.POST.get(name) in CHOICES[name] else default
        for name, default in DEFAULTS.items()
    }
    target = request.POST.get("next", "")
    if not target.startswith("/") or not url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=settings.HTTPS
    ):
        target = "/"
    response = redirect(target)
    if chosen == DEFAULTS:
        response.delete_cookie(settings.READING_COOKIE)
    else:
        response.set_cookie(
            settings.READING_COOKIE,
            ".".join(chosen.values()),
            max_age=YEAR,
            samesite="Lax",
            secure=settings.HTTPS,
            httponly=True,
        )
    return response


def _comes_from_elsewhere(request: HttpRequest) -> bool:
    """Browsers name the sending site on every POST; a form on somebody else's site is refused."""
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc != request.get_host()
