"""Addresses are the same in every language but for the prefix; German has none."""

from django.conf import settings

CODES = [code for code, _name in settings.LANGUAGES]


def without_language(path: str) -> str:
    """`/en/kurse/` -> `/kurse/`."""
    first = path.split("/", 2)[1]
    return path[len(first) + 1 :] if first in CODES and first != "de" else path


def in_language(code: str, path: str) -> str:
    """The same page in another language; `path` has none."""
    return path if code == "de" else f"/{code}{path}"
