"""What the writing desk shows beside a step: the other steps, what can be chosen in its blocks, who else is there."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Revision

from accessibility.checks import Finding
from accessibility.models import Exemption, Inspection
from accounts.models import User
from courses.models import CoursePage, LessonPage, WritingAct
from h5p_lite.models import Content
from providers.models import Provider
from providers.permissions import Right
from providers.queries import seats, where

#: So many files are offered in a field, the newest ones.
OFFERED = 200
HERE = timedelta(minutes=10)


class OtherStep(NamedTuple):
    """A step of the same course, in the outline."""

    pk: int
    title: str
    number: int


def steps_at_desk(person: User) -> QuerySet[LessonPage]:
    """The steps of all providers `person` writes for, in every language."""
    own = where(seats(person), Right.DESK)
    pages = LessonPage.objects.filter(provider__in=own)
    return pages.select_related("provider", "locale", "latest_revision")


def outline(course: CoursePage) -> list[OtherStep]:
    """The steps of `course` in their order, drafts included."""
    rows = course.lessons().values_list("pk", "draft_title", "title")
    return [OtherStep(pk, draft or title, n) for n, (pk, draft, title) in enumerate(rows, 1)]


def choices(provider: Provider) -> Mapping[str, list[tuple[int, str]]]:
    """What can be chosen in a field of each kind: {kind: [(id, title), …]}; the newest first."""
    mine = {"collection": provider.collection_id}
    images = get_image_model().objects.filter(**mine).order_by("-pk")
    documents = get_document_model().objects.filter(**mine).order_by("-pk")
    activities = Content.objects.filter(owner=provider, archived_at=None).order_by("title")
    return {
        "image": _named(images),
        "picture": _named(images),
        "document": _named(documents),
        "activity": _named(activities),
    }


def _named(things: QuerySet[Any]) -> list[tuple[int, str]]:
    return [*things.values_list("pk", "title")[:OFFERED]]


def findings_of(page: CoursePage | LessonPage) -> dict[str, list[Finding]]:
    """{block id or field: what the checks found in the newest draft}, without what is exempt."""
    kept = Inspection.objects.filter(revision=page.latest_revision_id).values_list(
        "findings", flat=True
    )
    given = set(Exemption.objects.filter(page=page.pk).values_list("rule", "part", "excerpt"))
    found: dict[str, list[Finding]] = {}
    for finding in kept.first() or ():
        if tuple(finding) not in given:
            found.setdefault(finding[1], []).append(Finding(*finding))
    return found


def others_at(page: CoursePage | LessonPage, person: User) -> list[str]:
    """Who else has this step open, by name."""
    sessions = EditingSession.objects.filter(
        content_type=ContentType.objects.get_for_model(page),
        object_id=str(page.pk),
        last_seen_at__gte=timezone.now() - HERE,
    )
    people = User.objects.filter(pk__in=sessions.exclude(user=person).values("user"))
    return sorted(str(one) for one in people)


def states_of(page: CoursePage | LessonPage) -> Iterable[Revision]:
    """Its drafts, the newest first."""
    return page.revisions.select_related("user").order_by("-created_at", "-pk")[:50]


def last_act(page: CoursePage | LessonPage, person: User) -> WritingAct | None:
    """What `person` would undo."""
    return WritingAct.objects.filter(page=page.pk, by=person).only("pk", "kind").last()
