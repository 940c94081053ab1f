"""All courses of a provider in one file: the format "lernstadt-provider", version 1 (docs/course-package.md). Pure.

`anbieter.json` says who it was and lists what is there; `kurse/` has a course package each, `media/` what no course uses.
"""

import json
import zipfile
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from courses.packages.archive import LIMITS, WHEN, wrong_contents
from courses.packages.course_json import BadPackage, PackageProblem, check_medium

FORMAT, VERSION = "lernstadt-provider", 1
JSON, README = "anbieter.json", "LIESMICH.txt"
MOST = 2000  # entries
JSON_MOST = 5_000_000  # bytes


class ArchivedCourse(NamedTuple):
    """One course in the file: `file` is its name there."""

    file: str
    title: str
    content: bytes


class ArchivedMedium(NamedTuple):
    """A picture, document or activity that no course uses; `item` as in a course package's "media"."""

    item: dict[str, Any]
    content: bytes


class ProviderArchiveWriter:
    """Writes to `target` course by course, so that no more than one is in memory."""

    def __init__(self, target: IO[bytes], provider: dict[str, Any]) -> None:
        self.zip = zipfile.ZipFile(target, "w", zipfile.ZIP_STORED)
        self.provider = provider
        self.courses: list[dict[str, str]] = []
        self.media: list[dict[str, Any]] = []

    def add_course(self, slug: str, title: str, content: bytes) -> None:
        name = f"kurse/{len(self.courses) + 1:03}-{slug}.zip"
        self._write(name, content)
        self.courses.append({"file": name, "title": title})

    def add_medium(self, item: dict[str, Any], content: bytes) -> None:
        self._write(item["file"], content)
        self.media.append(item)

    def close(self, readme: str) -> None:
        facts = {
            "format": FORMAT,
            "version": VERSION,
            "provider": self.provider,
            "courses": self.courses,
            "media": self.media,
        }
        self._write(JSON, json.dumps(facts, ensure_ascii=False, indent=1).encode())
        self._write(README, readme.encode())
        self.zip.close()

    def _write(self, name: str, content: bytes) -> None:
        self.zip.writestr(zipfile.ZipInfo(name, WHEN), content)


def is_provider_archive(file: IO[bytes]) -> bool:
    """Whether it is a zip with our list in it; what else is wrong with it says `ProviderArchive`."""
    try:
        with zipfile.ZipFile(file) as archive:
            return JSON in archive.namelist()
    except zipfile.BadZipFile:
        return False
    finally:
        file.seek(0)


class ProviderArchive:
    """A file of that format, read as if an enemy had made it. Raises BadPackage."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self.zip = zipfile.ZipFile(file)
        except zipfile.BadZipFile as damaged:
            raise BadPackage([PackageProblem("damaged")]) from damaged
        if len(self.zip.infolist()) > MOST:
            raise BadPackage([PackageProblem("too-many-files")])
        try:
            facts = json.loads(self._read(JSON, JSON_MOST))
            self.named = facts["format"] == FORMAT and facts["version"] == VERSION
            self.listed = [(str(one["file"]), str(one["title"])) for one in facts["courses"]]
            self.provider_name = str(facts["provider"]["name"])
            self.items = [dict(item) for item in facts["media"]]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
            raise BadPackage([PackageProblem("not-json", JSON)]) from wrong
        if not self.named:
            raise BadPackage([PackageProblem("not-a-course", JSON)])

    def courses(self) -> Iterator[ArchivedCourse]:
        """One at a time."""
        for file, title in self.listed:
            yield ArchivedCourse(file, title, self._read(file, LIMITS.file))

    def media(self) -> Iterator[ArchivedMedium]:
        for item in self.items:
            file = str(item.get("file", ""))
            if problems := check_medium(item):
                raise BadPackage(problems)
            content = self._read(file, LIMITS.file)
            if wrong := [*wrong_contents({file: content})]:
                raise BadPackage(wrong)
            yield ArchivedMedium(item, content)

    def _read(self, name: str, most: int) -> bytes:
        try:
            info = self.zip.getinfo(name)
            if info.compress_type != zipfile.ZIP_STORED or info.file_size > most:
                raise BadPackage([PackageProblem("too-big-unpacked", name)])
            return self.zip.read(info)
        except (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as wrong:
            raise BadPackage([PackageProblem("damaged", name)]) from wrong
