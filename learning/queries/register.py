"""Who takes part in a course with meetings, and who was there. For its tutors."""

import uuid
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import F, OuterRef, Subquery

from courses.facts import CourseFacts
from courses.models import CatalogueEntry, Edition, PrintedLesson
from courses.queries.editions import printed_rule
from learning.models import Enrolment


class Present(NamedTuple):
    """One learner: the numbers of all meetings of their edition, and of those they were at."""

    enrolment: Enrolment
    name: str
    sittings: range
    there: set[int]

    @property
    def settled(self) -> bool:
        """Their certificate is issued by what stands here."""
        return self.enrolment.completed_at is not None


def title_of(edition: Edition) -> str:
    return str(edition.printed_lessons.filter(position=0, language="de").latest("printing").title)


def newest_cover(course: uuid.UUID) -> CourseFacts:
    """What its newest cover says, also of a course that has left the catalogue."""
    covers = PrintedLesson.objects.filter(edition__course=course, position=0, language="de")
    newest: CourseFacts = covers.order_by("-edition__number", "-printing").values_list(
        "facts", flat=True
    )[0]
    return newest


def courses_with_meetings(providers: list[int]) -> list[tuple[str, str]]:
    """Title and address of every course in the catalogue that has meetings, by title. One statement, none for nobody."""
    if not providers:
        return []
    covers = PrintedLesson.objects.filter(
        position=0,
        language="de",
        edition__in=CatalogueEntry.objects.filter(provider__in=providers).values("edition"),
        printing=F("edition__printing"),
        facts__attestation__sittings__gt=0,
    )
    address = CatalogueEntry.objects.filter(edition=OuterRef("edition")).values("address")
    courses = covers.annotate(address=Subquery(address)).order_by("title")
    return list(courses.values_list("title", "address"))


def register(provider: int, course: uuid.UUID, *, group: int | None = None) -> list[Present]:
    """Everybody who is enrolled and has meetings, by name; `group`: only its members. Three statements, and one more per edition."""
    enrolled = Enrolment.objects.filter(provider=provider, course=course, closed_at=None)
    if group:
        enrolled = enrolled.filter(learner__group_memberships__group=group)
    enrolments = enrolled.select_related("learner", "edition", "pinned").prefetch_related(
        "attendance"
    )
    sittings = sittings_of(enrolment.pinned or enrolment.edition for enrolment in enrolments)
    present = [
        Present(
            enrolment,
            str(enrolment.learner),
            sittings[enrolment.pinned_id or enrolment.edition_id],
            {seen.sitting for seen in enrolment.attendance.all()},
        )
        for enrolment in enrolments
    ]
    return sorted((p for p in present if p.sittings), key=lambda p: p.name.casefold())


def sittings_of(editions: Iterable[Edition]) -> dict[int, range]:
    """{edition: the numbers of its meetings}"""
    different = {edition.pk: edition for edition in editions}
    return {pk: range(1, printed_rule(one).sittings + 1) for pk, one in different.items()}
