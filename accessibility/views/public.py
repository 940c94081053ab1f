from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from accessibility import actions
from accessibility.addresses import in_language, without_language
from accessibility.advice import ADVICE
from accessibility.cookies import keep_in_browser
from accessibility.forms import BarrierForm, new_form_token
from accessibility.models import AccessibilityStatement, Exemption
from accessibility.reading import DEFAULTS, as_cookie, changed, reading_settings
from accounts.limits import allowed_here, may_be_mailed
from providers.decorators import comes_from_elsewhere
from tenancy.lens import CITY, learner, look
from tenancy.public_page import public_page

_TOO_MANY = _(
    "Gerade kommen sehr viele Meldungen von Ihrem Anschluss. Ihr Text ist noch da. Senden Sie ihn bitte in einer Stunde noch "
    "einmal, oder rufen Sie uns an."
)


@csrf_exempt  # without a cookie there is no CSRF token; the form carries a signed one and the origin is checked
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Anybody reports a barrier: no login, no cookie, no puzzle to solve."""
    if request.method == "GET":
        page = request.GET.get("seite", "")[:500]
        form = BarrierForm(initial={"page": page, "form_token": new_form_token()})
        return render(request, "accessibility/report.html", {"form": form})
    form = BarrierForm(request.POST)
    if comes_from_elsewhere(request) or not form.is_valid():
        return _form_again(request, form, status=400)
    if not allowed_here("barrier", request):
        form.add_error(None, _TOO_MANY)
        return _form_again(request, form, status=429)
    receipt = may_be_mailed("barrier", form.instance.contact)
    number = actions.report_barrier(form.instance, language=get_language() or "de", receipt=receipt)
    return render(request, "accessibility/report_done.html", {"number": number})


def _form_again(request: HttpRequest, form: BarrierForm, *, status: int) -> HttpResponse:
    """With all that was written, and good for one more try."""
    form.data = {**request.POST.dict(), "form_token": new_form_token()}
    return render(request, "accessibility/report.html", {"form": form}, status=status)


@require_GET
@public_page
def statement(request: HttpRequest) -> HttpResponse:
    stated = AccessibilityStatement.objects.filter(provider=CITY).first()
    exemptions = [
        {"exemption": each, "wrong": ADVICE[each.rule].wrong}
        for each in Exemption.objects.order_by("title", "pk")
        if each.rule in ADVICE
    ]
    context = {"statement": stated, "exemptions": exemptions}
    return render(request, "accessibility/statement.html", context)


@csrf_exempt  # without a cookie there is no CSRF token; the origin is checked
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Larger letters, wider lines, other colours: kept in this browser, and in the account of the person who is signed in."""
    if request.method == "GET":
        return _preferences_page(request)
    if comes_from_elsewhere(request):
        return HttpResponseForbidden()
    now = reading_settings(request.COOKIES.get(settings.READING_COOKIE, ""))
    chosen = changed(now, request.POST.dict(), every="alle" in request.POST)
    if "zurueck" in request.POST:
        chosen = DEFAULTS
    if request.user.is_authenticated:
        with look(learner(request.user.pk)):
            actions.keep_settings(request.user, as_cookie(chosen))
    response = redirect(_way_back(request, chosen))
    keep_in_browser(response, as_cookie(chosen))
    return response


@public_page
def _preferences_page(request: HttpRequest) -> HttpResponse:
    return render(request, "accessibility/preferences.html")


def _way_back(request: HttpRequest, chosen: dict[str, str]) -> str:
    """To where the choice was made; in plain German as soon as that comes first, in German when it no longer does."""
    target = request.POST.get("next", "")
    if not target.startswith("/") or not url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=settings.HTTPS
    ):
        return "/"
    if "alle" not in request.POST and "zurueck" not in request.POST:
        return target
    bare = without_language(target)
    if chosen["simple"] == "1" and bare == target:
        return in_language("de-simple", target)
    return bare if chosen["simple"] == "0" and target.startswith("/de-simple/") else target
