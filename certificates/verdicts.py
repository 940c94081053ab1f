"""A verdict in words. Each of the five says something different, so that nobody takes one for another."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates.queries import Held, Verdict


def heading(verdict: Verdict) -> str:
    return {
        Verdict.VALID: _("Dieser Nachweis ist gültig."),
        Verdict.ERASED: _("Dieser Nachweis ist gültig, ohne Namen."),
        Verdict.SUPERSEDED: _("Dieser Nachweis wurde ersetzt."),
        Verdict.REVOKED: _("Dieser Nachweis gilt nicht mehr."),
        Verdict.CHANGED: _("Dieser Nachweis ist nicht echt."),
    }[verdict]


def sentence(verdict: Verdict, provider: str) -> str:
    says = {
        Verdict.VALID: _("%(provider)s hat ihn ausgestellt. Der Inhalt ist unverändert."),
        Verdict.ERASED: _(
            "%(provider)s hat ihn ausgestellt. Die Person hat ihr Konto geschlossen. Deshalb steht hier kein Name."
        ),
        Verdict.SUPERSEDED: _(
            "Er war echt. %(provider)s hat einen neuen ausgestellt. Fragen Sie nach dem neuen Nachweis."
        ),
        Verdict.REVOKED: _("%(provider)s hat ihn zurückgezogen."),
        Verdict.CHANGED: _(
            "Der Inhalt passt nicht zur Unterschrift von %(provider)s. Verlassen Sie sich nicht darauf."
        ),
    }
    return says[verdict] % {"provider": provider}


def facts(held: Held) -> list[dict[str, str]]:
    """Everything that is printed on the certificate, so that a changed print is noticed by comparing."""
    achievement = held.achievement
    extent = ngettext(
        "%(steps)s Schritt, etwa %(minutes)s Minuten, mit Aufgaben",
        "%(steps)s Schritte, etwa %(minutes)s Minuten, mit Aufgaben",
        achievement["steps"],
    ) % {"steps": achievement["steps"], "minutes": achievement["minutes"]}
    competences = "\n".join(f"{code} {title}" for code, title in achievement["competences"])
    says = [
        (_("Name"), held.name or _("Ohne Namen ausgestellt")),
        (_("Kurs"), achievement["name"]),
        (_("Ausgestellt von"), held.provider_name),
        (_("Ausgestellt am"), date_format(held.issued_at, "j. F Y")),
        (_("Umfang"), extent),
        (_("Kompetenzen (DigComp 3.0)"), competences),
    ]
    return [{"term": term, "says": text} for term, text in says]


def checks(verdict: Verdict, provider: str) -> list[dict[str, Any]]:
    """What was checked, in the order of a checker's questions."""
    if verdict is Verdict.ERASED:
        return [{"ok": True, "text": _("Der Nachweis ist nicht zurückgezogen.")}]
    authentic = verdict is not Verdict.CHANGED
    said = {"provider": provider}
    signed = _("Die Unterschrift stammt von: %(provider)s.") % said
    not_signed = _("Die Unterschrift passt nicht zu: %(provider)s.") % said
    return [
        {"ok": authentic, "text": signed if authentic else not_signed},
        {
            "ok": authentic,
            "text": _("Der Inhalt ist unverändert.")
            if authentic
            else _("Der Inhalt wurde verändert."),
        },
        {
            "ok": verdict is not Verdict.REVOKED,
            "text": _("Der Nachweis ist zurückgezogen.")
            if verdict is Verdict.REVOKED
            else _("Der Nachweis ist nicht zurückgezogen."),
        },
        *(
            [{"ok": False, "text": _("Es gibt einen neueren Nachweis.")}]
            if verdict is Verdict.SUPERSEDED
            else []
        ),
    ]
