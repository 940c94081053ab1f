"""Looking for barriers: axe and a walk by keyboard in a browser of this machine, on contents that people have made.

A content made of a library's defaults shows nothing: what is empty has no barriers. Only where Chromium is installed;
elsewhere the verdict stays "not tested yet".
"""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from h5p.probing import LOOKING, Probe, axe_script, browser, seen
from h5p.queries.upgrades import newest_using
from h5p_lite import player_page
from h5p_lite.actions.contents import Draft, uses
from h5p_lite.core.loading import parts_with
from h5p_lite.core.names import Name
from h5p_lite.models import Library, Revision

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: Before anybody has done something, and after the walk has pressed everything it got to.
SCRIPT = f"""const rules = {{ runOnly: {{ type: "tag", values: {json.dumps(TAGS)} }} }};
const before = await axe.run(document, rules);
const keyboard = await reach.walk();
await new Promise((done) => setTimeout(done, 500));
const after = await axe.run(document, rules);
const violations = [before, after].flatMap((found) => found.violations)
  .map(({{ id, impact, help, nodes }}) => ({{ id, impact, help, nodes: nodes.length }}));
const out = document.createElement("script");
out.type = "application/json";
out.id = "found";
out.textContent = JSON.stringify({{ violations, keyboard, axe: before.testEngine.version }}).replaceAll("<", "\\\\u003c");
document.body.append(out);"""
RESULT = re.compile(r'<script type="application/json" id="found">(.*?)</script>', re.DOTALL)
#: Of the page around, which is ours, and of the words of a picture, which are its author's.
NOT_ITS_OWN = {"region", "landmark-one-main", "page-has-heading-one", "image-alt"}
MOST = 3  # contents: each takes some seconds
PATIENCE = 40  # seconds for one of them; the database ends a transaction that rests for a minute
CALLED = ("machine_name", "major", "minor", "tested")

__all__ = ["browser", "find_barriers"]


def find_barriers(library: Library) -> dict[str, Any] | None:
    """As in `Library.tested`; None when there is no browser here, or nobody has made anything with it yet.

    Under a lens that sees the activities of all providers. What is remembered says nothing of what is in them.
    """
    if not axe_script().is_file() or not browser():
        return None
    found = [looked_at(probe) for probe in islice(_contents(library.name), MOST)]
    return together(one for one in found if one)


def little_seen(names: Iterable[str]) -> list[int]:
    """Of these types, those that were looked at with fewer contents than we look at."""
    wanted = {*names}
    here = Library.objects.filter(state=Library.State.ACTIVE).only(*CALLED)
    libraries = [one for one in here if str(one.name) in wanted]
    return [one.pk for one in libraries if not one.found or one.found["contents"] < MOST]


def _contents(name: Name) -> Iterator[Probe]:
    """Contents of that library, and parts of others, each as if it stood alone."""
    for revision in newest_using(name):
        if revision.library == name:
            yield probe_of(revision, name, revision.params)
            continue
        for params in islice(parts_with(name, revision.params), 1):
            yield probe_of(revision, name, params)


def probe_of(revision: Revision, name: Name, params: Any) -> Probe:
    """`params` of `name` as a content of its own, with the files of the revision it is from."""
    files = {path: entry["sha256"] for path, entry in revision.files.items()}
    names = tuple(map(Name.parse, uses(Draft(name, params, {}, {}))))
    return Probe(name, names, params, "Barriers", files, before=_reach())


def _reach() -> str:
    return (Path(player_page.SCRIPTS) / "reach.js").read_text(encoding="utf-8")


def looked_at(probe: Probe) -> dict[str, Any] | None:
    """One content: {"violations", "keyboard", "axe"}."""
    report = RESULT.search(seen(probe, SCRIPT, LOOKING._replace(patience=PATIENCE)) or "")
    try:
        found: dict[str, Any] | None = json.loads(report[1]) if report else None
    except ValueError:
        return None
    return found


def together(found: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    """What was found in several contents, as one: each rule once, with the most places."""
    reports = [*found]
    if not reports:
        return None
    violations: dict[str, dict[str, Any]] = {}
    for one in (each for report in reports for each in report["violations"]):
        known = violations.get(one["id"])
        if one["id"] not in NOT_ITS_OWN and (known is None or known["nodes"] < one["nodes"]):
            violations[one["id"]] = one
    walks = [report["keyboard"] for report in reports]
    return {
        "violations": [*violations.values()],
        "axe": reports[0]["axe"],
        "contents": len(reports),
        "keyboard": {
            "reached": sum(walk["reached"] for walk in walks),
            "missed": sorted({kind for walk in walks for kind in walk["missed"]}),
            "deaf": sorted({kind for walk in walks for kind in walk["deaf"]}),
        },
    }
