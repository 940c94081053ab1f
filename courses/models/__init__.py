from courses.models.addresses import CourseAddress, LessonAddress
from courses.models.competences import Competence, LearningOutcome, LessonCompetence, Proficiency
from courses.models.credits import Credit
from courses.models.deleted import DeletedPage
from courses.models.editions import (
    Activity,
    AnswerKey,
    CatalogueEntry,
    Edition,
    PrintedLesson,
    Printing,
    SearchTerm,
)
from courses.models.pages import CourseIndexPage, CoursePage, HomePage, Issue, LessonPage
from courses.models.reviews import Review

__all__ = [
    "Activity",
    "AnswerKey",
    "CatalogueEntry",
    "Competence",
    "CourseAddress",
    "CourseIndexPage",
    "CoursePage",
    "Credit",
    "DeletedPage",
    "Edition",
    "HomePage",
    "Issue",
    "LearningOutcome",
    "LessonAddress",
    "LessonCompetence",
    "LessonPage",
    "PrintedLesson",
    "Printing",
    "Proficiency",
    "Review",
    "SearchTerm",
]
