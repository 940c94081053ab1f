"""A whole course as one file: the format "lernstadt-course", version 1 (docs/course-package.md). Pure.

`read` and `write` turn a zip into a `Package` and back; `courses.actions` turns packages into pages and back. What is
wrong with a file comes as `Problem`s, all at once; the words for authors are `courses.advice`.
"""

from courses.packages.adoption import PassedOn, pass_on
from courses.packages.archive import LIMITS, PackageLimits, read, write
from courses.packages.beginning import begun, new_block, new_lesson
from courses.packages.course_json import (
    ACTIVITIES,
    DOCUMENTS,
    FORMAT,
    IMAGES,
    VERSION,
    BadPackage,
    CoursePackage,
    PackageProblem,
    check,
)
from courses.packages.links import inward, outward

__all__ = [
    "ACTIVITIES",
    "DOCUMENTS",
    "FORMAT",
    "IMAGES",
    "LIMITS",
    "VERSION",
    "BadPackage",
    "CoursePackage",
    "PackageLimits",
    "PackageProblem",
    "PassedOn",
    "begun",
    "check",
    "inward",
    "new_block",
    "new_lesson",
    "outward",
    "pass_on",
    "read",
    "write",
]
