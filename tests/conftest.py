"""The tests run as the app's role, behind the walls, like the real thing.

The owner migrates a template database once per set of migrations, in a process of its own; every run clones it (0.2 s).
`./dev test` starts the throw-away PostgreSQL and says where it is.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.core.cache import caches
from django.db import connections
from django.test import override_settings
from django.utils import translation

from providers.models import Membership, Provider
from tenancy import public_page
from tenancy.lens import CITY, look, system
from tests import factories
from tests.support import laws  # noqa: F401 -- every law is tried on the same examples, whoever imports this
from tests.support.databases import clone

QUICK = pytest.StashKey["Quick"]()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker) -> Iterator[None]:
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    clone(name, furnished=True)
    connection = connections["default"]
    connection.close()
    connection.settings_dict["NAME"] = name
    yield
    with django_db_blocker.unblock():
        connection.close()


def quick_and_alone(folder: Path) -> dict[str, Any]:
    """No queue, no mail, no files outside of `folder`, weak password hashes; lenses nest in the test's transaction."""
    return {
        "NESTED_LENSES": True,
        "SECOND_FACTOR": False,  # test_second_factor switches it on
        "LIMITS": {},  # test_limits sets its own
        "SAME_CLICK": 0,  # a test sends what it likes as often as it likes; isolation/test_many_at_once clicks twice
        "LIMITS_STORAGE": "memory://",
        "COURSES_SEEN_BY_OFFICE": 0,  # test_reviews lets the office look
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "CACHES": {
            name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
            for name in ("default", "papers")
        },
        "CELERY_TASK_ALWAYS_EAGER": True,
        "MEDIA_ROOT": folder / "media",
        "STORAGES": {
            "default": {"BACKEND": "tenancy.storage.DurableFiles"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        "MIDDLEWARE": [m for m in django_settings.MIDDLEWARE if "whitenoise" not in m],
        "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
    }


def begin_anew() -> None:
    """Nothing is remembered, and the language is the default one, whatever page the test before has asked for."""
    translation.deactivate()
    for kept in caches.all():
        kept.clear()
    public_page.forget()


class Quick:
    """`quick_and_alone` for all tests but those of isolation, where requests commit, so nothing nests and files stay.

    Switched where one kind of test follows the other, not for each test: telling everybody of a dozen settings and back
    takes longer than many a test.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.gettempdir())  # the worker's own, see tests/suite/leftovers
        self.settings = override_settings(**quick_and_alone(self.folder))
        self.on = False

    def switch(self, on: bool) -> None:
        if on is not self.on:
            (self.settings.enable if on else self.settings.disable)()
        self.on = on


@pytest.hookimpl(wrapper=True)  # before tests/suite/leftovers looks at what was there
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    stash = item.config.stash
    if QUICK not in stash:
        stash[QUICK] = Quick()
    stash[QUICK].switch("isolation" not in item.path.parts)
    return (yield)


@pytest.fixture(autouse=True)
def _quick_and_alone(pytestconfig):
    begin_anew()
    yield
    shutil.rmtree(pytestconfig.stash[QUICK].folder / "media", ignore_errors=True)


@pytest.fixture(autouse=True, scope="session")
def _tasks_at_once():
    from config.celery import app as celery_app

    celery_app.conf.task_always_eager = True
    celery_app.conf.task_eager_propagates = True


# --- a house and its people: what most tests of roles begin with ---


@pytest.fixture
def house(db):
    return factories.make_provider("haus")


@pytest.fixture
def owner(house):
    return factories.make_member(house, Membership.Role.OWNER, name="Olga Leitung")


@pytest.fixture
def author(house):
    return factories.make_member(house, Membership.Role.AUTHOR, name="Ada Autorin")


@pytest.fixture
def clerk(client, db):
    """The browser of somebody at the city's education office."""
    with look(system("test")):
        city = Provider.objects.get(pk=CITY)
    client.force_login(factories.make_member(city, Membership.Role.CLERK))
    return client


@pytest.fixture
def desk(client, owner):
    """The owner's browser."""
    client.force_login(owner)
    return client


@pytest.fixture
def reviewer(house):
    return factories.make_member(house, Membership.Role.REVIEWER, name="Rita Prüferin")


@pytest.fixture
def mails(django_capture_on_commit_callbacks):
    """What is sent once the request is through: {address: subject}."""

    def sent(act):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            response = act()
        return response, {m.to[0]: m.subject.partition(" – ")[0] for m in mail.outbox}

    return sent


@pytest.fixture
def office(client, db):
    """The browser of somebody who may install content types."""
    with look(system("test")):
        city = Provider.objects.get(pk=CITY)
    client.force_login(factories.make_member(city, Membership.Role.OPERATOR, name="Otto Betrieb"))
    return client
