"""What is said of certificates and keys, in the audit log. Whose certificate it was is never said there."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "certificate.reissued": _("Nachweis neu ausgestellt"),
    "certificate.revoked": _("Nachweis zurückgezogen"),
    "certificate.carried": _("Nachweis in eine Wallet-App geladen"),
    "certificate.erased": _("Konto geschlossen: Name und Daten zum Nachweis gelöscht"),
    "certificate.shown": _("Geändert, was andere vom Nachweis sehen"),
    "certificate.suspended": _("Nachweis ausgesetzt"),
    "certificate.resumed": _("Nachweis wieder gültig"),
    "autograph.placed": _("Unterschrift für Nachweise hinterlegt"),
    "autograph.ended": _("Unterschrift für Nachweise entfernt"),
    "key.compromised": _("Schlüssel für nicht mehr sicher erklärt"),
    "key.rotated": _("Schlüssel gewechselt"),
}
