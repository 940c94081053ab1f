from courses.models.competences import Competence
from courses.models.editions import AnswerKey, Card, Edition, Sheet, Word
from courses.models.pages import CatalogPage, CoursePage, HomePage, LessonPage

__all__ = [
    "AnswerKey",
    "Card",
    "CatalogPage",
    "Competence",
    "CoursePage",
    "Edition",
    "HomePage",
    "LessonPage",
    "Sheet",
    "Word",
]
