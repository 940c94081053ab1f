"""The tests run as the app's role, behind the walls, like the real thing.

The owner migrates a template database once per set of migrations, in a process of its own; every run clones it (0.2 s).
`./dev test` starts the throw-away PostgreSQL and says where it is.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.core.cache import cache
from django.db import connections

from tenancy import public_page
from tenancy.lens import look, system

ROOT = Path(__file__).resolve().parent.parent


def _template_name() -> str:
    """Changes with the migrations, the walls and the locked libraries."""
    mark = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for path in sorted([*ROOT.glob("*/migrations/*.py"), *ROOT.glob("*/walls.sql")]):
        mark.update(path.read_bytes())
    return f"template_{mark.hexdigest()[:16]}"


def _make_template(admin: psycopg.Connection, name: str) -> None:
    """Migrate under another name and rename at the end, so that a half-made template is never used."""
    draft = f"{name}_draft"
    admin.execute(f"DROP DATABASE IF EXISTS {draft}")
    admin.execute(f"CREATE DATABASE {draft} OWNER owner")
    with psycopg.connect(_at(os.environ["DATABASE_ADMIN_URL"], draft), autocommit=True) as inside:
        inside.execute("ALTER SCHEMA public OWNER TO owner")
        inside.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
    owner = _at(os.environ["DATABASE_OWNER_URL"], draft)
    _grant(owner)
    env = {**os.environ, "DATABASE_URL": owner}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=env, check=True)
    admin.execute(f"ALTER DATABASE {draft} RENAME TO {name}")


def _grant(owner: str) -> None:
    from config.embedded.postgres import APP, Urls, grant

    grant(Urls(app="", owner=owner), APP)


def _at(url: str, database: str) -> str:
    """The same server, another database."""
    from urllib.parse import urlsplit, urlunsplit

    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def clone_database(name: str) -> str:
    """A fresh clone of the migrated template; its address for the app's role."""
    with psycopg.connect(os.environ["DATABASE_ADMIN_URL"], autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(2030)")
        template = _template_name()
        known = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
        if not known.fetchone():
            _make_template(admin, template)
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return _at(os.environ["DATABASE_URL"], name)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, worker_id="main") -> Iterator[None]:
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    clone_database(name)
    connection = connections["default"]
    connection.close()
    connection.settings_dict["NAME"] = name
    yield
    with django_db_blocker.unblock():
        connection.close()


@pytest.fixture(autouse=True)
def _quick_and_alone(settings, tmp_path):
    """No queue, no mail, no files outside of the test, weak password hashes; lenses nest in the test's transaction."""
    settings.NESTED_LENSES = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.CELERY_TASK_ALWAYS_EAGER = True
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "whitenoise" not in m]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    cache.clear()
    public_page.forget()


@pytest.fixture(autouse=True, scope="session")
def _tasks_at_once():
    from config import celery_app

    celery_app.conf.task_always_eager = True
    celery_app.conf.task_eager_propagates = True


@pytest.fixture
def as_system(db):
    """For arranging: everything is visible. The test itself names its own lens, or asks through a client."""
    with look(system("test")):
        yield


def reads_as(lens):
    """What SQL sees through `lens`, whatever lens the test stands in."""
    return look(lens)
