"""What somebody at the desk works on."""

from django.db.models import QuerySet

from accounts.models import User
from courses.models import CoursePage
from providers.permissions import Right
from providers.queries import seats, where


def courses_at_desk(person: User) -> QuerySet[CoursePage]:
    """The courses (their German pages) of all providers `person` writes for, drafts included."""
    own = where(seats(person), Right.DESK)
    found = CoursePage.objects.filter(provider__in=own, locale__language_code="de")
    return found.select_related("provider", "locale")
