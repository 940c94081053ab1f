"""Pictures, sounds and other files on their way into an activity: looked at, made small, kept under their hash."""

import io
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, BinaryIO, NamedTuple

from django.utils.text import slugify
from PIL import Image, ImageOps

from h5p import blobs
from h5p.media_types import kind_of
from h5p.package import LIMITS, kinds

#: Field type -> folder in the content, and what may be in it. Pictures are written anew, so WebP is welcome.
FOLDERS = {"image": "images", "audio": "audios", "video": "videos", "file": "files"}
ENDINGS = {
    "image": {"png", "jpg", "jpeg", "gif", "webp"},
    "audio": {"mp3", "m4a", "wav", "ogg"},
    "video": {"mp4", "webm"},
    "file": kinds.CONTENT,
}
WIDEST = 1920  # pixels; more than a screen shows costs learners their data volume
LARGEST = 50_000_000  # pixels of a picture that we open
PICTURES = ("JPEG", "PNG", "GIF", "WEBP")  # of Pillow's readers the few that are needed


class WrongFile(ValueError):
    """`code` is "ending", "kind" or "size"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Kept(NamedTuple):
    """A file of a content: its entry in `Revision.files`, and its value in the parameters."""

    path: str
    entry: dict[str, Any]
    value: dict[str, Any]


def keep_media(
    file: BinaryIO, name: str, *, kind: str, files: Mapping[str, Mapping[str, Any]]
) -> Kept:
    """`kind` is the type of the field: image, audio, video or file. `files`: what the content has already.

    Raises WrongFile.
    """
    ending = kinds.ending(name)
    if ending not in ENDINGS[kind]:
        raise WrongFile("ending")
    size: dict[str, int] = {}
    if kind == "image":
        content, ending, size = _picture(file)
        blob = blobs.keep_bytes(content)
    else:
        blob = _checked(file, name)
    stem = f"{FOLDERS[kind]}/{slugify(PurePath(name).stem)[:60] or kind}"
    path = _free(stem, ending, blob.sha256, files)
    entry = {"sha256": blob.sha256, "size": blob.size}
    return Kept(path, entry, {"path": path, "mime": kind_of(path), **size})


def _checked(file: BinaryIO, name: str) -> blobs.Blob:
    if file.seek(0, io.SEEK_END) > LIMITS.file:
        raise WrongFile("size")
    file.seek(0)
    head = file.read(kinds.HEAD)
    if kinds.wrong_kind(name, head, library=False):
        raise WrongFile("kind")
    file.seek(0)
    return blobs.keep_chunks(iter(lambda: file.read(blobs.CHUNK), b""))


def _free(stem: str, ending: str, digest: str, files: Mapping[str, Mapping[str, Any]]) -> str:
    """The same file keeps its path; another one of that name gets a number."""
    path, number = f"{stem}.{ending}", 1
    while path in files and files[path]["sha256"] != digest:
        number += 1
        path = f"{stem}-{number}.{ending}"
    return path


def _picture(file: BinaryIO) -> tuple[bytes, str, dict[str, int]]:
    """Upright, no larger than needed, and without what a camera writes into it (where, when, with what)."""
    try:
        with Image.open(file, formats=PICTURES) as opened:
            if opened.width * opened.height > LARGEST:
                raise WrongFile("size")
            if opened.format == "GIF":
                file.seek(0)
                size = {"width": opened.width, "height": opened.height}
                return file.read(), "gif", size
            return _drawn_anew(opened)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as wrong:
        raise wrong if isinstance(wrong, WrongFile) else WrongFile("kind") from wrong
    except Image.DecompressionBombWarning as wrong:
        raise WrongFile("size") from wrong


def _drawn_anew(opened: Image.Image) -> tuple[bytes, str, dict[str, int]]:
    photo = opened.format in ("JPEG", "MPO")
    picture = ImageOps.exif_transpose(opened)
    picture.thumbnail((WIDEST, WIDEST))
    if photo:
        picture = picture.convert("L" if picture.mode == "L" else "RGB")
    bare = picture.copy()
    bare.info = {"transparency": picture.info["transparency"]} if "transparency" in picture.info else {}  # fmt: skip
    into = io.BytesIO()
    if photo:
        bare.save(into, "JPEG", quality=85, optimize=True)
    else:
        bare.save(into, "PNG", optimize=True)
    size = {"width": bare.width, "height": bare.height}
    return into.getvalue(), "jpg" if photo else "png", size
