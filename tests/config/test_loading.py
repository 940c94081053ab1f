"""A server loads what pages need. What a few acts need is loaded by them: each costs a start half a second, each process ten to forty MB."""

import subprocess
import sys

LATE = ("weasyprint", "fontTools", "pyhanko", "openpyxl", "odfdo", "pypdf", "holidays", "mammoth")
LOADED = f"""
import sys
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
get_wsgi_application()
get_resolver().url_patterns
import config.celery
config.celery.app.loader.import_default_modules()
print([name for name in {LATE!r} if name in sys.modules])
"""


def test_neither_web_server_nor_worker_loads_what_few_need():
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


SHARED = """
import gc
from celery.signals import worker_init
import config.celery
config.celery.app.loader.import_default_modules()
worker_init.send(sender=None)
print(gc.get_freeze_count())
"""


def test_children_of_the_worker_share_what_it_has_loaded():
    done = subprocess.run(
        [sys.executable, "-c", SHARED], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) > 100_000
