"""A course with every kind of task in an open and in a closed step, and everybody who may stand before it."""

import json
from typing import Any

#: Who answers. Each has an account of their own per way of sending, so that nobody meets what another has answered.
PEOPLE = ("reader", "learner", "finished", "tutor", "author")
WAYS = ("script", "none")


def furnish() -> None:
    """Inside `manage.py shell`: prints {"address", "steps": {slug: {kind: item}}, "sessions": {who: key}}."""
    from demo.activities import activity
    from tenancy.lens import look, system
    from tests import factories
    from tests.factories import activities

    provider = factories.make_provider("arten")
    course = factories.make_course(provider, lessons=4)
    with look(system("test")):
        quiz = activities.activity_block(activity(provider, "LernHN.Quiz"), pass_mark=50)
    steps = {}
    with look(system("test")):
        for number, lesson in enumerate(course.lessons()):
            blocks = _blocks(quiz) if number % 2 == 0 else {}
            lesson.open = number < 2
            text = factories.block("text", "<p>Geheim.</p>" if number > 1 else "<p>Lesen.</p>")
            lesson.body = [text, *blocks.values()]
            lesson.save_revision().publish()
            kinds = {kind: block["id"] for kind, block in blocks.items()}
            steps[lesson.slug] = kinds or {"read": _read(course, lesson)}
    sessions = {f"{who} {way}": _session(who, course) for who in PEOPLE for way in WAYS}
    address = f"{provider.slug}/{course.slug}"
    print(json.dumps({"address": address, "steps": steps, "sessions": sessions}))


def _blocks(quiz: dict[str, Any]) -> dict[str, Any]:
    from tests.factories import block, single_choice

    says = {"feedback_right": "Genau.", "feedback_wrong": "Noch einmal."}
    many = single_choice()
    steps = [{"type": "item", "id": _id(), "value": text} for text in ("Erstens", "Zweitens")]
    sides = (("Hund", "bellt"), ("Katze", "miaut"))
    pairs = [
        {"type": "item", "id": _id(), "value": {"left": one, "right": two}} for one, two in sides
    ]
    return {
        "single_choice": single_choice(),
        "multiple_choice": {**many, "type": "multiple_choice"},
        "true_false": block("true_false", {"statement": "Es stimmt.", "right": True} | says),
        "gap_text": block("gap_text", {"question": "Was?", "text": "Ein {{Wort}}."} | says),
        "ordering": block("ordering", {"question": "Wie?", "steps": steps} | says),
        "matching": block("matching", {"question": "Was gehört dazu?", "pairs": pairs} | says),
        "h5p": {**quiz, "id": _id()},
    }


def _id() -> str:
    import uuid

    return str(uuid.uuid4())


def _read(course: Any, lesson: Any) -> str:
    """The item of a step without questions, as it is printed."""
    from courses.models import PrintedLesson

    printed_lessons = PrintedLesson.objects.filter(
        edition__course=course.translation_key, slug=lesson.slug
    )
    return str(printed_lessons.latest("pk").items[0])


def _session(who: str, course: Any) -> str:
    from django.test import Client
    from django.utils import timezone

    from learning.models import Enrolment
    from tenancy.lens import look, system
    from tests import factories

    if who in ("tutor", "author"):
        person = factories.make_member(course.provider, who)
    else:
        person = factories.make_user(who.title())
    if who in ("learner", "finished"):
        mine = factories.make_enrolment(course, person)
        if who == "finished":
            with look(system("test")):
                Enrolment.objects.filter(pk=mine.pk).update(completed_at=timezone.now())
    client = Client()
    client.force_login(person)
    return str(client.session.session_key)
