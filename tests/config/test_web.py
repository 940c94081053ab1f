"""What the web server loads before it forks its workers."""

import json
import subprocess
import sys

from config.embedded.places import ROOT

LOADED = """
import gc, json, sys, threading
from config import web
web.load()
from django.db import connections
from django.template import engines
loaders = engines["django"].engine.template_loaders
print(json.dumps({
    "threads": threading.active_count(),
    "lines": [one.alias for one in connections.all() if one.connection],
    "modules": [name in sys.modules for name in ("config.wsgi", "courses.views.catalogue", "weasyprint")],
    "templates": sum(len(loader.get_template_cache) for loader in loaders),
    "frozen": gc.get_freeze_count() > 100_000,
}))
"""


def test_workers_have_what_requests_need_and_nothing_that_a_fork_would_break():
    """No thread, no line to the database; `config.wsgi` starts threads, so each worker runs it; papers are for the background."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LOADED], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said.pop("templates") >= len([*(ROOT / "templates").rglob("*.html")])
    assert said == {"threads": 1, "lines": [], "modules": [False, True, False], "frozen": True}
