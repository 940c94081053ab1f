"""What came of playing contents."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from h5p_lite.models import Content, Revision


class Attempt(models.Model):
    """Where somebody stands in a content, and what came out last. One row per person and content."""

    content = models.ForeignKey(Content, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    state = models.TextField(blank=True)  # as the library wrote it; empty: nothing saved
    shape = models.CharField(max_length=64, blank=True)  # of the revision that `state` belongs to
    revision = models.ForeignKey(Revision, models.CASCADE, null=True, related_name="+")  # answered
    statement = models.JSONField(null=True)  # the last final xAPI statement
    #: Graded here; None where the type is not known to the server, or nothing was answered.
    score = models.FloatField(null=True)
    most = models.FloatField(null=True)
    finished_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        constraints = [
            models.UniqueConstraint(fields=["content", "user"], name="h5p_lite_results_once")
        ]

    def __str__(self) -> str:
        return f"{self.content_id}, {self.user_id}"
