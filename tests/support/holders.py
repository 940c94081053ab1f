"""Somebody who holds a certificate, for tests of what can be done with it."""

from datetime import UTC, datetime
from typing import NamedTuple

from accounts.models import User
from certificates import tokens
from certificates.actions import issue_certificate
from certificates.models import Certificate, Recipient
from learning.models import Enrolment
from providers.models import Provider
from tenancy.lens import look, system
from tests import factories

DAY = datetime(2026, 11, 20, 10, tzinfo=UTC)


class World(NamedTuple):
    certificate: Certificate
    provider: Provider
    learner: User
    number: str

    @property
    def page(self) -> str:
        return f"/z/{self.number}"


def complete(provider, name="Anna Beispiel", course=None):
    """The enrolment of somebody who has done everything."""
    course = course or factories.make_course(provider, lessons=1, title="Sicher im Netz")
    with look(system("test")):
        learner = factories.make_user(name)
    enrolment = factories.make_enrolment(course, learner)
    with look(system("test")):
        Enrolment.objects.filter(pk=enrolment.pk).update(completed_at=DAY)
        return Enrolment.objects.select_related("learner").get(pk=enrolment.pk)


def issue(provider, name="Anna Beispiel"):
    """Their certificate, with everything around it."""
    enrolment = complete(provider, name)
    with look(system("test")):
        certificate = issue_certificate(enrolment, on=DAY)
    return World(certificate, provider, enrolment.learner, number_of(certificate))


def number_of(certificate):
    with look(system("test")):
        return tokens.grouped(Recipient.objects.get(certificate=certificate).token)


def now(certificate):
    """The row as it stands."""
    with look(system("test")):
        return Certificate.objects.get(pk=certificate.pk)
