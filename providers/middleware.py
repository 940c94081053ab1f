"""Which lens holds at which address. One table, one middleware; views below never choose a lens themselves.

Exceptions are marked at the view: public pages come from memory and open the public lens only to render
(`tenancy.public_page`), and a certificate's page opens the bearer's lens with the token from its address.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse

from accounts.door import opening
from providers.queries import desk_lens, office_lens, seats
from tenancy.lens import enter, look, public

LEARNER, DESK, OFFICE, OWN = "learner", "desk", "office", "own"

#: First part of the address (after the language) -> who looks. Everything else: the public lens.
LENS_OF = {
    "lernen": LEARNER,
    "konto": LEARNER,
    "redaktion": DESK,
    "buero": OFFICE,
    "": OWN,  # home
    "kurse": OWN,
    "anbieter": OWN,
    "offene-daten": OWN,
    "hilfe": OWN,
    "impressum": OWN,
    "datenschutz": OWN,
    "barrierefreiheit": OWN,
    "z": OWN,
    "p": OWN,
    "pruefen": OWN,
    "health": OWN,
    "druck": OWN,
    "anzeige": OWN,
    "robots.txt": OWN,
}
LANGUAGES = {code for code, _name in settings.LANGUAGES}

Handler = Callable[[HttpRequest], HttpResponse]


def lens(get_response: Handler) -> Handler:
    def answer(request: HttpRequest) -> HttpResponse:
        """An answer that failed takes its writes back."""
        response = get_response(request)
        if response.status_code >= 500:
            transaction.set_rollback(True)
        return response

    def learner(request: HttpRequest) -> HttpResponse:
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        with enter(opening(request, key)):
            return answer(request)

    def desk(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        found = desk_lens(seats(request.user))
        if not found:
            raise Http404
        with look(found):
            return answer(request)

    def office(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        found = office_lens(seats(request.user))
        if not found:
            raise Http404
        with look(found):
            return answer(request)

    def anybody(request: HttpRequest) -> HttpResponse:
        with look(public):
            return answer(request)

    doors = {LEARNER: learner, DESK: desk, OFFICE: office, OWN: get_response}

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.content_type == "multipart/form-data":
            _ = request.POST  # read a slow upload before a transaction waits for it
        return doors.get(LENS_OF.get(_first_part(request.path_info), ""), anybody)(request)

    return middleware


def _first_part(path: str) -> str:
    parts = path.split("/", 3)
    return parts[2] if len(parts) > 2 and parts[1] in LANGUAGES else parts[1]
