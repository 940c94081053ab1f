from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Competence(models.Model):
    """One of the 21 competences of DigComp 3.0 (codes and titles are facts; source and attribution: docs/digcomp.md)."""

    code = models.CharField(_("Nummer"), max_length=3, primary_key=True)
    title = models.CharField(_("Titel"), max_length=120)
    title_en = models.CharField(_("Titel auf Englisch"), max_length=120)

    class Meta:
        verbose_name = _("Kompetenz")
        verbose_name_plural = _("Kompetenzen")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def area(self) -> str:
        """The number of the area, "1" to "5"."""
        return self.code[0]

    @property
    def name(self) -> str:
        return self.title_en if get_language() == "en" else self.title
