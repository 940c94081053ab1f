"""The office's queue: who asks to become a provider, what it asks back, whom it declines. Founding is beside index pages (`courses`)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from providers import actions, queries
from providers.actions import CannotDecide, MailedLink
from providers.application_forms import MessageForm, SoughtForm
from providers.decorators import needs
from providers.emails import send_to_applicant
from providers.models import Application
from providers.permissions import Right

State = Application.State
PER_PAGE = 50
#: As the address says it -> what is on the list.
TABS: dict[str, tuple[str, ...]] = {
    "neu": (State.SENT,),
    "rueckfrage": (State.ASKED,),
    "angenommen": (State.APPROVED,),
    "abgelehnt": (State.DECLINED, State.WITHDRAWN),
}


@require_GET
@needs(Right.PROVIDERS)
def applications(request: HttpRequest) -> HttpResponse:
    tab = request.GET.get("stand", "")
    tab = tab if tab in TABS else "neu"
    there = queries.applications_by_state()
    counts = {name: sum(there.get(state, 0) for state in states) for name, states in TABS.items()}
    listed = queries.applications(TABS[tab])
    context = {
        "tab": tab,
        "counts": counts,
        "page": Paginator(listed, PER_PAGE).get_page(request.GET.get("seite")),
    }
    return render(request, "providers/applications.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.PROVIDERS)
def application_office(request: HttpRequest, application: int) -> HttpResponse:
    """All that was said, and three answers; two of them here."""
    asked = get_object_or_404(queries.applications(Application.SEEN), pk=application)
    forms = _forms(request)
    if request.method == "POST" and (done := _decided(request, asked, forms)):
        return done
    asked = get_object_or_404(queries.applications(Application.SEEN), pk=application)
    context = {
        "application": asked,
        "waits": asked.state in Application.WAITING,
        "entries": asked.entries.all(),
        "namesakes": queries.namesakes(asked) if asked.state in Application.WAITING else [],
        **forms,
    }
    return render(request, "providers/application_office.html", context)


def _forms(request: HttpRequest) -> dict[str, MessageForm]:
    """Each is filled in when its own button was pressed."""

    def typed(name: str) -> Any:
        return request.POST if name in request.POST else None

    ask, decline = (
        _("Bitte schreiben Sie, was Sie wissen möchten."),
        _("Bitte schreiben Sie, warum."),
    )
    return {
        "ask": MessageForm(typed("ask"), label=_("Ihre Frage"), says=ask, auto_id="frage_%s"),
        "decline": MessageForm(
            typed("decline"),
            label=_("Grund, den die Organisation liest"),
            says=decline,
            auto_id="grund_%s",
        ),
    }


def _decided(
    request: HttpRequest, asked: Application, forms: dict[str, MessageForm]
) -> HttpResponse | None:
    """None: something is missing, or changed while they were reading; what they typed stays."""
    kind = next((name for name, form in forms.items() if form.is_bound and form.is_valid()), "")
    if not kind:
        return None
    text, seen = forms[kind].cleaned_data["text"], request.POST.get("stand", "")
    decide = actions.ask_applicant if kind == "ask" else actions.decline_application
    try:
        mailed: MailedLink = decide(asked, text, by=request.user, seen=seen)
    except CannotDecide as why:
        messages.warning(request, in_words(why))
        return None
    send_to_applicant("asked" if kind == "ask" else "declined", mailed, text=text)
    says = {
        "ask": _("Ihre Frage ist unterwegs an %(name)s."),
        "decline": _("Die Anfrage von %(name)s ist abgelehnt. Der Grund ist unterwegs."),
    }
    messages.success(request, says[kind] % {"name": asked.name})
    return redirect("providers:applications")


def in_words(why: CannotDecide) -> str:
    """Why they must look again."""
    if str(why) == "changed":
        return _("Die Organisation hat inzwischen etwas geändert. Bitte lesen Sie noch einmal.")
    return _("Jemand war schneller: Diese Anfrage ist inzwischen beantwortet oder zurückgezogen.")


# --- what the city looks for -----------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@needs(Right.PROVIDERS)
def sought(request: HttpRequest) -> HttpResponse:
    form = SoughtForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.seek(**form.cleaned_data, by=request.user)
        messages.success(request, _("Eingetragen. Es steht ab jetzt neben der Anfrage."))
        return redirect("providers:sought")
    context = {"form": form, "sought": queries.sought_offers()}
    return render(request, "providers/sought.html", context)


@require_POST
@needs(Right.PROVIDERS)
def sought_no_more(request: HttpRequest, sought: int) -> HttpResponse:
    actions.seek_no_more(sought, by=request.user)
    messages.success(request, _("Gestrichen."))
    return redirect("providers:sought")
