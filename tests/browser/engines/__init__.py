"""What looks at a page for barriers: axe, and for `./dev a11y` two more engines that see what it does not.

IBM's Equal Access runs in the page like axe. Siteimprove's Alfa runs in node (`alfa.mjs`): the page is read in the browser and
judged outside. Both are fetched on first use into this folder, from its own lock file, so that a start needs neither.
"""

import fcntl
import json
import subprocess
from itertools import count
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page

from config.embedded import assets

HERE = Path(__file__).resolve().parent
IBM = HERE / "node_modules" / "accessibility-checker-engine" / "ace.js"
ALFA = HERE / "alfa.mjs"
#: IBM's rules that ask for more than HTML does; axe judges the same things by HTML.
LEFT_OUT = {
    "aria_form_label_unique": "counts forms without a name, which are no landmarks (HTML-AAM 1.0, form); axe: landmark-unique",
    "input_checkboxes_grouped": "groups radio buttons by page; HTML groups them by form (4.10.5.1.16, radio button group)",
}
#: What must be so, without what a person has to look at and what is a recommendation
ASK_IBM = """async () => (await new ace.Checker().check(document, ["WCAG_2_2"])).results
    .filter(result => result.value[0] === "VIOLATION" && result.value[1] === "FAIL")
    .map(result => [result.ruleId, result.snippet, result.message])"""
#: Of those that close each other one, another one from page to page: both at once nobody can see.
UNFOLD = """turn => {
    const together = {};
    for (const part of document.querySelectorAll("details")) {
        if (part.name) (together[part.name] ??= []).push(part); else part.open = true;
    }
    for (const parts of Object.values(together)) parts[turn % parts.length].open = true;
}"""


class Finding(NamedTuple):
    engine: str
    rule: str
    place: str
    reason: str


class Engines:
    """Ask `findings` of a page that is loaded (with `bypass_csp`); end with `close`."""

    def __init__(self) -> None:
        self._install()
        self._turns = count()
        self._node = [*assets.node_command().node, str(ALFA)]
        self._reader = subprocess.run(
            [*self._node, "reader"], capture_output=True, text=True, check=True
        ).stdout
        self._alfa = subprocess.Popen(
            self._node, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    @staticmethod
    def _install() -> None:
        with (HERE / "package.json").open() as ours:
            fcntl.flock(ours, fcntl.LOCK_EX)  # several workers begin at once
            assets.install_at(HERE)

    def findings(self, tab: Page) -> list[Finding]:
        """Everything is unfolded first: what is folded has no text for these engines, nor the names made of it."""
        tab.evaluate(UNFOLD, next(self._turns))
        alfa = [Finding("Alfa", *found) for found in self._ask_alfa(tab)]
        ibm = [Finding("IBM", *found) for found in self._ask_ibm(tab)]
        return alfa + [found for found in ibm if found.rule not in LEFT_OUT]

    def _ask_alfa(self, tab: Page) -> list[list[str]]:
        assert self._alfa.stdin
        assert self._alfa.stdout
        self._alfa.stdin.write(json.dumps(tab.evaluate(self._reader)) + "\n")
        self._alfa.stdin.flush()
        said = self._alfa.stdout.readline()
        assert said, "Alfa ended; its error stands above."
        return list(json.loads(said))

    def _ask_ibm(self, tab: Page) -> list[list[str]]:
        if not tab.evaluate("typeof ace === 'object'"):
            tab.add_script_tag(path=IBM)
        return list(tab.evaluate(ASK_IBM))

    def close(self) -> None:
        assert self._alfa.stdin
        assert self._alfa.stdout
        self._alfa.stdin.close()
        self._alfa.wait(30)
        self._alfa.stdout.close()
