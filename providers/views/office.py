"""What the office does beside reading figures: its own record, and providers with their first owner."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.limits import limited
from providers import actions, queries
from providers.decorators import needs
from providers.emails import send_invitation, write_to_heads
from providers.forms import FirstOwnerForm, HeadsForm
from providers.models import Provider
from providers.permissions import Right
from providers.views import audit
from tenancy.lens import CITY


@require_GET
@needs(Right.RECORD)
def office_record(request: HttpRequest) -> HttpResponse:
    up = {"url": reverse("reports:office"), "label": _("Zahlen der Stadt")}
    around = {"up": up, "csv": reverse("providers:office_record_csv")}
    return audit.show(request, Provider.objects.get(pk=CITY), around)


@require_GET
@needs(Right.RECORD)
def office_record_csv(request: HttpRequest) -> HttpResponse:
    return audit.as_file(request, Provider.objects.get(pk=CITY))


@require_GET
@needs(Right.PROVIDERS)
def office_providers(request: HttpRequest) -> HttpResponse:
    context = {"providers": queries.all_providers(), "waiting": queries.how_many_wait()}
    return render(request, "providers/office.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.PROVIDERS)
def appoint(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody to lead a provider that nobody leads. Where somebody does, the office has no say."""
    provider = get_object_or_404(Provider, slug=slug)
    if provider.pk == CITY or queries.is_led(provider):
        raise Http404
    form = FirstOwnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        owner = form.cleaned_data["owner"]
        send_invitation(*actions.appoint(provider, owner, by=request.user))
        text = _("Die Einladung ist unterwegs an %(email)s.") % {"email": owner}
        messages.success(request, text)
        return redirect("providers:office_providers")
    return render(request, "providers/appoint.html", {"provider": provider, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PROVIDERS)
@limited("heads", sending=True)
def heads(request: HttpRequest) -> HttpResponse:
    """The office writes to all who lead a provider. It does not see who they are, nor keeps what it wrote: the mail has it."""
    form = HeadsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        people = queries.all_heads()
        count = write_to_heads(people, **form.cleaned_data)
        actions.record_for(
            CITY, "heads.written", by=request.user, name=form.cleaned_data["subject"], count=count
        )
        said = ngettext("Unterwegs an %(n)s Leitung.", "Unterwegs an %(n)s Leitungen.", count)
        messages.success(request, said % {"n": count})
        return redirect("providers:office_providers")
    return render(request, "providers/heads.html", {"form": form})
