"""The package django-h5p-lite: its own tests, run as its own project, far from this one's settings."""

import os
import subprocess
import sys

import pytest

from config.embedded.places import ROOT

PACKAGE = ROOT / "packages" / "django-h5p-lite"
#: Nothing of this project may be found or needed.
OURS = ("PYTEST_", "PYTHON", "DJANGO_")
ALONE = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}


def passes(file, **environment):
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", f"tests/{file}"],
        cwd=PACKAGE,
        env=ALONE | environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert " passed" in done.stdout or done.stdout.startswith(".")


@pytest.mark.parametrize(
    "file", sorted(path.name for path in (PACKAGE / "tests").glob("test_*.py"))
)
def test_the_package_passes_its_own_tests(file):
    passes(file)


def test_the_app_does_the_same_on_postgresql():
    passes("test_app.py", H5P_LITE_TEST_DATABASE=os.environ["DATABASE_ADMIN_URL"])
