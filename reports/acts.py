"""What the office is said to have done, in the record of acts."""

from django.utils.translation import gettext_lazy as _

WORDS = {"figures.downloaded": _("Zahlen als CSV geladen")}
