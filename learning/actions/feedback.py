"""Whether a course helped, said once by a learner who has finished it, without their name."""

from django.db import transaction

from accounts.models import User
from learning.models import CourseFeedback, Enrolment


def give_feedback(learner: User, enrolment: int, *, helped: str, text: str) -> bool:
    """Store it; False where they have said it before (also twice at once) or have not finished the course."""
    with transaction.atomic():
        mine = Enrolment.objects.filter(pk=enrolment, learner=learner, feedback_given=False)
        if not mine.exclude(completed_at=None).update(feedback_given=True):
            return False
        course, provider = Enrolment.objects.values_list("course", "provider").get(pk=enrolment)
        CourseFeedback.objects.create(provider_id=provider, course=course, helped=helped, text=text)
    return True
