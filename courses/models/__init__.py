from courses.models.addresses import CourseAddress, LessonAddress
from courses.models.competences import Competence, LearningOutcome, LessonCompetence, Proficiency
from courses.models.credits import Credit
from courses.models.deleted import DeletedPage
from courses.models.editions import (
    AnswerKey,
    CatalogueEntry,
    Edition,
    PrintedActivity,
    PrintedLesson,
    Printing,
)
from courses.models.pages import CourseIndexPage, CoursePage, HomePage, Issue, LessonPage
from courses.models.reviews import Review
from courses.models.search import (
    Concept,
    ConceptLabel,
    FacetGroup,
    LabelStem,
    SearchEntry,
    SearchStem,
    SearchTerm,
)
from courses.models.wishes import SearchWish, SoughtWord

__all__ = [
    "AnswerKey",
    "CatalogueEntry",
    "Competence",
    "Concept",
    "ConceptLabel",
    "CourseAddress",
    "CourseIndexPage",
    "CoursePage",
    "Credit",
    "DeletedPage",
    "Edition",
    "FacetGroup",
    "HomePage",
    "Issue",
    "LabelStem",
    "LearningOutcome",
    "LessonAddress",
    "LessonCompetence",
    "LessonPage",
    "PrintedActivity",
    "PrintedLesson",
    "Printing",
    "Proficiency",
    "Review",
    "SearchEntry",
    "SearchStem",
    "SearchTerm",
    "SearchWish",
    "SoughtWord",
]
