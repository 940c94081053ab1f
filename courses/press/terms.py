"""What a course asks for its attestation, in plain words for its page. In the language that is active."""

from django.utils.translation import gettext, ngettext

from courses.rules import ACHIEVEMENT, PARTICIPATION, AttestationRule


def terms_of(rule: AttestationRule, steps: int) -> dict[str, str]:
    """`name`: what one gets. `says`: what for, and how long it is valid."""
    return {
        "name": _name(rule),
        "says": " ".join(filter(None, [_asked(rule, steps), _valid(rule)])),
    }


def _name(rule: AttestationRule) -> str:
    return {
        PARTICIPATION: gettext("Mit Teilnahmebescheinigung"),
        ACHIEVEMENT: gettext("Mit Leistungsnachweis"),
    }.get(rule.attestation, gettext("Mit Zertifikat"))


def _asked(rule: AttestationRule, steps: int) -> str:
    if rule.goal == AttestationRule().goal:
        if not steps:  # a course in the making
            return gettext("Wenn Sie alle Schritte erledigt haben.")
        says = ngettext(
            "Wenn Sie den Schritt erledigt haben.",
            "Wenn Sie alle %(count)s Schritte erledigt haben.",
            steps,
        )
        return says % {"count": steps}
    return gettext("Dafür brauchen Sie: %(parts)s.") % {"parts": ", ".join(_parts(rule))}


def _parts(rule: AttestationRule) -> list[str]:
    parts = [gettext("alle Schritte")]
    if rule.required_share < 100:
        parts = [gettext("mindestens %(n)s %% der Aufgaben") % {"n": rule.required_share}]
    if rule.pass_mark:
        says = gettext("mindestens %(n)s %% beim ersten Versuch richtig")
        parts.append(says % {"n": rule.pass_mark})
    if rule.required_sittings:
        says = ngettext("%(n)s von %(all)s Termin", "%(n)s von %(all)s Terminen", rule.sittings)
        parts.append(says % {"n": rule.required_sittings, "all": rule.sittings})
    return parts


def _valid(rule: AttestationRule) -> str:
    if not rule.valid_months:
        return ""
    months = rule.valid_months
    return ngettext("Gilt %(n)s Monat.", "Gilt %(n)s Monate.", months) % {"n": months}
