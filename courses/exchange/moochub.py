"""MOOChub 3.0.1: courses for portals that gather them, as JSON:API with pages.

https://github.com/MOOChub/schema, with the negotiation of moochub-versioning.md.
"""

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from courses.exchange.record import House, SharedCourse

VERSION = "3.0"
MEDIA_TYPE = "application/vnd.api+json"
CONTENT_TYPE = f"{MEDIA_TYPE}; moochub-version={VERSION}"
_ASKED = re.compile(r"moochub-version\s*=\s*\"?(\d+)")
_KIND = {
    "identifier": "https://w3id.org/kim/hcrt/course",
    "type": "Concept",
    "inScheme": "https://w3id.org/kim/hcrt/scheme",
}


def is_served(accept: str) -> bool:
    """Whether a client that sends this header wants a version we have. One that names none takes the newest."""
    asked = _ASKED.findall(accept)
    return not asked or VERSION.partition(".")[0] in asked


def refusal() -> dict[str, Any]:
    """For a client that wants another version (JSON:API 1.1, § 11)."""
    detail = f"This address speaks moochub-version {VERSION}."
    return {"errors": [{"status": "406", "title": "Not Acceptable", "detail": detail}]}


def document(courses: Sequence[SharedCourse], *, page: int, pages: int, at: str) -> dict[str, Any]:
    """`at` is the address of the first page, `page` counts from 1."""

    def link(number: int) -> str:
        return at if number == 1 else f"{at}?page={number}"

    links = {"self": link(page), "first": link(1), "last": link(pages)}
    if page > 1:
        links["prev"] = link(page - 1)
    if page < pages:
        links["next"] = link(page + 1)
    return {"links": links, "data": [resource(course) for course in courses]}


def resource(course: SharedCourse) -> dict[str, Any]:
    return {"id": str(course.key), "type": "Course", "attributes": _attributes(course)}


def _attributes(course: SharedCourse) -> dict[str, Any]:
    house = _organisation(course.house)
    licence = course.licence or "proprietary"
    return {
        "name": course.facts["title"],
        "learningResourceType": _KIND,
        "courseMode": ["online", "asynchronous"],
        "description": _description(course),
        "inLanguage": course.language_codes,
        "teaches": [_skill(each["code"], each["title"]) for each in course.facts["competences"]],
        "duration": course.duration,
        "publisher": house,
        "creator": [house],
        "url": course.url,
        "license": [{"identifier": licence, "url": _spdx(course.licence), "contentUrl": None}],
        "access": ["free"],
        "keywords": course.keywords,
        "offer": [
            {
                "price": 0,
                "priceCurrency": "EUR",
                "paymentFrequency": "one-time",
                "category": "complete",
            }
        ],
        "dateModified": course.changed.isoformat(timespec="seconds"),
        "hasPart": [
            {
                "type": "other",
                "identifier": step.url,
                "name": step.title,
                "duration": f"PT{max(1, step.minutes)}M",
            }
            for step in course.open_steps
        ],
    }


def _organisation(house: House) -> dict[str, str]:
    return {"type": "Organization", "name": house.name, "url": house.url}


def _skill(code: str, title: str) -> dict[str, Any]:
    return {
        "name": [{"inLanguage": "de", "name": title}],
        "shortCode": code,
        "educationalFramework": "DigComp",
        "educationalFrameworkVersion": "3.0",
        "url": "https://doi.org/10.2760/0001149",
    }


def _spdx(licence: str) -> str | None:
    return f"https://spdx.org/licenses/{licence}.html" if licence else None


def _description(course: SharedCourse) -> str:
    """HTML: the lead, and what one can do afterwards."""
    goals = "".join(f"<li>{escape(goal)}</li>" for goal in course.facts["goals"])
    return f"<p>{escape(course.facts['lead'])}</p>" + (f"<ul>{goals}</ul>" if goals else "")
