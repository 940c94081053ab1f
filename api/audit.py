"""What heads do about programs, in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "key.made": _("Schlüssel für ein Programm gemacht"),
    "key.revoked": _("Schlüssel für ein Programm widerrufen"),
}
DETAILS = {"scopes": _("Rechte: %s")}
