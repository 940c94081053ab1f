"""Why a run is red, in its last twenty lines; and what to repeat: `./dev test --last`."""

import os
from pathlib import Path
from typing import Any

import pytest

SHOWN = 14  # tests; with what stands around them, twenty lines
WIDTH = 180


def store() -> Path:
    """One test id per line; not there after a green run."""
    return Path(os.environ["LERNSTADT_VAR"]) / "failed.txt"


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Failures(config))


class Failures:
    """In the process that was called; with workers it hears of all of them."""

    def __init__(self, config: pytest.Config) -> None:
        self.seed: int = config.option.seed
        self.found: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.found.setdefault(report.nodeid, first_line(report))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.found.setdefault(report.nodeid, first_line(report))

    @pytest.hookimpl(trylast=True)
    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if not self.found:
            store().unlink(missing_ok=True)
            return
        store().write_text("\n".join(self.found) + "\n")
        for line in self.lines():
            terminalreporter.write_line(line)

    def lines(self) -> list[str]:
        shown = list(self.found.items())[:SHOWN]
        more = len(self.found) - len(shown)
        return [
            f"Why it is red (seed {self.seed}):",
            *(f"  {test}: {why}"[:WIDTH] for test, why in shown),
            *([f"  … and {more} more, all in {store()}"] if more else []),
            f"Repeat just that: ./dev test --last --seed {self.seed}",
        ]


def first_line(report: Any) -> str:
    """What was wrong, without the way there."""
    crash = getattr(report.longrepr, "reprcrash", None)
    said = crash.message if crash else str(report.longrepr)
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    when = "" if getattr(report, "when", "call") == "call" else f"({report.when}) "
    return when + (lines[0] if crash and lines else lines[-1] if lines else "it gave no reason")
