"""Files used by an edition are kept under their hash and live as long as the edition, whatever happens in Wagtail."""

import hashlib
from pathlib import PurePath
from typing import Any, NamedTuple

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import override

FOLDER = "druck"
WIDTHS = (640, 1280)  # pixels; a phone at 2x and the reading column at 2x
TYPES = {".mp4": "video/mp4", ".webm": "video/webm"}


class Kept(NamedTuple):
    url: str
    size: int  # bytes


def keep(content: bytes, suffix: str) -> Kept:
    """Store `content` under its SHA-256, once; the address never changes its content."""
    name = hashlib.sha256(content).hexdigest()[:40] + suffix.lower()
    if not default_storage.exists(f"{FOLDER}/{name}"):
        default_storage.save(f"{FOLDER}/{name}", ContentFile(content))
    with override("de"):  # the address of a file has no language
        return Kept(reverse("courses:file", args=[name]), len(content))


def keep_document(document: Any) -> Kept:
    with document.open_file() as file:
        return keep(file.read(), PurePath(document.filename).suffix)


def image_context(image: Any) -> dict[str, Any]:
    """`url`, `width`, `height`, `srcset` of a picture, as WebP no wider than it was."""
    kept = []
    for width in dict.fromkeys(min(width, image.width) for width in WIDTHS):
        rendition = image.get_rendition(f"width-{width}|format-webp|webpquality-82")
        with rendition.file.open("rb") as file:
            kept.append((keep(file.read(), ".webp"), rendition))
    (largest, rendition) = kept[-1]
    srcset = ", ".join(f"{k.url} {r.width}w" for k, r in kept) if len(kept) > 1 else ""
    return {
        "url": largest.url,
        "width": rendition.width,
        "height": rendition.height,
        "srcset": srcset,
    }


def video_context(value: Any, lang: str) -> dict[str, Any]:
    kept = keep_document(value["file"])
    poster = value["poster"]
    return {
        "url": kept.url,
        "type": TYPES.get(PurePath(value["file"].filename).suffix.lower(), "video/mp4"),
        "size": filesizeformat(kept.size),
        "captions_url": keep_document(value["captions"]).url,
        "captions_lang": lang.split("-")[0],
        "poster_url": image_context(poster)["url"] if poster else "",
    }


def download_context(value: Any) -> dict[str, Any]:
    document = value["file"]
    kept = keep_document(document)
    return {
        "url": kept.url,
        "name": document.filename,
        "type": PurePath(document.filename).suffix.lstrip(".").upper(),
        "size": filesizeformat(kept.size),
    }
