"""A file from an author's computer on its way into a content."""

import io
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, BinaryIO, NamedTuple

from django.utils.text import slugify

from h5p_lite import blobs
from h5p_lite.core.media_types import kind_of
from h5p_lite.core.package import LIMITS, kinds

#: Field type -> folder in the content, and what may be in it.
FOLDERS = {"image": "images", "audio": "audios", "video": "videos", "file": "files"}
ENDINGS = {
    "image": {"png", "jpg", "jpeg", "gif", "webp"} & kinds.CONTENT,
    "audio": {"mp3", "m4a", "wav", "ogg"} & kinds.CONTENT,
    "video": {"mp4", "webm"} & kinds.CONTENT,
    "file": kinds.CONTENT,
}


class BadFile(ValueError):
    """`code`: "size", "ending" or "kind"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class KeptFile(NamedTuple):
    path: str
    entry: dict[str, Any]  # in `Revision.files`
    value: dict[str, Any]  # in the parameters


def keep_file(
    file: BinaryIO, name: str, *, kind: str, files: Mapping[str, Mapping[str, Any]]
) -> KeptFile:
    """`kind` is the type of the field: image, audio, video or file. `files`: what the content has already. Raises BadFile."""
    if file.seek(0, io.SEEK_END) > LIMITS.file:
        raise BadFile("size")
    ending = PurePath(name).suffix.removeprefix(".").lower()
    if ending not in ENDINGS[kind]:
        raise BadFile("ending")
    file.seek(0)
    content = file.read()
    if kinds.wrong_kind(f"x.{ending}", content[: kinds.HEAD], library=False):
        raise BadFile("kind")
    blob = blobs.keep_bytes(content)
    stem = f"{FOLDERS[kind]}/{slugify(PurePath(name).stem)[:60] or kind}"
    path = _free(stem, ending, blob.sha256, files)
    return KeptFile(path, blob._asdict(), {"path": path, "mime": kind_of(path)})


def _free(stem: str, ending: str, digest: str, files: Mapping[str, Mapping[str, Any]]) -> str:
    """The same file keeps its path; another one of that name gets a number."""
    path, number = f"{stem}.{ending}", 1
    while path in files and files[path]["sha256"] != digest:
        number += 1
        path = f"{stem}-{number}.{ending}"
    return path
