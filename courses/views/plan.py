"""Planning at a provider: its places, its runs, and what happens to them. For tutors, authors and heads of the house."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from courses import actions
from courses.actions import CannotPlan
from courses.models import PlanRules, Room, Run, RunLink, Venue
from courses.plan_forms import (
    HERE,
    SHOP,
    RoomForm,
    RulesForm,
    RunForm,
    VenueForm,
    as_euros,
    spoken_semester,
)
from courses.queries.runs import courses_of, runs_of
from providers.models import Membership, Provider
from providers.permissions import Right, roles_with

WHY = {
    "pattern": gettext_lazy("So sehen die Kursnummern Ihres Hauses nicht aus."),
    "number": gettext_lazy("Diese Kursnummer gibt es in diesem Semester schon."),
    "ended": gettext_lazy("Das ist abgesagt. Es lässt sich nicht mehr ändern."),
    "meetings": gettext_lazy("Zum Veröffentlichen fehlt ein Termin, der noch kommt."),
    "venue": gettext_lazy("Zum Veröffentlichen fehlt ein Ort."),
    "link": gettext_lazy("Zum Veröffentlichen fehlt der Link zum Videotreffen."),
    "paid": gettext_lazy(
        "Was etwas kostet, wird in Ihrem Buchungs-System gebucht oder hier mit Vertrag. Wählen Sie eines davon, und tragen Sie für Ihr Buchungs-System die Adresse ein."
    ),
    "contract": gettext_lazy(
        "Für einen Vertrag fehlen Angaben Ihres Hauses: Anschrift, E-Mail-Adresse, Telefon, Impressum oder wie bezahlt wird. Tragen Sie sie bei „Angaben und Rechtliches“ und bei „Regeln für Termine“ ein."
    ),
    "zfu": gettext_lazy(
        "Das ist Fernunterricht gegen Geld: meist allein am Bildschirm, mit geprüften Aufgaben. Ohne Zulassung der ZFU ist der Vertrag nichtig. Tragen Sie die Zulassung ein, planen Sie mehr gemeinsame Stunden, oder nehmen Sie kein Geld."
    ),
    "leave_house": gettext_lazy(
        "Für Bildungszeit muss Ihr Haus an allen Tagen anerkannt sein. Tragen Sie bei „Regeln für Termine“ ein, bis wann, oder nehmen Sie das Zeichen weg."
    ),
    "leave_hours": gettext_lazy(
        "Bildungszeit hat im Durchschnitt mindestens 6 Stunden an einem Tag. Planen Sie längere Tage, oder nehmen Sie das Zeichen weg."
    ),
    "leave_place": gettext_lazy(
        "Bei Bildungszeit an mehreren Tagen ist mehr als die Hälfte vor Ort. Planen Sie mehr Zeit vor Ort, oder nehmen Sie das Zeichen weg."
    ),
}
#: Which field a refusal belongs to; all others belong to the whole form.
FIELD = {"pattern": "number", "number": "number", "zfu": "zfu_number", "paid": "sold"}


@require_GET
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """All runs of the house by semester, the newest in front, and its places."""
    provider = get_object_or_404(Provider, slug=slug)
    runs = runs_of(provider.pk)
    semesters = sorted({run.semester for run in runs}, reverse=True)
    context = {
        "provider": provider,
        "semesters": [
            (spoken_semester(one), [run for run in runs if run.semester == one])
            for one in semesters
        ],
        "venues": venues_of(provider),
        "closed": Venue.objects.filter(provider=provider, closed_at__isnull=False),
    }
    return render(request, "courses/plan/plan.html", context)


@require_http_methods(["GET", "POST"])
def plan_rules(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_object_or_404(Provider, slug=slug)
    rules = PlanRules.objects.filter(provider=provider).first()
    form = RulesForm(request.POST or None, instance=rules)
    if request.method == "POST" and form.is_valid():
        actions.keep_rules(provider.pk, form.cleaned_data, by=request.user)
        messages.success(request, _("Gespeichert."))
        return redirect("courses:plan", slug)
    return _form(request, provider, form, _("Regeln für Termine"))


@require_http_methods(["GET", "POST"])
def venue_new(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_object_or_404(Provider, slug=slug)
    form = VenueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.keep_venue(provider.pk, form.cleaned_data, by=request.user)
        except IntegrityError:
            form.add_error("name", _("Einen Ort mit diesem Namen gibt es schon."))
        else:
            messages.success(request, _("Der Ort ist da. Hat er Räume? Dann tragen Sie sie ein."))
            return redirect("courses:venue", slug, made.pk)
    return _form(request, provider, form, _("Neuer Ort"))


@require_http_methods(["GET", "POST"])
def venue(request: HttpRequest, slug: str, venue: int) -> HttpResponse:
    """The place, and its rooms below. `act`: room (a new one), close or open (the place, or the room of that number)."""
    mine = get_object_or_404(
        Venue.objects.select_related("provider"), pk=venue, provider__slug=slug
    )
    act = request.POST.get("act", "")
    if act in ("close", "open"):
        return _close(request, mine, closed=act == "close")
    adds_room = act == "room"
    form = VenueForm(None if adds_room else request.POST or None, instance=mine)
    room = RoomForm(request.POST if adds_room else None, auto_id="room_%s")
    if adds_room and room.is_valid():
        name, seats = room.cleaned_data["name"], room.cleaned_data["seats"]
        actions.keep_room(mine, name, seats=seats, by=request.user)
        return redirect("courses:venue", slug, venue)
    if request.method == "POST" and not adds_room and form.is_valid():
        fields = form.cleaned_data
        actions.keep_venue(mine.provider_id, fields, by=request.user, venue=mine.pk)
        messages.success(request, _("Gespeichert."))
        return redirect("courses:plan", slug)
    rooms = Room.objects.filter(venue=mine).order_by("-closed_at", "name", "pk")
    more = {"room_form": room, "rooms": rooms, "venue": mine}
    return _form(request, mine.provider, form, mine.name, more)


def _close(request: HttpRequest, venue: Venue, *, closed: bool) -> HttpResponse:
    number = request.POST.get("room", "")
    place: Venue | Room = venue
    if number:
        place = get_object_or_404(Room, venue=venue, pk=int(number) if number.isdecimal() else 0)
    actions.close_place(place, closed=closed, by=request.user)
    shut = _("Geschlossen. Was schon geplant ist, bleibt dort.")
    messages.success(request, shut if closed else _("Wieder offen."))
    return redirect("courses:venue", venue.provider.slug, venue.pk)


@require_http_methods(["GET", "POST"])
def run_new(request: HttpRequest, slug: str) -> HttpResponse:
    """`?kurs=`: the course it belongs to."""
    provider = get_object_or_404(Provider, slug=slug)
    rules = PlanRules.objects.filter(provider=provider, contract_here=True)
    initial = {"leaders": [request.user.pk], "course": request.GET.get("kurs", "")}
    initial |= {"sold": HERE if rules.exists() else SHOP}
    form = _run_form(request, provider, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan_run(provider.pk, form.fields_of_run(), **_who(form, request))
        except CannotPlan as refused:
            form.add_error(FIELD.get(refused.why), WHY[refused.why])
        else:
            messages.success(request, _("Der Entwurf ist da. Jetzt kommen die Termine."))
            return redirect("courses:plan_run", slug, made.key)
    return _form(request, provider, form, _("Neue Durchführung"))


@require_http_methods(["GET", "POST"])
def run_edit(request: HttpRequest, slug: str, run_key: UUID) -> HttpResponse:
    run = run_of(slug, run_key)
    initial = {
        "course": str(run.course or ""),
        "sold": HERE if run.contract else SHOP,
        "price": as_euros(run.price),
        "reductions": "\n".join(f"{r['name']}: {as_euros(r['price'])}" for r in run.reductions),
        "leaders": [*run.leaders.values_list("person", flat=True)],
        "link": RunLink.objects.filter(run=run).values_list("url", flat=True).first() or "",
    }
    form = _run_form(request, run.provider, instance=run, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_run(run, form.fields_of_run(), **_who(form, request))
        except CannotPlan as refused:
            form.add_error(FIELD.get(refused.why), WHY[refused.why])
        else:
            messages.success(request, _("Gespeichert."))
            return redirect("courses:plan_run", slug, run_key)
    return _form(request, run.provider, form, run.title)


def run_of(slug: str, key: UUID) -> Run:
    """Under the lens of those who plan, which shows drafts of this house alone."""
    runs = Run.objects.select_related("provider").filter(provider__slug=slug)
    return get_object_or_404(runs, key=key)


def venues_of(provider: Provider) -> list[Venue]:
    venues = Venue.objects.filter(provider=provider, closed_at=None)
    return [*venues.prefetch_related("rooms")]


def _run_form(request: HttpRequest, provider: Provider, **given: Any) -> RunForm:
    teaching = Membership.objects.filter(provider=provider, role__in=roles_with(Right.LEARNERS))
    people = {seat.person_id: str(seat.person) for seat in teaching.select_related("person")}
    courses = [(one.key, one.title) for one in courses_of(provider.pk)]
    return RunForm(request.POST or None, courses=courses, people=[*people.items()], **given)


def _who(form: RunForm, request: HttpRequest) -> dict[str, Any]:
    leaders = [int(one) for one in form.cleaned_data["leaders"]]
    return {"by": request.user, "leaders": leaders, "link": form.cleaned_data["link"]}


def _form(
    request: HttpRequest,
    provider: Provider,
    form: Any,
    title: str,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    context = {"provider": provider, "form": form, "title": title, **(more or {})}
    return render(request, "courses/plan/form.html", context)
