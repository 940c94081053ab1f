"""What the events of the audit log are called. Every room names its own, in a module `audit`:

WORDS     {"member.joined": _("Rolle gegeben")}: the event, as `record_event` knows it, and what a reader is told
DETAILS   {"number": _("Ausgabe %s")}: details of events that are worth reading, and how they are said

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
    "pupils.kept": _("Schul-Konten behalten"),
    "pupils.ended": _("Schul-Konten gelöscht"),
    "card.made": _("Schlüssel-Karten gemacht"),
    "card.replaced": _("Schlüssel-Karte ersetzt"),
    "card.voided": _("Schlüssel-Karte gesperrt"),
    "companion.begun": _("Begleitung begonnen"),
    "companion.ended": _("Begleitung beendet"),
}

#: Kinds of lines in a person's own security log. Those that begin with CHANGED are changes of their account.
SIGNED_IN, SIGNED_OUT, FAILED, CHANGED = "signed.in", "signed.out", "failed", "changed."
SECURITY = {
    "made": _("Konto angelegt"),
    SIGNED_IN: _("Angemeldet"),
    SIGNED_OUT: _("Abgemeldet"),
    FAILED: _("Anmelden hat nicht geklappt"),
    "ended": _("Auf anderen Geräten abgemeldet"),
    "companion.begun": _("Begleitung begonnen"),
    "companion.ended": _("Begleitung beendet"),
    "program.connected": _("Programm verbunden"),
    "program.cut": _("Programm getrennt"),
    "data.taken": _("Meine Daten geladen"),
    "changed.password.changed": _("Passwort geändert"),
    "changed.password.set": _("Passwort gewählt"),
    "changed.password.reset": _("Neues Passwort per E-Mail gewählt"),
    "changed.address.main": _("Haupt-Adresse geändert"),
    "changed.address.proved": _("E-Mail-Adresse bestätigt"),
    "changed.address.removed": _("E-Mail-Adresse entfernt"),
    "changed.address.taken_back": _("Neue E-Mail-Adresse zurückgenommen"),
    "changed.factor.added": _("Zweiten Schutz eingerichtet"),
    "changed.factor.removed": _("Zweiten Schutz entfernt"),
    "changed.factor.renewed": _("Zweiten Schutz erneuert"),
    "changed.factor.forgotten": _("Zweiten Schutz gelöscht, weil er verloren ging"),
    "changed.card.replaced": _("Neue Schlüssel-Karte, die alte gilt nicht mehr"),
    "changed.card.voided": _("Schlüssel-Karte gesperrt"),
    "changed.voided": _("Passwort, Passkeys, Codes und Anmeldungen von früher gelten nicht mehr"),
}
#: How somebody showed that it is them, as allauth calls it.
MEANS = {
    "password": _("Passwort"),
    "code": _("Code per E-Mail"),
    "webauthn": _("Passkey"),
    "totp": _("Code aus der App"),
    "recovery_codes": _("Notfall-Code"),
    "card": _("Schlüssel-Karte"),
}


@cache
def words() -> dict[str, str]:
    return _collected("WORDS")


@cache
def details() -> dict[str, str]:
    return _collected("DETAILS")


def _collected(name: str) -> dict[str, str]:
    labels: dict[str, str] = {}
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "audit"):
            labels |= getattr(import_module(f"{config.name}.audit"), name, {})
    return labels
