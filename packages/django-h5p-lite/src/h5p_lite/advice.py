"""What is wrong with an H5P package, in an author's words.

`%(file)s` is the file or folder in the package, `%(value)s` and `%(other)s` are what the problem is about.
"""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from h5p_lite.core.package import Problem

PROBLEMS = {
    "too-big": _("The file is too large. Make pictures and videos smaller."),
    "not-a-zip": _("This is not an H5P file. Choose a file that ends in .h5p."),
    "zip64": _("The file is packed for very large archives. Pack it again without “ZIP64”."),
    "damaged": _("The file is damaged. Please download it again."),
    "file-damaged": _("%(file)s is damaged. Export the content again."),
    "too-many-files": _("There are too many files in this file."),
    "too-big-unpacked": _(
        "Unpacked, the file would be too large. Make pictures and videos smaller."
    ),
    "file-too-big": _("This file is too large: %(file)s. Make it smaller."),
    "ratio": _("This file is compressed to a suspicious degree: %(file)s. Take it out."),
    "overlap": _("Two files overlap in the package: %(file)s. Pack it again."),
    "unsafe-name": _("This file name is not allowed: %(file)s. Rename the file."),
    "long-name": _("This file name is too long: %(file)s. Shorten it."),
    "same-name-twice": _(
        "Two different files have the same name: %(file)s. Export the content again."
    ),
    "file-as-folder": _("%(file)s is inside a file instead of a folder. Pack again."),
    "link": _("%(file)s is a link. Pack the file itself."),
    "encrypted": _("%(file)s is protected by a password. Pack without a password."),
    "packing": _("%(file)s is packed in an unusual way. Pack again, as an ordinary ZIP."),
    "wrong-ending": _("%(file)s does not end in .h5p. Choose an H5P file."),
    "not-a-package": _("The file holds neither H5P content nor an H5P library."),
    "in-a-folder": _(
        "Everything is in the folder %(file)s. Pack what is in this folder, not the folder itself."
    ),
    "no-manifest": _("The file h5p.json is missing. Export the content again."),
    "no-content": _("The content is missing: %(file)s. Export it again."),
    "not-allowed": _("We do not take this kind of file: %(file)s. Take it out."),
    "wrong-kind": _("%(file)s is not a real %(value)s file. Save it in the right format."),
    "json-too-big": _("%(file)s is too large. Split the content."),
    "too-much-json": _("The package holds too much text at once. Split it."),
    "not-json": _("%(file)s cannot be read. Export the content again."),
    "too-deep": _("%(file)s is nested too deeply. Split the content."),
    "key-twice": _("“%(value)s” occurs twice in %(file)s. Delete one of them."),
    "bad-text": _("%(file)s contains characters that we cannot store. Delete them."),
    "bad-number": _("%(file)s contains a number that is too large. Correct it."),
    "wrong-shape": _("%(file)s is not built as expected. Export the content again."),
    "field-missing": _("“%(value)s” is missing in %(file)s. Add it."),
    "field-wrong": _("“%(value)s” is not valid in %(file)s. Correct it."),
    "main-library-unlisted": _(
        "In %(file)s the library %(value)s is missing under “preloadedDependencies”. Add it."
    ),
    "library-json-missing": _(
        "library.json is missing in the folder %(file)s. Add the file or take the folder out."
    ),
    "folder-name": _("The folder %(file)s has to be called “%(value)s”. Rename it."),
    "library-twice": _("The library %(value)s occurs twice. Delete the folder %(file)s."),
    "asset-missing": _("%(file)s names a file that is missing: %(value)s. Add it."),
    "newer-core": _(
        "%(file)s needs H5P %(value)s, we have %(other)s. Use an older version of the library."
    ),
    "language-name": _(
        "%(file)s is not named after a language, for example “de.json”. Rename the file."
    ),
    "protected-name": _(
        "%(file)s calls itself %(value)s. That name is reserved: take this folder out of the package."
    ),
    "too-big-for-a-page": _(
        "Pictures, sounds and films are too large for one HTML page. Take a SCORM package."
    ),
    "player-missing": _("The player is missing on this server. Please tell those who run it."),
    "dependency-missing": _("%(file)s needs the library %(value)s. Add it or install it first."),
}


def in_words(problems: Iterable[Problem]) -> list[str]:
    """One sentence or two per problem; each once, in the reader's language."""
    return list(dict.fromkeys(_sentence(problem) for problem in problems))


def _sentence(problem: Problem) -> str:
    value, other, *_rest = (*problem.values, "", "")
    words = {"file": problem.file, "value": value, "other": other}
    return str(PROBLEMS.get(problem.code, PROBLEMS["not-a-package"])) % words
