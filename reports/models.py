"""The city office: figures, never persons."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from providers.models import Provider


class Participation(models.Model):
    """Grouped counts per provider, area and month, unprotected: only the refresh reads and writes them."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="+")
    area = models.CharField(max_length=1)
    month = models.DateField()  # its first day
    enrolments = models.PositiveIntegerField(default=0)
    completions = models.PositiveIntegerField(default=0)
    certificates = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "area", "month"], name="participation_cell_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} · {self.area} · {self.month:%Y-%m}"


class Dataset(models.Model):
    """A protected table as published: the office page and the open data show nothing else."""

    name = models.SlugField(primary_key=True)
    content = (
        models.JSONField()
    )  # {"columns": [...], "rows": [[label, value | None, …], …]}; None is protected
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("Datensatz")
        verbose_name_plural = _("Datensätze")

    def __str__(self) -> str:
        return self.name
