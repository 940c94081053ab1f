"""The districts of the city: where each lies, how far it is from another one, and which one a street belongs to; pure.

They are data of the installation (CITY_FILE): a name, a middle in degrees, and an outline for the map; streets in a CSV file.
"""

import csv
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from words.spelling import folded

EARTH = 6371.0  # km
#: What people write for the same ending.
STREET = (("strasse", "str"), ("straße", "str"), ("str.", "str"), ("str", "str"))


class District(NamedTuple):
    name: str
    latitude: float
    longitude: float
    outline: str  # corners on the map, as SVG's `points`
    label: tuple[float, float]  # where its name stands on the map


class StreetPart(NamedTuple):
    """House numbers from and to of a street that runs through several districts; 0 and 0: all of it."""

    first: int
    last: int
    district: str


def districts_of(city: Mapping[str, Any]) -> tuple[District, ...]:
    """As the city's file lists them. None, where it lists none: then nothing is asked about districts."""
    return tuple(
        District(
            one["name"], one["latitude"], one["longitude"], one["outline"], tuple(one["label"])
        )
        for one in city.get("districts", ())
    )


def inhabitants(city: Mapping[str, Any], district: str = "") -> int:
    """Of the city, or of one of its districts; 0 where its file does not say."""
    if not district:
        return int(city.get("inhabitants", 0))
    named = {one["name"]: one.get("inhabitants", 0) for one in city.get("districts", ())}
    return int(named.get(district, 0))


def read_streets(text: str) -> dict[str, list[StreetPart]]:
    """From lines `street;first;last;district` below a head. Raises ValueError for a line that says something else."""
    streets: dict[str, list[StreetPart]] = {}
    for row in csv.DictReader(io.StringIO(text), delimiter=";"):
        part = StreetPart(int(row["first"] or 0), int(row["last"] or 0), row["district"])
        streets.setdefault(_plain(row["street"]), []).append(part)
    return streets


def district_at(typed: str, streets: Mapping[str, Sequence[StreetPart]]) -> str:
    """The district of an address as it was typed: "Hauptstr. 12, 70000 Musterstadt". Empty for a street nobody knows."""
    line = typed.partition(",")[0]
    words = line.split()
    number = 0
    while words and any(sign.isdecimal() for sign in words[-1]):
        digits = "".join(sign for sign in words.pop() if sign.isdecimal())
        number = int(digits[:6]) if len(digits) < 5 else number  # five digits are a postal code
    parts = streets.get(_plain(" ".join(words)), ())
    fits = [one for one in parts if not one.last or one.first <= number <= one.last]
    found = {one.district for one in (fits or parts)}
    return found.pop() if len(found) == 1 else ""


def kilometres(one: District, other: District) -> float:
    """As the crow flies (haversine)."""
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    wide = math.radians(other.longitude - one.longitude)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(wide / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(half))


def distances(name: str, all_of_them: Iterable[District]) -> dict[str, float]:
    """Kilometres from the district `name` to each; empty where there is none of that name."""
    known = [*all_of_them]
    here = next((one for one in known if one.name == name), None)
    return {one.name: kilometres(here, one) for one in known} if here else {}


def _plain(street: str) -> str:
    """Fleiner Straße, Fleinerstr. and fleiner strasse are one."""
    text = folded(street).replace(" ", "").replace("-", "")
    for ending, short in STREET:
        if text.endswith(ending):
            return text.removesuffix(ending) + short
    return text
