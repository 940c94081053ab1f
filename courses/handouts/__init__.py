"""A handout of Word, Writer or a PDF becomes the content of a draft course. Pure: nothing is stored here.

A reader per format makes plain HTML and pictures of it (`word`, `writer`, `pdf`); `outline` cuts that into steps and
blocks; `course_file` writes them as a `course.json` (`courses.packages`), which comes in by the door of all packages.
"""

import io
import zipfile
from pathlib import PurePath

import files
from courses.handouts import pdf, word, writer
from courses.handouts.course_file import as_package
from courses.handouts.outline import Handout, outline_of
from courses.handouts.source import LARGEST, Source

ENDINGS = ("docx", "odt", "pdf")
READERS = {"docx": word.read, "odt": writer.read, "pdf": pdf.read}
#: Of a zip, unpacked: bytes, files, and how much smaller a single large file may have been made.
UNPACKED, ENTRIES, RATIO, RATIO_FROM = 200 * 1024 * 1024, 2_000, 200, 1024 * 1024

__all__ = ["ENDINGS", "LARGEST", "Handout", "as_package", "read"]


def read(content: bytes, name: str) -> Handout:
    """Raises files.BadFile, with the sentence of an upload, where nothing can be read."""
    if len(content) > LARGEST:
        raise files.BadFile("size")
    files.take(io.BytesIO(content), name, ENDINGS)
    ending = files.ending_of(name)
    if ending != "pdf":
        _refuse_bombs(content)
    source: Source = READERS[ending](content)
    return outline_of(source, PurePath(name).stem.replace("_", " ").strip())


def _refuse_bombs(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as wrong:
        raise files.BadFile("cut") from wrong
    if len(inside) > ENTRIES or sum(one.file_size for one in inside) > UNPACKED:
        raise files.BadFile("size")
    if any(one.file_size > max(RATIO_FROM, one.compress_size * RATIO) for one in inside):
        raise files.BadFile("size")
    if any(one.flag_bits & 1 for one in inside):
        raise files.BadFile("office-old")
