"""`./dev test --changed`: only the test files that a change can touch, and why the others are left out."""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.suite.rooms import ROOT, git, rooms, text

if TYPE_CHECKING:
    from tests.suite.needs import Needs

#: What every test stands on: a change here leaves nothing out.
GROUND = re.compile(
    r"(tests/conftest|tests/databases|tests/suite/\w+|config/settings|manage)\.py|pyproject\.toml"
    r"|requirements.*\.lock|config/embedded/\w+\.py|\w+/migrations/\w+\.py|\w+/walls\.sql"
)
#: Read by people, not by the application; the tests that read it look at the whole project.
PROSE = re.compile(r"(docs/|README|CHANGELOG|SECURITY|THIRD-PARTY|LICENSE|publiccode)")
WHOLE = re.compile(r"glob\(|locale|ls-files|get_resolver|browser\.pages|tests\.isolation|os\.walk")
SHOWN = 12


class Choice(NamedTuple):
    files: set[str]
    says: list[str]


CHOICE = pytest.StashKey[Choice]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--changed", metavar="COMMIT", help="only what the changes since can touch")


@pytest.hookimpl(trylast=True)  # Django is set up
def pytest_configure(config: pytest.Config) -> None:
    """Workers need not choose again: they are told."""
    since = config.getoption("changed")
    told = getattr(config, "workerinput", {}).get("chosen")
    if since:
        config.stash[CHOICE] = choose(since) if told is None else Choice(set(told), [])


def pytest_configure_node(node: Any) -> None:
    if choice := node.config.stash.get(CHOICE, None):
        node.workerinput["chosen"] = sorted(choice.files)


def pytest_report_header(config: pytest.Config) -> list[str]:
    choice = config.stash.get(CHOICE, None)
    return choice.says if choice else []


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    choice = config.stash.get(CHOICE, None)
    if choice is None or not collection_path.name.startswith("test_"):
        return None
    return str(collection_path.relative_to(ROOT)) not in choice.files or None


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if session.config.stash.get(CHOICE, None) and exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED:
        session.exitstatus = pytest.ExitCode.OK  # nothing to test is no failure


def choose(since: str) -> Choice:
    try:
        changed = changed_files(since)
    except subprocess.CalledProcessError as wrong:
        raise pytest.UsageError(f"--changed {since}: git says: {wrong.stderr.strip()}") from None
    from tests.suite.needs import Needs  # only now: it takes a second and needs Django set up

    needs = Needs()
    tests = sorted(name for name in needs.files if re.fullmatch(r"tests/(\w+/)*test_\w+\.py", name))
    if ground := next(filter(GROUND.fullmatch, changed), None):
        return Choice(set(tests), [f"every test: all of them stand on {ground}, which has changed"])
    touched = touched_by(changed, needs)
    reasons = {name: why(name, touched) for name in tests}
    left = [name for name in tests if not reasons[name]]
    says = [f"changed since {since}: {len(changed)} files; what they can touch:"]
    says += [f"  {name}: {reason}" for name, reason in reasons.items() if reason]
    says += [f"left out: {len(left)} of {len(tests)} files, which neither import, name nor open by"]
    says += ["address anything that needs a changed file:"]
    says += [f"  {name}" for name in left[:SHOWN]]
    says += [f"  … and {len(left) - SHOWN} more"] if len(left) > SHOWN else []
    return Choice({name for name in tests if reasons[name]}, says)


def changed_files(since: str) -> list[str]:
    """Tracked or not; a deleted file has changed too."""
    untracked = git("ls-files", "--others", "--exclude-standard")
    return sorted({*git("diff", "--name-only", since, "--"), *untracked})


def touched_by(changed: Iterable[str], needs: "Needs") -> dict[str, str]:
    """Every file that needs a changed one, however far away -> that changed one."""
    touched = {name: name for name in changed if not PROSE.match(name)}
    waiting = list(touched)
    while waiting:
        name = waiting.pop()
        for needing in needs.needed_by[name] or _neighbours(name, needs):
            if needing not in touched:
                touched[needing] = touched[name]
                waiting.append(needing)
    return touched


def _neighbours(name: str, needs: "Needs") -> set[str]:
    """A file that nobody names (a text of the demo, a translation, a style) may be read by all of its room."""
    room = name.split("/")[0]
    if name.endswith(".py"):
        return set()
    if room in rooms():
        return {f for f in needs.files if f.startswith(f"{room}/") and f.endswith(".py")}
    return {
        f
        for f in needs.files
        if f.startswith("tests/browser/test_") or (room == "locale" and f.startswith("templates/"))
    }


def why(test: str, touched: dict[str, str]) -> str:
    if test in touched:
        return "has changed" if touched[test] == test else f"needs {touched[test]}"
    return "looks at the whole project" if WHOLE.search(text(test)) else ""
