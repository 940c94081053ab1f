"""All checks in their order. One that cannot be made because the database is silent says so, once."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from typing import NamedTuple

from django.db import DatabaseError

from recovery import whole
from recovery.doctor import care, machine, rows, services
from tenancy.lens import look, system

Check = Callable[[], Iterable[str]]


class DoctorFinding(NamedTuple):
    """`wrong`: sentences for a person, each with what to do; none when all is well."""

    name: str
    wrong: list[str]


#: Name -> check. Those of the second table ask the database.
OUTSIDE: dict[str, Check] = {
    "disk": machine.disk,
    "clock": machine.clock,
    "versions": machine.versions,
    "address": services.address,
    "mail server": services.mail_server,
    "queue": services.queue,
    "worker": services.worker,
    "backup": care.backup,
    "restore test": care.restore_test,
    "school holidays": care.school_holidays,
}
INSIDE: dict[str, Check] = {
    "schema": rows.schema,
    "walls": whole.walls,
    "large objects": whole.large_objects,
    "indexes": rows.indexes,
    "database version": rows.version,
    "hosts of certificates": rows.hosts_of_certificates,
    "keys": whole.keys,
    "certificates": whole.certificates,
    "mail": rows.given_up_mail,
    "files": whole.files,
    "loose files": rows.loose_files,
}
CHECKS = ("database", *OUTSIDE, *INSIDE)


def examine() -> Iterator[DoctorFinding]:
    silent = [*services.database()]
    yield DoctorFinding("database", silent)
    for name, check in OUTSIDE.items():
        yield _one(name, check)
    for name, check in INSIDE.items() if not silent else ():
        yield _one(name, check, inside=True)


def _one(name: str, check: Check, *, inside: bool = False) -> DoctorFinding:
    """A check that stumbles is a finding as well, and does not end the others."""
    try:
        with look(system(f"doctor: {name}")) if inside else nullcontext():
            return DoctorFinding(name, [*check()])
    except (OSError, DatabaseError, RuntimeError, ValueError) as wrong:
        return DoctorFinding(name, [f"Could not be looked at ({type(wrong).__name__}: {wrong})."])
