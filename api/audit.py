"""What heads do about programs, in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "key.made": _("Schlüssel für ein Programm gemacht"),
    "key.revoked": _("Schlüssel für ein Programm widerrufen"),
    "webhook.made": _("Adresse für Meldungen an ein Programm aufgenommen"),
    "webhook.dropped": _("Adresse für Meldungen an ein Programm weggenommen"),
    "program.added": _("Programm von anderen zugelassen"),
    "program.ended": _("Programm von anderen beendet"),
}
DETAILS = {"scopes": _("Rechte: %s")}
