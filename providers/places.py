"""Where somebody works: each provider in each kind of work is a place with an address, beside learning. No hidden state."""

from collections.abc import Iterable
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from providers.models import Membership
from providers.permissions import Right, roles_with
from providers.queries import Seat, seats

#: Kind of work -> its first page, whether that is one of the provider's own, and the roles that do the work.
HOMES = {
    "manage": ("providers:manage", True, ("owner",)),
    "desk": ("desk:board", False, ("author", "reviewer")),
    "tutor": ("learning:tutoring", True, ("tutor",)),
    "office": ("reports:office", False, ("clerk", "admin")),
    "operation": ("providers:office_providers", False, ("operator",)),
}
#: Kind of work -> its menu: (first page of a part, its word, the right it needs at the city). With learning four words at most.
MENUS: dict[str, tuple[tuple[str, Promise, Right | None], ...]] = {
    "manage": (
        ("providers:manage", _("Überblick"), None),
        ("providers:team", _("Team"), None),
        ("certificates:issued", _("Nachweise"), None),
    ),
    "desk": (
        ("desk:board", _("Kurse"), None),
        ("activities:list", _("Aktivitäten"), None),
        ("desk:adopt", _("Kurse übernehmen"), None),
    ),
    "tutor": (
        ("learning:tutoring", _("Überblick"), None),
        ("learning:questions_waiting", _("Fragen"), None),
        ("providers:cards", _("Schlüssel-Karten"), None),
    ),
    "office": (
        ("reports:office", _("Zahlen"), Right.FIGURES),
        ("courses:proofs", _("Prüfungen"), Right.REVIEW),
        ("providers:applications", _("Anfragen"), Right.PROVIDERS),
    ),
    "operation": (
        ("providers:office_providers", pgettext_lazy("several", "Anbieter"), Right.PROVIDERS),
        ("providers:applications", _("Anfragen"), Right.PROVIDERS),
        ("h5p_office:list", _("Inhaltstypen"), Right.LIBRARIES),
    ),
}
#: A door that belongs to another kind of work as well: what takes place is planned by several.
BESIDE = {("office", "operation"), ("plan", "manage"), ("plan", "desk"), ("plan", "tutor")}
#: In the session: they work somewhere. Their own pages look for it before they ask the database.
WORKS = "works"
#: The key of the place where one learns; everybody has it.
LEARNING = "learning"


class Place(NamedTuple):
    """One kind of work at one provider, of one person."""

    home: str  # a key of HOMES
    provider: int
    slug: str
    name: str
    mark: str
    brand: str
    roles: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.home}-{self.provider}"

    @property
    def url(self) -> str:
        view, own, _roles = HOMES[self.home]
        return reverse(view, args=[self.slug] if own else [])

    @property
    def work(self) -> str:
        """Their roles in words."""
        return ", ".join(str(Membership.Role(role).label) for role in self.roles)


def places(seats_held: Iterable[Seat]) -> list[Place]:
    """The work these seats are for, by provider; within one as in HOMES."""
    mine = sorted(seats_held, key=lambda seat: (seat.name, seat.provider))
    by_work: dict[tuple[int, str], Place] = {}
    for seat in mine:
        home = next(home for home, (*_door, roles) in HOMES.items() if seat.role in roles)
        before = by_work.get((seat.provider, home))
        roles = (*(before.roles if before else ()), seat.role)
        by_work[seat.provider, home] = Place(
            home, seat.provider, seat.slug, seat.name, seat.mark, seat.brand, roles
        )
    order = list(HOMES)
    return sorted(by_work.values(), key=lambda place: (place.name, order.index(place.home)))


def seats_of(request: HttpRequest) -> list[Seat]:
    """Those of the person who asks, read once in a request."""
    mine: list[Seat] | None = getattr(request, "seats", None)
    if mine is None:
        mine = seats(request.user) if request.user.is_authenticated else []
        request.seats = mine
    return mine


def place_of(request: HttpRequest, mine: Iterable[Place]) -> str:
    """The key of the place this page belongs to; "" when it belongs to none of them."""
    door, parts = getattr(request, "door", ""), request.path_info.split("/")
    if door == "learner":
        return "" if request.path_info.endswith(reverse("providers:places")) else LEARNING
    for place in mine:
        _view, own, _roles = HOMES[place.home]
        at_work = door == place.home or (door, place.home) in BESIDE
        if at_work and ((not own and door != "plan") or place.slug in parts):
            return place.key
    return ""


class MenuEntry(NamedTuple):
    url: str
    label: Promise
    current: str  # as `aria-current` says it: "page", "true" (a page of this part) or ""


def menu_of(place: Place, view: str, path: str) -> list[MenuEntry]:
    """The menu of `place` as it stands at `view`, whose address is `path`; without what their roles do not open."""
    own = HOMES[place.home][1]
    args = [place.slug] if own else []
    entries = [
        (name, reverse(name, args=args), label)
        for name, label, right in MENUS[place.home]
        if right is None or roles_with(right) & {*place.roles}
    ]
    below = [url for name, url, _label in entries if name != HOMES[place.home][0]]
    inside = max((url for url in below if path.startswith(url)), key=len, default="")
    return [
        MenuEntry(url, label, "page" if name == view else "true" if url == inside else "")
        for name, url, label in entries
    ]


def first_page(seats_held: list[Seat], chosen: str) -> str:
    """Where somebody goes who has signed in: their place, the one they have `chosen` of several, or the choice."""
    mine = places(seats_held)
    urls = {place.key: place.url for place in mine}
    learning = reverse("learning:dashboard")
    if not mine:
        return learning
    if chosen == LEARNING:
        return learning
    if len(mine) == 1:
        return mine[0].url
    return urls.get(chosen) or reverse("providers:places")
