"""What the press is said to have done, in the record of acts."""

from django.utils.translation import gettext_lazy as _

WORDS = {"edition.printed": _("Ausgabe gedruckt")}
DETAILS = {"number": _("Ausgabe %s"), "printing": _("Druck %s")}
