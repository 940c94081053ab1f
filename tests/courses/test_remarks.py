"""A course is read before it is printed: remarks stand at their places, answers beside them, and what is new is said."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import Comment, CommentReply

from courses.actions import write
from courses.models import Review
from learning.models import Attempt
from tenancy.lens import learner, look, system
from tests import factories
from tests.factories import block
from tests.support.desk import as_
from tests.support.pages import one_line
from tests.support.writing import raw, written

WORDS = "Bitte ein Beispiel dazu."


@pytest.fixture
def course(house):
    return factories.make_course(house, lessons=2, title="Fotos ordnen")


@pytest.fixture
def step(course):
    return written(
        course, {"text": "<p>Ein Satz.</p>", "callout": {"kind": "tip", "title": "T", "html": ""}}
    )


@pytest.fixture
def reviewer(house):
    return factories.make_member(house, "reviewer")


def door(course):
    return reverse("desk:remarks", args=[course.pk])


def read(client, course, step, **more):
    return client.get(door(course), {"seite": step.pk, **more})


def send(client, course, step, act, **more):
    return client.post(f"{door(course)}?seite={step.pk}", {"act": act, **more})


def place(step, kind="text"):
    return f"body.{raw(step, kind)['id']}"


def said():
    with look(system("test")):
        return [
            (one.contentpath.split(".")[0], one.text, bool(one.resolved_at), one.replies.count())
            for one in Comment.objects.order_by("pk")
        ]


def test_a_remark_stands_at_its_place_and_is_one_however_often_it_is_sent(
    client, reviewer, course, step
):
    as_(client, reviewer)
    for _click in range(2):
        done = send(client, course, step, "remark", place=place(step), text=WORDS)
        assert done.url == f"{door(course)}?seite={step.pk}#{place(step)}"
    page = read(client, course, step)
    [text, callout] = page.context["parts"]
    assert [remark.text for remark in text.remarks] == [WORDS]
    assert (callout.remarks, page.context["open"]) == ([], 1)
    assert said() == [("body", WORDS, False, 0)]


def test_the_author_answers_settles_and_opens_again(client, author, reviewer, course, step):
    send(as_(client, reviewer), course, step, "remark", place=place(step), text=WORDS)
    with look(system("test")):
        remark = Comment.objects.get().pk
    as_(client, author)
    for _click in range(2):
        send(client, course, step, "answer", remark=remark, text="Steht jetzt da.")
    send(client, course, step, "settle", remark=remark)
    assert said() == [("body", WORDS, True, 1)]
    shown = one_line(read(client, course, step))
    assert f"Erledigt von {author.get_full_name() or author}" in shown
    send(client, course, step, "reopen", remark=remark)
    assert said() == [("body", WORDS, False, 1)]
    send(client, course, step, "settle", remark=remark)
    send(client, course, step, "answer", remark=remark, text="Doch nicht.")
    assert said() == [("body", WORDS, False, 2)]  # who answers has something to say
    with look(system("test")):
        assert {reply.user for reply in CommentReply.objects.all()} == {author}


def test_an_answer_that_comes_late_once_more_opens_nothing(client, author, reviewer, course, step):
    send(as_(client, reviewer), course, step, "remark", place=place(step), text=WORDS)
    with look(system("test")):
        remark = Comment.objects.get().pk
    as_(client, author)
    send(client, course, step, "answer", remark=remark, text="Ja.")
    send(client, course, step, "settle", remark=remark)
    send(client, course, step, "answer", remark=remark, text="Ja.")
    assert said() == [("body", WORDS, True, 1)]


def test_a_line_break_is_one_character(client, reviewer, course, step):
    text = "Zeile.\r\n" * 250  # 1,750 characters for a browser
    done = send(as_(client, reviewer), course, step, "remark", place=place(step), text=text)
    assert (done.status_code, len(said())) == (302, 1)


def test_handing_in_says_what_is_still_open(client, author, reviewer, course, step):
    send(as_(client, reviewer), course, step, "remark", place=place(step), text=WORDS)
    page = as_(client, author).get(reverse("desk:course", args=[course.pk]))
    assert "1 Anmerkung ist noch offen. Sie können trotzdem abgeben." in one_line(page)


def test_ones_own_can_be_deleted_until_somebody_answers(client, author, reviewer, course, step):
    send(as_(client, reviewer), course, step, "remark", place=place(step), text=WORDS)
    with look(system("test")):
        remark = Comment.objects.get().pk
    send(as_(client, author), course, step, "take_back", remark=remark)
    assert said() == [("body", WORDS, False, 0)]  # not hers
    send(client, course, step, "answer", remark=remark, text="Ja.")
    send(as_(client, reviewer), course, step, "take_back", remark=remark)
    assert said() == [("body", WORDS, False, 1)]
    send(client, course, step, "remark", place=place(step, "callout"), text="Zweite.")
    with look(system("test")):
        second = Comment.objects.latest("pk").pk
    send(client, course, step, "take_back", remark=second)
    assert said() == [("body", WORDS, False, 1)]


def test_words_that_are_missing_are_asked_for_in_their_place(client, reviewer, course, step):
    page = send(as_(client, reviewer), course, step, "remark", place=place(step), text="  ")
    assert page.status_code == 400
    assert page.text.count("Schreiben Sie, was Sie sagen möchten: höchstens 2000 Zeichen.") == 1
    assert said() == []
    long = "Wort " * 500
    page = send(client, course, step, "remark", place=place(step), text=long)
    assert (page.status_code, page.text.count(long)) == (400, 1)  # nothing typed is lost


def test_a_remark_outlives_its_block(client, author, reviewer, course, step):
    at = place(step)
    send(as_(client, reviewer), course, step, "remark", place=at, text=WORDS)
    with look(system("test")):
        write.remove_block(step, raw(step, "text")["id"], by=author)
    page = read(client, course, step)
    assert [remark.text for remark in page.context["text"].elsewhere] == [WORDS]
    assert "Zu Stellen, die es nicht mehr gibt" in page.text
    late = send(client, course, step, "remark", place=at, text="Noch etwas.")
    assert (late.status_code, len(said())) == (302, 1)
    assert "Diese Stelle gibt es nicht mehr." in one_line(read(client, course, step))


def test_what_is_new_since_the_last_review_is_marked_and_can_be_read_alone(
    client, author, reviewer, course, step
):
    as_(client, reviewer)
    assert {part.state for part in read(client, course, step).context["parts"]} == {""}
    with look(system("test")):
        review = Review.objects.create(
            provider=course.provider, course=course, title="x", asked_by_name="x"
        )
    returned = client.post(reverse("desk:give_back", args=[course.pk]), {"answer": WORDS})
    assert returned.status_code == 302
    with look(system("test")):
        review.refresh_from_db()
        block = raw(step, "text")
        new = write.add_block(step, "term", {"term": "A", "html": "<p>b</p>"}, after="", by=author)
        write.write_block(
            step, block["id"], lambda now: (now["type"], "<p>Anders.</p>"), base="", by=author
        )
        write.remove_block(step, raw(step, "callout")["id"], by=author)
    page = read(client, course, step)
    assert [part.state for part in page.context["parts"]] == ["new", "changed"]
    assert page.context["parts"][0].path == f"body.{new.block}"
    assert (page.context["changed"], len(page.context["text"].gone)) == (3, 1)
    with look(system("test")):
        other = course.lessons().last()
    alone = read(client, course, other, neu="")
    assert (alone.context["parts"], "Hier ist nichts neu." in alone.text) == ([], True)


def test_the_mail_sets_their_words_off_and_lists_what_is_open(
    client, author, reviewer, course, step
):
    with look(system("test")):
        review = Review(provider=course.provider, course=course, title="Fotos ordnen")
        review.asked_by, review.asked_by_name = author, str(author)
        review.save()
    as_(client, reviewer)
    send(client, course, step, "remark", place=place(step), text=WORDS)
    answer = "Fast fertig.\nBitte noch einmal lesen."
    client.post(reverse("desk:give_back", args=[course.pk]), {"answer": answer})
    [sent] = mail.outbox
    assert "\n> Fast fertig.\n> Bitte noch einmal lesen.\n" in sent.body
    assert f"\n{step.draft_title}:\n> {WORDS}\n" in sent.body


@pytest.mark.parametrize(
    ("query", "status"), [("?seite=x", 404), ("?seite=999999", 404), ("", 200), ("?neu", 200)]
)
def test_a_page_of_another_course_is_none_of_this_one(
    client, reviewer, course, step, query, status
):
    assert as_(client, reviewer).get(door(course) + query).status_code == status


def test_nobody_touches_a_remark_through_another_page(client, author, reviewer, course, step):
    send(as_(client, reviewer), course, step, "remark", place=place(step), text=WORDS)
    with look(system("test")):
        remark, other = Comment.objects.get().pk, course.lessons().last()
    assert send(client, course, other, "settle", remark=remark).status_code == 404
    assert send(client, course, step, "nonsense", remark=remark).status_code == 404
    assert send(client, course, step, "settle", remark="x").status_code == 404
    assert said() == [("body", WORDS, False, 0)]


def test_the_course_at_the_desk_leads_to_the_place(client, author, reviewer, course, step):
    send(as_(client, reviewer), course, step, "remark", place=place(step), text=WORDS)
    page = as_(client, author).get(reverse("desk:course", args=[course.pk]))
    at = f"{door(course)}?seite={step.pk}#{place(step)}"
    assert re.search(rf'href="{re.escape(at)}"', page.text)


def test_reading_costs_the_same_however_much_was_said(
    client, reviewer, course, step, django_assert_max_num_queries
):
    as_(client, reviewer)
    for number in range(5):
        send(client, course, step, "remark", place=place(step), text=f"{WORDS} {number}")
    with look(system("test")):
        for remark in Comment.objects.all():
            CommentReply.objects.create(comment=remark, user=reviewer, text="Ja.")
    read(client, course, step)
    with django_assert_max_num_queries(30):
        read(client, course, step)


QUESTION = {
    "question": "Was ist sicher?",
    "choices": [
        block("item", {"text": text, "right": text == "Ein Satz", "feedback": ""})
        for text in ("123", "Ein Satz", "Heilbronn")
    ],
    "fixed_order": False,
}


def tried(course, item, rights):
    """So many learners, each with a first try and a right one after it."""
    for right in rights:
        mine = factories.make_enrolment(course)
        with look(learner(mine.learner_id)):
            for now in (right, True):
                Attempt.objects.create(
                    learner_id=mine.learner_id,
                    provider_id=mine.provider_id,
                    enrolment=mine,
                    item=item,
                    given={},
                    right=now,
                    said={},
                )


TOO_FEW = "Für eine Zahl von Lernenden sind es noch zu wenige."


@pytest.mark.parametrize(
    ("rights", "says"),
    [
        ([True] * 19, TOO_FEW),
        ([False] * 12 + [True] * 8, "Beim ersten Versuch waren etwa 40 von 100 Lernenden richtig."),
        # the 21st tells nothing
        ([False] * 12 + [True] * 8 + [False], "etwa 40 von 100"),
    ],
)
def test_how_hard_a_question_is_is_a_figure_from_twenty_people_on(
    client, reviewer, course, rights, says
):
    step = written(course, {"single_choice": QUESTION})
    tried(course, raw(step, "single_choice")["id"], rights)
    shown = one_line(as_(client, reviewer).get(f"{door(course)}?seite={step.pk}"))
    assert says in shown
    assert "Wer nur rät, liegt bei 33 von 100 Versuchen richtig." in shown


def test_how_hard_a_text_is_is_a_number_with_something_to_compare(client, reviewer, course):
    text = "<p>" + "Das ist ein kurzer Satz. " * 12 + "</p>"
    step = written(course, {"text": text})
    shown = one_line(as_(client, reviewer).get(f"{door(course)}?seite={step.pk}"))
    assert "Wie schwer der Text ist: 5 (LIX)." in shown
