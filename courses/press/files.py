"""Files used by an edition are kept under their hash and live as long as the edition, whatever happens in Wagtail."""

import hashlib
from io import BytesIO
from pathlib import PurePath
from typing import Any, NamedTuple

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext, override
from wagtail.images.models import SourceImageIOError

import files
from courses.blocks.films import captions_in, film_of
from files import captions
from tenancy import contents

FOLDER = "druck"
WIDTHS = (640, 1280)  # pixels; a phone at 2x and the reading column at 2x
TYPES = {".mp4": "video/mp4", ".webm": "video/webm", ".mp3": "audio/mpeg", ".m4a": "audio/mp4"}


class KeptFile(NamedTuple):
    url: str
    size: int  # bytes


def keep(content: bytes, suffix: str) -> KeptFile:
    """Store `content` under its SHA-256, once; the address never changes its content."""
    digest = hashlib.sha256(content).hexdigest()
    name = digest[:40] + suffix.lower()
    contents.keep(f"{FOLDER}/{name}", BytesIO(content), digest)
    with override("de"):  # the address of a file has no language
        return KeptFile(reverse("courses:file", args=[name]), len(content))


def keep_document(document: Any) -> KeptFile:
    """Without place and camera: uploads of former years still have them."""
    with document.open_file() as file:
        content = files.bare(file.read(), document.filename)
    return keep(content, PurePath(document.filename).suffix)


def keep_captions(content: bytes, seconds: float | None) -> KeptFile:
    """As WebVTT, and no longer than their film. What cannot be read is kept as it is; the gate speaks of it."""
    try:
        content = captions.webvtt(content)[0]
        content = captions.within(content, seconds) if seconds else content
    except files.BadFile:
        pass
    return keep(content, ".vtt")


def image_context(image: Any) -> dict[str, Any]:
    """`url`, `width`, `height`, `srcset` of a picture, as WebP no wider than it was."""
    pictures = []
    for width in dict.fromkeys(min(width, image.width) for width in WIDTHS):
        rendition = image.get_rendition(f"width-{width}|format-webp|webpquality-82")
        with rendition.file.open("rb") as file:
            pictures.append(
                (keep(files.bare(file.read(), ".webp"), ".webp"), rendition)
            )  # Willow carries Exif over
    (largest, rendition) = pictures[-1]
    srcset = ", ".join(f"{k.url} {r.width}w" for k, r in pictures) if len(pictures) > 1 else ""
    return {
        "url": largest.url,
        "width": rendition.width,
        "height": rendition.height,
        "srcset": srcset,
    }


#: Of a card, which is 20 to 13, on a phone and on a sharp one; and beside a link in a message (Open Graph).
CARD = ((320, 208), (640, 416))
LINK = (1200, 630)


def card_context(image: Any) -> dict[str, Any]:
    """`url`, `srcset`, `width`, `height` of a course's own picture, cut around its focus; `link`: for messages, as JPEG.

    A small picture is not made larger. Empty where its file is gone.
    """
    try:
        small, large = (_cut(image, size, "webp|webpquality-72", ".webp") for size in CARD)
        link, _shape = _cut(image, LINK, "jpeg|jpegquality-75", ".jpg")
    except SourceImageIOError:
        return {}
    return {
        "url": small[0],
        "srcset": ", ".join(f"{url} {shape.width}w" for url, shape in (small, large)),
        "width": CARD[0][0],
        "height": CARD[0][1],
        "link": link,
    }


def _cut(image: Any, size: tuple[int, int], form: str, suffix: str) -> tuple[str, Any]:
    rendition = image.get_rendition(f"fill-{size[0]}x{size[1]}|format-{form}")
    with rendition.file.open("rb") as file:
        return keep(files.bare(file.read(), suffix), suffix).url, rendition


def video_context(value: Any, lang: str) -> dict[str, Any]:
    stored = keep_document(value["file"])
    poster, film = value["poster"], film_of(value["file"])
    seconds = film.seconds if film else None
    return {
        "url": stored.url,
        "type": TYPES.get(PurePath(value["file"].filename).suffix.lower(), "video/mp4"),
        "size": filesizeformat(stored.size),
        "length": length(seconds),
        "captions_url": keep_captions(captions_in(value) or b"", seconds).url,
        "captions_lang": lang.split("-")[0],
        "poster_url": image_context(poster)["url"] if poster else "",
    }


def audio_context(value: Any) -> dict[str, Any]:
    document = value["file"]
    stored, sound = keep_document(document), film_of(document)
    return {
        "url": stored.url,
        "type": TYPES.get(PurePath(document.filename).suffix.lower(), "audio/mpeg"),
        "size": filesizeformat(stored.size),
        "length": length(sound.seconds if sound else None),
    }


def length(seconds: float | None) -> str:
    """`2:05` and how that is said; empty where nobody knows."""
    if not seconds:
        return ""
    minutes, rest = divmod(max(1, round(seconds)), 60)
    return gettext("%(minutes)s Min. %(seconds)s Sek.") % {"minutes": minutes, "seconds": rest}


def download_context(value: Any) -> dict[str, Any]:
    document = value["file"]
    stored = keep_document(document)
    return {
        "url": stored.url,
        "name": document.filename,
        "type": PurePath(document.filename).suffix.lstrip(".").upper(),
        "size": filesizeformat(stored.size),
    }
