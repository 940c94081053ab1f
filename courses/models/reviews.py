"""A course on its way to print: who asked whom to look at it, and what came of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models.pages import CoursePage
from providers.models import Provider


class Review(models.Model):
    """One look at a whole course before it is printed. What is said at a place are Wagtail's comments on its pages.

    The city office looks at a provider's first courses. It never enters the desk: it reads `proof`, printed by the
    press when the course was handed over.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("In Prüfung")
        OFFICE = "office", _("Beim Bildungsbüro")
        RETURNED = "returned", _("Änderungen nötig")
        APPROVED = "approved", _("Freigegeben")
        WITHDRAWN = "withdrawn", pgettext_lazy("review", "Zurückgezogen")

    OPEN = (State.ASKED, State.OFFICE)

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    course = models.ForeignKey(CoursePage, models.CASCADE, related_name="reviews")
    title = models.CharField(max_length=255)  # of the course, as it was handed in
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField(auto_now_add=True)
    words = models.TextField(blank=True)  # what the reviewers should look at
    approved_by = models.ForeignKey(  # who handed it to the office: the press prints in their name
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    closed_by_name = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)  # what has to change
    revisions = models.JSONField(default=dict)  # {page id: revision id} that the office reads
    proof = models.JSONField(default=list)  # [{"page", "title", "lang", "html", "blocks": […]}]

    class Meta:
        verbose_name = _("Prüfung")
        verbose_name_plural = _("Prüfungen")
        constraints = [
            models.UniqueConstraint(
                fields=["course"],
                condition=models.Q(state__in=["asked", "office"]),
                name="one_open_review_per_course",
            ),
            models.CheckConstraint(
                name="an_open_review_is_not_closed",
                condition=models.Q(state__in=["asked", "office"], closed_at=None)
                | (~models.Q(state__in=["asked", "office"]) & models.Q(closed_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.get_state_display()}"
