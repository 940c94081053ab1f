"""Mails about reviews and editions. Who gets one is found out under the lens of the act, sent once it is stored."""

from collections.abc import Iterable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.urls import reverse

from accessibility import context as frame
from accounts.models import User
from accounts.news import send_news
from courses.models import Edition, Review
from courses.queries.course_at_desk import open_comments
from courses.queries.remarks import remarked_pages
from courses.queries.sharing import ToTell
from providers.models import Membership
from providers.permissions import ROLES, Right, roles_with
from tenancy.lens import CITY, look, system

#: Who may publish, and so is asked to look.
REVIEWERS = frozenset(role for role, grant in ROLES.items() if "publish" in grant.pages)


def tell_reviewers(review: Review) -> int:
    """A course was handed in. Not to the person who handed it in; how many were told."""
    people = _people(review.provider_id, REVIEWERS, but=review.asked_by)
    return send_news("review", "courses/email/review_asked", people, _words(review))


def tell_office(review: Review) -> int:
    """A provider has handed a course over to the office."""
    with look(system("who reviews at the office")):
        people = _people(CITY, roles_with(Right.REVIEW))
    words = _words(review) | {"link": _link("courses:proof", review.pk)}
    return send_news("review", "courses/email/review_office", people, words)


def tell_author(review: Review) -> int:
    """The course came back, or went to print: to the person who asked, and to the one who handed it over."""
    people = {person for person in (review.asked_by, review.approved_by) if person}
    kind = "returned" if review.state == Review.State.RETURNED else "approved"
    words = _words(review)
    letters = (
        get_adapter().render_mail(f"courses/email/review_{kind}", person.email, words)
        for person in people
    )
    return sum(letter.send() for letter in letters)


def tell_provider(review: Review) -> int:
    """The office has answered. It knows nobody there, so the platform looks who is to be told."""
    with look(system("who handed a course to the office")):
        answered = Review.objects.select_related("provider", "asked_by", "approved_by")
        return tell_author(answered.get(pk=review.pk))


def _people(provider: int, roles: Iterable[str], but: User | None = None) -> set[User]:
    members = Membership.objects.filter(provider=provider, role__in=roles).select_related("person")
    return {membership.person for membership in members} - {but}


def tell_adopter(adopted: ToTell, edition: Edition) -> int:
    """The original of an adopted course has a new edition."""
    words = {
        "title": adopted.course.title,
        "original": adopted.course.origin["title"],
        "provider": adopted.course.origin["provider"],
        "number": edition.number,
        "news": edition.news,
        "link": _link("desk:original", adopted.course.pk),
        "city": frame.CITY,  # also where no request asks for the mail
    }
    return send_news("original", "courses/email/original", adopted.people, words)


def _words(review: Review) -> dict[str, Any]:
    return {
        "title": review.title,
        "words": _quoted(review.words),
        "answer": _quoted(review.answer),
        "remarks": _remarks(review) if review.state == Review.State.RETURNED else [],
        "asked_by": review.asked_by_name,
        "closed_by": review.closed_by_name,
        "provider": review.provider.name,
        "link": _link("desk:course", review.course_id),
        "city": frame.CITY,  # also where no request asks for the mail
    }


def _quoted(text: str) -> str:
    """Somebody's words, set off from ours as mails do it."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def _remarks(review: Review) -> list[tuple[str, str]]:
    """(title of the page, words set off): what is still open."""
    return [
        (remark.page.draft_title, _quoted(remark.text))
        for remark in open_comments(page.page.pk for page in remarked_pages(review.course))
    ]


def _link(address: str, *number: int) -> str:
    return f"{settings.PUBLIC_URL}{reverse(address, args=number)}"


def tell_of_wish(provider: int, name: str) -> int:
    """The office asks the heads of a house to offer what many seek in vain; how many were told."""
    with look(system("who leads the house")):
        people = _people(provider, roles_with(Right.MANAGE))
    return send_news(
        "wish", "courses/email/wish", people, {"name": name, "link": _link("desk:missing")}
    )
