"""The page of a run, with the form for a seat: for everybody; people who are signed in need no mail in between."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.limits import allowed_here, may_be_mailed
from accounts.session_lens import opening
from courses.models import Run
from courses.prices import euros
from courses.queries.addresses import address_of
from courses.queries.contracts import contract_house
from courses.queries.runs import run_in_public, seat_rules
from courses.schedules import event
from courses.snippets import script
from learning import actions, emails
from learning.booking_forms import SeatForm, new_form_token
from learning.queries.bookings import alternatives
from providers.decorators import comes_from_elsewhere
from tenancy.lens import enter, look, public

REFUSED = {
    "gone": gettext_lazy("Diesen Termin gibt es nicht mehr."),
    "off": gettext_lazy("Dieser Termin fällt aus."),
    "over": gettext_lazy("Für diesen Termin können Sie nicht mehr buchen."),
    "door": gettext_lazy("Diesen Termin buchen Sie nicht hier."),
    "school": gettext_lazy("Mit einem Schul-Konto buchen Sie nur an Ihrer Schule."),
    "late": gettext_lazy("Die Frist zum Absagen ist vorbei. Bitte rufen Sie an."),
    "contract": gettext_lazy(
        "Ein Platz ist frei. Er kostet etwas: Lesen Sie unten, was vereinbart wird, und buchen Sie dann."
    ),
    "full": gettext_lazy(
        "Dieser Platz ist gerade an jemand anderen gegangen. Es ist kein Vertrag entstanden."
    ),
    "changed": gettext_lazy(
        "Am Vertrag hat sich gerade etwas geändert. Bitte lesen Sie ihn noch einmal, bevor Sie buchen."
    ),
    "early": gettext_lazy(
        "Der Kurs beginnt vor dem Ende der Widerrufsfrist. Dafür brauchen wir Ihr Häkchen."
    ),
    "house": gettext_lazy("Der Anbieter muss erst seine Angaben ergänzen. Bitte rufen Sie an."),
    "child": gettext_lazy(
        "Unter 16 buchen Sie nicht selbst. Das tut jemand, der das Sorgerecht für Sie hat: für eine andere Person."
    ),
}
#: The sweep would write the mail later, so nothing is stored.
MAILED_ENOUGH = gettext_lazy(
    "An diese Adresse haben wir heute schon viele Mails geschickt. Bitte rufen Sie uns an."
)


@csrf_exempt  # without a cookie there is no CSRF token; the form carries a signed one and the origin is checked
@require_http_methods(["GET", "HEAD", "POST"])
def date(request: HttpRequest, run_key: UUID) -> HttpResponse:
    """GET shows, POST asks for a seat."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    with enter(opening(request, key)) if key else look(public):
        run = run_in_public(run_key)
        if not run:
            raise Http404
        if request.method == "POST":
            return _book(request, run)
        return _page(request, run, SeatForm(run=run, initial=_initial(request)))


def _initial(request: HttpRequest) -> dict[str, Any]:
    known = {"form_token": new_form_token(), "who": "me", "price": "0", "remind": True}
    person = getattr(request, "_cached_user", None)
    if person and person.pk:
        known |= {"name": str(person), "email": person.email or ""}
    return known


def _book(request: HttpRequest, run: Run) -> HttpResponse:
    if comes_from_elsewhere(request):
        return HttpResponseForbidden()
    form = SeatForm(request.POST, run=run)
    person = getattr(request, "_cached_user", None)
    known = person if person and person.pk else None
    if not known and not form.data.get("email"):
        return _again(request, run, form, status=400)
    if known and not known.email and not run.contract:  # a contract is mailed
        form.fields["email"].required = False
    if not form.is_valid():
        return _again(request, run, form, status=400)
    if not allowed_here("seat", request):
        form.add_error(None, _("Gerade kommen sehr viele Buchungen von Ihrem Anschluss. Ihre Eingaben sind noch da. Senden Sie sie bitte in einer Stunde noch einmal, oder rufen Sie uns an."))  # fmt: skip
        return _again(request, run, form, status=429)
    return _ask(request, run, form, known)


def _ask(request: HttpRequest, run: Run, form: SeatForm, known: Any) -> HttpResponse:
    asked = form.asked()
    hers = known and (not asked.email or asked.email == known.email)
    try:
        if hers:
            booking = actions.take_seat(run.key, asked, learner=known)
            emails.tell_booker(booking.pk)
            return redirect("learning:booking", booking.token)
        if not may_be_mailed("seat", asked.email):
            form.add_error("email", MAILED_ENOUGH)
            return _again(request, run, form, status=429)
        booking = actions.ask_for_seat(run.key, asked)
    except actions.CannotBook as refused:
        form.add_error(None, REFUSED[refused.why])
        return _again(request, run, form, status=409)
    emails.tell_booker(booking.pk)
    return redirect("learning:seat_asked", run.key)


def _again(request: HttpRequest, run: Run, form: SeatForm, *, status: int) -> HttpResponse:
    """With all that was typed, and good for one more try."""
    form.is_valid()
    typed = request.POST.copy()
    typed["form_token"] = new_form_token()
    form.data = typed
    return _page(request, run, form, status=status)


def _page(request: HttpRequest, run: Run, form: SeatForm, *, status: int = 200) -> HttpResponse:
    meetings = [*run.meetings.all()]
    coming = [each for each in meetings if not each.cancelled_at]
    first = coming[0] if coming else None
    address = address_of(run.course) if run.course else ""
    context = {
        "run": run,
        "provider": run.provider,
        "form": form,
        "meetings": meetings,
        "first": first,
        "venues": _venues(meetings),
        "prices": [(one["name"], euros(one["price"])) for one in run.reductions],
        "price": euros(run.price) if run.price else "",
        "course": address.split("/", 1) if address else None,
        "open": run.is_booked_here and not run.cancelled_at and _is_open(run, first),
        "others": alternatives(run) if run.cancelled_at or run.free == 0 else [],
        "seats": _seats(run),
        "house": contract_house(run.provider_id) if run.contract else None,
        "seat_rules": seat_rules(run.provider_id) if run.is_booked_here else None,
        "json_ld": script(event(run)),
    }
    response = render(request, "learning/date.html", context, status=status)
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _venues(meetings: list[Any]) -> list[Any]:
    """Each place once, in the order of the meetings."""
    return [*{each.venue_id: each.venue for each in meetings if each.venue}.values()]


def _is_open(run: Run, first: Any) -> bool:
    """As the action will say; here it is for showing the form or not."""
    until = run.book_until or (first and first.starts_at)
    return bool(first and first.starts_at > timezone.now() and until and until > timezone.now())


def _seats(run: Run) -> list[bool]:
    """One for each seat, True where it is taken; drawn for small rooms only."""
    return (
        [at < run.taken for at in range(run.seats_max or 0)] if (run.seats_max or 0) <= 30 else []
    )


@require_safe
def seat_asked(request: HttpRequest, run_key: UUID) -> HttpResponse:
    """The mail is on its way. Says the same to people who have booked before."""
    with look(public):
        run = run_in_public(run_key)
        if not run:
            raise Http404
        return render(request, "learning/seat_asked.html", {"run": run, "provider": run.provider})
