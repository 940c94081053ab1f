"""The block for Wagtail, in a project that has Wagtail: a process of its own, because settings are of a process."""

import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def test_authors_choose_a_content_and_the_page_plays_it():
    path = os.pathsep.join([str(HERE), str(HERE.parent / "src")])
    settings = {"DJANGO_SETTINGS_MODULE": "project.wagtail_settings", "PYTHONPATH": path}
    done = subprocess.run(
        [sys.executable, HERE / "project" / "wagtail_check.py"],
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    said = json.loads(done.stdout)
    assert 'data-h5p-page="/h5p/1/page/"' in said.pop("page")
    assert "Begriffe zur Sicherheit" in said.pop("form")
    assert said == {"prepared": True, "gone": None, "nothing": "", "chooser": 200, "listed": True}
