"""What the office recommends, announces and hands on; under its lens."""

from uuid import UUID

from django.db import IntegrityError, transaction

from courses.models import CatalogueEntry, CityEvent, Concept, FeaturedCourse, HandedWish
from providers.models import Provider
from tenancy.public_page import forget


@transaction.atomic
def feature(course: UUID) -> bool:
    """At the end of the list; False where it is full, or the course is not in the catalogue. Pressed twice it stands there once."""
    listed = list(FeaturedCourse.objects.select_for_update())
    if any(one.course == course for one in listed):
        return True
    if (
        len(listed) >= FeaturedCourse.MOST
        or not CatalogueEntry.objects.filter(course=course).exists()
    ):
        return False
    try:
        with transaction.atomic():
            FeaturedCourse.objects.create(course=course, position=len(listed) + 1)
    except IntegrityError:
        return True  # somebody else was as quick
    forget()
    return True


@transaction.atomic
def rearrange(course: UUID, act: str) -> None:
    """`act`: "up", "down" or "remove". What is not in the list any more stays away."""
    listed = list(FeaturedCourse.objects.select_for_update())
    at = next((n for n, one in enumerate(listed) if one.course == course), None)
    if at is None:
        return
    one = listed.pop(at)
    if act == "remove":
        one.delete()
    else:
        listed.insert(max(0, at - 1) if act == "up" else at + 1, one)
    for position, each in enumerate(listed, 1):
        each.position = position
    FeaturedCourse.objects.bulk_update(listed, ["position"])
    forget()


def keep_event(event: CityEvent) -> None:
    """The same, entered twice, is one."""
    same = {name: getattr(event, name) for name in ("title", "first", "last")}
    if event.pk or not CityEvent.objects.filter(**same).exists():
        event.save()


def drop_event(key: UUID) -> bool:
    return bool(CityEvent.objects.filter(key=key).delete()[0])


def hand_wish(concept: Concept, provider: Provider) -> bool:
    """False if it was handed to that provider before."""
    _handed, new = HandedWish.objects.get_or_create(concept=concept, provider=provider)
    return new
