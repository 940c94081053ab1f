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


def words_of_credit(thing: Any) -> dict[str, str]:
    """The credit in a package's shape; empty when there is none."""
    texts = Credit.objects.filter(**{_side(thing): thing.pk}).values(*FIELDS).first()
    return texts or {}


def _side(thing: models.Model) -> str:
    return "image" if thing._meta.model_name == "image" else "document"
