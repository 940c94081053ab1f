"""Goals of the city; under the office's lens."""

from datetime import date

from django.utils import timezone

from reports.models import Goal


def set_goal(*, indicator: str, base: int, target: int, due: date, owner: str) -> Goal:
    """The same goal twice is one."""
    goal, _new = Goal.objects.get_or_create(
        indicator=indicator,
        target=target,
        due=due,
        ended_at=None,
        defaults={"base": base, "owner": owner, "begins": timezone.localdate()},
    )
    return goal


def end_goal(pk: int, *, ended: bool = True) -> bool:
    """Put away, or taken up again; False if it is so already or not there."""
    found = Goal.objects.filter(pk=pk, ended_at__isnull=ended)
    return bool(found.update(ended_at=timezone.now() if ended else None))
