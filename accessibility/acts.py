"""What is said of exemptions in the record of acts."""

from django.utils.translation import gettext_lazy as _

WORDS = {"exemption.given": _("Ausnahme von der Barriere-Prüfung begründet")}
