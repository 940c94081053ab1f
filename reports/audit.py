"""What the office is said to have done, in the audit log."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "figures.downloaded": _("Zahlen geladen"),
    "goal.set": _("Ziel der Stadt gesetzt"),
    "report.mailed": _("Bericht per Mail verschickt"),
    "opendata.corrected": _("Offene Daten berichtigt"),
}
