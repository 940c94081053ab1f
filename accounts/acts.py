"""What the acts in the record are called. Every room names its own, in a module `acts`:

WORDS     {"member.joined": _("Rolle gegeben")}: the act, as `record_act` knows it, and what a reader is told
DETAILS   {"number": _("Ausgabe %s")}: details of acts that are worth reading, and how they are said

So a room above says what it does without anybody below knowing the room.
"""

from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _

WORDS = {
    "factor.forgotten": _("Zweiten Schutz gelöscht, weil er verloren ging"),
    "account.voided": _("Passwort, Passkeys, Codes und Anmeldungen von früher gelten nicht mehr"),
    "address.taken_back": _("Neue E-Mail-Adresse zurückgenommen"),
}


@cache
def words() -> dict[str, str]:
    return _collected("WORDS")


@cache
def details() -> dict[str, str]:
    return _collected("DETAILS")


def _collected(name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "acts"):
            found |= getattr(import_module(f"{config.name}.acts"), name, {})
    return found
