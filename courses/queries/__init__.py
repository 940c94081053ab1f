from courses.queries.addresses import address_of
from courses.queries.board import BoardCourse, board
from courses.queries.catalogue import (
    CatalogueResult,
    Correction,
    FacetChoice,
    FoundConcept,
    Wanted,
    areas,
    courses_in,
    newest,
    providers,
    search,
)
from courses.queries.course_at_desk import (
    CourseAtDesk,
    PageAtDesk,
    course_at_desk,
    open_comments,
)
from courses.queries.covers import CourseCover, cover
from courses.queries.desk import courses_at_desk, source_course
from courses.queries.editions import (
    LessonDifference,
    Proposal,
    current_edition,
    differences,
    printings,
    propose,
)
from courses.queries.findings import CheckedCourse, checked, parts
from courses.queries.lacking import (
    Lack,
    LackingPage,
    lacking,
    lacking_pages,
    lacking_steps,
    lacks_of,
)
from courses.queries.outcomes import outcome_choices, outcomes

__all__ = [
    "BoardCourse",
    "CatalogueResult",
    "CheckedCourse",
    "Correction",
    "CourseAtDesk",
    "CourseCover",
    "FacetChoice",
    "FoundConcept",
    "Lack",
    "LackingPage",
    "LessonDifference",
    "PageAtDesk",
    "Proposal",
    "Wanted",
    "address_of",
    "areas",
    "board",
    "checked",
    "course_at_desk",
    "courses_at_desk",
    "courses_in",
    "cover",
    "current_edition",
    "differences",
    "lacking",
    "lacking_pages",
    "lacking_steps",
    "lacks_of",
    "newest",
    "open_comments",
    "outcome_choices",
    "outcomes",
    "parts",
    "printings",
    "propose",
    "providers",
    "search",
    "source_course",
]
