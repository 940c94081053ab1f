"""What this room knows about a person (see `accounts.exports`)."""

from typing import Any

from django.conf import settings

from accounts.exports import part
from accounts.models import User
from learning.models import (
    AnswerMark,
    Attempt,
    Attendance,
    Booking,
    ContentState,
    Contract,
    DateFeed,
    Enrolment,
    GroupMember,
    Progress,
    QuestionEntry,
    SavedSearch,
    TutorAct,
    XapiStatement,
)
from learning.queries.register import title_of


@part("lernen")
def _learning(user: User) -> list[dict[str, Any]]:
    """Every course they started, with each answer and each thing done. Read through their own lens."""
    columns = (
        "id",
        "course",
        "started_at",
        "touched_at",
        "completed_at",
        "closed_at",
        "done",
        "total",
    )
    return [
        {
            **{name: getattr(enrolment, name) for name in columns},
            "title": title_of(enrolment.edition),
            "url": f"{settings.PUBLIC_URL}/kurse/{enrolment.course}/",
            "answers": list(
                Attempt.objects.filter(enrolment=enrolment)
                .order_by("pk")
                .values("item", "given", "right", "said", "created_at")
            ),
            "progress": list(
                Progress.objects.filter(enrolment=enrolment)
                .order_by("pk")
                .values("item", "done_at")
            ),
            "activities": list(
                XapiStatement.objects.filter(enrolment=enrolment)
                .order_by("at")
                .values("item", "statement", "parts", "graded", "points", "most", "at")
            ),
            "marks": list(
                AnswerMark.objects.filter(enrolment=enrolment)
                .order_by("at")
                .values("statement", "part", "points", "most", "text", "by_name", "at")
            ),
            "stopped_in": list(
                ContentState.objects.filter(enrolment=enrolment)
                .order_by("pk")
                .values("item", "state", "at")
            ),
            "attendance": list(
                Attendance.objects.filter(enrolment=enrolment)
                .order_by("sitting")
                .values("sitting", "at")
            ),
            "questions": list(
                QuestionEntry.objects.filter(question__enrolment=enrolment)
                .order_by("pk")
                .values("question", "text", "by_name", "at")
            ),
            "tutor_acts": list(
                TutorAct.objects.filter(enrolment=enrolment)
                .order_by("pk")
                .values("kind", "number", "about", "reason", "by_name", "at")
            ),
        }
        for enrolment in Enrolment.objects.filter(learner=user)
        .select_related("edition")
        .order_by("pk")
    ]


@part("gruppen")
def _groups(user: User) -> list[dict[str, Any]]:
    """The groups they are in now."""
    memberships = GroupMember.objects.filter(learner=user).order_by("joined_at")
    return [dict(one) for one in memberships.values("group__name", "group__course", "joined_at")]


@part("buchungen")
def _bookings(user: User) -> list[dict[str, Any]]:
    """Their seats and their places in queues, with what they said they need."""
    columns = ("run__title", "name", "state", "price_name", "price", "made_at", "needs__kinds")
    hers = Booking.objects.filter(learner=user).order_by("pk")
    return [dict(one) for one in hers.values(*columns, "needs__note")]


@part("vertraege")
def _contracts(user: User) -> list[dict[str, Any]]:
    """What they have concluded, word by word, and what they have withdrawn from."""
    columns = ("pk", "title", "buyer", "attendee", "email", "price", "price_name", "text", "early")
    days = ("concluded_at", "withdraw_until", "withdrawn_at")
    return [
        {
            **{name: getattr(contract, name) for name in (*columns, *days)},
            "withdrawals": list(
                contract.withdrawals.order_by("pk").values("name", "about", "email", "received_at")
            ),
        }
        for contract in Contract.objects.filter(learner=user).order_by("pk")
    ]


@part("kalender")
def _calendar(user: User) -> list[dict[str, Any]]:
    """That there is an address for a calendar, and since when. The address is a secret of theirs, and stands on its page."""
    return [dict(one) for one in DateFeed.objects.filter(learner=user).values("made_at")]


@part("suchen")
def _searches(user: User) -> list[dict[str, Any]]:
    """The searches they keep, and whether they want mails."""
    columns = ("name", "list", "query", "mail", "made_at", "looked_until")
    hers = SavedSearch.objects.filter(learner=user).order_by("pk")
    return [dict(one) for one in hers.values(*columns)]
