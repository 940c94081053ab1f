"""What heads do about programs, in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "key.made": _("Schlüssel für ein Programm gemacht"),
    "key.revoked": _("Schlüssel für ein Programm widerrufen"),
    "program.added": _("Programm von anderen zugelassen"),
    "program.ended": _("Programm von anderen beendet"),
}
DETAILS = {"scopes": _("Rechte: %s")}
