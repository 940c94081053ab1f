"""Installing libraries for the whole city: `h5p_lite.actions.libraries`, with a line in the record of acts.

The callers stand under the system lens: only the platform itself writes libraries, on behalf of the city office.
"""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from h5p.actions.requests import close_answered
from h5p_lite.actions import libraries
from h5p_lite.actions.libraries import Installed, NoFormer, Progress, remember_test
from h5p_lite.core.package import Package
from h5p_lite.models import Library
from providers.actions import record_for
from tenancy.lens import CITY

__all__ = [
    "Installed",
    "NoFormer",
    "install",
    "keep_rights",
    "remember_test",
    "roll_back",
    "set_office_words",
]


def install(
    package: Package, *, by: User | None, by_name: str = "", progress: Progress | None = None
) -> Installed:
    """Install the libraries of `package` that are newer than what is here.

    As `h5p_lite.actions.libraries.install`. Providers who have asked for one of them are answered; their uploads go
    on when somebody sees to it (`requests.can_go_on`).
    """
    with transaction.atomic():
        done = libraries.install(package, by_name=by_name or str(by or ""), progress=progress)
        if done.new:
            names = ", ".join(str(library) for library in done.new)[:200]
            record_for(CITY, "library.installed", by=by, name=names, libraries=len(done.new))
            close_answered(library.name for library in done.new)
    return done


@transaction.atomic
def keep_rights(installed: Iterable[Library]) -> None:
    """Each may do in a browser what the patch before was allowed to: somebody has said so of these."""
    for library in installed:
        former = Library.objects.filter(
            machine_name=library.machine_name,
            major=library.major,
            minor=library.minor,
            state=Library.State.FORMER,
        ).first()
        if former:
            libraries.judge(library, profile=former.profile, verdict="", note="")


@transaction.atomic
def roll_back(library: Library, *, by: User | None) -> Library:
    """Use the former patch again; the newer one goes. Raises NoFormer."""
    former = libraries.roll_back(library)
    record_for(CITY, "library.rolled_back", by=by, thing=former, name=str(former))
    return former


@transaction.atomic
def set_office_words(
    library: Library, *, profile: str, verdict: str, note: str, by: User | None
) -> None:
    """What the office says about a library: what it may do in a browser, and how accessible it is."""
    libraries.judge(library, profile=profile, verdict=verdict, note=note)
    record_for(CITY, "library.judged", by=by, thing=library, name=str(library))
