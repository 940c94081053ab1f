"""The city office looks at a provider's first courses: it reads proofs, says something at a place, agrees or gives back."""

import pytest
from django.urls import reverse
from wagtail.models import Comment

from courses.models import CatalogueEntry, CoursePage, Edition, Review
from providers.models import Membership, Provider
from tenancy.lens import CITY, look, office_of, system
from tests import factories
from tests.support.desk import address, as_, issue_of, review_of, ticked

Role = Membership.Role


@pytest.fixture
def clerk(db):
    with look(system("test")):
        city = Provider.objects.get(pk=CITY)
    return factories.make_member(city, Role.ADMIN, name="Bea Büro")


@pytest.fixture
def first(house, settings):
    """A new provider's first course: drafts, never printed."""
    settings.COURSES_SEEN_BY_OFFICE = 1
    course = factories.make_course(house, lessons=1, title="Der erste Kurs")
    with look(system("test")):
        for page in (course, *course.lessons()):
            fresh = type(page).objects.get(pk=page.pk)
            fresh.unpublish()
            fresh.save_revision()
        CatalogueEntry.objects.filter(course=course.translation_key).delete()
        Edition.objects.filter(course=course.translation_key).delete()
    return course


@pytest.fixture
def handed(client, first, reviewer, mails, clerk):
    """It has been handed over to the office."""
    as_(client, reviewer)
    response, sent = mails(lambda: client.post(address("publish", first), ticked(client, first)))
    assert response.status_code == 302
    assert sent == {clerk.email: "Kurs zur Prüfung: Der erste Kurs"}
    return review_of(first)


def proof_url(review):
    return reverse("courses:proof", args=[review.pk])


def test_a_providers_first_course_goes_to_the_office_and_not_to_print(handed, first):
    assert (handed.state, handed.asked_by_name) == ("office", "Rita Prüferin")
    with look(system("test")):
        assert not CatalogueEntry.objects.filter(course=first.translation_key).exists()


def test_the_office_reads_proofs_and_no_drafts(client, handed, first, clerk):
    client.force_login(clerk)
    assert [r.title for r in client.get(reverse("courses:proofs")).context["reviews"]] == [
        "Der erste Kurs"
    ]
    page = client.get(proof_url(handed))
    assert "Geheimer Text 1 von haus." in page.text
    assert 'action="antwort/' not in page.text
    assert client.get(address("course", first)).status_code == 404
    with look(office_of(clerk.pk, owned=[CITY])):
        assert not CoursePage.objects.filter(pk=first.pk).exists()
        assert Review.objects.count() == 1
    with look(office_of(clerk.pk)):  # a clerk without the right
        assert Review.objects.count() == 0


def test_the_office_says_something_at_a_place_and_the_author_finds_it_there(
    client, handed, first, clerk, author
):
    with look(system("test")):
        lesson = first.lessons().first()
        path = f"body.{lesson.body[0].id}"
    client.force_login(clerk)
    place = {"act": "remark", "place": f"{lesson.pk}:{path}"}
    assert client.post(proof_url(handed), place | {"text": ""}).status_code == 400
    long = "Wort " * 500
    assert client.post(proof_url(handed), place | {"text": long}).text.count(long) == 1
    for _click in range(2):
        client.post(proof_url(handed), place | {"text": "Woher ist das?"})
    client.post(proof_url(handed), {"act": "remark", "place": "1:title", "text": "Anderswo"})
    with look(system("test")):
        said = Comment.objects.values_list("page", "contentpath", "text", "user__name")
        assert [*said] == [(lesson.pk, path, "Woher ist das?", "Bea Büro")]
    page = as_(client, author).get(address("course", first))
    assert "Woher ist das?" in page.text
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk]))
    assert "Woher ist das?" in edit.text


def test_the_office_agrees_and_the_course_is_printed(client, handed, first, clerk, reviewer, mails):
    client.force_login(clerk)
    _, sent = mails(lambda: client.post(proof_url(handed), {"act": "approve"}))
    assert sent == {reviewer.email: "Veröffentlicht: Der erste Kurs"}
    assert issue_of(first) == (1, 1)
    assert review_of(first).state == "approved"
    assert client.get(proof_url(handed)).status_code == 404


def test_the_office_gives_back_and_the_provider_hands_in_anew(
    client, handed, first, clerk, reviewer, mails
):
    client.force_login(clerk)
    answer = {"act": "return", "answer": "Bitte eine Quelle nennen."}
    _, sent = mails(lambda: client.post(proof_url(handed), answer))
    assert sent == {reviewer.email: "Noch etwas zu ändern: Der erste Kurs"}
    page = as_(client, reviewer).get(address("course", first))
    assert "Bitte eine Quelle nennen." in page.text
    client.post(address("publish", first), ticked(client, first))
    assert review_of(first).state == "office"


def test_the_office_prints_only_what_it_has_read(client, handed, first, clerk):
    with look(system("test")):
        lesson = first.lessons().first()
        lesson.title = "Inzwischen anders"
        lesson.save_revision()
    client.force_login(clerk)
    response = client.post(proof_url(handed), {"act": "approve"}, follow=True)
    assert "hat der Anbieter" not in response.text
    assert "Der Anbieter hat inzwischen weitergeschrieben." in response.text
    assert review_of(first).state == "office"


def test_an_editor_that_saves_by_itself_overwrites_nothing_the_office_reads(
    client, first, clerk, author, reviewer
):
    """Wagtail's editor writes into its newest revision again and again: under the same number the office would print other words."""
    with look(system("test")):
        lesson = first.lessons().first()
        mine = lesson.save_revision(user=author)
        assert lesson.save_revision(user=author, overwrite_revision=mine) == mine
    as_(client, reviewer).post(address("publish", first), ticked(client, first))
    handed = review_of(first)
    assert handed.state == "office"
    with look(system("test")):
        lesson.title = "Inzwischen anders"
        assert lesson.save_revision(user=author, overwrite_revision=mine) != mine
    client.force_login(clerk)
    response = client.post(proof_url(handed), {"act": "approve"}, follow=True)
    assert "Der Anbieter hat inzwischen weitergeschrieben." in response.text
    assert review_of(first).state == "office"


def test_later_courses_are_the_providers_own_affair(client, settings, house, reviewer):
    course = factories.make_course(house, title="Fotos ordnen")
    with look(system("test")):
        lesson = course.lessons().first()
        lesson.title = "Fotos finden"
        lesson.save_revision()
    settings.COURSES_SEEN_BY_OFFICE = 1
    client.force_login(reviewer)
    assert not client.get(address("course", course)).context["office_first"]
    client.post(address("publish", course), ticked(client, course))
    assert issue_of(course) == (1, 2)


def test_a_course_in_review_at_the_office_stays_there_when_sent_twice(
    client, handed, first, reviewer
):
    client.force_login(reviewer)
    client.post(address("publish", first), {"pages": []})
    assert client.get(address("course", first)).context["open_review"].state == "office"
