"""The example project beside the README stands on its feet."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    "command", [["check", "--fail-level", "ERROR"], ["makemigrations", "--check", "--dry-run"]]
)
def test_the_example_is_a_whole_project(command):
    settings = {"DJANGO_SETTINGS_MODULE": "shop.settings", "PYTHONPATH": str(HERE / "src")}
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=HERE / "example",
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
