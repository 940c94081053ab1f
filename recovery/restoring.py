"""Bringing a backup back, into an empty place only, and looking whether it is all there.

The archive is read twice: first to the end, so that a damaged one changes nothing; then for good. The settings come with
it. Where anything is wrong, the place is as empty afterwards as it was.
"""

import json
import os
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, NamedTuple, cast

import psycopg
from psycopg import sql

from config.embedded import roles
from config.embedded.management import NOWHERE, manage
from config.embedded.places import CannotStart, own_folder
from recovery import archive, database, places
from recovery.places import UNFINISHED, Installation

Say = Callable[[str], object]


class RestoredPlace(NamedTuple):
    place: Installation
    head: dict
    rows: int
    files: int
    newer: int  # migrations that came after the backup and were applied


class Target(NamedTuple):
    """Where a backup goes. `urls`: of an empty database, made when everything else is known to be good."""

    var: Path
    urls: Callable[[list[str]], roles.Urls]  # asked with the roles that the dump names


def refuse_what_is_used(var: Path) -> None:
    """Nothing is ever written over. Raises CannotStart."""
    if (var / UNFINISHED).exists():
        raise CannotStart(
            f"A restore into {var} was interrupted: delete what it left (./dev reset), then restore again."
        )
    for name in ("settings.env", "postgres/data"):
        if (var / name).exists():
            raise CannotStart(
                f"There is a Lernstadt in {var} already ({name}): restore into an empty place, "
                "for example with LERNSTADT_VAR=/path/to/a/new/folder."
            )
    if any((var / "media").glob("*")):
        raise CannotStart(
            f"There are files in {var / 'media'} already: restore into an empty place."
        )


def refuse_a_used_database(urls: roles.Urls) -> None:
    if not database.is_empty(urls.owner):
        raise CannotStart("The database has tables already: restore into an empty one.")


@cache
def known_migrations() -> frozenset[str]:
    """The migrations of this version, those of its libraries included."""
    return frozenset(
        json.loads(manage(["check_restored", "--known"], NOWHERE, "asking what is known"))
    )


def refuse_another_schema(head: dict) -> None:
    """A schema that this version does not know. Raises CannotStart."""
    if unknown := [name for name in head["migrations"] if name not in known_migrations()]:
        raise CannotStart(
            f"The backup has tables this version does not know (Lernstadt {head['lernstadt']}, {unknown[-1]}): "
            "install the version that made it and restore with that."
        )


def restore(path: Path, identities: list, target: Target, *, say: Say) -> RestoredPlace:
    """Raises CannotStart with a sentence; the place is then empty again."""
    refuse_what_is_used(target.var)
    say(f"Checking {path} …")
    checked = archive.check(path, identities)
    refuse_another_schema(checked.head)
    own_folder(target.var)
    mark = target.var / UNFINISHED
    mark.write_text(str(path), encoding="utf-8")
    try:
        urls = target.urls(checked.head["roles"])
        refuse_a_used_database(urls)
    except BaseException:
        mark.unlink()
        raise
    try:
        restored = _restore(path, identities, CheckedPlace(checked, target.var, urls), say)
    except BaseException:
        _leave(target.var, urls)
        raise
    if restored.place.settings.get("DEMO") == "1":
        (target.var / "demo").write_text("loaded")  # the launcher must not load it again
    mark.unlink()
    return restored


class CheckedPlace(NamedTuple):
    archive_read: archive.CheckedArchive
    var: Path
    urls: roles.Urls


def _restore(path: Path, identities: list, into: CheckedPlace, say: Say) -> RestoredPlace:
    head = into.archive_read.head
    _need_roles(head, into.urls)
    files = sum(member.name.startswith("media/") for member in into.archive_read.members)
    say(f"Restoring the database of {head['made_at']} and {files} files …")
    with archive.reading(path, identities) as tar:
        settings = _take_in(tar, into)
    place = Installation(into.var, into.urls, settings)
    roles.grant(into.urls, roles.app_role(into.urls))
    say("Checking walls, counts, keys and certificates …")
    rows = check_counts(into.urls, head)
    newer = _migrate(place, head, say)
    check_application(place)
    return RestoredPlace(place, head, rows, files, newer)


def _take_in(tar: tarfile.TarFile, into: CheckedPlace) -> dict[str, str]:
    """Settings and files are written as they come; the database is fed in between. Its settings, as written."""
    settings: dict[str, str] = {}
    members = _Members(tar)
    while (member := members.next()) is not None:
        name = member.name
        if name == "settings.json":
            settings = json.loads(members.content(member).read())
        elif name.startswith("settings/"):
            file = into.var / name
            _write(file, members.content(member), top=into.var)
            settings[file.name] = str(file)
        elif name == archive.BEGINNING:
            places.write_settings(into.var / "settings.env", settings)
            database.restore(into.urls.owner, into.archive_read.beginning, members.pieces(member))
        elif name.startswith("media/"):
            _write(into.var / name, members.content(member), top=into.var / "media")
    _sync_all(into.var / "media")
    return settings


def feed_database(tar: tarfile.TarFile, checked: archive.CheckedArchive, urls: roles.Urls) -> None:
    """Nothing but the database, out of an archive that has been checked."""
    members = _Members(tar)
    while (member := members.next()) is not None:
        if member.name == archive.BEGINNING:
            database.restore(urls.owner, checked.beginning, members.pieces(member))


class _Members:
    """The members of an archive, one after the other; one may be looked at and put back."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.back: tarfile.TarInfo | None = None

    def next(self) -> tarfile.TarInfo | None:
        member, self.back = self.back or self.tar.next(), None
        return member

    def content(self, member: tarfile.TarInfo) -> IO[bytes]:
        return cast(
            "IO[bytes]", self.tar.extractfile(member)
        )  # all of them are files: `archive.check`

    def pieces(self, member: tarfile.TarInfo | None) -> Iterator[bytes]:
        while member is not None and member.name.startswith("database/"):
            yield self.content(member).read()
            member = self.next()
        self.back = member


def _write(path: Path, content: IO[bytes], *, top: Path) -> None:
    """A name from an archive is never trusted to stay below `top`."""
    if not path.resolve().is_relative_to(top.resolve()):
        raise CannotStart(
            f"The backup names a file outside of its place ({path}): nothing was restored."
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        shutil.copyfileobj(content, file, archive.PIECE)
        file.flush()
        os.fsync(file.fileno())


def _sync_all(top: Path) -> None:
    top.mkdir(exist_ok=True)
    for folder, _inside, _files in os.walk(top):
        archive.sync_folder(Path(folder))


def _need_roles(head: dict, urls: roles.Urls) -> None:
    """The dump gives rights to roles by their names. Raises CannotStart where one is missing."""
    with database.connect(urls.owner) as line:
        for role in head["roles"]:
            if not line.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                raise CannotStart(
                    f'The backup gives rights to the role "{role}": make it first, '
                    f'as superuser: CREATE ROLE "{role}";'
                )


def check_counts(urls: roles.Urls, head: dict) -> int:
    """Every table has as many rows, and the same walls, as when the backup was made. The rows of all."""
    with database.connect(urls.owner) as line, line.transaction():
        tables = database.contents(line).tables
        special = _special(line, database.user_of(urls.app))
    wanted = {name: tuple(counts) for name, counts in head["tables"].items()}
    if wrong := [name for name in {*wanted, *tables} if wanted.get(name) != tables.get(name)]:
        name = min(wrong)
        raise CannotStart(
            f"The table {name} is not as it was: {tables.get(name)} instead of {wanted.get(name)} "
            "(rows, walls, policies)."
        )
    if special:
        raise CannotStart(f"The app's role is {special}: the walls do not hold for it.")
    return sum(table[0] for table in tables.values())


def _special(line: psycopg.Connection, app: str) -> str:
    """What the app's role must not be; empty when it is nobody special."""
    [(above, owns)] = line.execute(
        "SELECT rolsuper OR rolbypassrls, EXISTS (SELECT 1 FROM pg_class WHERE relowner = pg_roles.oid)"
        " FROM pg_roles WHERE rolname = %s",
        [app],
    ).fetchall() or [(False, False)]
    return "a superuser or may pass by walls" if above else "the owner of tables" if owns else ""


def _migrate(place: Installation, head: dict, say: Say) -> int:
    """An older schema is brought up to this version's. How many migrations that took."""
    if known_migrations() == set(head["migrations"]):
        return 0
    owners = place.environment | {"DATABASE_URL": place.urls.owner}
    manage(["migrate", "--noinput", "-v0"], owners, "making the tables of this version")
    with database.connect(place.urls.owner) as line:
        [(count,)] = line.execute("SELECT count(*) FROM django_migrations").fetchall()
    newer = count - len(head["migrations"])
    if newer:
        say(f"The backup is from {head['lernstadt']}: {newer} later migrations were applied.")
    return newer


def check_application(place: Installation) -> str:
    """Walls, keys and one certificate, asked of Django in the app's role. Raises CannotStart."""
    return manage(["check_restored"], place.environment, "checking what was restored")


def _leave(var: Path, urls: roles.Urls) -> None:
    """The place was empty before us."""
    with suppress(CannotStart, psycopg.Error):  # the server is gone
        database.empty(urls.owner)
    for name in ("settings.env", UNFINISHED):
        (var / name).unlink(missing_ok=True)
    for name in ("media", "settings"):
        shutil.rmtree(var / name, ignore_errors=True)


def make_roles(admin: str, names: list[str]) -> None:
    """In a place of our own, roles that only the dump names are made; nobody may log in as them."""
    with psycopg.connect(admin, autocommit=True) as line:
        for name in names:
            if not line.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone():
                line.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(name)))
