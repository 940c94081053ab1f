"""English papers that stated the wrong thing: which certificates had one, and their new issues. Under the system lens.

Until the translation was mended, the English paper of every kind attested what another kind attests. Who has loaded
one is not known, so everything issued before counts. The credential itself was never wrong.
"""

from datetime import datetime

from django.db import transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import QuerySet

from certificates.actions.issue import reissue_certificate
from certificates.models import Certificate
from certificates.states import Act, Who, may

#: The first migration that came with the mended words: they hold since it was applied here.
MENDED = "0001_initial"  # every installation of this version had them from its first day


def mended_at() -> datetime | None:
    """When this installation got the mended words; None: it has not."""
    applied = MigrationRecorder.Migration.objects.filter(app="certificates", name=MENDED).first()
    return applied.applied if applied else None


def misstated(before: datetime) -> QuerySet[Certificate]:
    """What was issued before that moment, is held by somebody and can be issued anew; the oldest first."""
    issued = Certificate.objects.filter(issued_at__lt=before, superseded_by=None, revoked_at=None)
    issued = issued.exclude(credential=None).exclude(enrolment=None).exclude(learner=None)
    return issued.select_related("provider", "learner", "recipient").order_by("issued_at", "pk")


@transaction.atomic
def correct(certificate: Certificate) -> Certificate | None:
    """Its new issue; None where its state allows none by now. Done twice, it is done once."""
    locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if not may(locked.state, Who.PLATFORM, Act.REISSUE):
        return None
    return reissue_certificate(locked)
