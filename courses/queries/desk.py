"""What somebody at the desk works on."""

from django.db.models import QuerySet

from accounts.models import User
from courses.models import CoursePage, LessonPage
from providers.permissions import Right
from providers.queries import seats, where


def courses_at_desk(person: User) -> QuerySet[CoursePage]:
    """The courses (their German pages) of all providers `person` writes for, drafts included."""
    own = where(seats(person), Right.DESK)
    pages = CoursePage.objects.filter(provider__in=own, locale__language_code="de")
    return pages.select_related("provider", "locale")


def source_course(page: CoursePage | LessonPage) -> CoursePage | None:
    """The German course that `page`, its lesson or a variant of either, belongs to; None for one that has no German."""
    course: CoursePage = page if isinstance(page, CoursePage) else page.get_parent().specific
    if course.locale.language_code == "de":
        return course
    german = CoursePage.objects.filter(translation_key=course.translation_key)
    return german.filter(locale__language_code="de").first()
