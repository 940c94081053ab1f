"""Whatever a tutor changes in somebody's course is written down for that learner to read."""

from accounts.models import User
from learning.models import Enrolment, TutorAct


def tutor_act(
    enrolment: Enrolment,
    kind: str,
    *,
    by: User,
    number: int | None = None,
    about: str = "",
    reason: str = "",
) -> TutorAct:
    """Not stored yet. Their e-mail address is no name: it is not told."""
    return TutorAct(
        learner_id=enrolment.learner_id,
        provider_id=enrolment.provider_id,
        enrolment=enrolment,
        kind=kind,
        number=number,
        about=about[:255],
        reason=reason[:500],
        by_person=by.pk,
        by_name=by.name[:200],
    )


def tell_learner(
    enrolment: Enrolment,
    kind: str,
    *,
    by: User,
    number: int | None = None,
    about: str = "",
    reason: str = "",
) -> None:
    """Under the system lens, in the transaction of what was done."""
    tutor_act(enrolment, kind, by=by, number=number, about=about, reason=reason).save()
