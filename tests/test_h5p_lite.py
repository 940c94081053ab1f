"""The package django-h5p-lite: its own tests, run as its own project, far from this one's settings."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "packages" / "django-h5p-lite"
#: Nothing of this project may be found or needed.
ALONE = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}


@pytest.mark.parametrize("file", sorted(p.name for p in (PACKAGE / "tests").glob("test_*.py")))
def test_the_package_passes_its_own_tests(file):
    environment = {**ALONE, "DJANGO_SETTINGS_MODULE": "", "PYTHONPATH": ""}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", f"tests/{file}"],
        cwd=PACKAGE,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
