"""A published course as it is told to others: public facts alone, with absolute addresses that lead to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from courses.facts import CourseFacts
from courses.licences import DEEDS, NAMES, RESERVED

#: Plain German is German to everybody who reads our formats.
SIMPLE = "de-simple"
_CODES = {**{name: code for code, name in NAMES.items()}, "CC0": "CC0-1.0"}


@dataclass(frozen=True)
class House:
    """A provider."""

    slug: str
    name: str
    url: str


@dataclass(frozen=True)
class OpenStep:
    """A step that can be read without an account."""

    title: str
    url: str
    minutes: int


@dataclass(frozen=True)
class SharedCourse:
    """`facts` are those of the German cover."""

    key: UUID
    url: str  # its page now
    lasting_url: str  # never changes
    house: House
    facts: CourseFacts
    languages: Sequence[str]
    changed: datetime
    open_steps: Sequence[OpenStep]

    @property
    def language_codes(self) -> list[str]:
        """BCP 47, each once, German first where it is there."""
        codes = {"de" if code == SIMPLE else code for code in self.languages}
        return sorted(codes, key=lambda code: (code != "de", code))

    @property
    def licence(self) -> str:
        """An SPDX identifier; empty: all rights reserved."""
        code = _CODES.get(self.facts["licence"], RESERVED)
        return "" if code == RESERVED else code

    @property
    def deed(self) -> str:
        """The address of the licence itself, without a language; empty: all rights reserved."""
        return DEEDS[self.licence].removesuffix("deed.de") if self.licence else ""

    @property
    def duration(self) -> str:
        """ISO 8601."""
        return f"PT{max(1, self.facts['minutes'])}M"

    @property
    def keywords(self) -> list[str]:
        return [each["title"] for each in self.facts["competences"]]

    @property
    def all_open(self) -> bool:
        """It can be read to its end without an account."""
        return all(lesson["open"] for lesson in self.facts["lessons"])
