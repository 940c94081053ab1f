"""A new patch before it takes over: every activity that uses it is shown once, in a browser of this machine.

An activity that ends empty or with an error, and did not with the patch before, sends the new one back. Where there is no
Chromium nothing is tried, and the office is told so.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from accounts.models import User
from h5p import actions
from h5p.probing import Limits, Probe, browser, seen
from h5p.queries.upgrades import played
from h5p_lite.core.names import Name
from h5p_lite.core.playing import Profile
from h5p_lite.models import Library, Revision
from h5p_lite.queries.active import ActiveLibraries, active_libraries, loaded_for, with_others

PATIENCE = 25  # seconds for one activity; the database ends a transaction that rests for a minute
LOOK = """const box = document.querySelector(".h5p-content");
const something = "img,video,audio,canvas,svg,input,textarea,select,button";
const out = document.createElement("script");
out.type = "application/json";
out.id = "tried";
out.textContent = JSON.stringify({
  empty: !H5P.instances.length || !(box.textContent.trim() || box.querySelector(something)),
  errors: trouble.length,
});
document.body.append(out);"""
RESULT = re.compile(r'<script type="application/json" id="tried">(.*?)</script>', re.DOTALL)


class Trial(NamedTuple):
    """What came of trying `libraries`, which have just been installed."""

    tried: int  # activities, and older revisions of them that editions were printed with
    worse: int  # of these, up to the first few: whoever fails three times has failed
    back: list[Library]  # patches that cannot take over


ENOUGH = 3


def settle(libraries: Sequence[Library], *, keeps_rights: bool, by: User | None) -> Trial:
    """Try what has just been installed, and send back what cannot take over.

    `keeps_rights`: each may do in a browser what the patch before was allowed to.
    """
    if keeps_rights:
        actions.keep_rights(libraries)
    trial = try_out(libraries)
    for library in trial.back:
        actions.roll_back(library, by=by)
    return trial


def try_out(libraries: Iterable[Library]) -> Trial:
    """Under the system lens, in the transaction that has installed them: nobody sees them before its end."""
    newer = {library.name: library for library in libraries}
    former = {one.name: one for one in _former(newer.values())}
    if not former or not browser():
        return Trial(0, 0, [])
    here, tried, worse = active_libraries(), 0, []
    before = with_others(here, former.values())
    for revision in played():
        names = _loaded(here, revision) & former.keys()
        if not names:
            continue
        tried += 1
        if _is_worse(revision, here, before):
            worse.append(names)
        if len(worse) == ENOUGH:
            break
    back = set().union(*worse)
    return Trial(tried, len(worse), [library for name, library in newer.items() if name in back])


def _former(libraries: Iterable[Library]) -> Sequence[Library]:
    names = {library.name for library in libraries}
    machines = {name.machine_name for name in names}
    rows = Library.objects.filter(state=Library.State.FORMER, machine_name__in=machines)
    return [library for library in rows if library.name in names]


def _uses(revision: Revision) -> tuple[Name, ...]:
    return tuple(map(Name.parse, revision.uses))


def _loaded(here: ActiveLibraries, revision: Revision) -> set[Name]:
    return {*here.loading(_uses(revision)).order}


def _is_worse(revision: Revision, now: ActiveLibraries, before: ActiveLibraries) -> bool:
    """Contents that have been broken all along say nothing about a patch."""
    return not _is_good(revision, now) and _is_good(revision, before)


def stays_empty(revision: Revision) -> bool:
    """Seen in a browser, with what is active. False where there is none."""
    return bool(browser()) and _found(revision, active_libraries()).get("empty", True)


def _is_good(revision: Revision, libraries: ActiveLibraries) -> bool:
    return _found(revision, libraries) == {"empty": False, "errors": 0}


def _found(revision: Revision, libraries: ActiveLibraries) -> dict[str, Any]:
    """{"empty", "errors"}; empty when it took too long."""
    files = {path: entry["sha256"] for path, entry in revision.files.items()}
    uses = _uses(revision)
    probe = Probe(revision.library, uses, revision.params, "Trial", files, libraries)
    profiles = loaded_for(libraries, uses).profiles
    report = RESULT.search(seen(probe, LOOK, Limits(_policy(profiles), PATIENCE)) or "")
    try:
        found: dict[str, Any] = json.loads(report[1]) if report else {}
    except ValueError:
        return {}
    return found


def _policy(profiles: Iterable[str]) -> str:
    """As strict as it will be, but for our own lines in the page."""
    evaluates = " 'unsafe-eval'" if Profile.EVAL in set(profiles) else ""
    return f"default-src 'self' 'unsafe-inline'{evaluates} data: blob:"
