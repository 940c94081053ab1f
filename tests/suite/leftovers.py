"""A test that leaves something behind fails itself, not the test that stumbles over it an hour later."""

import logging
import os
import shutil
import tempfile
import threading
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
#: Made by tools around the tests, not by a test.
KNOWN_VARIABLES = {"PYTEST_CURRENT_TEST", "COLUMNS", "LINES"}
PLAYWRIGHTS = "asyncio_"  # its event loop looks up names in threads that it keeps
#: pytest's own; WeasyPrint keeps its fonts in a folder as long as its font configuration lives; what a running browser
#: and its driver put down when they like.
OTHERS = ("pytest-of-", "weasyprint-", ".org.chromium.", "org.chromium.", "playwright", "puppeteer")
PATIENCE = 30  # seconds
State = dict[str, Any]


def pytest_configure(config: pytest.Config) -> None:
    """Each worker has a folder of its own for temporary files, so that what it leaves there is its own."""
    worker = getattr(config, "workerinput", {}).get("workerid", "main")
    if home := os.environ.get("LERNSTADT_VAR"):
        (Path(home) / "tmp").mkdir(exist_ok=True)
        folder = tempfile.mkdtemp(prefix=f"{worker}-", dir=Path(home) / "tmp")
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        config.add_cleanup(partial(shutil.rmtree, folder, ignore_errors=True))
    config.pluginmanager.register(Watch())


class Watch:
    """Compares before and after each test.

    What was seen before any test of this run is no leftover, nor what a fixture of a wider scope makes or, ending after
    its last test, puts back.
    """

    def __init__(self) -> None:
        self.known: State = defaultdict(set)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self) -> None:
        self._learn(look_around())

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[Any]:
        if fixturedef.scope == "function":
            return (yield)
        found = look_around()
        result = yield
        self._learn({name: now - found[name] for name, now in look_around().items()})
        return result

    def _learn(self, state: State) -> None:
        for name, things in state.items():
            self.known[name] |= things

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Iterator[None]:
        result = yield
        for thread in _threads():
            if thread.name not in self.known["threads"]:
                thread.join(PATIENCE)  # one that ends by itself is no leftover
        left = leftovers(self.known, look_around())
        if left:
            pytest.fail(f"{item.name} left behind: {'; '.join(left)}", pytrace=False)
        return result


def look_around() -> State:
    """What outlives a test, as far as this process can see it cheaply."""
    from django.conf import settings
    from django.db import connections

    return {
        "environment variables": {
            pair for pair in os.environ.items() if pair[0] not in KNOWN_VARIABLES
        },
        "working folder": {str(Path.cwd())},
        "processes": _children(),
        "threads": {t.name for t in _threads()},
        "files in the project": {entry.name for entry in os.scandir(ROOT)},
        "temporary files": {
            entry.name
            for entry in os.scandir(tempfile.gettempdir())
            if not entry.name.startswith(OTHERS)
        },
        "settings": {id(settings._wrapped)},
        "database": {connections["default"].settings_dict["NAME"]},
        "silenced log": {logging.root.manager.disable},
    }


def leftovers(known: State, now: State) -> list[str]:
    """A few words for each kind of thing that nobody knew before."""
    return [
        f"{name} {', '.join(sorted(map(str, new)))}"
        for name, things in now.items()
        if (new := things - known[name])
    ]


def _threads() -> list[threading.Thread]:
    return [t for t in threading.enumerate() if not t.daemon and not t.name.startswith(PLAYWRIGHTS)]


def _children() -> set[str]:
    """Processes this one has started and not yet seen the end of (Linux; elsewhere none are seen)."""
    try:
        return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())
    except OSError:
        return set()
