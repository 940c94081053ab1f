"""A course on its way to print: author, reviewer of the provider, for the first courses the city office; and the board."""

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import Comment

from accounts.models import User
from courses.actions import begin_course
from courses.models import CourseIndexPage, Edition, LessonPage, Review
from providers.models import Membership
from tenancy.lens import look, system
from tests import factories
from tests.factories import block
from tests.support.desk import address, as_, issue_of, review_of, ticked
from tests.support.pages import one_line
from tests.support.records import recorded

Role, State = Membership.Role, Review.State


@pytest.fixture
def course(house):
    """A course in print."""
    return factories.make_course(house, lessons=2, title="Fotos ordnen")


@pytest.fixture
def draft(course):
    """Its first lesson has a new draft."""
    with look(system("test")):
        lesson = course.lessons().first()
        lesson.title = "Fotos finden"
        lesson.save_revision()
    return lesson


def courses_of(house):
    return CourseIndexPage.objects.get(provider=house, locale__language_code="de")


# --- inside the provider ---------------------------------------------------------------------------------------------


@pytest.fixture
def readers(owner, reviewer):
    """Anyone who is asked to look at a course, by address."""
    return [owner.email, reviewer.email]


def test_an_author_asks_and_the_reviewers_hear_of_it(client, mails, author, readers, course, draft):
    page = as_(client, author).get(address("course", course))
    assert page.context["publishing"] is None
    ask = {"words": "Stimmt Schritt 1?"}
    _, sent = mails(lambda: client.post(address("ask", course), ask))
    assert sent == dict.fromkeys(readers, "Bitte prüfen: Fotos ordnen")
    assert address("course", course) in mail.outbox[0].body
    assert "Stimmt Schritt 1?" in mail.outbox[0].body
    review = review_of(course)
    assert (review.state, review.asked_by_name, review.words) == (
        "asked",
        "Ada Autorin",
        ask["words"],
    )
    client.post(address("ask", course), ask)  # a second time is no second review
    with look(system("test")):
        assert Review.objects.count() == 1
    [line] = recorded("review.asked")
    assert (line.who, line.on) == ("Ada Autorin", "Fotos ordnen")


def test_an_author_cannot_publish_by_any_door(client, author, course, draft):
    client.force_login(author)
    with look(system("test")):
        revision = LessonPage.objects.get(pk=draft.pk).latest_revision_id
    data = {"pages": [f"{draft.pk}:{revision}"], "issue": "new"}
    assert client.post(address("publish", course), data).status_code == 404
    assert client.post(address("archive", course)).status_code == 404
    assert issue_of(course) == (1, 1)


@pytest.mark.usefixtures("draft")
def test_a_reviewer_who_has_ended_such_mails_gets_none(
    client, mails, author, owner, reviewer, course
):
    with look(system("test")):
        User.objects.filter(pk=reviewer.pk).update(news_off=["review"])
    _, sent = mails(lambda: as_(client, author).post(address("ask", course)))
    assert [*sent] == [owner.email]
    assert "List-Unsubscribe" in mail.outbox[0].extra_headers


def test_the_reviewer_gives_back_with_words_and_the_author_hears_them(
    client, mails, author, reviewer, course, draft
):
    as_(client, author).post(address("ask", course))
    client.force_login(reviewer)
    short = client.post(address("give_back", course), {"answer": "Nein."})
    assert short.status_code == 400
    assert short.context["returning"].errors.keys() == {"answer"}
    answer = "Bitte den Titel kürzer."
    _, sent = mails(lambda: client.post(address("give_back", course), {"answer": answer}))
    assert sent == {author.email: "Noch etwas zu ändern: Fotos ordnen"}
    assert answer in mail.outbox[0].body
    page = as_(client, author).get(address("course", course))
    assert answer in page.text
    assert page.context["row"].state == "returned"
    assert page.context["asking"]  # they may hand it in again


def test_the_reviewer_publishes_and_the_review_is_closed(
    client, mails, author, reviewer, course, draft
):
    as_(client, author).post(address("ask", course))
    data = ticked(as_(client, reviewer), course)
    assert data["issue"] == "correction"  # what the press proposes
    _, sent = mails(lambda: client.post(address("publish", course), data))
    assert sent == {author.email: "Veröffentlicht: Fotos ordnen"}
    assert issue_of(course) == (1, 2)
    review = review_of(course)
    assert (review.state, review.closed_by_name) == ("approved", "Rita Prüferin")
    assert client.get(address("course", course)).context["publishing"] is None


def test_what_somebody_has_written_in_between_is_not_published_unseen(
    client, reviewer, course, draft
):
    data = ticked(as_(client, reviewer), course)
    with look(system("test")):
        draft.title = "Fotos suchen"
        draft.save_revision()
    response = client.post(address("publish", course), data)
    assert response.status_code == 400
    [error] = response.context["publishing"].errors["pages"]
    assert error.startswith("Inzwischen hat jemand")
    assert issue_of(course) == (1, 1)


def test_a_correction_with_another_question_is_refused_with_the_reason(client, reviewer, course):
    with look(system("test")):
        lesson = course.lessons().first()
        lesson.body = [*(dict(b) for b in lesson.body.raw_data), factories.single_choice()]
        lesson.save_revision()
    client.force_login(reviewer)
    data = ticked(client, course)
    assert data["issue"] == "new"
    refused = client.post(
        address("publish", course), data | {"issue": "correction", "news": "Neu!"}
    )
    assert refused.status_code == 400
    assert refused.context["publishing"].errors.keys() == {"issue"}
    assert "Neu!" in refused.text  # nothing typed is lost
    client.post(address("publish", course), data | {"news": "Eine Frage mehr."})
    assert issue_of(course) == (2, 1)
    with look(system("test")):
        assert (
            Edition.objects.get(course=course.translation_key, number=2).news == "Eine Frage mehr."
        )


def test_a_draft_that_lacks_something_says_what(client, house, reviewer):
    with look(system("test")):
        empty = begin_course(courses_of(house), title="Ganz neu", by=reviewer)
    client.force_login(reviewer)
    refused = client.post(address("publish", empty), ticked(client, empty))
    assert refused.status_code == 400
    [error] = refused.context["publishing"].errors["pages"]
    for missing in (
        "Einleitung",
        "Für wen ist der Kurs?",
        "Wichtigste Kompetenz",
        "Das lernen Sie",
    ):
        assert missing in error


def test_a_question_that_is_not_finished_is_not_printed(client, reviewer, course, draft):
    with look(system("test")):
        lesson = LessonPage.objects.get(pk=draft.pk).get_latest_revision_as_object()
        lesson.body.append(("true_false", {"statement": "", "right": True}))
        lesson.save_revision(clean=False)
    client.force_login(reviewer)
    refused = client.post(address("publish", course), ticked(client, course))
    [error] = refused.context["publishing"].errors["pages"]
    missing = "Frage: stimmt oder stimmt nicht. Fehlt noch: Aussage"
    assert error == f"In „Fotos finden“ fehlt noch etwas: {missing}."


def test_another_order_of_lessons_is_printed_though_nobody_has_written(client, reviewer, course):
    with look(system("test")):
        first, second = course.lessons()
        second.move(first, pos="left")
    client.force_login(reviewer)
    page = client.get(address("course", course))
    assert "An anderer Stelle: Was ist sicher?" in page.text
    assert client.post(address("publish", course), {"issue": "correction"}).status_code == 400
    client.post(address("publish", course), {"issue": "new"})
    assert issue_of(course) == (2, 1)


def test_whoever_asked_takes_it_back(client, author, reviewer, course, draft):
    as_(client, author).post(address("ask", course))
    with look(system("test")):
        colleague = factories.make_member(course.provider, Role.AUTHOR, name="Ben")
    assert as_(client, colleague).post(address("take_back", course)).status_code == 404
    assert as_(client, author).post(address("take_back", course)).status_code == 302
    assert review_of(course).state == "withdrawn"
    assert as_(client, reviewer).post(address("give_back", course)).status_code == 404


def test_what_was_said_at_a_place_stands_on_the_courses_page(
    client, author, reviewer, course, draft
):
    with look(system("test")):
        Comment.objects.create(page=draft, user=reviewer, text="Welche Fotos?", contentpath="title")
    page = as_(client, author).get(address("course", course))
    assert [str(c.text) for c in page.context["comments"]] == ["Welche Fotos?"]
    assert f'href="{reverse("writing:step", args=[draft.pk])}' in page.text


def test_another_providers_course_is_not_there(client, course, draft):
    with look(system("test")):
        other = factories.make_member(factories.make_provider("nachbar"), Role.OWNER)
    client.force_login(other)
    for name in ("course", "editions", "archive"):
        assert client.get(address(name, course)).status_code == 404
    for name in ("publish", "ask", "give_back", "take_back", "archive"):
        assert client.post(address(name, course)).status_code == 404
    assert client.get(reverse("desk:board")).context["courses"] == []


# --- the board -------------------------------------------------------------------------------------------------------


def test_the_board_says_where_each_course_stands(client, author, course, draft):
    with look(system("test")):
        barred = factories.make_course(course.provider, lessons=1, title="Bilder")
        lesson = barred.lessons().first()
        lesson.body = [block("text", '<p>Mehr <a href="https://a.example">hier</a>.</p>')]
        lesson.save_revision()
        factories.make_course(course.provider, lessons=1, title="Fertig")
    as_(client, author).post(address("ask", course))
    page = client.get(reverse("desk:board"))
    states = {row.title: (row.state, row.stopping) for row in page.context["courses"]}
    assert states == {
        "Fotos ordnen": ("asked", 0),
        "Bilder": ("changed", 1),
        "Fertig": ("printed", 0),
    }
    assert [row.title for row in page.context["barred"]] == ["Bilder"]
    assert "„Bilder“ kann noch nicht erscheinen" in page.text


def test_the_board_asks_the_same_however_many_courses(
    client, author, house, django_assert_num_queries, django_assert_max_num_queries
):
    factories.make_course(house, lessons=1)
    client.force_login(author)
    with django_assert_max_num_queries(22) as few:
        client.get(reverse("desk:board"))
    for _ in range(2):
        factories.make_course(house, lessons=2)
    with django_assert_num_queries(len(few)):
        client.get(reverse("desk:board"))


def test_only_who_leads_or_tutors_reads_how_many_learn(client, author, owner, course):
    mine = factories.make_enrolment(course)
    with look(system("test")):
        type(mine).objects.filter(pk=mine.pk).update(completed_at="2026-11-20T10:00:00Z")
    factories.make_enrolment(course)
    cells = (
        'data-label="Lernende"><span>{}</span></td>',
        'data-label="Abschluss"><span>{}</span></td>',
    )
    for person, figures in ((owner, ("2", "50 %")), (author, ("–", "–"))):
        page = one_line(as_(client, person).get(reverse("desk:board")))
        for cell, figure in zip(cells, figures, strict=True):
            assert cell.format(figure) in page
