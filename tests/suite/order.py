"""In which order tests run, on which worker, and with which seed everything random begins.

`--seed N` repeats a run; without it a new number is drawn and printed. `--shuffle` deals files and tests out in the
order that this number says. `--again N` runs every test N times.
"""

import random
from collections import defaultdict
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

#: Their tests share a furnished town or a running city, so they stay on one worker, and come first.
TOGETHER = ("browser", "isolation", "chaos")
#: Whose files take long come next, so that no worker waits for the last of them.
LONG = ("recovery", "certificates")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("order")
    group.addoption("--seed", type=int, help="begin everything random with this number")
    group.addoption("--shuffle", action="store_true", help="files and tests in random order")
    group.addoption("--again", type=int, default=1, metavar="N", help="every test N times")


@pytest.hookimpl(tryfirst=True)  # before hypothesis looks at its own option
def pytest_configure(config: pytest.Config) -> None:
    """Workers read the same command line; what was drawn here they are told."""
    told = getattr(config, "workerinput", {}).get("seed")
    config.option.seed = told if told is not None else config.option.seed
    if config.option.seed is None:
        config.option.seed = random.SystemRandom().randrange(1_000_000)
    if config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = str(config.option.seed)


def pytest_configure_node(node: Any) -> None:
    node.workerinput["seed"] = node.config.option.seed


def pytest_report_header(config: pytest.Config) -> str:
    order = "shuffled" if config.option.shuffle else "as written"
    return (
        f"seed: {config.option.seed}; order: {order} (the same again: --seed {config.option.seed})"
    )


def pytest_runtest_setup(item: pytest.Item) -> None:
    random.seed(f"{item.config.option.seed} {item.nodeid}")


@pytest.fixture
def again() -> None:
    """Only a name to repeat a test by."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if (times := metafunc.config.option.again) > 1:
        metafunc.fixturenames.append("again")
        metafunc.parametrize("again", range(times), ids=[f"time{n + 1}" for n in range(times)])


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What shares a running city first: it takes longest. Playwright keeps an event loop in its thread, in which
    Django refuses to ask its database, so those tests must have ended before others begin.
    """
    if config.option.shuffle:
        items[:] = shuffled(items, random.Random(config.option.seed))
    items.sort(key=lambda item: _rank(item.path.parent.name))


def shuffled(items: list[Any], dice: random.Random) -> list[Any]:
    """Files in random order, and inside each file its tests: what is made once per file stays made once."""
    files: dict[Any, list[Any]] = defaultdict(list)
    for item in items:
        files[item.path].append(item)
    mixed = list(files.values())
    dice.shuffle(mixed)
    for tests in mixed:
        dice.shuffle(tests)
    return [item for tests in mixed for item in tests]


def _rank(folder: str) -> int:
    early = (*TOGETHER, *LONG)
    return early.index(folder) if folder in early else len(early)


class ByFile(LoadScopeScheduling):
    """One running city, one furnished town; all other tests are dealt out by file, whose course or world is made once.

    (Marks of xdist for this have no effect with pytest 9.2.)
    """

    def _split_scope(self, nodeid: str) -> str:
        folder = nodeid.split("/")[1]
        return folder if folder in TOGETHER else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    config.option.loadscopereorder = False  # those with most tests are not those that take longest
    return ByFile(config, log)
