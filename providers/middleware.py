"""Which lens holds at which address. One table, one middleware; views below never choose a lens themselves.

Exceptions are marked at the view: public pages come from memory and open the public lens only to render
(`tenancy.public_page`), and a certificate's page opens the bearer's lens with the token from its address.
"""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.handlers.exception import response_for_exception
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers

from accounts.models import User
from accounts.queries import Factor, second_factor
from accounts.session_lens import opening
from providers.addresses import moved
from providers.brands import MOST, own_pairs
from providers.queries import (
    Seat,
    desk_lens,
    manage_lens,
    moved_to,
    office_lens,
    plan_lens,
    seats,
    tutor_lens,
)
from tenancy.lens import Lens, enter, look, public

LEARNER, DESK, OFFICE, OWN = "learner", "desk", "office", "own"
MANAGE, TUTOR, PLAN = "manage", "tutor", "plan"

#: First part of the address (after the language) -> who looks. Everything else: the public lens.
LENS_OF = {
    "lernen": LEARNER,
    "konto": LEARNER,
    "gruppe": LEARNER,
    "redaktion": DESK,
    "buero": OFFICE,
    "": OWN,  # home
    "kurse": OWN,
    "termine": OWN,
    "buchung": OWN,  # the bearer's lens, with the key in its link
    "vertrag": OWN,  # so here
    "widerrufen": OWN,  # the public lens, or with the link of a contract its bearer's
    "anbieter": OWN,
    "offene-daten": OWN,
    "hilfe": OWN,
    "impressum": OWN,
    "datenschutz": OWN,
    "barrierefreiheit": OWN,
    "z": OWN,
    "p": OWN,
    "pruefen": OWN,
    "api": OWN,  # by what the program shows
    "schnittstelle": OWN,
    "oid4vci": OWN,
    ".well-known": OWN,
    "health": OWN,
    "h5p": OWN,  # the sandbox has no cookie; its addresses are public or cannot be guessed
    "druck": OWN,
    "farben": OWN,
    "anzeige": OWN,
    "robots.txt": OWN,
    "sitemap.xml": OWN,
    "sitemap": OWN,
    "meldungen": OWN,
}
#: `/anbieter/<slug>/verwalten/…` is the provider's own house; its public page is beside it.
MANAGED = "verwalten"
#: Below `/lernen/<provider>/<course>/`, for its tutors; no lesson can be called so (`LessonPage.TAKEN`).
TAUGHT = ("anwesenheit", "ergebnisse")
#: `/anbieter/<slug>/begleiten/…`: the same for its courses as a whole.
TUTORED = "begleiten"
#: `/anbieter/<slug>/planen/…`: what takes place there, for those who plan it.
PLANNED = "planen"
LANGUAGES = {code for code, _name in settings.LANGUAGES}

Handler = Callable[[HttpRequest], HttpResponse]


class lens:  # noqa: N801 -- a middleware is used like a function
    """Opens the lens of the address around everything inside: the view, its template, its messages."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.doors: dict[str, Handler] = {
            LEARNER: self.learner,
            DESK: self.desk,
            OFFICE: self.office,
            MANAGE: self.manage,
            TUTOR: self.tutor,
            PLAN: self.plan,
            OWN: get_response,
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.content_type == "multipart/form-data":
            _ = request.POST  # read a slow upload before a transaction waits for it
        door = request.door = _door(_parts(request.path_info))
        if "\0" in request.path_info:  # no name in the database has one, at any door
            return _kept_by(request, not_found(request))
        return _kept_by(request, self.doors.get(door, self.anybody)(request))

    def learner(self, request: HttpRequest) -> HttpResponse:
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        with enter(opening(request, key)):
            return _private(self._answer(request))

    def desk(self, request: HttpRequest) -> HttpResponse:
        return self._for_members(request, desk_lens)

    def office(self, request: HttpRequest) -> HttpResponse:
        return self._for_members(request, office_lens)

    def manage(self, request: HttpRequest) -> HttpResponse:
        slug = _parts(request.path_info)[1]
        return self._for_members(request, partial(manage_lens, slug=slug))

    def tutor(self, request: HttpRequest) -> HttpResponse:
        slug = _parts(request.path_info)[1]
        return self._for_members(request, partial(tutor_lens, slug=slug))

    def plan(self, request: HttpRequest) -> HttpResponse:
        slug = _parts(request.path_info)[1]
        return self._for_members(request, partial(plan_lens, slug=slug))

    def anybody(self, request: HttpRequest) -> HttpResponse:
        with look(public):
            return self._answer(request)

    def _for_members(
        self, request: HttpRequest, lens_for: Callable[[User, list[Seat]], Lens | None]
    ) -> HttpResponse:
        """Strangers are asked to sign in; anyone who has no seat there learns nothing, not even that the door exists.

        Anyone who has one also needs a second factor, asked for in this session.
        """
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        with enter(opening(request, key)):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            mine = request.seats = seats(request.user)
            chosen = lens_for(request.user, mine)
            factor = Factor.GOOD if not settings.SECOND_FACTOR else second_factor(request)
        if not chosen:
            return _former(request) or not_found(request)
        if factor is not Factor.GOOD:
            return redirect_to_login(request.get_full_path(), reverse("accounts:second_factor"))
        with look(chosen):
            return _private(self._answer(request))

    def _answer(self, request: HttpRequest) -> HttpResponse:
        """An answer that failed takes its writes back."""
        response = self.get_response(request)
        if response.status_code >= 500:
            transaction.set_rollback(True)
        return response


def own_colours(get_response: Handler) -> Handler:
    """Middleware: a page that shows providers' own colours leads to the sheet that says what they look like."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
            return response
        if pairs := own_pairs(response.content)[:MOST]:
            link = f'<link rel="stylesheet" href="{reverse("colour_sheet", args=[",".join(pairs)])}">'.encode()
            head, end, rest = response.content.partition(b"</head>")
            response.content = head + link + end + rest if end else link + head
            if response.has_header("Content-Length"):
                response["Content-Length"] = str(len(response.content))
        return response

    return middleware


def _kept_by(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Every answer says who may keep it: with a session or a new cookie nobody, otherwise anybody who asks again."""
    if not response.has_header("Cache-Control"):
        if settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies:
            patch_cache_control(response, private=True, no_store=True)
        else:
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    if "public" not in response["Cache-Control"] or "max-age=0" in response["Cache-Control"]:
        patch_vary_headers(response, ["Cookie"])
    return response


def _private(response: HttpResponse) -> HttpResponse:
    """On a library's shared computer, "back" after signing out must not show a personal page."""
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, private=True, no_store=True)
    return response


def _former(request: HttpRequest) -> HttpResponse | None:
    """The same door of the provider that had this address before. Addresses are public; the door says who may enter."""
    parts = _parts(request.path_info)
    if parts[0] not in ("anbieter", "lernen") or request.method not in ("GET", "HEAD"):
        return None
    with look(public):
        now = moved_to(parts[1])
    if not now:
        return None
    url = request.path.replace(f"/{parts[0]}/{parts[1]}/", f"/{parts[0]}/{now.slug}/", 1)
    return moved(url, returned=now.returned, asked=request.META["QUERY_STRING"])


def not_found(request: HttpRequest) -> HttpResponse:
    """The same page as for an address that does not exist."""
    return response_for_exception(request, Http404())


def _door(parts: list[str]) -> str:
    if parts[0] == "anbieter" and parts[2:3] == [MANAGED]:
        return MANAGE
    if parts[0] == "anbieter" and parts[2:3] == [TUTORED]:
        return TUTOR
    if parts[0] == "anbieter" and parts[2:3] == [PLANNED]:
        return PLAN
    if parts[0] == "lernen" and parts[3:4] and parts[3] in TAUGHT:
        return TUTOR
    return LENS_OF.get(parts[0], "")


def _parts(path: str) -> list[str]:
    """The address without its language: `/en/anbieter/vhs/` -> ["anbieter", "vhs", ""]."""
    parts = path.split("/")[1:]
    return parts[1:] if parts[0] in LANGUAGES and parts[1:] else parts
