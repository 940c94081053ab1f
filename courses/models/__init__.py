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
from courses.models.run_entries import DateGroup, DateMark, RunEntry
from courses.models.runs import Meeting, PlanRules, Run, RunLeader, RunLink, RunNews, Tally
from courses.models.search import (
    Concept,
    ConceptLabel,
    FacetGroup,
    LabelStem,
    SearchEntry,
    SearchStem,
    SearchTerm,
)
from courses.models.steering import CityEvent, FeaturedCourse, HandedWish
from courses.models.venues import Room, Venue, YesNo
from courses.models.wishes import OfferBegun, SearchWish, SoughtWord
from courses.models.writing import WritingAct

__all__ = [
    "AnswerKey",
    "CatalogueEntry",
    "CityEvent",
    "Competence",
    "Concept",
    "ConceptLabel",
    "CourseAddress",
    "CourseIndexPage",
    "CoursePage",
    "Credit",
    "DateGroup",
    "DateMark",
    "DeletedPage",
    "Edition",
    "FacetGroup",
    "FeaturedCourse",
    "HandedWish",
    "HomePage",
    "Issue",
    "LabelStem",
    "LearningOutcome",
    "LessonAddress",
    "LessonCompetence",
    "LessonPage",
    "Meeting",
    "OfferBegun",
    "PlanRules",
    "PrintedActivity",
    "PrintedLesson",
    "Printing",
    "Proficiency",
    "Review",
    "Room",
    "Run",
    "RunEntry",
    "RunLeader",
    "RunLink",
    "RunNews",
    "SearchEntry",
    "SearchStem",
    "SearchTerm",
    "SearchWish",
    "SoughtWord",
    "Tally",
    "Venue",
    "WritingAct",
    "YesNo",
]
