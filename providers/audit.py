"""What providers do, and how an action of anybody is said: in the words of its room, or in Wagtail's for the desk's own."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import registry

from accounts import audit

WORDS = {
    "provider.founded": _("Anbieter gegründet"),
    "provider.described": _("Angaben des Anbieters geändert"),
    "pupils.months": _("Frist für Schul-Konten geändert"),
    "provider.exported": _("Alle Kurse als Archiv mitgenommen"),
    "provider.closing": _("Letzten Tag des Anbieters angekündigt"),
    "provider.stays": _("Der Anbieter macht doch weiter"),
    "provider.closed": _("Anbieter geschlossen"),
    "provider.reopened": _("Anbieter wieder geöffnet"),
    "member.joined": _("Rolle gegeben"),
    "member.left": _("Rolle weggenommen"),
    "member.handed_over": _("Arbeit übergeben"),
    "invitation.sent": _("Eingeladen"),
    "invitation.sent_again": _("Noch einmal eingeladen"),
    "invitation.accepted": _("Einladung angenommen"),
    "invitation.declined": _("Einladung abgelehnt"),
    "invitation.withdrawn": _("Einladung zurückgezogen"),
    "application.sent": _("Anfrage eines Anbieters eingegangen"),
    "application.asked": _("Bei einer Anfrage nachgefragt"),
    "application.answered": _("Antwort auf eine Rückfrage eingegangen"),
    "application.approved": _("Anfrage eines Anbieters angenommen"),
    "application.declined": _("Anfrage eines Anbieters abgelehnt"),
    "application.withdrawn": _("Anfrage eines Anbieters zurückgezogen"),
    "sought.added": _("Gesuchtes Angebot eingetragen"),
    "sought.ended": _("Gesuchtes Angebot gestrichen"),
    "heads.written": _("Nachricht an alle Leitungen geschickt"),
    "colour.chosen": _("Farbe gewählt"),
    "logo.placed": _("Logo hinterlegt"),
    "logo.ended": _("Logo entfernt"),
    "factor.added": _("Zweiten Schutz eingerichtet"),
    "factor.removed": _("Zweiten Schutz entfernt"),
}
DETAILS = {
    "role": _("Rolle: %s"),
    "roles": _("Rollen: %s"),
    "house": _("Anbieter: %s"),
    "day": _("Letzter Tag: %s"),
    "months": _("Monate: %s"),
    "count": _("Anzahl: %s"),
    "successor": _("An: %s"),
    "factor": _("Art: %s"),
}


def said(action: str) -> str:
    """The action in words. One that has lost its words (a room that is gone) keeps its key."""
    if label := audit.words().get(action):
        return str(label)
    registry.scan_for_actions()
    return str(registry.get_action_label(action)) if action in registry.formatters else action


def said_of(details: dict[str, Any], names: dict[str, str]) -> str:
    """The details worth reading, with `names` for values that have some: "Rolle: Leitung"."""
    labels = audit.details()
    return ", ".join(
        str(labels[key]) % _value(value, names) for key, value in details.items() if key in labels
    )


def _value(value: Any, names: dict[str, str]) -> str:
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(names.get(str(one), one)) for one in values)
