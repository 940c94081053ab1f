from courses.models.addresses import CourseAddress, LessonAddress
from courses.models.competences import Competence, LearningOutcome, LessonCompetence, Proficiency
from courses.models.credits import Credit
from courses.models.deleted import DeletedPage
from courses.models.editions import Activity, AnswerKey, Card, Edition, Printing, Sheet, Word
from courses.models.pages import CatalogPage, CoursePage, HomePage, Issue, LessonPage
from courses.models.reviews import Review

__all__ = [
    "Activity",
    "AnswerKey",
    "Card",
    "CatalogPage",
    "Competence",
    "CourseAddress",
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
    "Printing",
    "Proficiency",
    "Review",
    "Sheet",
    "Word",
]
