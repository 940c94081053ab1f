"""The lens: every request, task and command looks at the database through exactly one of these.

A lens binds settings to ONE transaction (`set_config(…, is_local => true)`); the walls (row level security,
`walls.sql` of each room) read them. Without a lens every walled table has zero rows.
One setting per right: `app.learner` opens one person's own rows, `app.providers` a provider's content,
`app.tutored` its learners' rows, `app.owned` its audit log, `app.token` one certificate; `app.actor` is who acts. No setting says "may see everything": the system lens
binds the ids of all providers, so that every wall is a test an index can answer.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.db import connection, transaction
from psycopg import Connection

P = ParamSpec("P")
R = TypeVar("R")

#: Every setting a lens may bind; a nested lens resets those it does not bind.
SETTINGS = (
    "app.lens",
    "app.learner",
    "app.providers",
    "app.readable",
    "app.tutored",
    "app.owned",
    "app.actor",
    "app.token",
    "app.grades",
    "app.reason",
)
#: The city itself is a provider, made by the first migration of `providers`.
CITY = 1

_SAFE = re.compile(r"[\w,.:\- ]*")


class NoLens(RuntimeError):
    """A second lens is opened inside another one, outside of the tests."""


@dataclass(frozen=True, slots=True)
class Lens:
    """Who looks (`name`) and what that opens (`bindings`: setting -> value)."""

    name: str
    bindings: dict[str, str] = field(default_factory=dict)

    def sql(self, *, reset: bool = False) -> str:
        """The statement that binds this lens. Values are numbers and fixed words, so it needs no parameters."""
        values = {"app.lens": self.name, **self.bindings}
        if unsafe := [value for value in values.values() if not _SAFE.fullmatch(value)]:
            raise ValueError(f"A lens binds numbers and words only, not {unsafe!r}.")
        if reset:
            values = dict.fromkeys(SETTINGS, "") | values
        return "SELECT " + ",".join(f"set_config('{k}','{v}',true)" for k, v in values.items())


def _ids(ids: Iterable[int]) -> str:
    return ",".join(str(int(i)) for i in ids)


#: Anybody. Sees what is printed for everybody, and the city's own pages.
public = Lens("public", {"app.readable": str(CITY)})

#: Anybody who answers a question of an open lesson: may have it graded, stores nothing.
visitor = Lens("visitor", {"app.readable": str(CITY), "app.grades": "open"})

#: The city office: figures only. It opens no person's row and no provider's draft.
office = Lens("office", {"app.readable": str(CITY)})


def learner(person: int, *, answers: bool = False) -> Lens:
    """One person's own record; `answers`: they may also have an open lesson's question graded without being enrolled."""
    bindings = {"app.learner": str(int(person)), "app.readable": str(CITY)}
    return Lens("learner", bindings | ({"app.grades": "open"} if answers else {}))


def staff(
    providers: Iterable[int],
    *,
    tutored: Iterable[int] = (),
    owned: Iterable[int] = (),
    actor: int | None = None,
) -> Lens:
    """Content of `providers`; learners' rows only of those `tutored`, the audit log only of those `owned`."""
    own = list(providers)
    bindings = {
        "app.providers": _ids(own),
        "app.readable": _ids({*own, CITY}),
        "app.tutored": _ids(tutored),
        "app.owned": _ids(owned),
    }
    return Lens("staff", bindings | _acting(actor))


def office_of(actor: int, *, owned: Iterable[int] = ()) -> Lens:
    """The office with a name to its acts; `owned` is the city for anyone who may read the record of them."""
    return Lens("office", office.bindings | {"app.owned": _ids(owned)} | _acting(actor))


def _acting(actor: int | None) -> dict[str, str]:
    return {"app.actor": str(int(actor))} if actor else {}


def bearer(token: str) -> Lens:
    """Anyone who holds a certificate's token (16 characters, no dashes) sees that certificate."""
    return Lens("bearer", {"app.token": token, "app.readable": str(CITY)})


@dataclass(frozen=True, slots=True)
class SystemLens(Lens):
    """The platform's own work. Opens with the ids of all providers, read in the same statement."""

    def sql(self, *, reset: bool = False) -> str:
        opening = Lens.sql(self, reset=reset)
        everybody = "(SELECT coalesce(string_agg(id::text, ','), '') FROM providers_provider)"
        rights = ("app.providers", "app.readable", "app.tutored")
        return f"{opening};SELECT " + ",".join(
            f"set_config('{r}',{everybody},true)" for r in rights
        )


def system(reason: str) -> Lens:
    """Tasks, sweeps and commands. The reason is bound as well, so that a log of statements shows it."""
    return SystemLens("system", {"app.reason": reason})


@contextmanager
def look(lens: Lens) -> Iterator[None]:
    """Open one transaction with `lens`; on exit the former lens (outside of tests: none) holds again."""
    nested = connection.in_atomic_block
    if nested and not (settings.NESTED_LENSES or lens.name == "system"):
        raise NoLens(f"The {lens.name} lens is opened inside another one.")

    def opening(raw: Connection, begin: str) -> Lens:
        raw.execute(begin + lens.sql(reset=nested))
        return lens

    with enter(opening):
        yield


def as_system(reason: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """For an action that is the platform's own work, no matter who asks for it: it opens the system lens, so that no view has to."""

    def decorate(action: Callable[P, R]) -> Callable[P, R]:
        @wraps(action)
        def under_system_lens(*args: P.args, **kwargs: P.kwargs) -> R:
            with look(system(reason)):
                return action(*args, **kwargs)

        return under_system_lens

    return decorate


#: Sends its first argument's opening statement (`begin` + the binding of a lens) and returns the lens it bound.
Opening = Callable[[Connection, str], Lens]


@contextmanager
def enter(opening: Opening) -> Iterator[None]:
    """Like `look`, for a door that learns who is looking in the opening round trip itself."""
    former: Lens | None = connection.lens
    if connection.in_atomic_block:
        with transaction.atomic():
            connection.lens = opening(connection.connection, "")
            try:
                yield
            finally:
                connection.lens = former
        # A SET LOCAL inside a savepoint survives its RELEASE, so the former lens is put back by hand.
        # When the block fails, ROLLBACK TO SAVEPOINT has done so already.
        connection.connection.execute((former or Lens("")).sql(reset=True))
        return

    def begin(raw: Connection) -> None:
        connection.lens = opening(raw, connection.beginning)

    connection.ensure_connection()
    connection.opening = begin
    with transaction.atomic():
        try:
            yield
        finally:
            connection.lens = None
