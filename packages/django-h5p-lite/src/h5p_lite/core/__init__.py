"""H5P without Django: reading, checking, editing, playing, grading, upgrading and writing packages.

These names are the whole promise to programs that use this core; what lies below may change between versions. Each
has an example in the README of this package.

- `read`, `Package`, `Refused`, `write_package`, `manifest_for`: packages, in and out
- `Name`, `load_order`: what libraries are called, and in which order their scripts run
- `parse_semantics`, `clean`, `form_for`, `read_form`: what an author may write, and the form to write it in
- `key_of`, `score_of`: grading on the server
- `upgrade`: a content for a newer version of its library
- `integration`, `policy`: the page in which a content plays, and what that page may do
"""

from h5p_lite.core.exporting import manifest_for, write_package
from h5p_lite.core.grading import key_of, score_of
from h5p_lite.core.loading import load_order
from h5p_lite.core.names import Name
from h5p_lite.core.package import Package, Refused, read
from h5p_lite.core.playing import integration, policy
from h5p_lite.core.semantics import clean, form_for, parse_semantics, read_form
from h5p_lite.core.upgrading import upgrade

__all__ = [
    "Name",
    "Package",
    "Refused",
    "clean",
    "form_for",
    "integration",
    "key_of",
    "load_order",
    "manifest_for",
    "parse_semantics",
    "policy",
    "read",
    "read_form",
    "score_of",
    "upgrade",
    "write_package",
]
