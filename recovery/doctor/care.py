"""Whether somebody could bring it all back: the age of the last backup, and of the last one that was tried."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from courses.queries import runs
from recovery import remembered
from words.days import day

DAILY = timedelta(hours=30)
WITHIN = timedelta(days=8)
PLANNED_AHEAD = timedelta(days=240)  # people plan the next semester


def backup() -> Iterator[str]:
    last = remembered.last(settings.VAR, "backup")
    if settings.DEMO and last is None:
        return  # invented data
    if last is None:
        yield "There is no backup. Make one now (./dev backup) and switch on the nightly one (docs/operating.md)."
    elif last.age > DAILY:
        yield (
            f"The last backup is {_old(last.age)} old ({last.facts.get('path')}). Make one now (./dev backup) and see why "
            "the nightly one did not run (journalctl -u lernstadt-backup)."
        )


def restore_test() -> Iterator[str]:
    last = remembered.last(settings.VAR, "restore-test")
    if last is None:
        if not settings.DEMO:
            yield "No backup was ever tried: ./dev restore-test, and see docs/operating.md for doing it every night."
    elif not last.facts.get("good"):
        yield f"The last backup could not be restored: {last.facts.get('why')} Make a new one (./dev backup), try it (./dev restore-test)."
    elif last.age > WITHIN:
        yield f"The last try to restore a backup is {_old(last.age)} old: ./dev restore-test"


def school_holidays() -> Iterator[str]:
    """Series of meetings leave them out, so the dated file must reach into the time that is being planned."""
    known = runs.school_holidays()
    where = "in the file that `school_holidays` of the installation names (docs/operating.md)"
    if not known:
        yield f"No school holidays are known for {runs.state()}: series of meetings do not leave them out. Add them {where}."
    elif known[-1].last < day(timezone.now()) + PLANNED_AHEAD:
        yield f"The school holidays we know end on {known[-1].last}. Add the next ones {where}, or upgrade."


def _old(age: timedelta) -> str:
    return f"{age.days} days" if age.days else f"{age.seconds // 3600} hours"
