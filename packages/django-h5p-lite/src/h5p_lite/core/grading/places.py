"""Things that are dragged to places: H5P.DragQuestion.

Responses name pairs of place and thing by their numbers, `0[.]2[,]1[.]3` (getUserXAPIResponse).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from h5p_lite.core.grading.answers import BETWEEN
from h5p_lite.core.grading.shapes import group, items

PAIR = re.compile(r"([0-9]{1,6})\[\.\]([0-9]{1,6})")
ONE, NET, RIGHT = "one", "net", "right"


def drag_question(params: Mapping[str, Any]) -> dict[str, Any] | None:
    """`singlePoint` and `applyPenalties` decide how points are counted; the second is on where nothing is said."""
    task, behaviour = group(group(params, "question"), "task"), group(params, "behaviour")
    things = [_thing(one) for one in items(task, "elements")]
    places = items(task, "dropZones")
    for number, place in enumerate(places):
        for named in items(place, "correctElements"):
            if str(named).isdecimal() and int(named) < len(things):
                things[int(named)]["right"].append(number)
    best = sum(len(one["right"]) if one["many"] else min(1, len(one["right"])) for one in things)
    blank = not any(items(place, "correctElements") for place in places)
    if not things or not (best or blank):
        return None
    rule = NET if behaviour.get("applyPenalties", True) else RIGHT
    single = bool(behaviour.get("singlePoint"))
    key = {"kind": "places", "things": things, "blank": blank, "all": 1 if blank else best}
    return key | {"rule": ONE if single else rule, "max": 1 if single else key["all"]}


def _thing(element: Any) -> dict[str, Any]:
    """Where it can be dragged to; `many`: it may be in several places at once."""
    zones = [int(zone) for zone in items(element, "dropZones") if str(zone).isdecimal()]
    many = isinstance(element, Mapping) and bool(element.get("multiple"))
    return {"zones": zones, "many": many, "right": []}


def points_for_places(key: Mapping[str, Any], response: str) -> float:
    """Like showAllSolutions: where no place is right for anything, leaving all where it is gives the point."""
    placed = list(_placed(key, response))
    right = sum(place in key["things"][thing]["right"] for place, thing in placed)
    raw, net = right + key["blank"], max(0, 2 * right - len(placed) + key["blank"])
    if key["rule"] == RIGHT:
        return min(raw, key["max"])
    return int(net == key["all"]) if key["rule"] == ONE else net


def _placed(key: Mapping[str, Any], response: str) -> Iterator[tuple[int, int]]:
    """What a browser can have placed: each pair once, and what is there once only in one place."""
    pairs: set[tuple[int, int]] = set()
    used: set[int] = set()
    for written in response.split(BETWEEN):
        if not (match := PAIR.fullmatch(written)):
            continue
        place, number = int(match[1]), int(match[2])
        thing = key["things"][number] if number < len(key["things"]) else None
        if thing is None or place not in thing["zones"] or (place, number) in pairs:
            continue
        if thing["many"] or number not in used:
            pairs.add((place, number))
            used.add(number)
            yield place, number
