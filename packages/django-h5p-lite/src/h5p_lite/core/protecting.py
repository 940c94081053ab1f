"""Names that nobody else may take: those of H5P's core, and our own content types."""

import hashlib
from functools import lru_cache

from h5p_lite.core.building import folders
from h5p_lite.core.names import Name
from h5p_lite.core.package import LibraryFolder

OURS = "LernHN."
#: Objects of the page that the core makes (h5p.js): a library of that name would take its place.
CORE = frozenset({"h5p", "h5peditor", "h5pintegration", "h5pupgrades"})
#: Library in one patch -> its files, each with its SHA-256.
Printed = dict[str, str]


def is_protected(folder: LibraryFolder) -> bool:
    """Does it claim to be the core's, or one of ours that we have not written? Ours is what this package ships."""
    machine_name = folder.name.machine_name.lower()
    if machine_name in CORE:
        return True
    return machine_name.startswith(OURS.lower()) and _printed(folder) != shipped().get(folder.name)


def _printed(folder: LibraryFolder) -> Printed:
    return {entry.path: entry.sha256 for entry in folder.files}


@lru_cache(maxsize=1)
def shipped() -> dict[Name, Printed]:
    ours = {}
    for name, folder in folders().items():
        files = {}
        for source in folder.library().files:
            with source.open() as file:
                files[source.path] = hashlib.sha256(file.read()).hexdigest()
        ours[name] = files
    return ours
