"""What could not be issued: written down with when it is tried again, and forgotten once it is issued. System lens."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from certificates.models import Owed
from learning.models import Enrolment

FIRST, LONGEST = timedelta(minutes=2), timedelta(days=1)


@transaction.atomic
def note_failure(enrolment: Enrolment, *, letters: str = "", fault: str = "") -> Owed:
    """One more try has failed, for letters of their name or by a fault of ours. The next one comes later each time.

    Only with other letters in their name is a certificate worth another try; `queries.due` sees that by itself.
    """
    whose = {"provider_id": enrolment.provider_id, "learner_id": enrolment.learner_id}
    now = timezone.now()
    owed, _made = Owed.objects.select_for_update().get_or_create(
        enrolment=enrolment, defaults=whose | {"next_at": now}
    )
    owed.tries += 1
    owed.letters, owed.fault = letters[:200], fault[:100]
    owed.next_at = now + (LONGEST if letters else pause(owed.tries))
    owed.save(update_fields=["tries", "letters", "fault", "next_at"])
    return owed


def note_told(owed: Owed) -> None:
    owed.told_at = timezone.now()
    owed.save(update_fields=["told_at"])


def forget_failure(enrolment: Enrolment) -> None:
    """It is issued."""
    Owed.objects.filter(enrolment=enrolment).delete()


def try_again_now() -> int:
    """Everything that waits is due; how much that is. For the operator who has mended what was wrong."""
    return Owed.objects.update(next_at=timezone.now())


def pause(tries: int) -> timedelta:
    """Twice as long each time, a day at most."""
    return min(FIRST * 2 ** min(tries - 1, 20), LONGEST)
