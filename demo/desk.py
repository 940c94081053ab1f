"""What lies on the desks of the demo city: a course in review, one at the office, one that waits for its day, a new edition."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Comment

from accounts.models import User
from courses import actions
from courses.models import CoursePage, Issue, LessonPage, Review
from demo.catalogue import block_id
from tenancy.lens import look, system

#: A question that came later, so that anyone who has begun the course is offered a new edition.
NEW_QUESTION = {
    "type": "true_false",
    "id": block_id("falsche-nachrichten-erkennen", "nachgefragt"),
    "value": {
        "statement": "Eine Nachricht ist wahr, wenn viele sie weiterschicken.",
        "right": False,
        "feedback_right": "Genau. Auch Falsches wird oft geteilt, gerade weil es aufregt.",
        "feedback_wrong": "Wie oft etwas geteilt wird, sagt nichts darüber, ob es stimmt.",
    },
}


def lay_out() -> None:
    """After accounts and learners are there. Idempotent."""
    with look(system("demo desks")):
        if Review.objects.exists():
            return
        petra, sabine, ole = (
            _person(at) for at in ("autorin@vhs", "prueferin@vhs", "autorin@neckarschule")
        )
        _in_review(_course("fotos-ordnen-und-teilen"), petra, sabine)
        chat = _course("gut-zusammen-chatten")
        review = actions.ask_for_review(chat, words="Der Kurs ist für den Elternabend.", by=ole)
        actions.hand_to_office(review, _drafts(chat, *chat.lessons()), by=ole)
        _planned(_step("smartphone-erste-schritte", 0), sabine)
        _corrected(_course("e-mail-von-anfang-an"), sabine)
        _new_edition(_course("falsche-nachrichten-erkennen"))


def _person(address: str) -> User:
    return User.objects.get(email=f"{address}.example")


def _course(slug: str) -> CoursePage:
    return CoursePage.objects.get(slug=slug, locale__language_code="de")


def _step(slug: str, number: int) -> LessonPage:
    return list(_course(slug).lessons())[number]


def _drafts(*pages: CoursePage | LessonPage) -> dict[int, int]:
    return {page.pk: page.latest_revision_id for page in pages}


def _in_review(course: CoursePage, author: User, reviewer: User) -> None:
    lesson = _step(course.slug, 0)
    words = "Stimmt der Weg zum Album auf beiden Arten von Handys?"
    Comment.objects.create(
        page=lesson, user=reviewer, text=words, contentpath=f"body.{lesson.body[1].id}"
    )
    actions.ask_for_review(course, words="Bitte vor allem Schritt 1 ansehen.", by=author)


def _planned(lesson: LessonPage, reviewer: User) -> None:
    """It appears by itself at eight in the morning, a week from now."""
    day = timezone.localtime() + timedelta(days=8)
    lesson.go_live_at = day.replace(hour=8, minute=0, second=0, microsecond=0)
    lesson.minutes += 5
    lesson.save_revision(user=reviewer)
    course = lesson.get_parent().specific
    actions.publish_drafts(course, _drafts(lesson), by=reviewer, issue=Issue.CORRECTION)


def _corrected(course: CoursePage, reviewer: User) -> None:
    lesson = _step(course.slug, 0)
    raw = [dict(block) for block in lesson.body.raw_data]
    raw[0]["value"] = raw[0]["value"].replace("beim Amt", "beim Amt, bei der Bank")
    lesson.body = raw
    lesson.save_revision(user=reviewer)
    actions.publish_drafts(course, _drafts(lesson), by=reviewer, issue=Issue.CORRECTION)


def _new_edition(course: CoursePage) -> None:
    lesson = _step(course.slug, -1)
    lesson.body = [*(dict(block) for block in lesson.body.raw_data), NEW_QUESTION]
    lesson.save_revision()
    news = "Neu ist eine Frage zum Weiterschicken. Viele haben sie sich gewünscht."
    actions.publish_drafts(course, _drafts(lesson), by=None, issue=Issue.NEW, news=news)
