"""A handout becomes a course of drafts, by the door of all courses that come as a file."""

import uuid

from django.db import transaction

from accounts.models import User
from courses import handouts, packages
from courses.actions.packages.unpack import unpack
from courses.handouts import Handout
from courses.models import CourseIndexPage, CoursePage
from courses.packages import BadPackage
from providers.actions import record_for
from providers.addresses import part_of_address


@transaction.atomic
def begin_from_handout(
    handout: Handout, index_page: CourseIndexPage, *, by: User, key: uuid.UUID | None = None
) -> CoursePage:
    """Nothing is published; pictures are the provider's, as after an upload. Raises BadPackage, then nothing is stored.

    `key`: as `share.receive`.
    """
    slug = part_of_address(handout.title) or "kurs"
    package = handouts.as_package(handout, slug=slug, provider=index_page.provider.name)
    if problems := packages.check(package):
        raise BadPackage(problems)
    course = unpack(package, index_page, by=by, origin={}, key=key)
    record_for(index_page.provider_id, "course.imported", by=by, thing=course)
    return course
