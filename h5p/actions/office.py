"""What the office does for the whole city. It reads and writes past the walls of all providers, so each opens the system lens."""

from typing import Any

from accounts.models import User
from h5p.actions.libraries import NoFormer, roll_back, set_office_words
from h5p.actions.requests import answer_request
from h5p.actions.upgrades import begin_run
from h5p.actions.uploads import receive
from h5p.models import UpgradeRun, Upload
from h5p.queries import office
from h5p.queries.upgrades import older_in_use
from h5p_lite.models import Library
from providers.models import Provider
from tenancy.lens import CITY, as_system

State = UpgradeRun.State
#: What may follow what.
NEXT = {"do": State.TRIED, "undo": State.DONE}


@as_system("receive content types")
def receive_libraries(file: Any, *, by: User | None, keeps_rights: bool = False) -> Upload:
    """Keep a package of content types (Django's `UploadedFile`); a task looks at it."""
    city = Provider.objects.get(pk=CITY)
    received = receive(city, file, purpose=Upload.Purpose.LIBRARIES, by=by)
    if keeps_rights:
        received.keeps_rights = True
        received.save(update_fields=["keeps_rights"])
    return received


@as_system("judge a content type")
def judge_library(library: int, *, profile: str, verdict: str, note: str, by: User | None) -> None:
    row = Library.objects.get(pk=library)
    set_office_words(row, profile=profile, verdict=verdict, note=note, by=by)


@as_system("take a content type back")
def take_back_library(library: int, *, by: User | None) -> Library | None:
    """The former patch, which is used again. None when the type is not in use, or has no former patch."""
    active_library = Library.objects.filter(pk=library, state=Library.State.ACTIVE).first()
    try:
        return roll_back(active_library, by=by) if active_library else None
    except NoFormer:
        return None


@as_system("answer a request")
def decline_request(library_request: int, *, answer: str, by: User | None) -> bool:
    """False when somebody else has answered meanwhile."""
    open_request = office.open_requests().filter(pk=library_request).first()
    if open_request:
        answer_request(open_request, declined=answer, by=by)
    return bool(open_request)


@as_system("plan an upgrade")
def plan_upgrade(library: int, former: str, *, by: User | None) -> UpgradeRun | None:
    """A run from the version called `former`. None when the type is not in use, or no activity has that version."""
    active_library = Library.objects.filter(pk=library, state=Library.State.ACTIVE).first()
    older = (
        {str(name): name for name, _count in older_in_use(active_library)} if active_library else {}
    )
    return (
        begin_run(older[former], active_library.name, by=by)
        if active_library and former in older
        else None
    )


@as_system("go on with an upgrade")
def go_on(run: int, wanted: str) -> bool:
    """A run that has been tried or done waits for its next step, `do` or `undo`. False when that cannot follow now."""
    ready = UpgradeRun.objects.filter(pk=run, state=NEXT.get(wanted, ""))
    return bool(ready.update(state=State.WAITING, wanted=wanted))
