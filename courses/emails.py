"""Mails about reviews and editions. Who gets one is found out under the lens of the act, sent once it is stored."""

from collections.abc import Iterable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.urls import reverse

from accessibility import context as frame
from accounts.models import User
from courses.models import Edition, Review
from courses.queries.sharing import ToTell
from providers.models import Membership
from providers.permissions import ROLES, Right, roles_with
from tenancy.lens import CITY, look, system

#: Who may publish, and so is asked to look.
REVIEWERS = frozenset(role for role, grant in ROLES.items() if "publish" in grant.pages)


def tell_reviewers(review: Review) -> int:
    """A course was handed in. Not to whoever handed it in; how many were told."""
    people = _people(review.provider_id, REVIEWERS, but=review.asked_by)
    return _send("courses/email/review_asked", people, review)


def tell_office(review: Review) -> int:
    """A provider has handed a course over to the office."""
    with look(system("who reviews at the office")):
        people = _people(CITY, roles_with(Right.REVIEW))
    return _send("courses/email/review_office", people, review, "courses:proof")


def tell_author(review: Review) -> int:
    """The course came back, or went to print: to whoever asked, and to whoever handed it over."""
    people = {person for person in (review.asked_by, review.approved_by) if person}
    kind = "returned" if review.state == Review.State.RETURNED else "approved"
    return _send(f"courses/email/review_{kind}", people, review)


def tell_provider(review: Review) -> int:
    """The office has answered. It knows nobody there, so the platform looks who is to be told."""
    with look(system("who handed a course to the office")):
        answered = Review.objects.select_related("provider", "asked_by", "approved_by")
        return tell_author(answered.get(pk=review.pk))


def _people(provider: int, roles: Iterable[str], but: User | None = None) -> set[User]:
    found = Membership.objects.filter(provider=provider, role__in=roles).select_related("person")
    return {membership.person for membership in found} - {but}


def tell_adopter(adopted: ToTell, edition: Edition) -> int:
    """The original of an adopted course has a new edition."""
    context = {
        "title": adopted.course.title,
        "original": adopted.course.origin["title"],
        "provider": adopted.course.origin["provider"],
        "number": edition.number,
        "news": edition.news,
        "link": _link("desk:original", adopted.course.pk),
    }
    return _mail("courses/email/original", adopted.people, context)


def _send(
    template: str, people: Iterable[User], review: Review, address: str = "desk:course"
) -> int:
    number = review.course_id if address == "desk:course" else review.pk
    context = {
        "title": review.title,
        "words": review.words,
        "answer": review.answer,
        "asked_by": review.asked_by_name,
        "closed_by": review.closed_by_name,
        "provider": review.provider.name,
        "link": _link(address, number),
    }
    return _mail(template, [person.email for person in people], context)


def _link(address: str, number: int) -> str:
    return f"{settings.PUBLIC_URL}{reverse(address, args=[number])}"


def _mail(template: str, addresses: Iterable[str], context: dict[str, Any]) -> int:
    """Stored with what it tells, sent by the outbox afterwards. How many."""
    words = context | {"city": frame.CITY}  # also where no request asks for the mail
    return sum(get_adapter().render_mail(template, to, words).send() for to in addresses)
