"""What is made of rows, or leads on, on its way to the printed lesson."""

from typing import Any
from urllib.parse import urlsplit

from courses.press import files
from courses.press.rich_text import rich


def walkthrough_context(value: Any) -> dict[str, Any]:
    stages = [
        {"html": rich(one["html"]), **picture_context(one["image"])} for one in value["stages"]
    ]
    return {"value": value, "stages": stages}


def accordion_context(value: Any) -> dict[str, Any]:
    return {"folds": [{"title": one["title"], "html": rich(one["html"])} for one in value["folds"]]}


def gallery_context(value: Any) -> dict[str, Any]:
    """Rows whose picture is still to come are left out; only a draft has them."""
    pictures = [
        {"caption": one["caption"], **picture_context(one["image"])}
        for one in value["pictures"]
        if one["image"]
    ]
    return {"value": value, "pictures": pictures}


def link_context(value: Any) -> dict[str, Any]:
    """`host` says whose page it is before somebody goes there. What is no address yet leads nowhere."""
    address = (value["address"] or "").strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return {"value": value, "address": "", "host": ""}
    good = parts.scheme in ("http", "https") and parts.hostname
    return {"value": value, "address": address if good else "", "host": parts.hostname or ""}


def picture_context(image: Any) -> dict[str, Any]:
    """Empty where there is no picture."""
    if not image:
        return {"image": None, "alt": ""}
    alt = "" if image.decorative else image.contextual_alt_text or ""
    return {"image": files.image_context(image), "alt": alt}
