"""From an address to what it means. What something is, is its key; an address is only where it is now."""

import uuid
from typing import NamedTuple

from courses.models import CourseAddress
from tenancy.rows import rows

#: For statements of the hot paths: the key of the course at `%(address)s`, and of the lesson `%(lesson)s` of `e.course`.
#: A page is at its present address only. Answers are taken at every address it ever had: a tab may be open for long.
COURSE_HERE = (
    "(SELECT a.course FROM courses_courseaddress a WHERE a.path = %(address)s AND a.present)"
)
COURSE_EVER = "(SELECT a.course FROM courses_courseaddress a WHERE a.path = %(address)s)"
LESSON_HERE = "(SELECT l.lesson FROM courses_lessonaddress l WHERE l.course = e.course AND l.slug = %(lesson)s AND l.present)"
LESSON_EVER = "(SELECT l.lesson FROM courses_lessonaddress l WHERE l.course = e.course AND l.slug = %(lesson)s)"
#: The present address of the course `e.course`.
ADDRESS = "(SELECT a.path FROM courses_courseaddress a WHERE a.course = e.course AND a.present)"

#: Was it given up and taken back within the last hour? Then browsers may still remember the way away from it.
_BACK = "coalesce({0}.since > {0}.taken_at AND {0}.since > now() - interval '1 hour', false)"
PRESENT = f"""SELECT now.path, coalesce(here.slug, %(lesson)s), {_BACK.format("now")} OR {_BACK.format("here")}
  FROM courses_courseaddress was JOIN courses_courseaddress now ON now.course = was.course AND now.present
  LEFT JOIN courses_lessonaddress asked ON asked.course = was.course AND asked.slug = %(lesson)s
  LEFT JOIN courses_lessonaddress here ON here.course = was.course AND here.lesson = asked.lesson AND here.present
  WHERE was.path = %(path)s AND (now.path <> was.path OR here.slug <> asked.slug)"""  # noqa: S608 -- put together from constants


class MovedCourse(NamedTuple):
    """Where something is that is asked for at a former address."""

    provider: str
    course: str
    lesson: str  # empty: the course itself was asked for
    returned: bool  # to an address it had before, within the last hour


def moved_to(*, provider: str, course: str, lesson: str = "") -> MovedCourse | None:
    """None: nothing has ever been at this address, or it is still there."""
    addresses = rows(PRESENT, {"path": f"{provider}/{course}", "lesson": lesson})
    if not addresses:
        return None
    [(path, slug, returned)] = addresses
    at, course_now = path.split("/", 1)
    return MovedCourse(at, course_now, slug, returned)


def course_at(provider: str, course: str) -> uuid.UUID | None:
    """The key of the course whose present address this is, in the catalogue or not."""
    addresses = CourseAddress.objects.filter(path=f"{provider}/{course}", present=True)
    return addresses.values_list("course", flat=True).first()


def addresses_ever(address: str) -> set[str]:
    """The present address of a course and every one it had before; `address` itself where it is none."""
    course = CourseAddress.objects.filter(path=address, present=True).values("course")
    ever = CourseAddress.objects.filter(course__in=course)
    return {address, *ever.values_list("path", flat=True)}


def address_of(course: uuid.UUID) -> str | None:
    """The present address, `<provider>/<course>`; None for what was never in print."""
    addresses = CourseAddress.objects.filter(course=course, present=True)
    return addresses.values_list("path", flat=True).first()
