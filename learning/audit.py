"""What is said of meetings, in the audit log. Who was there is never said there."""

from django.utils.translation import gettext_lazy as _

WORDS = {"attendance.kept": _("Anwesenheit eingetragen")}
DETAILS = {"added": _("angekreuzt: %s"), "removed": _("weggenommen: %s")}
