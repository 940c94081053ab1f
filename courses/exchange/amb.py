"""AMB: a course as JSON-LD for the search indexes of open education (Allgemeines Metadatenprofil für Bildungsressourcen).

https://w3id.org/kim/amb/20231019/
"""

from typing import Any

from courses.exchange.record import SharedCourse

CONTENT_TYPE = "application/ld+json"
#: One record a line, all courses: what indexes read in one go.
LINES_TYPE = "application/x-ndjson"
_CONTEXT = ["https://w3id.org/kim/amb/context.jsonld", {"@language": "de"}]
_COURSE = {
    "id": "https://w3id.org/kim/hcrt/course",
    "type": "Concept",
    "prefLabel": {"de": "Kurs", "en": "Course"},
}
_ACCESS = "http://w3id.org/kim/conditionsOfAccess/"


def record(course: SharedCourse) -> dict[str, Any]:
    """Its `id` never changes; what it cannot say in the words of the profile is left out."""
    house = {"type": "Organization", "id": course.house.url, "name": course.house.name}
    access = "no_login" if course.all_open else "login"
    said: dict[str, Any] = {
        "@context": _CONTEXT,
        "id": course.lasting_url,
        "type": ["LearningResource", "Course"],
        "name": course.facts["title"],
        "description": course.facts["summary"],
        "inLanguage": course.language_codes,
        "keywords": course.keywords,
        "learningResourceType": [_COURSE],
        "creator": [house],
        "publisher": [house],
        "dateModified": course.changed.date().isoformat(),
        "duration": course.duration,
        "isAccessibleForFree": True,
        "conditionsOfAccess": {"type": "Concept", "id": f"{_ACCESS}{access}"},
        "mainEntityOfPage": [
            {
                "id": course.url,
                "type": "WebContent",
                "dateModified": course.changed.date().isoformat(),
            }
        ],
    }
    if course.deed:
        said["license"] = {"id": course.deed}
    if parts := [{"id": step.url, "name": step.title} for step in course.open_steps]:
        said["hasPart"] = [{**part, "type": ["LearningResource"]} for part in parts]
    return said
