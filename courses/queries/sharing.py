"""What can be taken over from other providers, and what has become of the originals since."""

import uuid
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q, QuerySet
from wagtail.models import Locale

from accounts.models import User
from courses import licences
from courses.blocks import QUESTIONS
from courses.h5p_questions import ExportedQuestion
from courses.models import CatalogueEntry, CourseIndexPage, CoursePage, Edition, PrintedLesson
from providers.models import Membership
from providers.permissions import ROLES, Right
from providers.queries import seats, where
from tenancy.lens import look, system

AT_MOST = 50
#: Who may begin a course, and so is told about its original.
BEGINS = frozenset(role for role, grant in ROLES.items() if "add" in grant.pages)


class Adoptable(NamedTuple):
    key: uuid.UUID
    title: str
    summary: str
    provider: str
    licence: str  # in words
    deed: str


class OriginalDifference(NamedTuple):
    """Titles of steps: what the newest edition of an original has that the adopted one did not, and so on."""

    added: list[str]
    changed: list[str]
    removed: list[str]


def index_pages_for(person: User) -> QuerySet[CourseIndexPage]:
    """The (German) index pages on which `person` may begin a course, by the provider's name."""
    providers = [seat.provider for seat in seats(person) if seat.role in BEGINS]
    own = set(providers) & set(where(seats(person), Right.DESK))
    pages = CourseIndexPage.objects.filter(
        provider__in=own, locale=Locale.objects.get(language_code="de")
    )
    return pages.select_related("provider").order_by("provider__name")


def adoptable(own: Iterable[int], q: str = "") -> list[Adoptable]:
    """Courses in the catalogue that providers other than `own` have licensed openly, by title; at most fifty.

    Whether a licence is open stands on the desk's page, behind walls; what is returned is public.
    """
    with look(system("which courses are openly licensed")):
        pages = CoursePage.objects.filter(
            live=True,
            locale__language_code="de",
            licence__in=licences.OPEN,
            translation_key__in=CatalogueEntry.objects.values("course"),
        ).exclude(provider__in=list(own))
        for word in q.split():
            pages = pages.filter(
                Q(title__icontains=word)
                | Q(summary__icontains=word)
                | Q(provider__name__icontains=word)
            )
        originals = pages.select_related("provider").order_by("title", "pk")[:AT_MOST]
        return [_adoptable(page) for page in originals]


def _adoptable(page: CoursePage) -> Adoptable:
    return Adoptable(
        key=page.translation_key,
        title=page.title,
        summary=page.summary,
        provider=page.provider.name,
        licence=page.get_licence_display(),
        deed=licences.DEEDS[page.licence],
    )


def newest_edition(course: CoursePage) -> Edition | None:
    """The newest edition of the original; None when it is in another city, or was never printed here."""
    return Edition.objects.filter(course=course.origin["course"]).order_by("-number").first()


def difference(course: CoursePage) -> OriginalDifference:
    """What the newest edition of the original has made of the one that was taken over. Compared as printed."""
    newest = newest_edition(course)
    if not newest:
        return OriginalDifference([], [], [])
    with look(system("compare two editions of an original")):
        then = _steps(
            Edition.objects.filter(course=newest.course, number=course.origin["edition"]).first()
        )
        now = _steps(newest)
    return OriginalDifference(
        added=[title for slug, (title, _) in now.items() if slug not in then],
        changed=[
            title
            for slug, (title, text) in now.items()
            if then.get(slug, (title, text)) != (title, text)
        ],
        removed=[title for slug, (title, _) in then.items() if slug not in now],
    )


def _steps(edition: Edition | None) -> dict[str, tuple[str, str]]:
    """{slug: (title, printed text)} of the German steps, in order."""
    if not edition:
        return {}
    printed_lessons = PrintedLesson.objects.filter(
        edition=edition, printing=edition.printing, language="de", position__gt=0
    )
    return {
        slug: (title, html)
        for slug, title, html in printed_lessons.order_by("position").values_list(
            "slug", "title", "html"
        )
    }


class ToTell(NamedTuple):
    """An adopted course, and who of its provider is to hear about the original."""

    course: CoursePage
    people: list[User]


def adopters(edition: Edition) -> list[ToTell]:
    """Those who took the course of `edition` over as it was before; under the system lens."""
    pages = CoursePage.objects.filter(
        locale__language_code="de", archived_at=None, origin__course=str(edition.course)
    ).select_related("provider")
    copies = []
    for page in pages.filter(origin__edition__lt=edition.number).order_by("pk"):
        staff = Membership.objects.filter(provider=page.provider, role__in=BEGINS)
        people = User.objects.filter(pk__in=staff.values("person")).order_by("email")
        copies.append(ToTell(page, [*people]))
    return copies


def questions_of(course: CoursePage) -> list[ExportedQuestion]:
    """Every question of a German course, as its newest drafts have it."""
    lessons = [lesson.get_latest_revision_as_object() for lesson in course.lessons().specific()]
    return [
        ExportedQuestion(block.block_type, block.id, block.value)
        for lesson in lessons
        for block in lesson.body
        if block.block_type in QUESTIONS
    ]
