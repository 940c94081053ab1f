"""Documents: PDF, Office and OpenDocument, plain text. Judged by how they begin and end, and by the list in their zip."""

import codecs
import io
import zipfile
from typing import BinaryIO

from files.problems import BadFile

READ_OF_TEXT = 1024 * 1024  # bytes, by which a text is judged
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LARGEST_LIST = 2 * 1024 * 1024  # bytes of a zip's list of files: some ten thousand names
OLE = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Office until 2003, and every Office file with a password
)
#: Ending -> what must be in the zip (ISO/IEC 29500-2; OpenDocument 1.3 part 2 § 3.3).
NEEDED = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
OPEN = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "odp": b"application/vnd.oasis.opendocument.presentation",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}


def look_pdf(stream: BinaryIO) -> None:
    """ISO 32000-1 § 7.5.1, and annex H 3 for how readers take it."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    head = stream.read(1024)
    stream.seek(max(0, size - 2048))
    if b"%PDF-" not in head:
        raise BadFile("kind", ending="PDF")
    if b"%%EOF" not in stream.read():
        raise BadFile("cut")


def look_office(stream: BinaryIO, ending: str) -> None:
    stream.seek(0)
    head = stream.read(8)
    if head == OLE:
        raise BadFile("office-old")
    if not head.startswith(b"PK\x03\x04"):
        raise BadFile("kind", ending=ending.upper())
    names, kind = _inside(stream)
    if any(name.endswith("vbaProject.bin") for name in names):
        raise BadFile("office-macros")
    fits = NEEDED[ending] in names if ending in NEEDED else kind == OPEN[ending]
    if not fits:
        raise BadFile("kind", ending=ending.upper())


def _inside(stream: BinaryIO) -> tuple[set[str], bytes]:
    """The names in a zip, and the first words of its file `mimetype`."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - 22 - 65_535))
    tail = stream.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        raise BadFile("cut")
    if int.from_bytes(tail[end + 12 : end + 16], "little") > LARGEST_LIST:
        raise BadFile("kind", ending="ZIP")
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            kind = b""
            if "mimetype" in names:
                with archive.open("mimetype") as file:
                    kind = file.read(100).strip()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as wrong:
        raise BadFile("cut") from wrong
    return names, kind


def charset_of(stream: BinaryIO) -> str:
    """How the letters of a text are written that was taken as it came; what is no UTF is an office's Windows."""
    head = stream.read(READ_OF_TEXT)
    stream.seek(0)
    if head.startswith(UTF_16):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # the last letter may be cut
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def look_text(stream: BinaryIO) -> None:
    """Anything a person could read: no bytes that no letter has."""
    stream.seek(0)
    head = stream.read(READ_OF_TEXT)
    if b"\0" in head and not head.startswith(UTF_16):
        raise BadFile("kind", ending="TXT")
