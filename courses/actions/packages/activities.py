"""Activities in the package of a course: each as an .h5p file of its own, without the programs of its content type."""

import hashlib
import io
from typing import Any

from accounts.models import User
from courses.packages import PackageProblem
from h5p.actions import create_content
from h5p.actions.uploads import draft_of_package
from h5p.advice import in_words
from h5p.queries.packing import Packed, package_of
from h5p_lite.core.loading import names_in
from h5p_lite.core.package import Package, Refused, read
from h5p_lite.models import Content, Revision
from h5p_lite.queries.active import active_libraries
from providers.models import Provider


def as_file(content: Content) -> tuple[bytes, dict[str, Any]]:
    """The newest revision as a file, and how the package lists it."""
    revision = content.newest
    packed = Packed(
        revision.library,
        (*names_in(revision.params), revision.library),
        revision.params,
        revision.metadata,
        revision.files,
    )
    with package_of(packed, with_libraries=False) as file:
        raw = file.read()
    item = {
        "file": f"media/{hashlib.sha256(raw).hexdigest()}.h5p",
        "name": "aktivitaet.h5p",
        "title": content.title,
        "description": "",
        "focal_point": [],
        "credit": {},
    }
    return raw, item


def misfits(raw: bytes, name: str) -> list[PackageProblem]:
    """Why this house cannot play it: it is broken, or its content type is not installed here."""
    try:
        package = read(io.BytesIO(raw), libraries=False)
    except Refused as refused:
        return [
            PackageProblem("activity-broken", f"{name}: {problem}")
            for problem in in_words(refused.problems)
        ]
    missing = active_libraries().loading(_roots(package)).missing
    return [PackageProblem("activity-type-missing", str(library)) for library in missing]


def reuse_or_create(
    raw: bytes, each: dict[str, Any], provider: Provider, *, by: User | None
) -> int:
    """The id of the activity at `provider`: one that says the same already, or a new one."""
    package = read(io.BytesIO(raw), libraries=False)
    draft, language = draft_of_package(package)
    for content in Content.objects.filter(owner=provider, title=each["title"], archived_at=None):
        newest = content.newest
        if (newest.library, newest.params, newest.files) == (
            draft.library,
            draft.params,
            draft.files,
        ):
            return int(content.pk)
    made = create_content(
        provider, draft, title=each["title"], language=language, by=by, why=Revision.Why.IMPORTED
    )
    return int(made.pk)


def _roots(package: Package) -> list[Any]:
    main = [package.manifest.main] if package.manifest else []
    return [*names_in(package.params), *main]
