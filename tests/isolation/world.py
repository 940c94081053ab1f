"""A database of its own for the crawler, where requests open and commit their own transactions, as in production."""

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test.utils import override_settings

from config.celery import app as celery_app
from courses.actions.concepts import refresh_vocabulary
from tenancy import public_page
from tenancy.lens import look, system
from tests import factories
from tests.isolation.city import Town, build
from tests.support.databases import clone


@contextmanager
def own_world(name: str = "isolation") -> Iterator[Town]:
    """Both houses, furnished, in a fresh clone. What was connected before is connected again afterwards."""
    former = connection.settings_dict["NAME"]
    logging.disable(logging.CRITICAL)  # thousands of refusals; errors are reported by the crawler
    with tempfile.TemporaryDirectory(prefix="lernstadt-isolation-") as folder:
        clone(name)
        _connect(name)
        try:
            with override_settings(**_settings(Path(folder))), _tasks_at_once():
                cache.clear()
                public_page.forget()
                factories.furnish()
                town = build()
                with look(system("isolation")):
                    refresh_vocabulary()  # as every night: from here on only what somebody changes differs
                yield town
        finally:
            logging.disable(logging.NOTSET)
            _connect(former)
            public_page.forget()


def _connect(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _settings(folder: Path) -> dict[str, Any]:
    """As in production, except: no mail, no queue, weak password hashes, files in a folder of their own."""
    return {
        "NESTED_LENSES": False,
        "SECOND_FACTOR": False,  # who has signed in completely must be kept apart as well
        "LIMITS": dict.fromkeys(settings.LIMITS, "1000000/minute"),
        "ALLOWED_HOSTS": ["testserver"],
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "CACHES": {
            name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
            for name in ("default", "papers")
        },
        "TASKS": {"default": {"BACKEND": "config.background.CeleryBackend"}},
        "MEDIA_ROOT": folder,
        "STORAGES": {
            "default": {"BACKEND": "tenancy.storage.DurableFiles"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        "MIDDLEWARE": [part for part in settings.MIDDLEWARE if "whitenoise" not in part],
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
    }


@contextmanager
def _tasks_at_once() -> Iterator[None]:
    former = celery_app.conf.task_always_eager
    celery_app.conf.task_always_eager = True
    try:
        yield
    finally:
        celery_app.conf.task_always_eager = former
