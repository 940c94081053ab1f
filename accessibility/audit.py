"""What is said of exemptions in the audit log."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "exemption.given": _("Ausnahme von der Barriere-Prüfung begründet"),
    "statement.written": _("Erklärung zur Barrierefreiheit geschrieben"),
}
