"""A worker that is killed with fifty certificates in flight: in the end each is issued once. Real processes, a real kill."""

import os
import signal
import subprocess
import sys
import time
from subprocess import PIPE

import psycopg
import pytest

from tests.support.databases import ROOT, at, clone

IN_FLIGHT = 50

FURNISH = """
from django.utils import timezone
from accounts.models import User
from courses.models import CatalogueEntry
from learning.models import Enrolment
from providers.models import Provider
from tenancy.lens import look, system
from tests import factories
with look(system("test")):
    haus = Provider.objects.get(slug="haus")
course = factories.make_course(haus, lessons=1, title="Sicher im Netz")
with look(system("test")):
    card = CatalogueEntry.objects.get(course=course.translation_key)
    people = User.objects.bulk_create(
        User(name=f"Anna {n}", email=f"anna{n}@example.org") for n in range(FIFTY)
    )
    Enrolment.objects.bulk_create(
        Enrolment(
            learner=person, provider=haus, course=card.course, edition_id=card.edition_id,
            done=1, total=1, completed_at=timezone.now(),
        )
        for person in people
    )
"""

#: A worker without a queue: papers are not made, and between two steps of issuing there is time to be killed.
WORK = """
import time
from subprocess import PIPE
from certificates import actions, tasks
from certificates.actions import issue as issuing
tasks.render.delay = lambda *given: None
build = issuing.openbadges.build_credential
def slowly(*given, **named):
    time.sleep(0.01)
    return build(*given, **named)
issuing.openbadges.build_credential = slowly
tasks.issue_missing()
"""


def start(url, code):
    env = {**os.environ, "DATABASE_URL": url}
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=PIPE, stderr=PIPE, text=True)


def run(url, code):
    worker = start(url, code)
    _out, said = worker.communicate(timeout=300)
    assert worker.returncode == 0, said


@pytest.fixture
def city():
    """A database of its own, committed for everybody to see; gone at the end."""
    name = f"killed_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    url = clone(name, furnished=True)
    run(url, FURNISH.replace("FIFTY", str(IN_FLIGHT)))
    with psycopg.connect(os.environ["DATABASE_ADMIN_URL"], autocommit=True) as admin:
        yield name, url
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def rows(name, statement):
    """Looked at by the server's own role, which no wall stops."""
    with psycopg.connect(at(os.environ["DATABASE_ADMIN_URL"], name)) as inside:
        return inside.execute(statement).fetchall()


def issued(name):
    return rows(name, "SELECT count(*) FROM certificates_certificate")[0][0]


def wait_until(condition):
    for _each in range(3000):
        if condition():
            return
        time.sleep(0.02)
    pytest.fail("It did not come to that.")


def test_fifty_in_flight_are_issued_once(city):
    name, url = city
    worker = start(url, WORK)
    wait_until(lambda: 3 <= issued(name) < IN_FLIGHT)
    worker.send_signal(signal.SIGKILL)
    worker.communicate()
    assert worker.returncode == -signal.SIGKILL
    assert 3 <= issued(name) < IN_FLIGHT  # it was in the middle
    both = [start(url, WORK), start(url, WORK)]  # and two at once take over
    for each in both:
        _out, said = each.communicate(timeout=300)
        assert each.returncode == 0, said
    assert rows(
        name,
        "SELECT count(*), count(DISTINCT enrolment_id), max(issue) FROM certificates_certificate",
    ) == [(IN_FLIGHT, IN_FLIGHT, 1)]
    assert rows(name, "SELECT count(*) FROM certificates_recipient") == [(IN_FLIGHT,)]
    places = "SELECT count(DISTINCT (status_list_id, status_index)) FROM certificates_certificate"
    assert rows(name, places) == [(IN_FLIGHT,)]
    assert rows(name, "SELECT count(*) FROM certificates_owed") == [(0,)]
    active = "SELECT count(*) FROM certificates_issuerkey WHERE purpose = 'credential' AND state = 'active'"
    assert rows(name, active) == [(1,)]
    run(url, WORK)  # and once more changes nothing
    assert issued(name) == IN_FLIGHT


#: As Celery begins a child; what it prints is looked at below.
BEGIN = """
import gc
from celery.signals import task_postrun, worker_process_init
from certificates import tasks
from certificates.paper import pdf
worker_process_init.send(sender=None)
began = gc.get_freeze_count()
set_already = pdf._fonts.cache_info().currsize
later = [[number] for number in range(1000)]
for _ in range(2):
    task_postrun.send(sender=tasks.render)
after = gc.get_freeze_count()
more = [[number] for number in range(1000)]
task_postrun.send(sender=tasks.render)
print(set_already, gc.get_threshold()[0] == tasks.NEW_OBJECTS, 0 < began <= after - 1000, gc.get_freeze_count() == after)
"""


def test_a_child_of_the_worker_begins_without_a_paper():
    """Setting one takes a second, on a busy machine more than the four that Celery waits for a child."""
    begun = start(os.environ["DATABASE_URL"], BEGIN)
    out, said = begun.communicate(timeout=300)
    assert out.split() == ["0", "True", "True", "True"], said
