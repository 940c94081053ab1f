"""Small worlds for tests. Call them inside `look(system("test"))` (the fixture `as_system`)."""

import itertools
import uuid
from typing import Any

from allauth.account.models import EmailAddress

from accounts.models import User
from courses.actions import found_from_application, lay_foundation, make_index_page
from courses.models import CatalogueEntry, Competence, CourseIndexPage, CoursePage, LessonPage
from learning.actions import enrol
from learning.models import Enrolment
from providers.actions import (
    MailedLink,
    ask_applicant,
    begin_application,
    decline_application,
    found_provider,
    join,
    prove_address,
    send_application,
    withdraw_application,
    write_application,
)
from providers.models import Application, Membership, Provider
from tenancy.lens import CITY, look, system
from tests.factories import prepared

_count = itertools.count(1)
TITLE = prepared.USUAL
PASSWORD = "richtig-langes-passwort"


def make_user(name: str = "Anna Test", email: str = "") -> User:
    email = email or f"person{next(_count)}@example.org"
    user = User.objects.create_user(email, PASSWORD, name=name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def furnish() -> None:
    """What every test may take for granted: the home pages and two providers with empty index pages."""
    with look(system("test")):
        lay_foundation()
    for slug in ("haus", "nachbar"):
        make_provider(slug)


def make_provider(slug: str = "") -> Provider:
    """A provider with an index page in every language; "haus" and "nachbar" are there already, so they cost nothing."""
    slug = slug or f"anbieter-{next(_count)}"
    with look(system("test")):
        if known := Provider.objects.filter(slug=slug).first():
            return known
    with look(system("test")):
        found_provider(slug, name=f"Haus {slug}", short_name=slug, kind="club", mark="T")
    with look(system("test")):  # the system lens knows the new provider from the next opening on
        provider = Provider.objects.get(slug=slug)
        make_index_page(provider)
    return provider


def make_member(provider: Provider, *roles: str, name: str = "Mia Mitglied") -> User:
    with look(system("test")):
        person = make_user(name)
        join(person, provider, *(roles or (Membership.Role.AUTHOR,)))
    return person


#: What an organisation writes on the three pages of its application.
TREFF = {
    "name": "Internet-Treff Böckingen",
    "kind": "club",
    "legal_form": "private_provider",
    "contact": "Ruth Becker",
    "email": "ruth@treff.example",
}
OFFER = {
    "topics": ["devices", "safety"],
    "ways": ["on_site"],
    "about": "Jeden Dienstag helfen wir am Handy.\nKaffee <gibt> es auch.",
    "street": "Musterweg 12",
    "city": "Heilbronn",
    "access": ["steps"],
    "access_note": "2 Stufen am Eingang",
}
LAW = {
    "imprint": "Internet-Treff e. V., Musterweg 12",
    "privacy_contact": "datenschutz@treff.example",
    "accessibility_contact": "07131 12345",
}
#: What the office adds to it.
FOUNDED = {
    "name": "Internet-Treff Böckingen",
    "short_name": "Treff",
    "slug": "treff",
    "kind": "club",
    "mark": "IT",
    "brand": "violet",
    "email": "",
}


def make_application(state: str, **fields: Any) -> MailedLink:
    """An application that has come so far, and the token of the first link to it."""
    made = begin_application(TREFF | fields, form=str(next(_count)), language="de")
    asked = made.application
    if state != Application.State.BEGUN:
        prove_address(asked)
        write_application(asked, OFFER | LAW)
    if state not in (Application.State.BEGUN, Application.State.WRITING):
        send_application(asked)
    if state == Application.State.WITHDRAWN:
        withdraw_application(asked)
    if state in (Application.State.ASKED, Application.State.DECLINED, Application.State.APPROVED):
        _decide(asked, state)
    with look(system("test")):
        return MailedLink(Application.objects.get(pk=asked.pk), made.token)


def _decide(asked: Application, state: str) -> None:
    with look(system("test")):
        city = Provider.objects.get(pk=CITY)
    by = make_member(city, Membership.Role.ADMIN, name="Karla Amt")
    if state == Application.State.ASKED:
        ask_applicant(asked, "Seit wann gibt es Sie?", by=by)
    elif state == Application.State.DECLINED:
        decline_application(asked, "Es kostet Geld.", by=by)
    else:
        found_from_application(asked, FOUNDED, owner=asked.email, by=by)


def block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "id": str(uuid.uuid4()), "value": value}


def single_choice(right: str = "Ein langer Satz", wrong: str = "123456") -> dict[str, Any]:
    choices = [
        {
            "type": "item",
            "id": str(uuid.uuid4()),
            "value": {"text": text, "right": good, "feedback": says},
        }
        for text, good, says in (
            (wrong, False, "Das errät jeder."),
            (right, True, "Ja, lang ist gut."),
        )
    ]
    return block("single_choice", {"question": "Was ist sicher?", "choices": choices})


def make_course(provider: Provider, *, lessons: int = 2, title: str = TITLE) -> CoursePage:
    """A published, printed German course; every lesson has one text and one single-choice question."""
    kept = prepared.put_back(provider, lessons, title)
    return kept or publish_course(
        provider, lessons=lessons, title=title, slug=f"kurs-{next(_count)}"
    )


def rewrite(lesson: LessonPage, **changes: Any) -> Any:
    """A new draft of `lesson`, as somebody saves it in the editor."""
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    return draft.save_revision()


def publish_course(
    provider: Provider, *, lessons: int, slug: str, title: str = TITLE
) -> CoursePage:
    with look(system("test")):
        index_page = CourseIndexPage.objects.get(provider=provider, locale__language_code="de")
        course = CoursePage(
            title=title,
            slug=slug,
            summary="Ein Satz.",
            lead="Zwei Sätze.",
            audience="<p>Für alle.</p>",
            goals=[{"type": "goal", "value": "Sie schützen sich.", "id": str(uuid.uuid4())}],
            main_competence=Competence.objects.get(code="4.1"),
            live=False,
        )
        index_page.add_child(instance=course)
        for number in range(1, lessons + 1):
            lesson = LessonPage(
                title=f"Schritt {number}",
                slug=f"schritt-{number}",
                minutes=10,
                live=False,
                body=[
                    block("text", f"<p>Geheimer Text {number} von {provider.slug}.</p>"),
                    single_choice(),
                ],
            )
            course.add_child(instance=lesson)
            lesson.save_revision().publish()
        course.save_revision().publish()
    return course


def make_enrolment(course: CoursePage, learner: User | None = None) -> Enrolment:
    with look(system("test")):
        entry = CatalogueEntry.objects.select_related("edition").get(course=course.translation_key)
        return enrol(learner or make_user(), entry)


def right_answer(lesson: LessonPage) -> dict[str, str]:
    """The POST data that answers the lesson's question rightly."""
    question = next(b for b in lesson.body if b.block_type == "single_choice")
    right = next(c.id for c in question.value["choices"].bound_blocks if c.value["right"])
    return {"item": question.id, "choice": right}


def wrong_answer(lesson: LessonPage) -> dict[str, str]:
    question = next(b for b in lesson.body if b.block_type == "single_choice")
    wrong = next(c.id for c in question.value["choices"].bound_blocks if not c.value["right"])
    return {"item": question.id, "choice": wrong}
