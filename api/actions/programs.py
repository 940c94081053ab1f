"""Programs of others: registered and ended by the operator. Under the system lens."""

import secrets
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from django.utils import timezone

from accounts.actions import record_event
from api.actions.consents import digest
from api.models import Consent, Program
from tenancy.lens import CITY, as_system

HERE = ("localhost", "127.0.0.1", "[::1]", "::1")


class NewProgram(NamedTuple):
    program: Program
    secret: str  # shown once; "": it has none


class BadAddress(ValueError):
    """Nobody may be sent there with a code."""


def check_address(uri: str) -> None:
    """https, this machine, or an app's own scheme with a dot in it (RFC 8252, § 7.1). Raises BadAddress."""
    parts = urlsplit(uri)
    good = (
        parts.scheme == "https"
        or (parts.scheme == "http" and parts.hostname in HERE)
        or "." in parts.scheme
    )
    if not good or parts.fragment or not uri.isascii() or "*" in uri:
        raise BadAddress(uri)


@as_system("the operator registers a program")
def add_program(
    name: str, *, about: str, url: str, redirect_uris: Sequence[str], secret: bool
) -> NewProgram:
    """`secret`: it runs on a server and can keep one. Raises BadAddress."""
    for uri in redirect_uris:
        check_address(uri)
    shown = secrets.token_urlsafe(32) if secret else ""
    program = Program.objects.create(
        key=f"prog-{secrets.token_hex(8)}", name=name, about=about, url=url,
        redirect_uris=[*redirect_uris], secret_hash=digest(shown) if secret else "",
    )  # fmt: skip
    record_event("program.added", by=None, provider=CITY, thing=program)
    return NewProgram(program, shown)


@as_system("the operator ends a program")
def end_program(key: str) -> bool:
    """With everything people have let it read. False: there is none, or it has ended."""
    program = Program.objects.filter(key=key, ended_at=None).first()
    if not program:
        return False
    program.ended_at = timezone.now()
    program.save(update_fields=["ended_at"])
    Consent.objects.filter(program=program).delete()
    record_event("program.ended", by=None, provider=CITY, thing=program)
    return True
