"""A restore that is only tried: into a folder and a server of its own, which are gone afterwards."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from config.embedded import roles
from config.embedded.places import CannotStart, alone, own_folder
from config.embedded.postgres import Postgres
from recovery import keys, remembered
from recovery.restoring import RestoredPlace, Say, Target, make_roles, restore
from recovery.saving import all_backups, folder_of


class RestoreTrial(NamedTuple):
    path: Path
    restored: RestoredPlace
    seconds: float


def newest(var: Path) -> Path:
    backups = all_backups(folder_of(var))
    if not backups:
        raise CannotStart(
            f"There is no backup in {folder_of(var)} yet: make one with ./dev backup."
        )
    return backups[-1]


def restore_test(
    var: Path, path: Path | None = None, *, identity: Path | None = None, say: Say
) -> RestoreTrial:
    """The newest backup, or `path`. Remembered either way; raises CannotStart when it cannot be restored."""
    began = time.monotonic()
    try:
        path = path or newest(var)
        opened_by = keys.identities(identity or keys.identity_file(var))
        with alone(var / "recovery"), scratch(var) as folder, serving(folder) as target:
            restored = restore(path, opened_by, target, say=say)
    except (CannotStart, OSError) as wrong:
        remembered.remember(
            var, "restore-test", {"good": False, "path": str(path), "why": str(wrong)}
        )
        raise
    tried = RestoreTrial(path, restored, time.monotonic() - began)
    remembered.remember(
        var,
        "restore-test",
        {
            "good": True,
            "path": str(path),
            "rows": restored.rows,
            "files": restored.files,
            "made_at": restored.head["made_at"],
        },
    )
    return tried


@contextmanager
def scratch(var: Path) -> Iterator[Path]:
    """On the disk of the place, where there is room, and not in memory. What somebody killed has left goes first."""
    for left in (var / "recovery").glob("test-*"):
        Postgres(left).stop()
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix="test-", dir=own_folder(var / "recovery")))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def serving(var: Path) -> Iterator[Target]:
    """A server of its own for the database, stopped at the end; gone where the restore was not to be."""
    postgres = Postgres(var)
    mine = not postgres.data.exists()

    def urls(names: list[str]) -> roles.Urls:
        postgres.start()
        with postgres.as_superuser() as admin:
            make_roles(admin, names)
        return roles.prepare(postgres)

    try:
        yield Target(var, urls)
    except BaseException:
        postgres.stop()
        if mine:
            shutil.rmtree(postgres.data.parent, ignore_errors=True)
        raise
    finally:
        postgres.stop()
        if var not in postgres.socket.parents:
            shutil.rmtree(postgres.socket, ignore_errors=True)
