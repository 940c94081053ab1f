"""Contents follow their library to a newer version: one, by its author; or all of them, by the office. Reversible."""

from collections.abc import Callable

from django.db import transaction

from accounts.models import User
from h5p.actions.contents import draft_of, save_revision
from h5p.models import UpgradeRun
from h5p.queries.upgrades import newest_with
from h5p_lite.actions import upgrades
from h5p_lite.actions.upgrades import upgraded
from h5p_lite.core.names import Name
from h5p_lite.core.upgrading import CannotUpgrade
from h5p_lite.models import Content, Revision
from providers.actions import record_for
from tenancy.lens import CITY

MOST_REASONS = 10


def upgrade_content(content: Content, target: Name, *, by: User | None) -> Revision:
    """The newest revision with the library `target`, as a revision of its own. Raises CannotUpgrade."""
    return upgrades.upgrade_content(content, target, by=by)


def begin_run(former: Name, target: Name, *, by: User | None) -> UpgradeRun:
    """Plan to bring every activity with `former` to `target`. Under the system lens."""
    return UpgradeRun.objects.create(
        machine_name=target.machine_name,
        former_major=former.major,
        former_minor=former.minor,
        major=target.major,
        minor=target.minor,
        by=by,
        by_name=str(by or ""),
    )


def work_off(run: int) -> UpgradeRun | None:
    """Do what the run waits for; None when it waits for nothing or somebody else is at it. Under the system lens."""
    waiting = UpgradeRun.objects.filter(pk=run, state=UpgradeRun.State.WAITING)
    waiting_run = (
        waiting.select_for_update(skip_locked=True, of=("self",)).select_related("by").first()
    )
    steps = {"try": try_run, "do": do_run, "undo": undo_run}
    return steps[waiting_run.wanted](waiting_run) if waiting_run else None


def try_run(run: UpgradeRun) -> UpgradeRun:
    """See for every activity whether it would work; nothing is changed. Doing it again counts anew."""
    run.good, run.bad, run.reasons = 0, 0, []
    for revision in newest_with(run.former):
        _counted(run, lambda revision=revision: upgraded(revision, run.name))
    run.state = UpgradeRun.State.TRIED
    run.save()
    return run


def do_run(run: UpgradeRun) -> UpgradeRun:
    """Bring along what can be brought along, each in a transaction of its own; what fails stays as it was.

    Stopped in between and begun again, it goes on with the rest.
    """
    run.bad, run.reasons = 0, []
    for revision in newest_with(run.former):
        _counted(run, lambda revision=revision: _follow(run, revision))
    run.good = run.revisions.count()
    run.state = UpgradeRun.State.DONE
    run.save()
    record_for(CITY, "library.upgraded", by=run.by, thing=run, name=str(run), number=run.good)
    return run


def _follow(run: UpgradeRun, revision: Revision) -> None:
    with transaction.atomic():
        draft = upgraded(revision, run.name)
        save_revision(revision.content, draft, by=None, why=Revision.Why.UPGRADED, batch=run.batch)


def _counted(run: UpgradeRun, work: Callable[[], object]) -> None:
    try:
        work()
        run.good += 1
    except CannotUpgrade as wrong:
        run.bad += 1
        run.reasons = [*dict.fromkeys([*run.reasons, str(wrong)])][:MOST_REASONS]


def undo_run(run: UpgradeRun) -> UpgradeRun:
    """Every activity says again what it said before, unless its author has written on since."""
    for revision in run.revisions.select_related("content"):
        newest, before = revision.content.revisions.order_by("-number")[:2]
        if newest == revision:
            save_revision(revision.content, draft_of(before), by=None, why=Revision.Why.RESTORED)
    run.state = UpgradeRun.State.UNDONE
    run.save()
    return run
