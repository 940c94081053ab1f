"""Where a picture or a file comes from: TULLU (title, author, licence, link, place of origin)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Credit(models.Model):
    """The credit line of one image or document. None: made by the provider, under the licence of the course."""

    class Licence(models.TextChoices):
        OWN = "own", _("Eigenes Werk, Lizenz wie der Kurs")
        CC0 = "CC0-1.0", "CC0 1.0"
        CC_BY = "CC-BY-4.0", "CC BY 4.0"
        CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
        CC_BY_3 = "CC-BY-3.0", "CC BY 3.0"
        CC_BY_SA_3 = "CC-BY-SA-3.0", "CC BY-SA 3.0"
        PUBLIC_DOMAIN = "PDM-1.0", _("Gemeinfrei")
        PERMISSION = "permission", _("Mit Erlaubnis, nur für diesen Kurs")

    image = models.OneToOneField(
        "wagtailimages.Image", models.CASCADE, null=True, related_name="credit"
    )
    document = models.OneToOneField(
        "wagtaildocs.Document", models.CASCADE, null=True, related_name="credit"
    )
    title = models.CharField(_("Titel des Werks"), max_length=200, blank=True)
    author = models.CharField(_("Urheberin oder Urheber"), max_length=200, blank=True)
    licence = models.CharField(_("Lizenz"), max_length=12, choices=Licence, default=Licence.OWN)
    link = models.URLField(_("Link zum Original"), max_length=500, blank=True)
    origin = models.CharField(
        _("Fundort"), max_length=200, blank=True
    )  # Wikimedia Commons, a museum

    class Meta:
        verbose_name = _("Herkunft")
        verbose_name_plural = _("Herkunft")
        constraints = [
            models.CheckConstraint(
                name="credit_of_one_thing",
                condition=models.Q(image=None, document__isnull=False)
                | models.Q(image__isnull=False, document=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_licence_display()})"
