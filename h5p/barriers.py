"""Looking for barriers: axe in a browser of this machine, on a content made of a library's own defaults.

Only where Chromium is installed; elsewhere the verdict stays "not tested yet".
"""

import json
import re
from typing import Any

from h5p.probing import Probe, axe_script, browser, seen
from h5p_lite.core.semantics import defaults, parse_semantics, translated
from h5p_lite.models import Library

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SCRIPT = f"""const found = await axe.run({{ runOnly: {{ type: "tag", values: {json.dumps(TAGS)} }} }});
const out = document.createElement("script");
out.type = "application/json";
out.id = "found";
out.textContent = JSON.stringify(found).replaceAll("<", "\\\\u003c");
document.body.append(out);"""
RESULT = re.compile(r'<script type="application/json" id="found">(.*?)</script>', re.DOTALL)
#: Of the page around, which is ours.
NOT_ITS_OWN = {"region", "landmark-one-main", "page-has-heading-one"}

__all__ = ["browser", "find_barriers"]


def find_barriers(library: Library) -> dict[str, Any] | None:
    """{"violations": [{"id", "impact", "help", "nodes"}], "axe": version}; None when it cannot be tested here."""
    if not axe_script().is_file():
        return None
    fields = translated(parse_semantics(library.semantics), library.languages.get("de") or {})
    probe = Probe(library.name, (library.name,), defaults(fields), library.title)
    report = RESULT.search(seen(probe, SCRIPT) or "")
    return _read(report[1]) if report else None


def _read(text: str) -> dict[str, Any] | None:
    try:
        violations_read = json.loads(text)
    except ValueError:
        return None
    violations = [
        {"id": one["id"], "impact": one["impact"], "help": one["help"], "nodes": len(one["nodes"])}
        for one in violations_read["violations"]
        if one["id"] not in NOT_ITS_OWN
    ]
    return {"violations": violations, "axe": violations_read["testEngine"]["version"]}
