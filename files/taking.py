"""The one way in: a file is looked at, converted where that is safe, freed of what is personal, or refused."""

import io
from collections.abc import Collection
from pathlib import PurePath
from typing import BinaryIO, NamedTuple

from files import boxes, captions, elements, films, papers, pictures, sounds
from files.problems import BadFile

PICTURES = ("png", "jpg", "jpeg", "webp", "gif")
FILMS, SOUNDS = ("mp4", "webm"), ("mp3", "m4a")
PAPERS = ("pdf", "txt", "csv", "docx", "xlsx", "pptx", "odt", "ods", "odp")
#: What lies among the documents of the desk. Captions come as SRT as well; they are WebVTT from then on.
DOCUMENTS = (*PAPERS, *FILMS, *SOUNDS, "vtt")
CAPTIONS = ("vtt", "srt")
PERSONAL = (*PICTURES, "mp4", "m4a", "m4v", "mov")  # what may say where and with what it was made
#: Names that come with a sentence of their own, because people have these files and do not know it.
KNOWN = {"doc": "office-old", "xls": "office-old", "ppt": "office-old", "mov": "film-mov", "pages": "pages", "key": "pages", "numbers": "pages"}  # fmt: skip
OTHER_SOUNDS = {"wav": (b"RIFF", b"RF64"), "ogg": (b"OggS",)}  # of activities
HEIF, PLACE = "heif", "place"


class Taken(NamedTuple):
    """A file as it is kept. `content` is None where it stays as it came, up to `patches` (where, which bytes)."""

    name: str
    content: bytes | None = None
    patches: tuple[tuple[int, bytes], ...] = ()
    did: tuple[str, ...] = ()


def take(stream: BinaryIO, name: str, wanted: Collection[str], *, still: bool = True) -> Taken:
    """Look at `stream`, called `name`; `wanted` are the endings that fit here. Raises BadFile.

    What it is decides, not its name: a photo from a telephone called .jpg may be HEIC, captions called .vtt SRT.
    `still`: a picture that moves is refused.
    """
    stream.seek(0)
    head = stream.read(4096)
    if not head:
        raise BadFile("empty")
    ending = ending_of(name)
    kind = _kind(head, ending)
    if kind in ("picture", "heif") and set(PICTURES) & set(wanted):
        return _picture(stream, name, kind, wanted, still=still)
    if ending in CAPTIONS and "vtt" in wanted:
        content, did = captions.webvtt(_all(stream, captions.LARGEST))
        return Taken(_called(name, "vtt"), content, (), did)
    if (
        kind == "film"
        and {*FILMS, *SOUNDS} & set(wanted)
        and ending in (*FILMS, *SOUNDS, "mov", "m4v")
    ):
        return _film(stream, name, wanted)
    if ending not in wanted or kind != "other":
        _refuse(ending, kind, wanted)
    _look(stream, ending)
    return Taken(name)


def _refuse(ending: str, kind: str, wanted: Collection[str]) -> None:
    if ending in wanted:
        raise BadFile("kind", ending=ending.upper())
    fits = ", ".join(sorted(wanted))
    raise BadFile(KNOWN.get(ending, "ending"), endings=fits)


def bare(content: bytes, name: str) -> bytes:
    """What leaves the house: the same file without place, time and camera. What cannot be read stays as it is."""
    try:
        if kind := pictures.format_of(content[:16]):
            return pictures.bare(content, kind)
        if content.startswith(pictures.TIFF):
            return pictures.bare_tiff(content)
        if boxes.is_mp4(content[:12]) and ending_of(name) in PERSONAL:
            return patched(content, boxes.look(io.BytesIO(content)).personal)
    except BadFile:
        return content
    return content


def patched(content: bytes, patches: Collection[tuple[int, bytes]]) -> bytes:
    if not patches:
        return content
    new = bytearray(content)
    for at, piece in patches:
        new[at : at + len(piece)] = piece
    return bytes(new)


def ending_of(name: str) -> str:
    """`PNG` in `Tree.PNG` becomes `png`."""
    return PurePath(name).suffix.lower().lstrip(".")


def _kind(head: bytes, ending: str) -> str:
    if pictures.is_heif(head):
        return "heif"
    if pictures.format_of(head):
        return "picture"
    moving = boxes.is_mp4(head) or head.startswith(elements.START)
    return "film" if moving or (ending == "mp3" and sounds.is_mp3(head)) else "other"


def _called(name: str, ending: str) -> str:
    """The name with the ending of what it is; .jpeg is as good as .jpg."""
    dotted = ending_of(name)
    return (
        name
        if {dotted, ending} in ({ending}, {"jpg", "jpeg"})
        else f"{PurePath(name).stem}.{ending}"
    )


def _all(stream: BinaryIO, most: int) -> bytes:
    stream.seek(0)
    content = stream.read(most + 1)
    if len(content) > most:
        raise BadFile("size")
    return content


LARGEST_PICTURE = 40 * 1024 * 1024  # bytes; what a form allows is less


def _picture(
    stream: BinaryIO, name: str, kind: str, wanted: Collection[str], *, still: bool
) -> Taken:
    content = _all(stream, LARGEST_PICTURE)
    if kind == "heif":
        return Taken(_called(name, "jpg"), pictures.from_heif(content), (), (HEIF,))
    seen = pictures.look(content)
    ending = pictures.ENDINGS[seen.format]
    if seen.moves and still:
        raise BadFile("picture-moves")
    if ending not in wanted:
        raise BadFile("ending", endings=", ".join(sorted(wanted)))
    clean = pictures.bare(content, seen.format)
    return Taken(_called(name, ending), clean, (), (PLACE,) if clean != content else ())


def _film(stream: BinaryIO, name: str, wanted: Collection[str]) -> Taken:
    film = films.look(stream)
    if problem := films.unplayable(film):
        raise BadFile(problem)
    if not film.tracks:
        raise BadFile("film-cut")
    is_film = film.has("video")
    ending = {"mp4": "mp4" if is_film else "m4a"}.get(film.container, film.container)
    if ending == "m4a" and "m4a" not in wanted:
        raise BadFile("film-without-picture")
    if ending not in wanted:
        raise BadFile("ending", endings=", ".join(sorted(wanted)))
    return Taken(_called(name, ending), None, film.personal, (PLACE,) if film.personal else ())


def _look(stream: BinaryIO, ending: str) -> None:
    if ending == "pdf":
        papers.look_pdf(stream)
    elif ending in papers.NEEDED or ending in papers.OPEN:
        papers.look_office(stream, ending)
    elif ending in ("txt", "csv"):
        papers.look_text(stream)
    elif ending in OTHER_SOUNDS:
        stream.seek(0)
        if not stream.read(12).startswith(OTHER_SOUNDS[ending]):
            raise BadFile("kind", ending=ending.upper())
    elif ending in (*FILMS, *SOUNDS, *PICTURES):
        raise BadFile("kind", ending=ending.upper())
