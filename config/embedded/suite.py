"""What `./dev test` can be asked beyond pytest's own arguments, and the command that follows from it."""

import argparse
import os
from pathlib import Path
from typing import NamedTuple

from config.embedded.places import say

#: A core is left to the servers where there is one to spare.
WORKERS = min(max((os.cpu_count() or 2) - 1, 2), 3)
#: A developer who looks into a running test wants it in this process.
ONE_PROCESS = (
    "-n",
    "--numprocesses",
    "--pdb",
    "--trace",
    "-s",
    "--capture",
    "--collect-only",
    "--co",
)
BUSY_LOOPS = 4
SHAKES = 20
#: Longer than any run; they end with the run, and by themselves if nobody is left to end them.
LOAD_SECONDS = 3600


class Plan(NamedTuple):
    command: list[str]  # for Python; empty: there is nothing to run
    busy_loops: int


def options() -> argparse.ArgumentParser:
    asked = argparse.ArgumentParser(prog="./dev test", add_help=False, allow_abbrev=False)
    asked.add_argument(
        "--report", action="store_true", help="say where the time goes: room, kind, fixture, test"
    )
    asked.add_argument(
        "--changed",
        nargs="?",
        const="HEAD",
        metavar="COMMIT",
        help="only what the changes since COMMIT can touch (default: what is not committed)",
    )
    asked.add_argument(
        "--no-browser", action="store_true", help="without the tests that drive Chromium"
    )
    asked.add_argument("--last", action="store_true", help="only what failed last time")
    asked.add_argument(
        "--shake", metavar="FILE", help=f"one file {SHAKES} times, shuffled, on busy cores"
    )
    asked.add_argument(
        "--load", action="store_true", help=f"with {BUSY_LOOPS} busy loops beside the tests"
    )
    asked.add_argument("--long", action="store_true", help="many more random examples")
    return asked


def plan(rest: list[str], home: Path) -> Plan:
    """The pytest command for `./dev test REST`; `home` is the folder the run may write to."""
    asked, arguments = options().parse_known_args(rest)
    if asked.last:
        arguments += (failed := _failed(home))
        if not failed:
            say("Nothing failed last time.")
            return Plan([], 0)
    if asked.changed:
        arguments += ["--changed", asked.changed]
    if asked.no_browser:
        arguments += ["-m", "not browser"]
    if asked.shake:
        arguments += [asked.shake, "--again", str(SHAKES), "--shuffle"]
    if asked.long:
        arguments += ["--hypothesis-profile", "long"]
    if asked.report:
        arguments += ["--report", str(home / "report")]
    busy = BUSY_LOOPS if asked.load or asked.shake else 0
    return Plan(["-m", "pytest", *workers(arguments), *arguments], busy)


def workers(arguments: list[str]) -> list[str]:
    """Several for the whole suite and for several files; one file alone is quicker in one process."""
    if any(argument.startswith(ONE_PROCESS) for argument in arguments):
        return []
    named = {argument.split("::")[0] for argument in arguments if argument.startswith("tests/")}
    one_file = len(named) == 1 and all(name.endswith(".py") for name in named)
    return [] if one_file and "--again" not in arguments else ["-n", str(WORKERS)]


def _failed(home: Path) -> list[str]:
    try:
        return (home / "failed.txt").read_text().splitlines()
    except OSError:
        return []
