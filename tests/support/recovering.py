"""A small city of its own, furnished and committed, to be saved and brought back."""

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from config.embedded.management import NOWHERE
from config.embedded.roles import Urls
from recovery.places import Installation
from tests.support.databases import ROOT, at, clone

FURNISH = """
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model
from accounts.models import User
from certificates.actions import issue_certificate
from courses.models import CatalogueEntry
from h5p_lite import blobs
from learning.models import Enrolment
from providers.models import Provider
from tenancy.lens import look, system
from tests import factories
with look(system("test")):
    haus = Provider.objects.get(slug="haus")
course = factories.make_course(haus, lessons=1, title="Sicher im Netz")
with look(system("test")):
    card = CatalogueEntry.objects.get(course=course.translation_key)
    person = User.objects.create(name="Anna Öztürk", email="anna@example.org")
    done = Enrolment.objects.create(
        learner=person, provider=haus, course=card.course, edition_id=card.edition_id,
        done=1, total=1, completed_at=timezone.now(),
    )
    issue_certificate(done)
    plan = ContentFile(b"Plan" * 100_000, "plan.txt")
    get_document_model().objects.create(title="Plan", file=plan, collection=haus.collection)
    blobs.keep_bytes(b"content of an activity")
"""


def manage(place: Installation, *arguments: str, url: str = "") -> str:
    env = {**os.environ, **place.environment, "DATABASE_URL": url or place.urls.app}
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def city(folders: pytest.TempPathFactory, name: str):
    """One for each module and worker."""
    var = folders.mktemp(name) / "var"
    name = f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    app = clone(name, furnished=True)
    owner = at(os.environ["DATABASE_OWNER_URL"], name)
    settings = {key: NOWHERE[key] for key in ("SECRET_KEY", "KEY_ENCRYPTION_KEY")}
    settings |= {"PUBLIC_URL": "http://localhost:8000", "DEMO": "0"}
    place = Installation(var, Urls(app, owner), settings)
    var.mkdir(parents=True)
    manage(place, "shell", "-v0", "-c", FURNISH)
    yield place
    with psycopg.connect(os.environ["DATABASE_ADMIN_URL"], autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


ROWS = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"


def rows_of(url: str) -> dict[str, str]:
    """Every table with a hash over all of its rows, whatever their order on the disk."""
    hashed = "SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text COLLATE \"C\"), '')) FROM {} t"
    found = {}
    with psycopg.connect(url) as line:
        line.execute("SET TIME ZONE 'UTC'")
        for (name,) in line.execute(ROWS).fetchall():
            [(found[name],)] = line.execute(sql.SQL(hashed).format(sql.Identifier(name))).fetchall()
    return found


SHAPE = """SELECT 'policy', polrelid::regclass::text, polname, polcmd::text, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid) FROM pg_policy
  UNION ALL SELECT 'index', indrelid::regclass::text, indexrelid::regclass::text, indisvalid::text, pg_get_indexdef(indexrelid), '' FROM pg_index
    JOIN pg_class c ON c.oid = indrelid WHERE relnamespace = 'public'::regnamespace
  UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, '', pg_get_constraintdef(oid), '' FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT 'routine', oid::regprocedure::text, prosecdef::text, has_function_privilege('app', oid, 'EXECUTE')::text, md5(prosrc), ''
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, tgenabled::text, pg_get_triggerdef(oid), '' FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT 'right', oid::regclass::text, '', relrowsecurity::text, has_table_privilege('app', oid, 'UPDATE')::text,
    has_table_privilege('app', oid, 'TRUNCATE')::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')
  UNION ALL SELECT 'sequence', sequencename, '', '', coalesce(last_value::text, ''), '' FROM pg_sequences WHERE schemaname = 'public'
  ORDER BY 1, 2, 3, 4, 5"""


def shape_of(url: str) -> list[tuple[str, ...]]:
    """Walls, indexes, constraints, routines, triggers, rights, sequences. Casts are spelt differently after a dump."""
    with psycopg.connect(url) as line:
        found = line.execute(SHAPE).fetchall()
    return [
        tuple(re.sub(r"[()]|::[a-z ]+(\[\])?", "", text or "") for text in row) for row in found
    ]


def files_of(media: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(media)): path.read_bytes()
        for path in sorted(media.rglob("*"))
        if path.is_file()
    }
