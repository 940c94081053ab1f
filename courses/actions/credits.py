"""Where a picture or a file comes from, kept beside it."""

from typing import Any

from django.db import models

from courses.licences import OWN
from courses.models import Credit

FIELDS = ("title", "author", "licence", "link", "origin")


def credit(thing: models.Model, **words: str) -> Credit | None:
    """Keep the credit of an image or document; nothing is kept of what is one's own and says no more than that."""
    beside: dict[str, Any] = {_side(thing): thing}
    texts = {name: words.get(name, "") for name in FIELDS}
    texts["licence"] = texts["licence"] or OWN
    if texts["licence"] == OWN and not any(texts[name] for name in FIELDS if name != "licence"):
        Credit.objects.filter(**beside).delete()
        return None
    stored, _new = Credit.objects.update_or_create(**beside, defaults=texts)
    return stored


def focus_on(image: Any, *, left: int, top: int) -> None:
    """The place of a picture that stays in it when it is cut, in per cent from its left and its upper edge."""
    size = max(1, min(image.width, image.height) // 10)
    image.focal_point_x = round(image.width * left / 100)
    image.focal_point_y = round(image.height * top / 100)
    image.focal_point_width = image.focal_point_height = size
    image.save()


def focus_of(image: Any) -> tuple[int, int]:
    """(left, top) in per cent; the middle where nobody has chosen."""
    if image.focal_point_x is None or image.focal_point_y is None:
        return 50, 50
    return (
        round(image.focal_point_x * 100 / max(1, image.width)),
        round(image.focal_point_y * 100 / max(1, image.height)),
    )


def words_of_credit(thing: Any) -> dict[str, str]:
    """The credit in a package's shape; empty when there is none."""
    texts = Credit.objects.filter(**{_side(thing): thing.pk}).values(*FIELDS).first()
    return texts or {}


def _side(thing: models.Model) -> str:
    return "image" if thing._meta.model_name == "image" else "document"
