"""A provider begins what others seek in vain."""

from django.db import transaction

from accounts.models import User
from courses.actions.index_pages import begin_course
from courses.models import Concept, CourseIndexPage, CoursePage, OfferBegun


@transaction.atomic
def begin_missing(
    concept: Concept, name: str, index_page: CourseIndexPage, *, by: User
) -> CoursePage:
    """A draft called `name`; the one that is there already, if this provider has begun it before. Two clicks are one."""
    locked = CourseIndexPage.objects.select_for_update(of=("self",)).get(pk=index_page.pk)
    begun = OfferBegun.objects.filter(concept=concept, provider=locked.provider)
    for offer in begun:
        there = CoursePage.objects.filter(
            translation_key=offer.course, locale=locked.locale_id
        ).first()
        if there:
            return there
    begun.delete()  # its course is gone
    course = begin_course(locked, title=name, by=by)
    OfferBegun.objects.create(
        concept=concept, provider=locked.provider, course=course.translation_key
    )
    return course
