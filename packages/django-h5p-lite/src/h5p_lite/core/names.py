"""What a library is called. H5P writes it in three ways: as text, as a folder and as an object."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

#: h5p.classes.php 1.28, H5PValidator: letters, digits, `_`, `-` and `.`, at most 255; a version has at most five digits.
MACHINE_NAME = re.compile(r"[\w.\-]{1,255}", re.ASCII)
NAMED = re.compile(r"([\w.\-]{1,255}) (\d{1,5})\.(\d{1,5})", re.ASCII)


class Name(NamedTuple):
    """A library in one major and minor version: what contents and dependencies ask for. The patch is the store's business."""

    machine_name: str
    major: int
    minor: int

    @classmethod
    def parse(cls, text: str) -> "Name":
        """From `H5P.MultiChoice 1.16`. Raises ValueError."""
        match = NAMED.fullmatch(text)
        if not match:
            raise ValueError(text)
        return cls(match[1], int(match[2]), int(match[3]))

    @classmethod
    def of(cls, thing: Mapping[str, Any]) -> "Name":
        """From an object with `machineName`, `majorVersion`, `minorVersion`. Raises KeyError, TypeError or ValueError."""
        return cls(thing["machineName"], int(thing["majorVersion"]), int(thing["minorVersion"]))

    @property
    def folder(self) -> str:
        return f"{self.machine_name}-{self.major}.{self.minor}"

    def __str__(self) -> str:
        return f"{self.machine_name} {self.major}.{self.minor}"

    def as_dependency(self) -> dict[str, Any]:
        return {
            "machineName": self.machine_name,
            "majorVersion": self.major,
            "minorVersion": self.minor,
        }
