"""Courses leave a provider and come to another: as a file, or taken over inside the city with their origin."""

import uuid
from typing import Any, NamedTuple

from django.db import transaction

from accounts.actions import record_event
from accounts.models import User
from courses import licences, packages
from courses.actions.packages.pack import pack
from courses.actions.packages.unpack import left_out, unpack
from courses.models import CatalogueEntry, CourseIndexPage, CoursePage, Edition
from courses.packages import CoursePackage
from providers.actions import record_for
from tenancy.lens import look, system

CHAIN = 20  # origins of origins that are remembered


class NotShared(Exception):
    """There is no such course in the catalogue, its licence does not allow it, or it is one's own."""


class ArrivedCourse(NamedTuple):
    """A course that has come to an index page, and what of it could not."""

    course: CoursePage
    withheld: list[str]  # names of files used with a permission for the original alone
    left_out: list[str]  # languages this city does not offer


def export_course(course: CoursePage, *, drafts: bool = False) -> bytes:
    """The course (its German page) as a package; `drafts` the newest drafts, otherwise what is published.

    Raises BadPackage when nothing is published, or a file is gone.
    """
    return packages.write(pack(course, drafts=drafts))


def import_course(content: bytes, index_page: CourseIndexPage, *, by: User | None) -> CoursePage:
    """A package becomes a course of drafts on `index_page` (the German one). Raises BadPackage; then nothing is stored."""
    return receive(packages.read(content), index_page, by=by).course


@transaction.atomic
def receive(
    package: CoursePackage,
    index_page: CourseIndexPage,
    *,
    by: User | None,
    key: uuid.UUID | None = None,
) -> ArrivedCourse:
    """As `import_course`, and what was left behind. Somebody else's course keeps its origin and its licence.

    `key`: of the new course; a second one of the same key is an IntegrityError.
    """
    source, origin = package.course["source"], package.course["origin"]
    withheld: list[str] = []
    if source["provider"] != index_page.provider.name:
        package, withheld = packages.pass_on(package)
        origin = _origin(package)
    course = unpack(package, index_page, by=by, origin=origin, key=key)
    record_for(index_page.provider_id, "course.imported", by=by, thing=course)
    return ArrivedCourse(course, withheld, left_out(package))


def open_template(
    data: dict[str, Any],
    title: str,
    index_page: CourseIndexPage,
    *,
    by: User,
    key: uuid.UUID | None = None,
) -> CoursePage:
    """A new course from a template of the house, as one's own. Raises BadPackage when the template is broken. `key`: as `receive`."""
    words = data["course"]["variants"]["de"] | {"title": title}
    course = data["course"] | {"variants": {"de": words}}
    package = CoursePackage(data | {"course": course}, {})
    return unpack(package, index_page, by=by, origin={}, key=key)


def adopt_course(
    of: uuid.UUID, index_page: CourseIndexPage, *, by: User, key: uuid.UUID | None = None
) -> ArrivedCourse:
    """Copy the published state of somebody else's openly licensed course into drafts on `index_page`. Raises NotShared.

    Pages of others are behind walls; the platform reads them, and only what is in the catalogue anyway.
    """
    with look(system("adopt a course")):
        original = _original(of)
        if not original or original.provider_id == index_page.provider_id:
            raise NotShared
        package, withheld = packages.pass_on(pack(original, drafts=False))
        course = unpack(package, index_page, by=by, origin=_origin(package), key=key)
        origin = {"title": original.title, "number": course.origin["edition"]}
        record_event(
            "course.adopted",
            by=by,
            provider=index_page.provider_id,
            thing=course,
            house=original.provider.name,
            **origin,
        )
        # the original's provider learns which house it was, not which person
        record_event(
            "course.given",
            by=None,
            provider=original.provider_id,
            thing=original,
            house=index_page.provider.name,
            number=course.origin["edition"],
        )
        return ArrivedCourse(course, withheld, left_out(package))


@transaction.atomic
def mark_original_seen(course: CoursePage, *, by: User) -> None:
    """The provider knows the newest edition of the original; the board and the mail speak of the next one again."""
    newest = Edition.objects.filter(course=course.origin["course"]).order_by("-number").first()
    if not newest:
        return
    for page in CoursePage.objects.filter(translation_key=course.translation_key):
        page.origin = page.origin | {"edition": newest.number}
        page.save(update_fields=["origin"], clean=False)
    record_event(
        "original.seen", by=by, provider=course.provider_id, thing=course, number=newest.number
    )


def _original(key: uuid.UUID) -> CoursePage | None:
    if not CatalogueEntry.objects.filter(course=key).exists():
        return None
    pages = CoursePage.objects.filter(translation_key=key, locale__language_code="de", live=True)
    return pages.filter(licence__in=licences.OPEN).select_related("provider", "locale").first()


def _origin(package: CoursePackage) -> dict[str, Any]:
    """The course this one was copied from, and what that one was copied from: all of them are to be named."""
    before = package.course["origin"]
    earlier = [before, *before.get("before", [])][:CHAIN] if before else []
    chain = [{k: v for k, v in each.items() if k != "before"} for each in earlier]
    return package.course["source"] | ({"before": chain} if chain else {})
