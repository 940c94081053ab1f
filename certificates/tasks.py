"""Background work: an id in, the system lens, an action."""

from celery import shared_task

from certificates import actions
from certificates.models import Certificate
from learning.models import Enrolment
from tenancy.lens import look, system


@shared_task(acks_late=True)
def issue(enrolment_id: int) -> None:
    with look(system("issue a certificate")):
        actions.issue_certificate(Enrolment.objects.get(pk=enrolment_id))


@shared_task
def issue_missing() -> int:
    """The sweep: whatever the signal missed is issued here. One transaction each, so that one failure stops no other."""
    with look(system("find owed certificates")):
        issued = Certificate.objects.exclude(enrolment=None).values("enrolment")
        owed = Enrolment.objects.filter(completed_at__isnull=False).exclude(pk__in=issued)
        owed_ids = list(owed.order_by("completed_at").values_list("pk", flat=True)[:500])
    for enrolment_id in owed_ids:
        issue(enrolment_id)
    return len(owed_ids)
