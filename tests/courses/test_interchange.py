"""Our questions as H5P: what was right here is right there, and nothing is lost that H5P has a place for."""

import io
import uuid

from django.urls import reverse
from django.utils.text import slugify
from hypothesis import given
from hypothesis import strategies as st

from courses import quizzes
from courses.h5p_questions import SET, ExportedQuestion, question_set
from h5p_lite.core.grading import key_of, score_of
from h5p_lite.core.package import read
from tenancy.lens import look, system
from tests import factories
from tests.h5p_samples.packages import packed
from words.spelling import folded

WORD = st.text("abcäß<&*/: ", min_size=1, max_size=8).filter(lambda text: folded(text))


def asked(kind, value):
    return ExportedQuestion(kind, str(uuid.uuid4()), value)


def choice(*choices):
    texts = [{"text": text, "right": right, "feedback": says} for text, right, says in choices]
    return asked("single_choice", {"question": "Was ist sicher?", "choices": texts})


def gap_text(text):
    says = {"feedback_right": "", "feedback_wrong": ""}
    return asked("gap_text", {"question": "Ergänzen Sie.", "text": text} | says)


def parts_of(exported):
    return [(part["library"], part["params"]) for part in exported.params["questions"]]


def score(part, response):
    library, params = part
    statement = {"result": {"response": response}}
    return score_of(
        key_of(library, params), {"statement": statement, "parts": {"statement": statement}}
    )


def test_a_choice_keeps_its_answers_and_what_is_said_about_them():
    exported = question_set([choice(("123456", False, "Das errät jeder."), ("Ein Satz", True, ""))])
    [(library, params)] = parts_of(exported)
    assert library == "H5P.MultiChoice 1.16"
    assert params["question"] == "<p>Was ist sicher?</p>"
    assert [(a["text"], a["correct"]) for a in params["answers"]] == [
        ("<div>123456</div>", False),
        ("<div>Ein Satz</div>", True),
    ]
    assert (
        params["answers"][0]["tipsAndFeedback"]["chosenFeedback"] == "<div>Das errät jeder.</div>"
    )
    assert score((library, params), "1") == (1, 1)
    assert score((library, params), "0") == (0, 1)


def test_a_statement_keeps_whether_it_is_true():
    for right, word in ((True, "true"), (False, "false")):
        says = {"feedback_right": "Gut.", "feedback_wrong": "Nein."}
        exported = question_set([asked("true_false", {"statement": "So?", "right": right} | says)])
        [part] = parts_of(exported)
        assert part[1]["behaviour"]["feedbackOnWrong"] == "Nein."
        assert score(part, word) == (1, 1)


@given(st.lists(WORD, min_size=1, max_size=3), st.text("abc*/:<& ", max_size=10))
def test_gaps_accept_the_same_words(words, around):
    text = f"{around} {{{{{'|'.join(words)}}}}} {around}"
    accepted = quizzes.gaps(text)
    if not accepted or not accepted[0]:
        return
    [part] = parts_of(question_set([gap_text(text)]))
    for word in accepted[0]:
        assert score(part, word) == (1, 1)


def test_an_ordering_and_a_matching_stay_here_and_are_named():
    ordering = asked("ordering", {"question": "Reihenfolge?", "steps": ["a", "b"]})
    matching = asked("matching", {"question": "Was gehört dazu?", "pairs": []})
    exported = question_set([ordering, choice(("a", True, ""), ("b", False, "")), matching])
    assert (len(exported.params["questions"]), exported.left_out) == (1, [ordering, matching])


def test_the_whole_is_a_content_that_can_be_read():
    exported = question_set([choice(("a", True, ""), ("b", False, ""))])
    about = {
        "title": "Fragen",
        "language": "de",
        "mainLibrary": SET.machine_name,
        "embedTypes": ["iframe"],
    }
    files = {
        "h5p.json": about | {"preloadedDependencies": [SET.as_dependency()]},
        "content/content.json": exported.params,
    }
    assert read(packed(files)).manifest.main == SET


def test_a_course_hands_out_its_questions(desk, house):
    course = factories.make_course(house)
    answer = desk.get(reverse("desk:questions", args=[course.pk]))
    assert answer["Content-Disposition"] == f'attachment; filename="{slugify(course.title)}.h5p"'
    package = read(io.BytesIO(b"".join(answer.streaming_content)))
    assert (package.manifest.main, package.libraries) == (SET, ())
    assert [part["library"] for part in package.params["questions"]] == ["H5P.MultiChoice 1.16"] * 2


def test_a_course_without_questions_says_so(desk, house):
    course = factories.make_course(house)
    with look(system("test")):
        for lesson in course.lessons().specific():
            lesson.body = [factories.block("text", "<p>Nur Text.</p>")]
            lesson.save_revision()
    page = desk.get(reverse("desk:questions", args=[course.pk]), follow=True).content.decode()
    assert "Dieser Kurs hat keine Fragen, die es auch in H5P gibt." in page
