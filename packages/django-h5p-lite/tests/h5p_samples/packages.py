"""H5P packages for tests: one that is good, and ways to make others."""

import io
import json
import struct
import zipfile
import zlib

import pytest

from h5p_lite.core.names import Name
from h5p_lite.core.package import LIMITS, Refused, read

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 24
QUIZ, PART = Name("Test.Quiz", 1, 2), Name("Test.Part", 2, 0)


def library(name=QUIZ, **said):
    """library.json."""
    about = {"title": "Quiz", "machineName": name.machine_name}
    about |= {"majorVersion": name.major, "minorVersion": name.minor, "patchVersion": 3}
    return about | {"runnable": 1, "preloadedJs": [{"path": "quiz.js"}]} | said


def folder(name=QUIZ, at="", **said):
    at = at or name.folder
    return {f"{at}/library.json": library(name, **said), f"{at}/quiz.js": "var a;"}


def manifest(**said):
    """h5p.json."""
    about = {"title": "Ein Quiz", "language": "de", "mainLibrary": "Test.Quiz"}
    listed = [QUIZ.as_dependency(), PART.as_dependency()]
    return about | {"embedTypes": ["iframe"], "preloadedDependencies": listed} | said


CONTENT = {
    "h5p.json": manifest(),
    "content/content.json": {"question": "Wie?", "image": {"path": "images/a.png"}},
    "content/images/a.png": PNG,
}
LIBRARIES = {
    **folder(QUIZ, preloadedDependencies=[PART.as_dependency()]),
    "Test.Quiz-1.2/semantics.json": [{"name": "question", "type": "text"}],
    "Test.Quiz-1.2/language/de.json": {"semantics": [{"label": "Frage"}]},
    "Test.Quiz-1.2/icon.svg": "<svg/>",
    **folder(PART, at="Test.Part", runnable=0),
}
GOOD = CONTENT | LIBRARIES


def without(*paths, files=GOOD):
    return {path: content for path, content in files.items() if path not in paths}


def packed(files, **attributes):
    """A zip of `files` (path -> bytes, text or JSON, or pairs of these); `attributes` are set on the last entry."""
    stored, pairs = io.BytesIO(), list(files.items() if isinstance(files, dict) else files)
    with zipfile.ZipFile(stored, "w") as archive:
        for number, (path, content) in enumerate(pairs, 1):
            entry = zipfile.ZipInfo(path)
            entry.compress_type = zipfile.ZIP_DEFLATED
            for attribute, value in attributes.items() if number == len(pairs) else ():
                setattr(entry, attribute, value)
            raw = content if isinstance(content, bytes | str) else json.dumps(content)
            archive.writestr(entry, raw)
    return stored


def read_files(files, **how):
    return read(packed(files), **how)


def problems(file, /, *, name="", libraries=True, **limits):
    """What is wrong with a zip, or with a zip of these files."""
    with pytest.raises(Refused) as refused:
        how = LIMITS.__class__(**limits)
        file = file if isinstance(file, io.BytesIO) else packed(file)
        read(file, name=name, limits=how, libraries=libraries)
    return refused.value.problems


def found(file, /, **how):
    """[(code, file)] of the problems."""
    return [(problem.code, problem.file) for problem in problems(file, **how)]


def quoting(names, kernel):
    """A zip in which each file quotes the header of the next one as text and goes on with its packed bytes (Fifield, 2019)."""
    with_end = zlib.compressobj(9, zlib.DEFLATED, -15)
    data, text, tail, records = with_end.compress(kernel) + with_end.flush(), kernel, b"", []
    for name in reversed(names):
        head = struct.pack(
            "<HHHHHLLLHH", 20, 0, 8, 0, 33, zlib.crc32(text), len(data), len(text), len(name), 0
        )
        tail = b"PK\3\4" + head + name.encode() + (data if not records else tail)
        records.append((name, head))
        quoted = tail[: 30 + len(name)]
        data = struct.pack("<BHH", 0, len(quoted), len(quoted) ^ 0xFFFF) + tail
        text = quoted + text
        tail = data
    return _with_directory(tail[5:], records[::-1])


def _with_directory(body, records):
    directory = b""
    for name, head in records:
        place = body.index(b"PK\3\4" + head + name.encode())
        directory += (
            b"PK\1\2\x14\0" + head + struct.pack("<HHHLL", 0, 0, 0, 0, place) + name.encode()
        )
    count = len(records)
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, count, count, len(directory), len(body), 0)
    return io.BytesIO(body + directory + end)
