"""How the suite itself runs: its arguments, order, choice by change, last words, and that nothing is left behind."""

import itertools
import os
import random
import re
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from config.embedded import checks, commands, suite, testing
from tests.suite import changed, order, report
from tests.suite.failures import Failures, first_line
from tests.suite.needs import Needs
from tests.suite.rooms import ROOT, room_of

# --- arguments ---------------------------------------------------------------------------------------------------


def command(tmp_path, *asked):
    """What follows "-m pytest"."""
    return suite.plan([*asked], tmp_path).command[2:]


@pytest.mark.parametrize(
    "asked", [[], ["--durations", "5"], ["-x"], ["tests/browser", "tests/house/test_walk.py"]]
)
def test_arguments_keep_the_workers(tmp_path, asked):
    assert command(tmp_path, *asked) == ["-n", str(suite.WORKERS), *asked]


@pytest.mark.parametrize(
    "asked", [["tests/house/test_walk.py"], ["--pdb"], ["-s", "tests"], ["-n", "3"], ["-n0"]]
)
def test_one_file_or_somebody_who_looks_inside_gets_one_process(tmp_path, asked):
    assert command(tmp_path, *asked) == asked


def test_what_failed_last_time_is_repeated(tmp_path, capsys):
    assert suite.plan(["--last"], tmp_path) == ([], 0)
    assert capsys.readouterr().out == "Nothing failed last time.\n"
    (tmp_path / "failed.txt").write_text("tests/test_a.py::test_b[c d]\n")
    assert command(tmp_path, "--last", "--seed", "7") == [
        "--seed",
        "7",
        "tests/test_a.py::test_b[c d]",
    ]


def test_without_a_browser_everything_else_is_run(tmp_path):
    assert command(tmp_path, "--no-browser") == ["-n", str(suite.WORKERS), "-m", "not browser"]


def test_shaking_repeats_one_file_on_busy_cores(tmp_path):
    plan = suite.plan(["--shake", "tests/house/test_walk.py"], tmp_path)
    assert plan.busy_loops == suite.BUSY_LOOPS
    assert plan.command[2:] == [
        *("-n", str(suite.WORKERS), "tests/house/test_walk.py"),
        *("--again", str(suite.SHAKES), "--shuffle"),
    ]


# --- order -------------------------------------------------------------------------------------------------------


def test_files_are_shuffled_and_stay_together():
    items = [SimpleNamespace(path=path, n=n) for path in "abcdefgh" for n in range(9)]
    mixed = order.shuffled(items, random.Random(5))
    assert sorted(mixed, key=items.index) == items != mixed
    assert (
        mixed == order.shuffled(items, random.Random(5)) != order.shuffled(items, random.Random(6))
    )
    files = [item.path for item in mixed]
    assert len([a for a, b in itertools.pairwise(files) if a != b]) == 7


def test_chance_begins_with_the_seed_and_the_name_of_the_test(request):
    drawn = random.random()
    seed = request.config.option.seed
    assert drawn == random.Random(f"{seed} {request.node.nodeid}").random()


# --- what a change can touch ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def needs():
    return Needs()


def chosen(needs, *files):
    touched = changed.touched_by(files, needs)
    return {
        name
        for name in needs.files
        if re.match(r"tests/(?:\w+/)?test_", name) and changed.why(name, touched)
    }


def test_a_module_is_tested_by_what_imports_it_and_little_else(needs):
    files = chosen(needs, "reports/comparing.py")
    assert files >= {
        "tests/reports/test_office.py",
        "tests/house/test_house.py",
    }
    assert not files & {
        "tests/courses/test_quizzes.py",
        "tests/certificates/test_tokens.py",
        "packages/django-h5p-lite/tests/test_package.py",
    }


def test_a_template_is_tested_by_whoever_opens_its_page(needs):
    assert "tests/learning/test_learning.py" in chosen(needs, "templates/learning/dashboard.html")
    assert "tests/learning/test_learning.py" in chosen(needs, "templates/components/head.html")
    assert "tests/courses/test_quizzes.py" not in chosen(needs, "templates/components/head.html")


def test_a_page_of_the_office_does_not_touch_what_never_goes_there(needs):
    files = chosen(needs, "templates/reports/office.html")
    assert "tests/reports/test_office.py" in files
    assert "tests/certificates/test_wallet.py" not in files


def test_prose_touches_only_what_reads_the_whole_project(needs):
    whole = {
        name
        for name in needs.files
        if re.match(r"tests/(?:\w+/)?test_", name)
        and changed.WHOLE.search((ROOT / name).read_text())
    }
    assert chosen(needs, "docs/h5p.md", "README.md") == whole


@pytest.mark.parametrize(
    "name",
    [
        "courses/migrations/0001_initial.py",
        "learning/walls.sql",
        "requirements.lock",
        "tests/conftest.py",
    ],
)
def test_what_everything_stands_on_leaves_nothing_out(name):
    assert changed.GROUND.fullmatch(name)


# --- last words ----------------------------------------------------------------------------------------------------


def failed(name, message):
    crash = SimpleNamespace(message=message)
    return SimpleNamespace(
        nodeid=f"tests/test_x.py::{name}",
        failed=True,
        when="call",
        longrepr=SimpleNamespace(reprcrash=crash),
    )


def test_a_red_run_says_why_in_twenty_lines():
    found = Failures(SimpleNamespace(option=SimpleNamespace(seed=17)))
    for number in range(100):
        found.pytest_runtest_logreport(failed(f"test_{number}", "assert 1 == 2\n  more"))
    lines = found.lines()
    assert len(lines) < 20
    assert lines[:2] == ["Why it is red (seed 17):", "  tests/test_x.py::test_0: assert 1 == 2"]
    assert lines[-1] == "Repeat just that: ./dev test --last --seed 17"
    assert "and 86 more" in lines[-2]


def test_an_error_without_a_place_is_told_by_its_last_line():
    error = SimpleNamespace(longrepr="Traceback\nImportError: no paper", when="setup")
    assert first_line(error) == "(setup) ImportError: no paper"


def test_checks_have_the_names_one_may_type():
    assert sorted(name.replace(" ", "-") for name in checks.CHECKS) == sorted(commands.CHECKS)


def test_a_check_tells_its_first_error():
    said = "Checking …\na/b.py:3:1: error: Missing return\nFound 1 error\n"
    assert checks.essence(said) == "a/b.py:3:1: error: Missing return"


# --- the report ----------------------------------------------------------------------------------------------------


def test_the_report_adds_up_what_all_workers_wrote():
    def lap(name, kind, seconds, **started):
        return {
            "id": name,
            "kind": kind,
            "seconds": seconds,
            "spent": {"processor": seconds / 2, "database": seconds / 2},
            "started": started,
        }

    one = {
        "tests": [lap("tests/courses/test_quizzes.py::test_a", "database", 60)],
        "fixtures": {"house": 30},
    }
    city = lap("tests/browser/test_a.py::test_b", "browser", 120, city=90)
    lines = [*report.tell([one, {"tests": [city], "fixtures": {"house": 30, "city": 90}}])]
    assert lines[0] == "2 tests, 3.0 minutes of 2 workers"
    assert {"| database | 1 | 1.00 |", "| browser | 1 | 0.50 |", "| server start | 1 | 1.50 |"} < {
        *lines
    }
    assert {
        "| house |  | 1.00 |",
        "| courses | 1 | 1.00 |",
        "| several rooms | 1 | 2.00 |",
    } < {*lines}
    assert lines[-2].startswith("| tests/browser/test_a.py::test_b | 120.0 | ")


def test_a_test_belongs_to_the_uppermost_room_it_imports():
    assert room_of("tests/reports/test_office.py") == "reports"
    assert room_of("tests/browser/test_journey.py") == "several rooms"


# --- nothing is left behind ----------------------------------------------------------------------------------------

UNTIDY = """
import os, subprocess
def test_variable(): os.environ["LEFT"] = "x"
def test_process(): subprocess.Popen(["sleep", "60"])
def test_folder(tmp_path): os.chdir(tmp_path)
def test_tidy(monkeypatch): monkeypatch.setenv("GONE", "x")
"""


def test_a_test_that_leaves_something_behind_fails_itself(tmp_path):
    (tmp_path / "test_untidy.py").write_text(UNTIDY)
    plain = [
        "-c",
        os.devnull,
        "--rootdir",
        str(tmp_path),
        "-p",
        "tests.suite.leftovers",
        "-p",
        "no:django",
    ]
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            *plain,
            "-p",
            "no:cacheprovider",
            "-W",
            "ignore",
            "-rE",
            str(tmp_path),
        ],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "4 passed, 3 errors" in done.stdout.splitlines()[-1], done.stdout
    for sentence in (
        "test_variable left behind: environment variables ('LEFT', 'x')",
        "test_process left behind: processes ",
        "test_folder left behind: working folder ",
    ):
        assert sentence in done.stdout


def test_every_program_of_the_command_line_can_be_begun():
    """As `python -m` reads it: before anybody has set Django up."""
    programs = [words[0] for words in testing.PROGRAMS.values() if words and words[0] != "pytest"]
    for program in programs:
        package = (ROOT / Path(*program.split("."))).is_dir()
        module = f"{program}.__main__" if package else program
        done = subprocess.run(
            [sys.executable, "-c", f"import {module}"], cwd=ROOT, capture_output=True, text=True
        )
        assert (module, done.stderr) == (module, "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_a_run_and_all_it_started(number):
    child = "import subprocess, time; print(subprocess.Popen(['sleep', '600']).pid, flush=True); time.sleep(600)"
    code = f"import sys; from config.embedded.testing import patiently; patiently([sys.executable, '-c', {child!r}], {{}})"
    run = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    grandchild = int(run.stdout.readline())
    run.send_signal(number)
    run.wait(60)
    run.stdout.close()
    assert not is_running(grandchild)


def is_running(pid):
    """A killed process that nobody has waited for yet does not run any more."""
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] not in "ZX"
