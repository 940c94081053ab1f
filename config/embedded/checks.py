"""`./dev check`: everything a machine can judge without running the tests."""

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from config.embedded import preparation
from config.embedded.management import NOWHERE
from config.embedded.places import ROOT, say, step

MANAGE = ["manage.py"]
LINT_IMPORTS = ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
#: What it is about -> the arguments for Python. The slow ones first.
CHECKS = {
    "types": ["-m", "mypy"],
    "templates": ["-m", "config.embedded.formatting", "templates"],
    "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "deployment": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
    "import laws": LINT_IMPORTS,
    "styles and scripts": ["-m", "config.embedded.formatting", "front-end"],
    "lint": ["-m", "ruff", "check", ".", "dev"],
    "format": ["-m", "ruff", "format", "--check", ".", "dev"],
}
ENVIRONMENT = NOWHERE | {
    "PUBLIC_URL": "https://lernstadt.example.org",
    "DEMO": "0",
    # There is no database to compare the history of migrations with.
    "PYTHONWARNINGS": "ignore::RuntimeWarning",
    "NO_COLOR": "1",
}


class CheckResult(NamedTuple):
    name: str
    good: bool
    seconds: float
    output: str


def check(names: list[str]) -> int:
    """Those named, or all; several at a time. What is wrong is printed as it is found; its essence stands at the end."""
    names = [name for name in CHECKS if not names or _word(name) in names]
    preparation.build_files()
    step(f"Checking {', '.join(names)} …")
    started = time.monotonic()
    results = []
    with ThreadPoolExecutor(min(len(names), os.cpu_count() or 1, 3)) as pool:
        for result in pool.map(_one, names):
            results.append(result)
            if not result.good:
                say(f"\n=== {result.name} ===\n{result.output.strip()}\n")
    for result in results:
        say(f"{'good ' if result.good else 'WRONG'}  {result.seconds:5.1f} s  {result.name}")
    wrong = [result for result in results if not result.good]
    for result in wrong:
        say(f"Why {result.name}: {essence(result.output)}")
    verdict = f"not good: {', '.join(result.name for result in wrong)}" if wrong else "all good"
    say(f"{len(results)} checks in {time.monotonic() - started:.1f} s: {verdict}.")
    if wrong:
        say(f"Repeat just that: ./dev check {' '.join(_word(result.name) for result in wrong)}")
    return bool(wrong)


def _word(name: str) -> str:
    """As it is typed: "import laws" is import-laws."""
    return name.replace(" ", "-")


def essence(output: str) -> str:
    """The first line that tells of an error, or the last line at all."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = (
        line
        for line in lines
        if re.search(r"error|would|broken|[A-Z]+\d+ |\d+:\d+", line, re.IGNORECASE)
    )
    return next(telling, lines[-1] if lines else "it gave no reason")[:200]


def _one(name: str) -> CheckResult:
    started = time.monotonic()
    done = subprocess.run(  # noqa: S603 -- our own command line
        [sys.executable, *CHECKS[name]],
        cwd=ROOT,
        env={**os.environ, **ENVIRONMENT},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return CheckResult(name, done.returncode == 0, time.monotonic() - started, done.stdout)
