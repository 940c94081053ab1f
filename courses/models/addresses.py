"""Where courses and lessons are, and where they were. Kept by triggers of the press (`addresses.sql`), public to read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from providers.models import Provider


class _Address(models.Model):
    """Given once and for ever. Of all addresses of a thing one is `present`; the others lead to it."""

    course = models.UUIDField()
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    present = models.BooleanField()
    taken_at = models.DateTimeField()
    since = (
        models.DateTimeField()
    )  # the present one for the last time; later than `taken_at`: it came back

    class Meta:
        abstract = True


class CourseAddress(_Address):
    path = models.CharField(max_length=320, primary_key=True)  # <provider>/<course>

    class Meta:
        verbose_name = _("Adresse eines Kurses")
        verbose_name_plural = _("Adressen der Kurse")
        constraints = [
            models.UniqueConstraint(
                fields=["course"],
                condition=models.Q(present=True),
                name="course_has_one_present_address",
            )
        ]

    def __str__(self) -> str:
        return self.path


class LessonAddress(_Address):
    slug = models.CharField(max_length=255)
    lesson = models.UUIDField()  # translation key of its pages

    class Meta:
        verbose_name = _("Adresse eines Schritts")
        verbose_name_plural = _("Adressen der Schritte")
        constraints = [
            models.UniqueConstraint(fields=["course", "slug"], name="lesson_address_given_once"),
            models.UniqueConstraint(
                fields=["course", "lesson"],
                condition=models.Q(present=True),
                name="lesson_has_one_present_address",
            ),
        ]

    def __str__(self) -> str:
        return self.slug
