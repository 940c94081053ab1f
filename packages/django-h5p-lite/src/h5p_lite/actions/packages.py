"""A package becomes a content: cleaned by the semantics of its libraries, its files kept under their hash."""

from collections.abc import Callable
from functools import partial
from typing import Any, BinaryIO, NamedTuple

from django.db import transaction
from django.db.models import Model

from h5p_lite import blobs
from h5p_lite.actions.contents import Authorship, Draft, create_content
from h5p_lite.actions.libraries import Progress, install
from h5p_lite.core.loading import names_in
from h5p_lite.core.names import Name
from h5p_lite.core.package import Entry, Package, Problem, Refused, read
from h5p_lite.core.spoken import language_of
from h5p_lite.models import Content, Library, Revision
from h5p_lite.queries.active import active_libraries
from h5p_lite.queries.semantics import cleaned

Keep = Callable[[Package, Entry], dict[str, Any]]


class LibrariesMissing(LookupError):
    """`names`: what somebody who may install has to bring before this content can be taken in."""

    def __init__(self, names: list[Name]) -> None:
        super().__init__(", ".join(map(str, names)))
        self.names = names


class Taken(NamedTuple):
    content: Content | None  # None: the package had libraries only
    new: list[Library]


def take_package(
    file: BinaryIO, name: str, *, owner: Model, with_libraries: bool, by: Any = None
) -> Taken:
    """Everything in an uploaded file, or nothing of it.

    `with_libraries`: may the one who uploads install? Otherwise the content alone is taken. Raises Refused for a package
    that is wrong, LibrariesMissing for a content whose libraries are not here.
    """
    package = read(file, name=name, libraries=with_libraries)
    if package.is_bundle and not with_libraries:
        raise Refused([Problem("no-content", name)])
    with transaction.atomic():
        new = install(package, by_name=str(by or "")).new if with_libraries else []
        content = None if package.is_bundle else import_content(package, owner=owner, by=by)
    return Taken(content, new)


def import_content(package: Package, *, owner: Model, by: Any = None) -> Content:
    """The content of a package. Raises LibrariesMissing."""
    if missing := missing_for(package):
        raise LibrariesMissing(missing)
    draft, language = draft_of_package(package)
    title = package.manifest.title if package.manifest else ""
    imported = Authorship(Revision.Why.IMPORTED, by)
    return create_content(owner, draft, title=title, language=language, authorship=imported)


def missing_for(package: Package) -> list[Name]:
    """Which libraries its content needs and nobody has installed."""
    if package.manifest is None or package.params is None:
        raise Refused([Problem("no-content", "")])
    roots = [*names_in(package.params), package.manifest.main]
    return active_libraries().loading(roots).missing


def as_it_came(package: Package, entry: Entry) -> dict[str, Any]:
    """Keep a file of a content; its entry in `Revision.files`."""
    blobs.keep_known(entry.sha256, partial(package.copy, entry))
    return {"sha256": entry.sha256, "size": entry.size}


def draft_of_package(
    package: Package, *, keep: Keep = as_it_came, progress: Progress | None = None
) -> tuple[Draft, str]:
    """The content of a package whose libraries are here, cleaned, with its files kept; and its language,
    `spoken.UNKNOWN` where the package does not say it.

    `keep` may change a file before it is kept. Raises LookupError when its main library is not installed, ValueError
    for a bundle of libraries.
    """
    if package.manifest is None or package.params is None:
        raise ValueError("libraries only")
    stored = {}
    for done, entry in enumerate(package.media, 1):
        stored[entry.path] = keep(package, entry)
        if progress:
            progress(done, len(package.media))
    manifest = package.manifest
    params = cleaned(manifest.main, package.params, files=stored)
    return Draft(manifest.main, params, manifest.metadata, stored), language_of(manifest)
