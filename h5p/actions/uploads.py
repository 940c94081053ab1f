"""A package on its way in. It is kept as a file first, then looked at by a task; what is wrong with it is kept too.

A content whose libraries are not here waits, and the office is asked for them; it goes on when they are installed.
"""

import io
from collections.abc import Callable
from functools import partial
from pathlib import PurePath
from typing import Any, BinaryIO, NamedTuple, cast

from django.db import connection, transaction

import files
from accounts.models import User
from h5p.actions.contents import Draft, create_content
from h5p.actions.libraries import install
from h5p.actions.requests import ask_for, can_go_on
from h5p.models import Upload
from h5p_lite import blobs
from h5p_lite.actions import packages
from h5p_lite.actions.libraries import Progress
from h5p_lite.actions.packages import missing_for
from h5p_lite.core.package import Entry, Package, Problem, Refused, read
from h5p_lite.models import Revision
from providers.models import Provider


class Arrived(NamedTuple):
    """What came of an upload: libraries that are `new`, and uploads that waited for them and can go on."""

    upload: Upload
    new: list[int]
    went_on: list[int]


def receive(provider: Provider, file: Any, *, purpose: str, by: User | None) -> Upload:
    """Keep an uploaded file (Django's `UploadedFile`); a task looks at it. Under the provider's lens."""
    blob = blobs.keep_chunks(file.chunks())
    return Upload.objects.create(
        provider=provider,
        purpose=purpose,
        file_name=PurePath(file.name).name[:255],
        sha256=blob.sha256,
        size=blob.size,
        by=by,
        by_name=str(by or ""),
    )


def process(upload: Upload, *, tell: Callable[[int, int], object] | None = None) -> Arrived:
    """Take the package in, whole or not at all. Under the system lens; doing it twice does nothing the second time.

    `tell` hears of the files done and of all; it runs outside of any transaction of this upload.
    """
    if upload.state not in (Upload.State.WAITING, Upload.State.RUNNING, Upload.State.MISSING):
        return Arrived(upload, [], [])
    with_libraries = upload.purpose == Upload.Purpose.LIBRARIES
    take = _take_libraries if with_libraries else _take_content
    try:
        with blobs.open_blob(upload.sha256) as file:
            package = read(
                cast("BinaryIO", file.file), name=upload.file_name, libraries=with_libraries
            )
            with transaction.atomic():
                new, went_on = take(upload, package, tell or (lambda _done, _total: None))
    except Refused as refused:
        upload.state = Upload.State.REFUSED
        upload.problems = [_as_json(problem) for problem in refused.problems[:MOST]]
        new, went_on = [], []
    upload.save()
    return Arrived(upload, new, went_on)


MOST = 50  # problems that are kept


def _as_json(problem: Problem) -> dict[str, Any]:
    return {"code": problem.code, "file": problem.file, "values": [*problem.values]}


def _take_libraries(
    upload: Upload, package: Package, tell: Callable[[int, int], object]
) -> tuple[list[int], list[int]]:
    done = install(package, by=upload.by, by_name=upload.by_name, progress=tell)
    upload.installed = [str(library) for library in done.new]
    upload.state = Upload.State.DONE
    went_on = can_go_on() if done.new else []
    return [library.pk for library in done.new], went_on


def _take_content(
    upload: Upload, package: Package, tell: Callable[[int, int], object]
) -> tuple[list[int], list[int]]:
    """The content alone: libraries are the office's business, whatever the package brings along."""
    if package.manifest is None or package.params is None:
        raise Refused([Problem("no-content", upload.file_name)])
    if missing := missing_for(package):
        _look_at_libraries(upload)
        upload.missing = [str(name) for name in missing]
        upload.state = Upload.State.MISSING
        ask_for(missing, upload=upload)
        return [], []
    draft, language = draft_of_package(package, tell)
    upload.content = create_content(
        upload.provider,
        draft,
        title=package.manifest.title,
        language=language,
        by=upload.by,
        why=Revision.Why.IMPORTED,
    )
    upload.missing = []
    upload.state = Upload.State.DONE
    return [], []


def _look_at_libraries(upload: Upload) -> None:
    """What it brings along is what the office would be asked to install. Raises Refused when that cannot be: then
    waiting is no use, and its author is told so now.
    """
    with blobs.open_blob(upload.sha256) as file:
        read(cast("BinaryIO", file.file), name=upload.file_name)


def draft_of_package(package: Package, tell: Progress | None = None) -> tuple[Draft, str]:
    """The content of a package whose libraries are here, cleaned, with its files kept; and its language as
    far as the package says it.

    Raises LookupError when its main library is not installed, ValueError for a bundle of libraries.
    """
    return packages.draft_of_package(package, keep=_kept, progress=tell)


def _kept(package: Package, entry: Entry) -> dict[str, Any]:
    """As it came; pictures and films without place and camera."""
    if files.ending_of(entry.path) not in files.PERSONAL:
        blobs.keep_known(entry.sha256, partial(package.copy, entry))
        return {"sha256": entry.sha256, "size": entry.size}
    into = io.BytesIO()
    package.copy(entry, into)
    blob = blobs.keep_bytes(files.bare(into.getvalue(), entry.path))
    return {"sha256": blob.sha256, "size": blob.size}


def lock(upload: Upload) -> bool:
    """One task at a time for an upload; a second one has nothing to do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [_LOCK, upload.pk])
        return bool(cursor.fetchone()[0])


_LOCK = 0x683571
