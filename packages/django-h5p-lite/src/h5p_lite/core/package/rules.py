"""What h5p.json and library.json may say: the rules of H5PValidator (h5p.classes.php, core API 1.28).

Softer than core where core refuses what its own editor writes: an optional field that is null, empty text or an empty
list says nothing; in `changes` nothing is required. Harder in one thing: lists are lists, a lone object is not one.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from h5p_lite.core.names import MACHINE_NAME
from h5p_lite.core.package.problems import Code, Problem, shown

CORE_API = (1, 28)  # what our player can do

Wrong = tuple[Code, str]  # a code and the place in the file: `authors[2].role`
Check = Callable[[Any, str], Iterator[Wrong]]
Fields = dict[str, Check]


def check(data: dict[str, Any], file: str, *, required: Fields, optional: Fields) -> list[Problem]:
    problems = _fields(data, "", required, optional)
    return [Problem(code, shown(file), (shown(place),)) for code, place in problems]


def fits(name: str, value: Any) -> bool:
    """May h5p.json have this value in this field? For those who write packages."""
    return not any(WRITTEN[name](value, name))


# --- small checks of one value ---


def _like(pattern: str, flags: int = re.ASCII) -> Check:
    """Texts and whole numbers, as in core; True is neither."""
    compiled = re.compile(pattern, flags)

    def look(value: Any, place: str) -> Iterator[Wrong]:
        plain = isinstance(value, str | int) and not isinstance(value, bool)
        if not plain or not compiled.fullmatch(str(value)):
            yield "field-wrong", place

    return look


def _some_of(*words: str) -> Check:
    def look(value: Any, place: str) -> Iterator[Wrong]:
        if not isinstance(value, list) or not all(each in words for each in value):
            yield "field-wrong", place

    return look


def _object(required: Fields, optional: Fields | None = None) -> Check:
    def look(value: Any, place: str) -> Iterator[Wrong]:
        if isinstance(value, dict):
            yield from _fields(value, f"{place}.", required, optional or {})
        else:
            yield "field-wrong", place

    return look


def _list(one: Check) -> Check:
    def look(value: Any, place: str) -> Iterator[Wrong]:
        if not isinstance(value, list):
            yield "field-wrong", place
            return
        for number, each in enumerate(value, 1):
            yield from one(each, f"{place}[{number}]")

    return look


def _fields(
    data: dict[str, Any], place: str, required: Fields, optional: Fields
) -> Iterator[Wrong]:
    for name, look in required.items():
        if data.get(name) is None:
            yield "field-missing", place + name
        else:
            yield from look(data[name], place + name)
    for name, look in optional.items():
        if data.get(name) not in (None, "", []):
            yield from look(data[name], place + name)


# --- the tables ---

LINE = _like(r".{1,255}")
LONG = _like(r".{1,5000}", re.DOTALL)
WORDS = _like(r".+")
DIGITS = _like(r"[0-9]{1,5}")
SIZE = _like(r"[0-9]{1,4}")
FLAG = _like(r"[01]")
LANGUAGE = _like(r"[-a-zA-Z]{1,10}")
MACHINE = _like(MACHINE_NAME.pattern)
EMBED = _some_of("iframe", "div")
DEPENDENCIES = _list(
    _object({"machineName": MACHINE, "majorVersion": DIGITS, "minorVersion": DIGITS})
)
LICENSE = _like(
    r"CC BY|CC BY-SA|CC BY-ND|CC BY-NC|CC BY-NC-SA|CC BY-NC-ND|CC0 1\.0|GNU GPL|PD|ODC PDDL|CC PDM|U|C"
)
LIBRARY_LICENSE = _like(
    r"cc-by|cc-by-sa|cc-by-nd|cc-by-nc|cc-by-nc-sa|cc-by-nc-nd|pd|cr|MIT|GPL1|GPL2|GPL3|MPL|MPL2"
)


def _assets(kind: str) -> Check:
    """Core's pattern says the same, but for some paths it would take years to find out that they do not fit."""
    part = r"[a-z_\-\s0-9.]+"
    path = _like(rf"[/\\]?{part}([/\\]{part})*\.{kind}", re.IGNORECASE | re.ASCII)
    return _list(_object({"path": path}))


PACKAGE_REQUIRED: Fields = {
    "title": LINE,
    "language": LANGUAGE,
    "mainLibrary": _like(r"[$a-z_][0-9a-z_.$]{1,254}", re.IGNORECASE | re.ASCII),
    "preloadedDependencies": DEPENDENCIES,
    "embedTypes": EMBED,
}
PACKAGE_OPTIONAL: Fields = {
    "dynamicDependencies": DEPENDENCIES,
    "contentType": LINE,
    "author": LINE,
    "authors": _list(_object({"name": LINE}, {"role": _like(r"\w+")})),
    "source": _like(r"https?://.+"),
    "license": LICENSE,
    "licenseVersion": _like(r"1\.0|2\.0|2\.5|3\.0|4\.0"),
    "licenseExtras": LONG,
    "yearsFrom": SIZE,
    "yearsTo": SIZE,
    "changes": _list(
        _object(
            {},
            {
                "date": _like(r"\d{2}-\d{2}-\d{2} \d{1,2}:\d{2}:\d{2}"),
                "author": LINE,
                "log": LONG,
            },
        )
    ),
    "authorComments": LONG,
    "a11yTitle": _like(r".{1,255}", re.DOTALL),
    "w": SIZE,
    "h": SIZE,
    "metaKeywords": WORDS,
    "metaDescription": WORDS,
}
#: Core reads these unseen, so only writers are held to them.
UNSEEN: Fields = {
    "yearFrom": _like(r"-?[0-9]{1,4}"),
    "yearTo": _like(r"-?[0-9]{1,4}"),
    "defaultLanguage": LANGUAGE,
}
WRITTEN: Fields = {**PACKAGE_REQUIRED, **PACKAGE_OPTIONAL, **UNSEEN}
LIBRARY_REQUIRED: Fields = {
    "title": LINE,
    "machineName": MACHINE,
    "majorVersion": DIGITS,
    "minorVersion": DIGITS,
    "patchVersion": DIGITS,
    "runnable": FLAG,
}
LIBRARY_OPTIONAL: Fields = {
    "author": LINE,
    "license": LIBRARY_LICENSE,
    "description": WORDS,
    "metadataSettings": _object({}, {"disable": FLAG, "disableExtraTitleField": FLAG}),
    "preloadedDependencies": DEPENDENCIES,
    "dynamicDependencies": DEPENDENCIES,
    "editorDependencies": DEPENDENCIES,
    "preloadedJs": _assets("js"),
    "preloadedCss": _assets("css"),
    "dropLibraryCss": _list(_object({"machineName": MACHINE})),
    "w": SIZE,
    "h": SIZE,
    "embedTypes": EMBED,
    "fullscreen": FLAG,
    "coreApi": _object({"majorVersion": DIGITS, "minorVersion": DIGITS}),
    "addTo": _object({}),
}
