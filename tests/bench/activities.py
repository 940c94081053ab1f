"""What activities cost: the database's round trips for the page of one in the sandbox, and installing many libraries at once.

In this process. The import is a package made here: fifty
libraries with thirty files each, of the sizes that real ones have.
"""

import io
import json
import random
import resource
import time
import zipfile
from typing import Any, NamedTuple

from tests.support.databases import round_trips

LIBRARIES, FILES = 50, 30
SIZES = (300, 2_000, 8_000, 40_000)  # bytes; a library is many small files and a few large ones


class Cost(NamedTuple):
    trips: int  # to the database and back, of the sandbox's page for a learner who is enrolled
    kilobytes: float
    install: float  # seconds, from the package to the last row
    megabytes: float  # by which the process grew meanwhile, at most
    libraries: int
    files: int


LIMITS = {"install": 10.0}


def cost() -> Cost:
    """Django is set up (`tests.bench.tenancy` has done it) and the city is running."""
    from django.db import connection
    from django.test import Client

    url, learner = _activity()
    client = Client(SERVER_NAME="localhost")
    client.force_login(learner)
    page = client.get(url)
    assert page.status_code == 200, page.status_code
    trips = round_trips(connection.connection, lambda: client.get(url))
    seconds, megabytes, libraries = _installed()
    kilobytes = len(page.content) / 1000
    return Cost(trips, kilobytes, seconds, megabytes, libraries, LIBRARIES * FILES)


def _activity() -> tuple[str, Any]:
    """The address of the demo's activity, and somebody who takes its course."""
    from django.urls import reverse

    from courses.models import CatalogueEntry, LessonAddress, PrintedActivity
    from learning.actions import enrol
    from tenancy.lens import look, system
    from tests import factories

    with look(system("bench")):
        printed = PrintedActivity.objects.filter(language="de").order_by("pk")[0]
        entry = CatalogueEntry.objects.get(edition=printed.edition)
        step = LessonAddress.objects.get(lesson=printed.lesson, present=True).slug
        learner = factories.make_user("Anna Messung")
        enrol(learner, entry)
    where = [*entry.address.split("/"), step, printed.item]
    return reverse("learning:activity", args=where), learner


def _installed() -> tuple[float, float, int]:
    from h5p import actions
    from h5p_lite.core.package import read
    from tenancy.lens import look, system

    raw = _package()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.monotonic()
    with look(system("bench")):
        package = read(io.BytesIO(raw), name="bench.h5p")
        done = actions.install(package, by=None, by_name="bench")
    seconds = time.monotonic() - started
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return seconds, (after - before) / 1024, len(done.new)


def _package() -> bytes:
    dice = random.Random(7)
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(LIBRARIES):
            for path, content in _library(number, dice):
                archive.writestr(f"Bench.Type{number}-1.0/{path}", content)
    return stored.getvalue()


def _library(number: int, dice: random.Random) -> list[tuple[str, str]]:
    """Each needs the one before it; its scripts and styles are words, as programs are."""
    before = [{"machineName": f"Bench.Type{number - 1}", "majorVersion": 1, "minorVersion": 0}]
    scripts = [f"scripts/part-{n}.js" for n in range(FILES - 8)]
    about = {
        "title": f"Type {number}",
        "machineName": f"Bench.Type{number}",
        "majorVersion": 1,
        "minorVersion": 0,
        "patchVersion": 0,
        "runnable": 1,
        "preloadedJs": [{"path": path} for path in scripts],
        "preloadedCss": [{"path": "type.css"}],
        "preloadedDependencies": before if number else [],
    }
    fields = [{"name": f"field{n}", "type": "text", "label": f"Field {n}"} for n in range(40)]
    files = [("library.json", json.dumps(about)), ("semantics.json", json.dumps(fields))]
    files += [("type.css", _words(dice)), *((path, _words(dice)) for path in scripts)]
    labels = json.dumps({"semantics": [{"label": f"Feld {n}"} for n in range(40)]})
    return files + [(f"language/{code}.json", labels) for code in ("de", "en", "fr", "tr", "uk")]


def _words(dice: random.Random) -> str:
    size = dice.choice(SIZES)
    return "".join(f"var v{dice.getrandbits(32)}; " for _ in range(size // 16))


def tell(found: Cost) -> int:
    """One line; 1 when one of the limits is passed."""
    late = [name for name, most in LIMITS.items() if getattr(found, name) > most]
    print(
        f"activities: page of the sandbox {found.trips} round trips, {found.kilobytes:.0f} kB;"
        f" {found.libraries} libraries with {found.files} files installed in {found.install:.1f} s (<= 10), {found.megabytes:.0f} MB more memory"
        f"{'  over budget: ' + ', '.join(late) if late else ''}"
    )
    return int(bool(late))
