"""From one provider to another: what may go along, and whose work it stays."""

from typing import Any, NamedTuple

from courses.licences import OWN, PERMISSION
from courses.packages.course_json import CoursePackage


class PassedOn(NamedTuple):
    package: CoursePackage
    withheld: list[str]  # names of files that were used with a permission for the original alone


def pass_on(package: CoursePackage) -> PassedOn:
    """The package as somebody else may use it.

    What the original's provider made itself becomes a work of that provider under the course's licence. What it used
    with a permission "for this course only" stays behind; where it stood, the draft is unfinished.
    """
    data, source = package.course, package.course["source"]
    withheld = {each["file"]: each["name"] for each in data["media"] if _is_held(each["credit"])}
    passed = {name: part for name, part in data.items() if name != "media"}
    passed = _without(passed, set(withheld))
    passed["media"] = [
        each | {"credit": _credit(each, source)}
        for each in data["media"]
        if each["file"] not in withheld
    ]
    media = {name: content for name, content in package.media.items() if name not in withheld}
    return PassedOn(CoursePackage(passed, media), sorted(withheld.values()))


def _is_held(credit: dict[str, str]) -> bool:
    return bool(credit) and credit["licence"] == PERMISSION


def _credit(each: dict[str, Any], source: dict[str, Any]) -> dict[str, str]:
    credit: dict[str, str] = each["credit"]
    if credit and credit["licence"] != OWN:
        return credit
    texts = credit or {"title": "", "author": "", "link": "", "origin": ""}
    return {
        "title": texts["title"] or each["title"][:200],
        "author": texts["author"] or source["provider"],
        "licence": source["licence"],
        "link": texts["link"] or source["url"],
        "origin": texts["origin"],
    }


def _without(value: Any, files: set[str]) -> Any:
    """No block names one of `files` any more."""
    if isinstance(value, dict):
        return {name: _without(each, files) for name, each in value.items()}
    if isinstance(value, list):
        return [_without(each, files) for each in value]
    return None if isinstance(value, str) and value in files else value
