"""What an author has copied, to be put in somewhere else, in another content as well.

Nothing of it is stored: a signed cookie names the place in a revision, which never changes, and whether they may read it is asked
anew. Works without a script.
"""

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse

from h5p_lite.core.semantics import ABSENT, Path, read_path, value_at, written_path
from h5p_lite.models import Content, Revision
from h5p_lite.queries.revisions import revision_of

COOKIE, SALT = "h5p_copied", "h5p_lite.clipboard"
KEPT = 8 * 60 * 60  # seconds: a day of work
Files = Mapping[str, Mapping[str, Any]]


class Clip(NamedTuple):
    value: Any
    files: Files  # of the revision it lies in


def remember(request: HttpRequest, response: HttpResponse, revision: Revision, at: Path) -> None:
    """Until they copy something else, or go home."""
    place = [revision.content_id, str(revision.number), written_path(at)]
    response.set_cookie(
        COOKIE,
        signing.dumps(place, salt=SALT),
        max_age=KEPT,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE or request.is_secure(),
        httponly=True,
    )


def held(request: HttpRequest, find: Callable[[HttpRequest, int], Content]) -> Clip | None:
    """None where nothing was copied, it is gone, or they may not read it any more. `find` raises Http404."""
    try:
        written = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT)
        pk, number, place = written
        revision = revision_of(find(request, pk), number)
    except (signing.BadSignature, Http404):
        return None
    value = value_at(revision.params, read_path(place)) if revision else ABSENT
    return None if revision is None or value is ABSENT else Clip(value, revision.files)


def brought_along(clip: Clip, files: Files) -> tuple[Any, dict[str, Mapping[str, Any]]]:
    """The copy, and `files` with those it names. Where another file has that name already, it gets a new one."""
    taken = {**files}
    return _moved(clip.value, clip.files, taken), taken


def _moved(value: Any, files: Files, taken: dict[str, Mapping[str, Any]]) -> Any:
    if isinstance(value, Mapping):
        moved = {key: _moved(inner, files, taken) for key, inner in value.items()}
        path = moved.get("path")
        if isinstance(path, str) and path in files:
            moved["path"] = _free(path, files[path], taken)
        return moved
    return [_moved(inner, files, taken) for inner in value] if isinstance(value, list) else value


def _free(path: str, entry: Mapping[str, Any], taken: dict[str, Mapping[str, Any]]) -> str:
    name, number = PurePosixPath(path), 1
    while path in taken and taken[path]["sha256"] != entry["sha256"]:
        number += 1
        path = str(name.with_stem(f"{name.stem}-{number}"))
    taken[path] = entry
    return path
