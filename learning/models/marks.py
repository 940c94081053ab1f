"""What a tutor says of an answer that somebody has written."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learning.models.record import Enrolment, XapiStatement
from providers.models import Provider


class AnswerMark(models.Model):
    """Points and words for one written answer in an activity. It changes nothing of what is done in the course."""

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_constraint=False
    )
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_constraint=False)
    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, related_name="marks", db_constraint=False
    )
    statement = models.ForeignKey(XapiStatement, models.CASCADE, related_name="marks")
    part = models.PositiveSmallIntegerField()  # its place among the questions of the statement
    points = models.FloatField()
    most = models.FloatField()
    text = models.CharField(max_length=2000, blank=True)
    by_person = models.BigIntegerField()  # no key: it outlives the tutor's account
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("Bewertung")
        verbose_name_plural = _("Bewertungen")
        constraints = [
            models.UniqueConstraint(fields=["statement", "part"], name="answermark_once"),
            models.CheckConstraint(
                condition=Q(points__gte=0, points__lte=F("most")), name="answermark_within"
            ),
        ]

    def __str__(self) -> str:
        return self.in_points

    @property
    def in_points(self) -> str:
        """ "3 / 4" """
        return f"{self.points:g} / {self.most:g}"
