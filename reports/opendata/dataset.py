"""What is told of a dataset, whatever the format."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

#: In the files for everybody, in German as their columns.
FEW = "unter 10"
#: As the vocabulary of the EU's publications office names them.
DAILY, QUARTERLY = "DAILY", "QUARTERLY"


class Licence(NamedTuple):
    code: str  # as data packages name it
    title: str
    url: str
    uri: str  # in the vocabulary of DCAT-AP.de


DL_DE_BY = Licence(
    "dl-de/by-2-0",
    "Datenlizenz Deutschland – Namensnennung – Version 2.0",
    "https://www.govdata.de/dl-de/by-2-0",
    "http://dcat-ap.de/def/licenses/dl-by-de/2.0",
)
#: Of what is about courses and words, not persons.
CC0 = Licence(
    "CC0-1.0",
    "CC0 1.0",
    "https://creativecommons.org/publicdomain/zero/1.0/deed.de",
    "http://dcat-ap.de/def/licenses/cc-zero",
)


class Column(NamedTuple):
    """Its name never changes. A value that is None is not known, or not said."""

    name: str
    kind: str  # "string", "integer", "boolean", "date" (ISO 8601)
    says: str
    hides: bool = False  # a figure about persons: `FEW` stands where it is too small


class OpenDataset(NamedTuple):
    """`name` is its address and never changes; `columns` are empty where it is no table."""

    name: str
    title: str
    description: str
    columns: Sequence[Column]
    licence: Licence
    keywords: Sequence[str]
    frequency: str
    page: str = ""  # address of the part of the page that shows it
    files: Sequence[tuple[str, str]] = ()  # (kind, absolute address): formats of its own


class DatasetIssue(NamedTuple):
    """A version of a dataset that is out and never changes."""

    dataset: OpenDataset
    title: str
    day: date
    #: Without its ending, below the folder of the open data: "kurse/2026-11-30".
    path: str
    kinds: Sequence[str] = ("csv", "json", "parquet")
    covers: tuple[date, date] | None = None  # first and last day that it counts


class OpenCorrection(NamedTuple):
    """What was wrong in a dataset, as the office has announced it."""

    dataset: str
    day: date
    text: str


class Portal(NamedTuple):
    """Where the data is and who answers for it: data of the installation."""

    title: str
    home: str  # the page's address; it ends in a slash, and files lie below it
    publisher: str
    publisher_url: str
    contact: str  # an office, not a person
    email: str
    place: str = ""  # address of the municipality in a public vocabulary
    contributor: str = ""  # as the national portal knows it
