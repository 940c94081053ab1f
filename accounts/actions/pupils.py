"""Accounts of pupils: until when their school keeps them, and their end. Under the system lens."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from accounts.actions.account import close_account, record_event
from accounts.models import User


@transaction.atomic
def keep_pupils(school: int, pupils: Iterable[int], until: date, *, by: User) -> int:
    """These accounts of `school` stay until that day, those that end earlier now; how many."""
    renewed = User.objects.filter(school=school, pk__in=[*pupils], school_until__lt=until)
    kept = renewed.update(school_until=until)
    if kept:
        record_event("pupils.kept", by=by, provider=school, count=kept, until=until.isoformat())
    return kept


def end_pupils(school: int, today: date) -> int:
    """Close what ended before today, one account after the other, so that a killed run goes on; how many."""
    due = User.objects.filter(school=school, school_until__lt=today)
    people = [*due.order_by("pk")]
    for person in people:
        close_account(person)
    if people:
        record_event("pupils.ended", by=None, provider=school, count=len(people))
    return len(people)
