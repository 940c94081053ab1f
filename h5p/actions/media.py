"""Pictures, sounds and other files on their way into an activity: looked at, made small, kept under their hash."""

import io
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, BinaryIO, NamedTuple

from django.utils.text import slugify
from PIL import Image, ImageOps

import files
from files import BadFile, pictures
from h5p_lite import blobs
from h5p_lite.core.media_types import kind_of
from h5p_lite.core.package import LIMITS, kinds

#: Field type -> folder in the content, and what may be in it. Pictures are written anew, so WebP is welcome.
FOLDERS = {"image": "images", "audio": "audios", "video": "videos", "file": "files"}
ENDINGS = {
    "image": {"png", "jpg", "jpeg", "gif", "webp"},
    "audio": {"mp3", "m4a", "wav", "ogg"},
    "video": {"mp4", "webm"},
    "file": kinds.CONTENT,
}
WIDEST = 1920  # pixels; more than a screen shows costs learners their data volume


class Kept(NamedTuple):
    """A file of a content: its entry in `Revision.files`, and its value in the parameters."""

    path: str
    entry: dict[str, Any]
    value: dict[str, Any]


def keep_media(
    file: BinaryIO, name: str, *, kind: str, stored_files: Mapping[str, Mapping[str, Any]]
) -> Kept:
    """`kind` is the type of the field: image, audio, video or file. `stored_files`: what the content has already.

    What it is and what is personal in it is up to `files.take`. Raises files.BadFile.
    """
    if file.seek(0, io.SEEK_END) > LIMITS.file:
        raise BadFile("size")
    taken = files.take(file, name, ENDINGS[kind], still=False)
    size: dict[str, int] = {}
    ending = files.ending_of(taken.name)
    if kind == "image":
        content, ending, size = _picture(taken.content or b"")
    else:
        content = _checked(file, taken)
    blob = blobs.keep_bytes(content)
    stem = f"{FOLDERS[kind]}/{slugify(PurePath(name).stem)[:60] or kind}"
    path = _free(stem, ending, blob.sha256, stored_files)
    entry = {"sha256": blob.sha256, "size": blob.size}
    return Kept(path, entry, {"path": path, "mime": kind_of(path), **size})


def _checked(file: BinaryIO, taken: files.Taken) -> bytes:
    file.seek(0)
    content = files.patched(file.read(), taken.patches) if taken.content is None else taken.content
    if kinds.wrong_kind(taken.name, content[: kinds.HEAD], library=False):
        raise BadFile("kind", ending=files.ending_of(taken.name).upper())
    return content


def _free(stem: str, ending: str, digest: str, files: Mapping[str, Mapping[str, Any]]) -> str:
    """The same file keeps its path; another one of that name gets a number."""
    path, number = f"{stem}.{ending}", 1
    while path in files and files[path]["sha256"] != digest:
        number += 1
        path = f"{stem}-{number}.{ending}"
    return path


def _picture(content: bytes) -> tuple[bytes, str, dict[str, int]]:
    """Upright and no larger than needed. A GIF may move, and stays as it is; no other picture is made still unasked."""
    seen = pictures.look(content)
    if seen.format == "GIF":
        return content, "gif", {"width": seen.width, "height": seen.height}
    if seen.moves:
        raise BadFile("picture-moves")
    try:
        with Image.open(io.BytesIO(content)) as opened:
            return _drawn_anew(opened)
    except (OSError, SyntaxError, ValueError) as wrong:
        raise BadFile("picture-broken") from wrong


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
