"""The report of a period: on a page, on paper, by mail; and its figures for the municipal education report."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from figures import queries as figures
from figures.frames import OUTSIDE, Measure, Period, allowed
from providers.actions import record_for
from providers.decorators import needs
from providers.formats import as_csv
from providers.permissions import Right
from reports.emails import send_report
from reports.forms import TITLES, ReportMailForm, values
from reports.indicators import indicators, values_now
from reports.monitoring import COLUMNS, Measured, as_rows
from reports.paper import report_pdf
from reports.periods import key_of, period_of
from reports.queries.offer import run_count
from reports.views import wording
from reports.views.reporting import PARTS, report_of
from tenancy.lens import CITY
from words.days import ZONE

OPEN = "fuer"


@require_GET
@needs(Right.FIGURES)
def reports_list(request: HttpRequest) -> HttpResponse:
    """Periods of which there can be one: quarters, half-years and years that are out."""
    released = set(figures.released())
    out = [
        one
        for frame, periods in figures.all_periods().items()
        if frame in OUTSIDE
        for one in periods
    ]
    listed = [
        {
            "key": key_of(one),
            "title": wording.title_of(one),
            "released": one in released,
            "day": one.released,
        }
        for one in sorted(out, key=lambda one: (one.ends, one.frame), reverse=True)
    ]
    return render(request, "reports/reports.html", {"periods": listed})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.FIGURES)
def report(request: HttpRequest, period: str) -> HttpResponse:
    """With the office's figures, or (`?fuer=alle`) with the released ones. POST sends the latter to an address."""
    found = _period(period)
    released = found in figures.released()
    outside = request.GET.get(OPEN) == "alle"
    if outside and not released:
        raise Http404
    form = ReportMailForm(request.POST or None)
    if request.method == "POST" and released and form.is_valid():
        told = report_of(found, outside=True)
        name = f"lernstadt-bericht-{period}.pdf"
        send_report(
            form.cleaned_data["email"], title=told["title"], pdf=report_pdf(told), name=name
        )
        record_for(CITY, "report.mailed", by=request.user, name=told["title"])
        messages.success(
            request, _("Der Bericht ist unterwegs. Er enthält nur die Zahlen für alle.")
        )
        return redirect("reports:report", period)
    context = {
        "report": report_of(found, outside=outside),
        "key": period,
        "released": released,
        "day": found.released,
        "form": form,
    }
    return render(request, "reports/report.html", context)


@require_GET
@needs(Right.FIGURES)
def report_paper(request: HttpRequest, period: str) -> HttpResponse:
    found = _period(period)
    outside = request.GET.get(OPEN) == "alle"
    if outside and found not in figures.released():
        raise Http404
    record_for(CITY, "figures.downloaded", by=request.user)
    response = HttpResponse(
        report_pdf(report_of(found, outside=outside)), content_type="application/pdf"
    )
    ending = "-fuer-alle" if outside else ""
    response["Content-Disposition"] = (
        f'attachment; filename="lernstadt-bericht-{period}{ending}.pdf"'
    )
    return response


@require_GET
@needs(Right.FIGURES)
def monitoring(request: HttpRequest, period: str) -> HttpResponse:
    """Every indicator of a period, whole and by each dimension alone."""
    found = _period(period)
    record_for(CITY, "figures.downloaded", by=request.user)
    text = as_csv(COLUMNS, as_rows([*_people(found), *_offer(found)]))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="bildungsmonitoring-{period}.csv"'
    return response


#: Keys of measures as the indicators have them.
MEASURED = {
    Measure.ENROLLED: "begonnen",
    Measure.COMPLETED: "abgeschlossen",
    Measure.CERTIFIED: "nachweise",
}


def _people(period: Period) -> Iterator[Measured]:
    known, titles, said = values(), wording.measures(), wording.title_of(period)
    for part in (None, *PARTS):
        by = (part,) if part else ()
        if not allowed(period.frame, by):
            continue
        cells = figures.figures(period.frame, [period.starts], by)
        groups = known[part].items() if part else [("", "")]
        for measure, key in MEASURED.items():
            for value, name in groups:
                figure = cells.get((period.starts, measure, (value,) if part else ()))
                title = str(TITLES[part]) if part else ""
                yield Measured(key, titles[measure], said, title, name, figure, True)


def _offer(period: Period) -> Iterator[Measured]:
    said, now = wording.title_of(period), values_now(timezone.localdate())
    runs = run_count(period.starts, period.ends, zone=ZONE.key)
    held = {
        "durchfuehrungen": (_("Durchführungen"), runs.held),
        "ausgefallen": (_("Ausgefallen"), runs.cancelled),
        "einheiten": (_("Unterrichts-Einheiten"), runs.units),
        "ohne-anmeldung": (_("Ohne Anmeldung gekommen"), runs.tallied),
    }
    for key, (title, value) in held.items():
        yield Measured(key, title, said, "", "", value, False)
    today = timezone.localdate().isoformat()
    for key, one in indicators().items():
        if not one.protected and key not in held:
            yield Measured(key, one.title, today, "", "", now[key], False)


def _period(key: str) -> Period:
    found = period_of(key)
    if not found or found.frame not in OUTSIDE or found not in figures.all_periods()[found.frame]:
        raise Http404
    return found
