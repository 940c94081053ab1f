"""What schema.org and the search engines that read it ask of courses and events; a fault is a line with its place."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

STATUS = {"EventScheduled", "EventCancelled", "EventRescheduled", "EventPostponed"}
ATTENDANCE = {"OfflineEventAttendanceMode", "OnlineEventAttendanceMode", "MixedEventAttendanceMode"}
AVAILABLE = {"InStock", "SoldOut", "LimitedAvailability"}


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _url(value: Any) -> bool:
    return _text(value) and value.startswith(("https://", "http://"))


def _moment(value: Any) -> bool:
    """With a zone: without one, engines take their own."""
    return _text(value) and datetime.fromisoformat(value).tzinfo is not None


def _one_of(words: set[str]) -> Callable[[Any], bool]:
    return lambda value: value in {f"https://schema.org/{word}" for word in words}


def _money(value: Any) -> bool:
    return float(value) >= 0


def _whole(value: Any) -> bool:
    return isinstance(value, int) and value > 0


def _lasts(value: Any) -> bool:
    return _text(value) and value.startswith("PT")


EVENT = {
    "name": _text,
    "description": _text,
    "url": _url,
    "inLanguage": _text,
    "startDate": _moment,
    "endDate": _moment,
    "previousStartDate": _moment,
    "eventStatus": _one_of(STATUS),
    "eventAttendanceMode": _one_of(ATTENDANCE),
    "location": {"Place", "VirtualLocation"},
    "organizer": {"EducationalOrganization"},
    "offers": {"Offer"},
    "isAccessibleForFree": lambda value: isinstance(value, bool),
    "maximumAttendeeCapacity": _whole,
    "subEvent": {"Event"},
}
INSTANCE = {
    **EVENT,
    "courseMode": lambda value: value in ("Online", "Onsite", "Blended"),
    "courseWorkload": _lasts,
}
#: type -> (what it must have, what it may have: a rule, or the types of what is inside)
TYPES: dict[str, tuple[set[str], dict[str, Any]]] = {
    "Course": (
        {"name", "description", "provider", "offers", "hasCourseInstance"},
        {
            **dict.fromkeys(("name", "description", "inLanguage", "educationalLevel"), _text),
            "url": _url,
            "timeRequired": _lasts,
            "teaches": lambda value: all(map(_text, value)),
            "isAccessibleForFree": lambda value: isinstance(value, bool),
            "provider": {"EducationalOrganization"},
            "offers": {"Offer"},
            "hasCourseInstance": {"CourseInstance"},
        },
    ),
    "CourseInstance": ({"courseMode", "courseWorkload"}, INSTANCE),
    "EducationEvent": (
        {"name", "startDate", "location", "eventStatus", "eventAttendanceMode", "offers"},
        EVENT,
    ),
    "Event": ({"name", "startDate", "location", "eventStatus"}, EVENT),
    "Place": (
        {"name", "address"},
        {
            "name": _text,
            "address": {"PostalAddress"},
            "amenityFeature": {"LocationFeatureSpecification"},
        },
    ),
    "VirtualLocation": ({"url"}, {"url": _url}),
    "PostalAddress": (
        {"streetAddress", "postalCode", "addressLocality", "addressCountry"},
        dict.fromkeys(("streetAddress", "postalCode", "addressLocality", "addressCountry"), _text),
    ),
    "LocationFeatureSpecification": (
        {"name", "value"},
        {"name": _text, "value": lambda value: value is True},
    ),
    "EducationalOrganization": ({"name", "url"}, {"name": _text, "url": _url}),
    "Offer": (
        {"price", "priceCurrency"},
        {
            **dict.fromkeys(("name", "category"), _text),
            "price": _money,
            "priceCurrency": lambda value: value == "EUR",
            "availability": _one_of(AVAILABLE),
            "url": _url,
            "validThrough": _moment,
        },
    ),
}


def faults(said: dict[str, Any], at: str = "") -> list[str]:
    return [*_faults(said, at or said.get("@type", "?"))]


def _faults(said: dict[str, Any], at: str) -> Iterator[str]:
    kind = said.get("@type", "")
    if kind not in TYPES:
        yield f"{at}: no type {kind}"
        return
    needed, known = TYPES[kind]
    for name in needed - set(said):
        yield f"{at}: no {name}"
    for name, value in said.items():
        if name.startswith("@"):
            continue
        rule = known.get(name)
        if rule is None:
            yield f"{at}: {kind} has no {name}"
        elif isinstance(rule, set):
            yield from _inside(value, rule, f"{at}.{name}")
        elif not rule(value):
            yield f"{at}.{name}: {value!r}"
    yield from _in_order(said, at)


def _inside(value: Any, types: set[str], at: str) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        if each.get("@type") not in types:
            yield f"{at}: {each.get('@type')} is not expected here"
        yield from _faults(each, at)


def _in_order(said: dict[str, Any], at: str) -> Iterator[str]:
    """What belongs together: an end after the beginning, a place for those who come, the old time of what was moved."""
    if {"startDate", "endDate"} <= set(said) and said["endDate"] <= said["startDate"]:
        yield f"{at}: ends before it begins"
    mode = str(said.get("eventAttendanceMode", ""))
    kinds = {each["@type"] for each in said.get("location", [])}
    if "Online" not in mode and mode and "Place" not in kinds:
        yield f"{at}: nowhere to go"
    if "Offline" not in mode and mode and "VirtualLocation" not in kinds:
        yield f"{at}: no address to look at"
