"""H5P packages of other people: read safely, checked by every rule of H5P core, never trusted.

`read(file)` gives a `Package` or raises `Refused` with all the problems there are. Needs nothing but Python.
"""

from h5p.package.archive import Archive
from h5p.package.contents import Entry, LibraryFolder, Package
from h5p.package.limits import LIMITS, Limits
from h5p.package.manifests import Author, LibraryAbout, Manifest, manifest_of
from h5p.package.paths import Names
from h5p.package.problems import Code, Problem, Refused
from h5p.package.reading import read

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
