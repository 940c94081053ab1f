"""A world that all tests of a module begin with: made once, and as it was for each of them.

Not for modules with tests that commit (`transactional_db`): what lies here is in a transaction that is never committed.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from h5p_lite.player_page import _make_bundles

T = TypeVar("T")


@contextmanager
def made_once(blocker: DjangoDbBlocker, folder: Path, make: Callable[[], T]) -> Iterator[T]:
    """What `make` returns is shared: hand out keys, or fetch rows anew, where tests change what they are given.

    Every test of pytest-django runs in a savepoint of this transaction. The files are in `folder`, see `files_of`.
    """
    from tests.conftest import begin_anew, quick_and_alone  # only now: it imports the factories

    with blocker.unblock(), transaction.atomic():
        try:
            begin_anew()
            with override_settings(**quick_and_alone(folder)):
                made = make()
            with blocker.block():
                yield made
        finally:
            transaction.set_rollback(True)


def files_of(folder: Path) -> None:
    """The test has them in a folder of its own, where it may delete them. What it makes of them is made anew there."""
    _make_bundles.cache_clear()
    if (folder / "media").exists():
        shutil.copytree(folder / "media", settings.MEDIA_ROOT, dirs_exist_ok=True)
