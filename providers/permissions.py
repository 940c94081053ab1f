"""Who may do what: the one table from which lenses, doors and Wagtail's rights follow. docs/roles.md explains it.

Roles are given by a membership (person, provider, role); one person may hold several, at several providers. Visitors
and learners hold none: they see what is public, and what is their own.
"""

from enum import StrEnum
from typing import NamedTuple


class Right(StrEnum):
    """What a role opens. Each is asked for at one place: `providers.queries`."""

    DESK = "desk"  # /redaktion/: the provider's pages and files
    LEARNERS = "learners"  # what learners did in the provider's own courses
    MANAGE = "manage"  # /anbieter/<slug>/verwalten/: team, and the audit log
    FIGURES = "figures"  # /buero/: the city's protected figures
    PROVIDERS = "providers"  # /buero/anbieter/: found a provider and appoint its first owner
    REVIEW = "review"  # /buero/pruefungen/: look at the first courses of a provider
    CONCEPTS = "concepts"  # /buero/begriffe/: what people call things, for the search
    STEERING = "steering"  # /buero/empfohlen/, /buero/kalender/: what the whole city recommends and announces
    LIBRARIES = "libraries"  # /buero/inhaltstypen/: install H5P content types for the whole city
    RECORD = "record"  # /buero/protokoll/: the acts of the office
    DATES = "dates"  # /anbieter/<slug>/planen/: places, runs and their meetings


class Grant(NamedTuple):
    """What one role may do. `pages` and `files` are Wagtail's names, for the provider's own index page and collection."""

    rights: frozenset[Right] = frozenset()
    pages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    city_only: bool = False


_WRITES = ("add", "change")
_FILES = ("add", "change", "choose")

ROLES: dict[str, Grant] = {
    "tutor": Grant(frozenset({Right.LEARNERS, Right.DATES})),
    "author": Grant(frozenset({Right.DESK, Right.DATES}), _WRITES, _FILES),
    "reviewer": Grant(frozenset({Right.DESK}), ("change", "publish", "lock", "unlock"), _FILES),
    "owner": Grant(
        frozenset({Right.DESK, Right.LEARNERS, Right.MANAGE, Right.DATES}),
        (*_WRITES, "publish", "bulk_delete", "lock", "unlock"),
        _FILES,
    ),
    "clerk": Grant(frozenset({Right.FIGURES, Right.CONCEPTS, Right.STEERING}), city_only=True),
    "admin": Grant(
        frozenset({*Right} - {Right.DESK, Right.LEARNERS, Right.MANAGE, Right.DATES}),
        city_only=True,
    ),
    "operator": Grant(frozenset({Right.PROVIDERS, Right.LIBRARIES}), city_only=True),
}


def roles_with(right: Right) -> frozenset[str]:
    """The roles that hold `right`."""
    return frozenset(role for role, grant in ROLES.items() if right in grant.rights)
