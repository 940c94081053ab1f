"""Schools and the accounts of their pupils: how long they are kept, and what heads are told. Under the system lens."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import User
from providers.actions.record import record_for
from providers.models import Membership, Provider
from providers.school_years import NOTICE, carried_on
from tenancy.lens import as_system
from words.days import day


class EndingPupils(NamedTuple):
    """What a school's heads are told: how many accounts end on the day that comes first, and whom to tell."""

    school: Provider
    number: int
    heads: list[User]


@as_system("a school keeps accounts of pupils")
@transaction.atomic
def carry_on(school: Provider, pupils: Iterable[int], *, by: User) -> int:
    """Take these accounts along into the next school year; how many. Accounts that are no pupils of this school are left out."""
    hers = User.objects.filter(school=school.pk, pk__in=[*pupils])
    first = hers.aggregate(first=Min("school_until"))["first"]
    if not first:
        return 0
    until = carried_on(school.pupils_kept, day(timezone.now()), first)
    kept = accounts.keep_pupils(school.pk, hers.values_list("pk", flat=True), until, by=by)
    Provider.objects.filter(pk=school.pk).update(pupils_told=None)
    return kept


@as_system("a school says how long it keeps pupils")
@transaction.atomic
def keep_months(school: Provider, months: int, *, by: User) -> bool:
    """For accounts that are made or taken along from now on; False: it is so already."""
    changed = Provider.objects.filter(pk=school.pk).exclude(pupils_kept=months)
    if not changed.update(pupils_kept=months):
        return False
    record_for(school.pk, "pupils.months", by=by, thing=school, months=months)
    return True


@as_system("tell heads of schools what ends")
@transaction.atomic
def ending_pupils(school: Provider) -> EndingPupils | None:
    """Once for each last day, NOTICE days ahead; None: nothing to say. Marks it as said, in the transaction of the mail."""
    locked = Provider.objects.select_for_update().get(pk=school.pk)
    pupils = User.objects.filter(school=school.pk)
    first = pupils.aggregate(first=Min("school_until"))["first"]
    if not first or (first - day(timezone.now())).days > NOTICE or locked.pupils_told == first:
        return None
    locked.pupils_told = first
    locked.save(update_fields=["pupils_told"])
    heads = Membership.objects.filter(provider=locked, role=Membership.Role.OWNER)
    people = [seat.person for seat in heads.select_related("person")]
    return EndingPupils(locked, pupils.filter(school_until=first).count(), people)


@as_system("end accounts of pupils")
def end_pupils(school: Provider) -> int:
    """Those whose last day is over; how many."""
    return accounts.end_pupils(school.pk, day(timezone.now()))
