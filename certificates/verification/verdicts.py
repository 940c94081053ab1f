"""A verdict in words. Each says something different, so that nobody takes one for another."""

from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from certificates.models import Certificate
from certificates.queries import CertificateRecord, Verdict
from certificates.states import State
from words.days import day

#: The shape of each: "ok" is a tick, "warn" a triangle, "bad" a cross.
SHAPES = {
    Verdict.VALID: "ok",
    Verdict.ERASED: "ok",
    Verdict.HIDDEN: "warn",
    Verdict.SUPERSEDED: "warn",
    Verdict.EXPIRED: "warn",
    Verdict.SUSPENDED: "bad",
    Verdict.REVOKED: "bad",
    Verdict.COMPROMISED: "bad",
    Verdict.CHANGED: "bad",
}
#: One word for the head of a provider.
STATES = {
    State.ISSUED: gettext_lazy("Gültig"),
    State.EXPIRED: gettext_lazy("Abgelaufen"),
    State.SUSPENDED: gettext_lazy("Ausgesetzt"),
    State.SUPERSEDED: gettext_lazy("Ersetzt"),
    State.REVOKED: gettext_lazy("Zurückgezogen"),
}


def heading(verdict: Verdict) -> str:
    return {
        Verdict.VALID: _("Dieser Nachweis ist gültig."),
        Verdict.ERASED: _("Dieser Nachweis ist gültig, ohne Namen."),
        Verdict.HIDDEN: _("Dieser Nachweis wird zurzeit nicht gezeigt."),
        Verdict.SUPERSEDED: _("Dieser Nachweis wurde ersetzt."),
        Verdict.EXPIRED: _("Dieser Nachweis ist abgelaufen."),
        Verdict.SUSPENDED: _("Dieser Nachweis gilt zurzeit nicht."),
        Verdict.REVOKED: _("Dieser Nachweis gilt nicht mehr."),
        Verdict.COMPROMISED: _("Dieser Nachweis lässt sich nicht mehr prüfen."),
        Verdict.CHANGED: _("Dieser Nachweis ist nicht echt."),
    }[verdict]


def sentence(verdict: Verdict, provider: str) -> str:
    says = {
        Verdict.VALID: _("%(provider)s hat den Nachweis ausgestellt. Der Inhalt ist unverändert."),
        Verdict.ERASED: _(
            "%(provider)s hat ihn ausgestellt. Die Person hat ihr Konto geschlossen. Deshalb steht hier kein Name."
        ),
        Verdict.HIDDEN: _(
            "Die Inhaberin oder der Inhaber hat die Ansicht geschlossen. Bitten Sie die Person, sie zu öffnen."
        ),
        Verdict.SUPERSEDED: _(
            "Er war echt. %(provider)s hat einen neuen ausgestellt. Fragen Sie nach dem neuen Nachweis."
        ),
        Verdict.EXPIRED: _(
            "%(provider)s hat ihn ausgestellt, und der Inhalt ist unverändert. Aber er galt nur bis zu einem festen Tag."
        ),
        Verdict.SUSPENDED: _(
            "%(provider)s hat ihn ausgesetzt. Vielleicht gilt er später wieder. Fragen Sie dann noch einmal."
        ),
        Verdict.REVOKED: _("%(provider)s hat ihn zurückgezogen."),
        Verdict.COMPROMISED: _(
            "Der Schlüssel von %(provider)s ist nicht mehr sicher. Die Person kann einen neuen Nachweis bekommen."
        ),
        Verdict.CHANGED: _(
            "Der Inhalt passt nicht zur Unterschrift von %(provider)s. Verlassen Sie sich nicht darauf."
        ),
    }
    return says[verdict] % {"provider": provider}


def facts(record: CertificateRecord) -> list[dict[str, str]]:
    """Everything that is printed on the certificate, so that a changed print is noticed by comparing."""
    name = record.shown_name or _("Ohne Namen ausgestellt")
    says = [(_("Name"), name), *_facts(record)]
    return [{"term": term, "says": text} for term, text in says if text]


def printed(record: CertificateRecord) -> tuple[tuple[str, str], ...]:
    """The facts as the paper lists them; name, course, contents and competences have places of their own there."""
    elsewhere = (_("Art"), _("Kurs"), _("Inhalte"), _("Kompetenzen (DigComp 3.0)"))
    return tuple((term, text) for term, text in _facts(record) if text and term not in elsewhere)


def facts_of(credential: dict[str, Any]) -> list[dict[str, str]]:
    """What a signed credential itself says, for somebody who has nothing but a file. It has no name in it."""
    achievement = credential["credentialSubject"]["achievement"]
    results = credential["credentialSubject"].get("result", [])
    until = credential.get("validUntil")
    says = [
        (_("Kurs"), achievement["name"]),
        (_("Ausgestellt von"), credential["issuer"]["name"]),
        (_("Ausgestellt am"), _day(credential["validFrom"])),
        (_("Gültig bis"), _day(until) if until else ""),
        (_("Ergebnis"), result({"result": results[0]["value"]}) if results else ""),
        (_("Dafür nötig"), achievement["criteria"]["narrative"]),
        (_("Umfang"), _evident(credential, "extent")),
        (_("Inhalte"), _evident(credential, "contents")),
        (
            _("Kompetenzen (DigComp 3.0)"),
            "\n".join(
                each["targetName"].partition(": ")[2] for each in achievement.get("alignment", [])
            ),
        ),
    ]
    return [{"term": term, "says": text} for term, text in says if text]


def _evident(credential: dict[str, Any], genre: str) -> str:
    sentence = (
        each["narrative"] for each in credential.get("evidence", []) if each.get("genre") == genre
    )
    return str(next(sentence, ""))


def _day(moment: str) -> str:
    return date_format(day(datetime.fromisoformat(moment)), "DATE_FORMAT")


def _facts(record: CertificateRecord) -> list[tuple[str, str]]:
    """Every fact but the name. What a certificate does not have is empty."""
    achievement = record.achievement
    competences = "\n".join(f"{code} {title}" for code, title in achievement["competences"])
    return [
        (_("Art"), str(Certificate.Kind(record.kind).label)),
        (_("Kurs"), achievement["name"]),
        (_("Ausgestellt von"), record.provider_name),
        (_("Ausgestellt am"), date_format(day(record.issued_at), "DATE_FORMAT")),
        (
            _("Gültig bis"),
            date_format(day(record.valid_until), "DATE_FORMAT") if record.valid_until else "",
        ),
        (_("Umfang"), extent(achievement)),
        (_("Ergebnis"), result(achievement)),
        (_("Termine vor Ort"), sittings(achievement)),
        (_("Dafür nötig"), achievement.get("criteria", "")),
        (_("Inhalte"), "\n".join(achievement.get("contents", []))),
        (_("Kompetenzen (DigComp 3.0)"), competences),
    ]


def extent(achievement: dict[str, Any]) -> str:
    """How much it was: in Unterrichtseinheiten where it fills at least one, otherwise in steps and minutes."""
    if units := achievement.get("units"):
        lessons_in_words = ngettext(
            "%(units)s Unterrichtseinheit (UE) zu 45 Minuten",
            "%(units)s Unterrichtseinheiten (UE) zu 45 Minuten",
            units,
        )
        return lessons_in_words % {"units": units}
    steps, minutes = achievement["steps"], achievement["minutes"]
    lessons_in_words = ngettext("%(steps)s Schritt", "%(steps)s Schritte", steps) % {"steps": steps}
    time = ngettext("etwa %(minutes)s Minute", "etwa %(minutes)s Minuten", minutes)
    return f"{lessons_in_words}, {time % {'minutes': minutes}}"


def result(achievement: dict[str, Any]) -> str:
    results = achievement.get("result")
    if results is None:
        return ""
    return _("%(result)s %% der Fragen beim ersten Versuch richtig") % {"result": results}


def sittings(achievement: dict[str, Any]) -> str:
    if not achievement.get("sittings"):
        return ""
    sentence = _("%(attended)s von %(sittings)s besucht")
    return sentence % {"attended": achievement["attended"], "sittings": achievement["sittings"]}


def checks(verdict: Verdict, provider: str) -> list[dict[str, Any]]:
    """What was checked, in the order of a checker's questions."""
    if verdict is Verdict.HIDDEN:
        return []
    names = {"provider": provider}
    not_revoked = {"ok": True, "text": _("Der Nachweis ist nicht zurückgezogen.")}
    if verdict is Verdict.ERASED:
        return [not_revoked]
    if verdict is Verdict.COMPROMISED:
        return [
            {
                "ok": False,
                "text": _("Der Schlüssel von %(provider)s ist nicht mehr sicher.") % names,
            }
        ]
    if verdict is Verdict.CHANGED:
        return [
            {"ok": False, "text": _("Die Unterschrift passt nicht zu: %(provider)s.") % names},
            {"ok": False, "text": _("Der Inhalt wurde verändert.")},
            not_revoked,
        ]
    return [
        {"ok": True, "text": _("Die Unterschrift stammt von: %(provider)s.") % names},
        {"ok": True, "text": _("Der Inhalt ist unverändert.")},
        {"ok": False, "text": _("Der Nachweis ist zurückgezogen.")}
        if verdict is Verdict.REVOKED
        else not_revoked,
        *_besides(verdict),
    ]


def _besides(verdict: Verdict) -> list[dict[str, Any]]:
    says = {
        Verdict.SUPERSEDED: _("Es gibt einen neueren Nachweis."),
        Verdict.SUSPENDED: _("Der Nachweis ist ausgesetzt."),
        Verdict.EXPIRED: _("Der Tag, bis zu dem er galt, ist vorbei."),
    }
    return [{"ok": False, "text": says[verdict]}] if verdict in says else []
