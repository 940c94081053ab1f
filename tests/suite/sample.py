"""Pages x modes: every page in one mode at each run, always the same; whatever a change touches, in all of them.

`./dev a11y` (`--complete`) takes everything. A change is what has been committed in the day before the last commit, and
what is not committed. Only what a page is printed with counts: a query that has changed shows as well in one mode as in
all. What many pages are printed with (a style, the frame) touches none in particular: every page of the sample shows it.
"""

import random
import re
import subprocess
from collections.abc import Callable, Sequence
from typing import TypeVar

import pytest

from tests.suite.changed import changed_files, touched_by
from tests.suite.rooms import git

T = TypeVar("T")
DAY = 24 * 60 * 60
PRINTED_WITH = re.compile(
    r"templates/.*|static/.*|\w+/(views|forms|blocks|templatetags|wagtail_hooks)\b.*"
)
Sample = Callable[[str, str, Sequence[T]], list[T]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--complete", action="store_true", help="every page in every mode")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("complete"):
        items[:] = [item for item in items if item.get_closest_marker("complete") is None]


@pytest.fixture(scope="session")
def sample(request: pytest.FixtureRequest) -> Sample[T]:
    """`sample(name, file, modes)`: the modes in which to look at `name`, which is made by `file`."""
    touched = None if request.config.getoption("complete") else touched_lately()

    def of(name: str, file: str, modes: Sequence[T]) -> list[T]:
        if touched is None or file in touched:
            return list(modes)
        return [random.Random(name).choice(modes)]

    return of


def touched_lately() -> set[str] | None:
    """The files that need something that has changed lately; None, which is all, where git cannot tell."""
    from tests.suite.needs import Needs  # only now: it needs Django set up

    try:
        newest = int(git("log", "-1", "--format=%ct")[0])
        before = git("rev-list", "-1", f"--before={newest - DAY}", "HEAD")
        changed = changed_files(before[0] if before else "HEAD")
    except (subprocess.CalledProcessError, FileNotFoundError, IndexError):
        return None
    needs = Needs()
    views = {name for name in needs.files if "/views" in name}
    touched: set[str] = set()
    for name in filter(PRINTED_WITH.fullmatch, changed):
        reached = touched_by([name], needs).keys()
        if len(reached & views) <= len(views) / 10:
            touched |= reached
    return touched
