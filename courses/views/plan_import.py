"""A programme from a spreadsheet: looked at first, taken with a second click. The file is gone with the request."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from courses import actions
from courses.actions import CannotPlan
from courses.models import Run
from courses.plan_forms import COLUMNS, ColumnsForm, ProgrammeForm, as_euros
from courses.programmes import Programme, columns_of, read_programme
from courses.queries.programme_clashes import clashes_of
from courses.queries.programmes import RunDifference, compare
from courses.queries.runs import free_days_between
from courses.timetable import LONGEST
from courses.views.plan import WHY
from files import BadFile, lists
from providers.advice import in_words
from providers.models import Provider

SALT = "courses.programme"
GOOD_FOR = 60 * 60  # seconds between looking and taking
CLASHES = 40  # are shown; who has more has another plan to make
#: What is wrong with a line, and what to do.
FAULTS = {
    "number": gettext_lazy("Die Kursnummer fehlt. An ihr erkennen wir, was schon da ist."),
    "title": gettext_lazy("Der Titel fehlt."),
    "twice": gettext_lazy("Diese Nummer steht weiter oben mit einem anderen Titel."),
    "pattern": gettext_lazy("So sehen die Kursnummern Ihres Hauses nicht aus."),
    "semester": gettext_lazy("Das Semester fehlt. Schreiben Sie zum Beispiel: Herbst 2026."),
    "day": gettext_lazy("Diesen Tag lesen wir nicht. Schreiben Sie zum Beispiel: 08.12.2026."),
    "hours": gettext_lazy(
        "Beginn und Ende fehlen oder passen nicht. Schreiben Sie zum Beispiel: 10:00 und 11:30."
    ),
    "count": gettext_lazy("Hier steht keine Zahl von 1 bis 60."),
    "seats": gettext_lazy("Hier steht keine Zahl von 1 bis 2000."),
    "order": gettext_lazy("Das sind mehr, als es Plätze gibt."),
    "price": gettext_lazy("Bitte schreiben Sie einen Betrag wie 18 oder 18,50."),
    "reductions": gettext_lazy(
        "Bitte schreiben Sie Ermäßigungen so: Stadtpass: 9,00; Schülerinnen: 5,00"
    ),
    "published": gettext_lazy("Ist etwas veröffentlicht, ändern Sie den Preis bitte von Hand."),
    "kind": gettext_lazy(
        "Diese Art kennen wir nicht: Kurs, Veranstaltung, Sprechstunde, Café oder Lernort."
    ),
    "mode": gettext_lazy("Diese Form kennen wir nicht: Vor Ort, Online oder Vor Ort und online."),
    "informal": gettext_lazy(
        "Was ohne Anmeldung ist, hat keine Plätze, keinen Preis und keinen Shop."
    ),
    "long": gettext_lazy("Dieser Text ist zu lang."),
    "venue": gettext_lazy(
        "Diesen Ort hat Ihr Haus nicht. Legen Sie ihn zuerst an, oder ändern Sie den Namen."
    ),
    "room": gettext_lazy(
        "Diesen Raum hat der Ort nicht. Legen Sie ihn zuerst an, oder ändern Sie den Namen."
    ),
    "course": gettext_lazy("Diesen Kurs hat Ihr Haus nicht im Katalog."),
    "ended": gettext_lazy("Das ist abgesagt. Es lässt sich nicht mehr ändern."),
}


class ReadList(NamedTuple):
    """What lies signed in the page between two clicks."""

    provider: int
    rows: lists.Rows
    columns: dict[str, int]


@require_http_methods(["GET", "POST"])
def plan_import(request: HttpRequest, slug: str) -> HttpResponse:
    """`act`: look (a file), again (the same lines, other columns), take."""
    provider = get_object_or_404(Provider, slug=slug)
    if request.POST.get("act") in ("again", "take"):
        return _go_on(request, provider)
    form = ProgrammeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            rows = lists.read(upload, upload.name)
        except BadFile as bad:
            form.add_error("file", in_words(bad))
        else:
            return _preview(request, ReadList(provider.pk, rows, columns_of(rows[0])), provider)
    return render(request, "courses/plan/import.html", {"provider": provider, "form": form})


def _go_on(request: HttpRequest, provider: Provider) -> HttpResponse:
    try:
        said = signing.loads(request.POST.get("list", ""), salt=SALT, max_age=GOOD_FOR)
        read = ReadList(*said)
    except signing.BadSignature:
        read = None
    if read is None or read.provider != provider.pk:
        messages.warning(request, _("Bitte wählen Sie die Liste noch einmal aus."))
        return redirect("courses:plan_import", provider.slug)
    form = ColumnsForm(request.POST, rows=read.rows, columns=read.columns)
    if not form.is_valid():
        return _preview(request, read, provider, form)
    if request.POST["act"] == "again" or form.columns() != read.columns:
        return _preview(request, read._replace(columns=form.columns()), provider)
    try:
        done = actions.take_programme(provider.pk, _programme(read), by=request.user)
    except CannotPlan as refused:
        messages.error(request, str(WHY[refused.why]))
        return _preview(request, read, provider)
    said = _("Neu als Entwurf: %(new)s. Geändert: %(changed)s. Unverändert: %(same)s. Ausgelassene Zeilen: %(left_out)s.")  # fmt: skip
    messages.success(request, said % done._asdict())
    return redirect("courses:plan", provider.slug)


def _programme(read: ReadList) -> Programme:
    today = timezone.localdate()
    return read_programme(read.rows, read.columns, free=free_days_between(today, today + LONGEST))


def _preview(
    request: HttpRequest, read: ReadList, provider: Provider, form: ColumnsForm | None = None
) -> HttpResponse:
    found = compare(provider.pk, _programme(read))
    context: dict[str, Any] = {
        "provider": provider,
        "columns": form or ColumnsForm(rows=read.rows, columns=read.columns),
        "signed": signing.dumps([*read], salt=SALT, compress=True),
        "new": found.new,
        "changed": [(one, _said(one)) for one in found.changed],
        "same": found.same,
        "clashes": clashes_of(provider.pk, found)[:CLASHES],
        "faults": [(fault, FAULTS[fault.why]) for fault in found.faults],
        "nothing": not (found.new or found.changed),
    }
    return render(request, "courses/plan/import_preview.html", context)


def _said(one: RunDifference) -> list[tuple[Any, Any, Any]]:
    """Label, what it was, what it becomes."""
    fields = {name: Run._meta.get_field(name).verbose_name for name in one.fields}
    fields |= {"reductions": COLUMNS["reductions"]}
    return [
        (fields[name], _spoken(name, was), _spoken(name, becomes))
        for name, (was, becomes) in one.fields.items()
    ]


def _spoken(name: str, value: Any) -> Any:
    if name == "reductions":
        return ", ".join(f"{one['name']}: {as_euros(one['price'])}" for one in value or []) or "–"
    return as_euros(value or 0) if name == "price" else value or "–"
