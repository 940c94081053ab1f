"""Questions at a step: asked, answered, shown to all without a name, reported, hidden, brought to mind. And messages to many."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import ProgrammingError, transaction
from django.test import Client
from django.utils import timezone

from accounts.actions import close_account
from accounts.models import User
from learning import actions
from learning.models import Message, Question, QuestionEntry
from learning.tasks import remind_of_questions
from providers.models import Membership
from tenancy.lens import learner, look, public, staff, system
from tests import factories
from tests.learning.test_group_pages import course, group, joined, tutor
from tests.support.pages import one_line
from tests.support.records import recorded, signed_in

__all__ = ["course", "group", "tutor"]  # fixtures
Role = Membership.Role
HOUSE = "/anbieter/haus/begleiten/"


@pytest.fixture
def anna(course):
    with look(system("test")):
        person = factories.make_user("Anna Arbeit")
    return factories.make_enrolment(course, person)


@pytest.fixture
def ben(course):
    with look(system("test")):
        person = factories.make_user("Ben Bauer")
    return factories.make_enrolment(course, person)


def door(course, step=1):
    return f"/lernen/haus/{course.slug}/schritt-{step}/fragen/"


def ask(enrolment, course, text="Was ist ein Passkey?", *, for_all=False):
    data = {"text": text} | ({"may_be_shown": "on"} if for_all else {})
    page = signed_in(enrolment.learner).post(door(course), data, follow=True)
    with look(system("test")):
        return page, Question.objects.order_by("pk").last()


def answer(tutor, question, text="Ein Schlüssel im Handy.", **more):
    data = {"act": "answer", "text": text} | more
    return signed_in(tutor).post(f"{HOUSE}fragen/{question.pk}/", data, follow=True)


def sent(mails, act):
    """{address: subject} of what `act` sends."""
    _page, told = mails(act)
    return told


# --- asking and answering ---


def test_a_question_goes_to_the_tutors_and_its_answer_comes_back(mails, anna, course, tutor, owner):
    told = sent(mails, lambda: ask(anna, course))
    assert told == dict.fromkeys((tutor.email, owner.email), "Eine Frage wartet: Sicher im Netz")
    assert all("Passkey" not in letter.body and "Anna" not in letter.body for letter in mail.outbox)
    assert all("List-Unsubscribe-Post" in letter.extra_headers for letter in mail.outbox)
    with look(system("test")):
        question = Question.objects.get()
    page = one_line(signed_in(tutor).get(f"{HOUSE}fragen/"))
    assert "Anna Arbeit: „Was ist ein Passkey?“" in page
    assert "wartet auf Antwort" in page
    assert "1 Frage wartet auf Antwort" in one_line(signed_in(tutor).get(HOUSE))
    told = sent(mails, lambda: answer(tutor, question))
    assert told == {anna.learner.email: "Ihre Frage hat eine Antwort: Sicher im Netz"}
    assert door(course) in mail.outbox[0].body
    hers = one_line(signed_in(anna.learner).get(door(course)))
    assert "Ein Schlüssel im Handy." in hers
    assert "Tom Tutor," in hers
    assert "@" not in hers.partition("<main")[2].partition("</main>")[0]
    assert [line.action for line in recorded("question.answered")] == ["question.answered"]


def test_a_group_has_its_own_tutors(mails, group, course, tutor, owner, house):
    colleague = factories.make_member(house, Role.TUTOR)
    anna = joined(group)
    assert set(sent(mails, lambda: ask(anna, course))) == {tutor.email}
    assert colleague.email != tutor.email


def test_the_same_question_twice_is_one(mails, anna, course):
    ask(anna, course)
    assert sent(mails, lambda: ask(anna, course)) == {}
    with look(system("test")):
        assert (Question.objects.count(), QuestionEntry.objects.count()) == (1, 1)


def test_the_same_answer_twice_is_one(mails, anna, course, tutor):
    _page, question = ask(anna, course)
    answer(tutor, question)
    assert sent(mails, lambda: answer(tutor, question)) == {}
    with look(system("test")):
        assert QuestionEntry.objects.count() == 2


def test_asking_on_waits_again(mails, anna, course, tutor, owner):
    _page, question = ask(anna, course)
    answer(tutor, question)
    data = {"act": "more", "question": question.pk, "text": "Und am Computer?"}
    browser = signed_in(anna.learner)
    assert set(sent(mails, lambda: browser.post(door(course), data))) == {tutor.email, owner.email}
    assert sent(mails, lambda: browser.post(door(course), data)) == {}
    with look(system("test")):
        question.refresh_from_db()
    assert question.waits_since
    assert "Bitte schreiben Sie etwas." in one_line(
        browser.post(door(course), data | {"text": " "}, follow=True)
    )


STATES = {
    "visitor": ("/konto/anmelden/", 302),
    "not enrolled": ("/lernen/haus/", 302),
    "left": ("/lernen/haus/", 302),
    "finished": ("", 200),
    "elsewhere": ("/lernen/haus/", 302),
}


@pytest.mark.parametrize("state", STATES)
def test_who_comes_to_the_door(anna, course, state):
    way, status = STATES[state]
    browser = Client() if state == "visitor" else signed_in(anna.learner)
    if state in ("not enrolled", "elsewhere"):
        with look(system("test")):
            browser = signed_in(factories.make_user("Neu"))
    if state == "elsewhere":
        other = factories.make_enrolment(factories.make_course(factories.make_provider("nachbar")))
        browser = signed_in(other.learner)
    with look(system("test")):
        if state in ("left", "finished"):
            column = "closed_at" if state == "left" else "completed_at"
            type(anna).objects.filter(pk=anna.pk).update(**{column: timezone.now()})
    for page in (browser.get(door(course)), browser.post(door(course), {"text": "Hallo?"})):
        assert page.status_code == (status if page.request["REQUEST_METHOD"] == "GET" else 302)
        assert way in page.headers.get("Location", "")
    with look(system("test")):
        assert Question.objects.count() == (state == "finished")


def test_the_step_leads_to_its_questions(anna, course):
    page = signed_in(anna.learner).get(f"/lernen/haus/{course.slug}/schritt-1/")
    assert f"{door(course)}" in one_line(page)


# --- for all ---


def test_others_read_what_she_lets_them_read_without_her_name(anna, ben, course, tutor):
    _page, question = ask(anna, course, for_all=True)
    assert "Passkey" not in one_line(signed_in(ben.learner).get(door(course)))
    answer(tutor, question, for_all="on")
    page = one_line(signed_in(ben.learner).get(door(course)))
    assert "Was ist ein Passkey?" in page
    assert "Ein Schlüssel im Handy." in page
    assert "Jemand im Kurs," in page
    assert "Anna" not in page
    signed_in(tutor).post(f"{HOUSE}fragen/{question.pk}/", {"act": "private"})
    assert "Passkey" not in one_line(signed_in(ben.learner).get(door(course)))
    signed_in(tutor).post(f"{HOUSE}fragen/{question.pk}/", {"act": "show"})
    assert "Passkey" in one_line(signed_in(ben.learner).get(door(course)))


def test_who_does_not_agree_is_not_shown(anna, ben, course, tutor):
    _page, question = ask(anna, course)
    page = answer(tutor, question, for_all="on")
    assert "möchte nicht, dass andere ihre Frage lesen" in one_line(page)
    page = signed_in(tutor).post(f"{HOUSE}fragen/{question.pk}/", {"act": "show"}, follow=True)
    assert "möchte nicht, dass andere ihre Frage lesen" in one_line(page)
    assert "Passkey" not in one_line(signed_in(ben.learner).get(door(course)))


def test_no_address_and_no_number_is_for_all(anna, ben, course, tutor):
    page, _none = ask(anna, course, "Mailt mir: anna@example.org", for_all=True)
    assert "keine E-Mail-Adresse und keine Telefonnummer" in one_line(page)
    assert "Mailt mir: anna@example.org</textarea>" in one_line(page)
    _page, question = ask(anna, course, for_all=True)
    page = answer(tutor, question, "Rufen Sie an: 07131 123456", for_all="on")
    assert "steht eine E-Mail-Adresse oder Telefonnummer" in one_line(page)
    assert "07131 123456</textarea>" in one_line(page)
    answer(tutor, question, for_all="on")
    data = {"act": "more", "question": question.pk, "text": "Meine Nummer: 0176 1234567"}
    signed_in(anna.learner).post(door(course), data)
    assert "Passkey" not in one_line(signed_in(ben.learner).get(door(course)))


# --- moderated ---


def test_what_is_reported_is_hidden_by_a_tutor(mails, anna, ben, course, tutor, owner):
    _page, question = ask(anna, course, "Du bist dumm.", for_all=True)
    answer(tutor, question, for_all="on")
    with look(system("test")):
        entry = question.entries.first()
    browser = signed_in(ben.learner)
    data = {"act": "report", "entry": entry.pk}
    assert set(sent(mails, lambda: browser.post(door(course), data))) == {owner.email}
    assert sent(mails, lambda: browser.post(door(course), data)) == {}
    assert "gemeldet: bitte ansehen" in one_line(signed_in(tutor).get(f"{HOUSE}fragen/"))
    page = signed_in(tutor).post(
        f"{HOUSE}fragen/{question.pk}/", {"act": "hide", "entry": entry.pk}, follow=True
    )
    assert "verborgen" in one_line(page)
    for person in (anna, ben):
        assert "dumm" not in one_line(signed_in(person.learner).get(door(course)))
    signed_in(tutor).post(f"{HOUSE}fragen/{question.pk}/", {"act": "unhide", "entry": entry.pk})
    assert "dumm" in one_line(browser.get(door(course)))
    assert [line.action for line in recorded("entry.hidden", "entry.shown")] == [
        "entry.hidden",
        "entry.shown",
    ]


def test_only_what_one_reads_can_be_reported(anna, ben, course):
    _page, question = ask(anna, course)
    with look(system("test")):
        entry = question.entries.get()
    browser = signed_in(ben.learner)
    assert browser.post(door(course), {"act": "report", "entry": entry.pk}).status_code == 404
    data = {"act": "more", "question": question.pk, "text": "Ich auch"}
    assert browser.post(door(course), data).status_code == 404


# --- walls ---


def test_a_question_is_for_two_sides_only(anna, ben, course, house, tutor):
    ask(anna, course)
    nextdoor = factories.make_provider("nachbar")
    lenses = {
        "anna": learner(anna.learner_id),
        "ben": learner(ben.learner_id),
        "tutor": staff([], tutored=[house.pk], actor=tutor.pk),
        "author": staff([house.pk]),
        "next door": staff([nextdoor.pk], tutored=[nextdoor.pk], owned=[nextdoor.pk]),
        "public": public,
    }
    seen = {}
    for name, lens in lenses.items():
        with look(lens):
            seen[name] = (Question.objects.count(), QuestionEntry.objects.count())
    seeing = {name for name, counts in seen.items() if counts == (1, 1)}
    assert seeing == {"anna", "tutor"}
    assert {seen[name] for name in seen.keys() - seeing} == {(0, 0)}
    with (
        pytest.raises(ProgrammingError),
        look(learner(ben.learner_id)),
        transaction.atomic(),
    ):
        Message.objects.bulk_create(
            [Message(provider=house, course=course.translation_key, text="x", by_person=1)]
        )


def test_nobody_else_finds_the_thread(anna, course, house):
    _page, question = ask(anna, course)
    nextdoor = factories.make_member(factories.make_provider("nachbar"), Role.OWNER)
    browser = signed_in(nextdoor)
    assert browser.get(f"{HOUSE}fragen/{question.pk}/").status_code == 404
    address = f"/anbieter/nachbar/begleiten/fragen/{question.pk}/"
    assert browser.get(address).status_code == 404
    assert browser.post(address, {"act": "answer", "text": "x"}).status_code == 404
    assert "Passkey" not in one_line(browser.get("/anbieter/nachbar/begleiten/fragen/"))


def test_a_closed_account_takes_its_questions_along(anna, course):
    ask(anna, course)
    close_account(anna.learner)
    with look(system("test")):
        assert (Question.objects.count(), QuestionEntry.objects.count()) == (0, 0)


# --- waiting ---


def test_after_three_days_it_is_brought_to_mind_once(mails, anna, course, tutor, owner):
    _page, question = ask(anna, course)
    assert sent(mails, remind_of_questions) == {}
    with look(system("test")):
        Question.objects.update(waits_since=timezone.now() - timedelta(days=3, hours=1))
    words = "Eine Frage wartet seit drei Tagen: Sicher im Netz"
    assert sent(mails, remind_of_questions) == {tutor.email: words, owner.email: words}
    assert sent(mails, remind_of_questions) == {}
    answer(tutor, question)
    assert sent(mails, remind_of_questions) == {}


# --- messages ---


def write(tutor, to, text="Bringen Sie bitte Ihr Handy mit."):
    data = {"to": to, "text": text}
    return signed_in(tutor).post(f"{HOUSE}nachrichten/", data, follow=True)


def test_a_message_reaches_the_group_and_nobody_else(mails, group, ben, tutor):
    anna = joined(group)
    told = sent(mails, lambda: write(tutor, f"gruppe-{group.pk}"))
    assert told == {anna.learner.email: "Nachricht zu Ihrem Kurs: Sicher im Netz"}
    assert "Bringen Sie bitte Ihr Handy mit." in mail.outbox[0].body
    assert sent(mails, lambda: write(tutor, f"gruppe-{group.pk}")) == {}  # a second click
    hers = one_line(signed_in(anna.learner).get("/lernen/nachrichten/"))
    assert "Bringen Sie bitte Ihr Handy mit." in hers
    assert "Gruppe „Donnerstag, 14 Uhr“" in hers
    assert "Handy" not in one_line(signed_in(ben.learner).get("/lernen/nachrichten/"))
    assert "Handy" in one_line(signed_in(tutor).get(f"{HOUSE}nachrichten/"))
    assert [line.on for line in recorded("message.sent")] == ["Donnerstag, 14 Uhr"]


def test_a_message_to_a_course_reaches_who_learns_it_now(mails, anna, ben, course, tutor):
    with look(system("test")):
        type(ben).objects.filter(pk=ben.pk).update(closed_at=timezone.now())
    told = sent(mails, lambda: write(tutor, f"kurs-haus/{course.slug}"))
    assert set(told) == {anna.learner.email}
    assert "an alle im Kurs" in one_line(signed_in(anna.learner).get("/lernen/nachrichten/"))


def test_who_has_ended_such_mails_reads_it_all_the_same(mails, group, tutor):
    anna = joined(group)
    with look(system("test")):
        User.objects.filter(pk=anna.learner_id).update(news_off=["message"])
    assert sent(mails, lambda: write(tutor, f"gruppe-{group.pk}")) == {}
    assert "Handy" in one_line(signed_in(anna.learner).get("/lernen/nachrichten/"))


def test_only_ones_own_groups_can_be_written_to(group, house):
    colleague = factories.make_member(house, Role.TUTOR)
    page = write(colleague, f"gruppe-{group.pk}")
    assert page.context["form"].errors
    with look(system("test")):
        assert Message.objects.count() == 0


def test_who_leaves_the_group_reads_its_messages_no_more(group, tutor):
    anna = joined(group)
    write(tutor, f"gruppe-{group.pk}")
    actions.leave_group(anna.learner, group.pk)
    assert "Handy" not in one_line(signed_in(anna.learner).get("/lernen/nachrichten/"))
