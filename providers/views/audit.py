"""The audit log, for those who answer for a provider; providers.views.office shows the city's in the same way."""

from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.models import AuditEvent
from providers.audit import said, said_of
from providers.formats import as_csv
from providers.forms import RecordFilter
from providers.models import Membership, Provider

PER_PAGE = 50


class AuditLine(NamedTuple):
    """An action as it is read."""

    at: Any
    who: str
    what: str
    on: str
    details: str


@require_GET
def record(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_object_or_404(Provider, slug=slug)
    up = {"url": reverse("providers:manage", args=[slug]), "label": _("Anbieter verwalten")}
    csv = reverse("providers:record_csv", args=[slug])
    return show(request, provider, {"up": up, "csv": csv})


@require_GET
def record_csv(request: HttpRequest, slug: str) -> HttpResponse:
    return as_file(request, get_object_or_404(Provider, slug=slug))


def show(request: HttpRequest, provider: Provider, around: dict[str, Any]) -> HttpResponse:
    """A page of the record of `provider`; `around`: the way back (`up`) and the file (`csv`)."""
    form = RecordFilter(request.GET, provider=provider.pk)
    page = Paginator(form.found(), PER_PAGE).get_page(request.GET.get("seite"))
    asked = request.GET.copy()
    asked.pop("seite", None)
    context = {
        **around,
        "provider": provider,
        "form": form,
        "filtered": any(asked.values()),
        "query": asked.urlencode(),
        "count": page.paginator.count,
        "lines": [_line(event) for event in page],
        "pages": _pages(page, asked.urlencode()) if page.has_other_pages() else None,
    }
    return render(request, "providers/record.html", context)


def as_file(request: HttpRequest, provider: Provider) -> HttpResponse:
    """The same actions, all of them, for a spreadsheet."""
    form = RecordFilter(request.GET, provider=provider.pk)
    columns = [_("Wann"), _("Wer"), _("Was"), _("Woran"), _("Einzelheiten")]
    lines = (_line(event) for event in form.found())
    rows = [[f"{timezone.localtime(line.at):%Y-%m-%d %H:%M:%S}", *line[1:]] for line in lines]
    response = HttpResponse(as_csv(columns, rows), content_type="text/csv; charset=utf-8")
    name = f"protokoll-{provider.slug}-{timezone.localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _line(event: AuditEvent) -> AuditLine:
    names = dict(Membership.Role.choices) | {"totp": _("App"), "webauthn": _("Passkey")}
    return AuditLine(
        event.at,
        event.actor_name or _nobody(event),
        said(event.action),
        event.thing_name,
        said_of(event.details, names),
    )


def _nobody(event: AuditEvent) -> str:
    """Anyone who holds a certificate is never named here."""
    if event.details.get("by_holder"):
        return _("Wer den Nachweis hat")
    return _("Die Plattform")


def _pages(page: Page, query: str) -> dict[str, Any]:
    """What components/pages.html shows."""

    def url(number: int) -> str:
        return f"?{query}&seite={number}" if query else f"?seite={number}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {
        "links": [
            {"number": n, "url": url(n), "current": n == page.number}
            if isinstance(n, int)
            else {"number": n, "url": ""}
            for n in numbers
        ],
        "previous_url": url(page.number - 1) if page.has_previous() else "",
        "next_url": url(page.number + 1) if page.has_next() else "",
    }
