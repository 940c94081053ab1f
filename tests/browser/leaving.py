"""A provider with two heads, a course and a certificate, that will leave."""

import json


def furnish(slug: str) -> None:
    """Inside `manage.py shell`: prints {"sessions": {who: key}, "olga": id, "number"}."""
    from django.utils import timezone

    from certificates import tokens
    from certificates.actions import issue_certificate
    from certificates.models import Recipient
    from learning.models import Enrolment
    from tenancy.lens import look, system
    from tests import factories

    provider = factories.make_provider(slug)
    olga = factories.make_member(provider, "owner", name="Olga Leitung")
    otto = factories.make_member(provider, "tutor", name="Otto Nachfolge")
    enrolment = factories.make_enrolment(
        factories.make_course(provider), factories.make_user("Lea Lernt")
    )
    with look(system("test")):
        Enrolment.objects.filter(pk=enrolment.pk).update(completed_at=timezone.now())
        issue_certificate(Enrolment.objects.get(pk=enrolment.pk))
        number = tokens.grouped(Recipient.objects.get(learner=enrolment.learner).token)
    sessions = {"olga": _session(olga), "otto": _session(otto)}
    print(json.dumps({"sessions": sessions, "olga": olga.pk, "number": number}))


def close(slug: str) -> None:
    """Inside `manage.py shell`: its last day is over."""
    from datetime import timedelta

    from django.utils import timezone

    from providers.models import Provider
    from providers.tasks import close_due_providers
    from tenancy.lens import look, system

    with look(system("test")):
        yesterday = timezone.localdate() - timedelta(days=1)
        Provider.objects.filter(slug=slug).update(closes_on=yesterday)
    close_due_providers()


def _session(person: object) -> str:
    """Signed in with their password just now."""
    from django.test import Client

    from tests.support.records import proved_now

    browser = Client()
    proved_now(browser, person)
    return str(browser.session.session_key)
