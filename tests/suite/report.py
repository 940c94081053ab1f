"""`./dev test --report`: minutes per room, kind and fixture, the slowest tests and what each waited for.

Every worker writes down its own laps; the process that started them adds them up.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.suite import clocks
from tests.suite.rooms import room_of

SLOWEST = 20
#: Fixtures that start a server, a browser or a whole town.
STARTS = {"city", "chromium", "place", "django_db_setup"}
Laps = dict[str, Any]


class Row(NamedTuple):
    name: str
    tests: int
    minutes: float


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--report", metavar="FOLDER", help="write down where the time goes")


def pytest_configure(config: pytest.Config) -> None:
    if not (folder := config.getoption("report")):
        return
    worker = getattr(config, "workerinput", {}).get("workerid", "")
    if worker or not config.getoption("numprocesses", 0):
        config.pluginmanager.register(Recorder(Path(folder) / f"{worker or 'main'}.json"))
    if not worker:
        config.pluginmanager.register(Teller(Path(folder)))


class Recorder:
    """In the process that runs tests: one lap per test and per fixture."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tests: list[Laps] = []
        self.fixtures: Counter[str] = Counter()
        self.nested: list[float] = []
        clocks.wind_up()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        lap, before = clocks.Lap(), self.fixtures.copy()
        result = yield
        seconds, spent = lap.read()
        started = {
            name: took - before[name]
            for name, took in self.fixtures.items()
            if name in STARTS and took > before[name]
        }
        self.tests.append(
            {
                "id": item.nodeid,
                "kind": kind_of(item),
                "seconds": seconds,
                "spent": spent,
                "started": started,
            }
        )
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        lap = clocks.Lap()
        self.nested.append(0.0)
        try:
            return (yield)
        finally:
            seconds, inner = lap.read()[0], self.nested.pop()
            self.fixtures[fixturedef.argname] += seconds - inner
            if self.nested:
                self.nested[-1] += seconds

    def pytest_sessionfinish(self) -> None:
        self.path.write_text(json.dumps({"tests": self.tests, "fixtures": self.fixtures}))


class Teller:
    """In the process that was called: the tables at the end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.json"):
            old.unlink()

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        written = [json.loads(path.read_text()) for path in sorted(self.folder.glob("*.json"))]
        terminalreporter.write_line("")
        for line in tell(written):
            terminalreporter.write_line(line)


def kind_of(item: pytest.Item) -> str:
    """unit, database, browser, crawl or axe."""
    folder, names = item.path.parent.name, set(getattr(item, "fixturenames", ()))
    if "a11y" in item.path.name:
        return "axe"
    if folder == "browser" or names & {"chromium", "page"}:
        return "browser"
    if folder == "isolation":
        return "crawl"
    return "database" if names & {"db", "transactional_db", "django_db_setup"} else "unit"


def tell(written: list[Laps]) -> Iterator[str]:
    tests = [test for one in written for test in one["tests"]]
    fixtures: Counter[str] = Counter()
    for one in written:
        fixtures.update(one["fixtures"])
    whole = sum(test["seconds"] for test in tests)
    yield f"{len(tests)} tests, {whole / 60:.1f} minutes of {len(written)} workers"
    yield from _table("Room", _sum(tests, lambda test: room_of(test["id"].split("::")[0])))
    yield from _table("Kind", _kinds(tests))
    yield from _table("File", _sum(tests, lambda test: test["id"].split("::")[0])[:SLOWEST])
    rows = [Row(name, 0, took / 60) for name, took in fixtures.most_common(SLOWEST)]
    yield from _table("Fixture", rows)
    yield from _table("Waits for", _waits(tests))
    yield "\n| Slowest tests | Seconds | Spent on |\n|---|---|---|"
    for test in sorted(tests, key=lambda test: -test["seconds"])[:SLOWEST]:
        most = sorted(test["spent"].items(), key=lambda pair: -pair[1])
        spent = ", ".join(f"{kind} {took:.1f}" for kind, took in most if took >= 0.1)
        yield f"| {test['id']} | {test['seconds']:.1f} | {spent} |"


def _sum(tests: list[Laps], key: Any) -> list[Row]:
    counts: Counter[str] = Counter()
    minutes: dict[str, float] = defaultdict(float)
    for test in tests:
        counts[key(test)] += 1
        minutes[key(test)] += test["seconds"] / 60
    rows = [Row(name, counts[name], minutes[name]) for name in counts]
    return sorted(rows, key=lambda row: -row.minutes)


def _kinds(tests: list[Laps]) -> list[Row]:
    """Starting a server is a kind of its own, whichever test happened to come first."""
    starts = sum(sum(test["started"].values()) for test in tests)
    bare = [test | {"seconds": test["seconds"] - sum(test["started"].values())} for test in tests]
    count = sum(bool(test["started"]) for test in tests)
    return [*_sum(bare, lambda test: test["kind"]), Row("server start", count, starts / 60)]


def _waits(tests: list[Laps]) -> list[Row]:
    spent: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for test in tests:
        spent.update(test["spent"])
        counts.update(kind for kind, took in test["spent"].items() if took >= 0.1)
    return [Row(kind, counts[kind], took / 60) for kind, took in spent.most_common()]


def _table(title: str, rows: list[Row]) -> Iterator[str]:
    yield f"\n| {title} | Tests | Minutes |\n|---|---|---|"
    for row in rows:
        yield f"| {row.name} | {row.tests or ''} | {row.minutes:.2f} |"
