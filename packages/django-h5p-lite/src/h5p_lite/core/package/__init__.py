"""H5P packages of other people: read safely, checked by every rule of H5P core, never trusted.

`read(file)` gives a `Package` or raises `Refused` with all the problems there are. Needs nothing but Python.
"""

from h5p_lite.core.package.archive import Archive
from h5p_lite.core.package.contents import Entry, LibraryFolder, Package
from h5p_lite.core.package.limits import LIMITS, Limits
from h5p_lite.core.package.manifests import Author, LibraryAbout, Manifest, manifest_of
from h5p_lite.core.package.paths import Names
from h5p_lite.core.package.problems import Code, Problem, Refused
from h5p_lite.core.package.reading import read

__all__ = [
    "LIMITS",
    "Archive",
    "Author",
    "Code",
    "Entry",
    "LibraryAbout",
    "LibraryFolder",
    "Limits",
    "Manifest",
    "Names",
    "Package",
    "Problem",
    "Refused",
    "manifest_of",
    "read",
]
