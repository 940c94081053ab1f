"""An English paper is English in all it says, and says nothing that is not signed. What a course has not in English is marked."""

import pytest
from django.utils.translation import override

from certificates import openbadges, queries, tokens
from certificates.actions import issue_certificate
from certificates.models import Certificate
from certificates.paper import content, sealed
from courses.models import PrintedLesson
from tenancy.lens import bearer, look, system
from tests import factories
from tests.courses.test_variants import variant
from tests.support.holders import complete, issue, number_of
from tests.support.pages import one_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return issue(factories.make_provider("haus"))


def paper_of(number, language):
    token = tokens.read_token(number)
    with look(bearer(tokens.token_hash(token))):
        held = queries.by_token(token)
    with look(system("test")):
        return sealed.paper_of(held, number, language), held


def test_what_it_took_and_what_one_can_do_are_english(world):
    german, _held = paper_of(world.number, "de")
    paper, held = paper_of(world.number, "en")
    facts = dict(paper.facts)
    assert dict(german.facts)["Dafür nötig"] == "Den Schritt des Kurses erledigt. Die Aufgabe gelöst."  # fmt: skip
    assert facts["Requirements"] == "The step of the course completed. The task solved."
    assert (paper.german_terms, paper.competences_language) == ((), "")
    said = openbadges.said_in(held.credential, "en")
    assert facts["Requirements"] == said["criteria"]
    # the course of this test exists in German alone
    assert (paper.course, paper.course_language) == (german.course, "de")
    assert paper.contents == german.contents


def test_a_course_in_english_has_its_english_title_and_steps():
    house = factories.make_provider("haus")
    course = factories.make_course(house, lessons=1, title="Sicher im Netz")
    variant(course, "en", lessons=1)
    enrolment = complete(house, course=course)
    with look(system("test")):
        certificate = issue_certificate(enrolment)
        printed_lessons = PrintedLesson.objects.filter(edition=enrolment.edition, language="en")
        cover, step = printed_lessons.filter(printing=enrolment.edition.printing).order_by(
            "position"
        )
    paper, _held = paper_of(number_of(certificate), "en")
    assert (paper.course, paper.course_language) == (cover.title, "en")
    assert paper.contents == (step.title,)
    german, _held = paper_of(number_of(certificate), "de")
    assert (german.course, german.course_language) == ("Sicher im Netz", "de")


def test_an_older_certificate_marks_what_is_german(world):
    with look(system("test")):
        row = Certificate.objects.get(pk=world.certificate.pk)
        kept = [e for e in row.credential["evidence"] if not e.get("genre", "").endswith("-en")]
        row.credential = row.credential | {"evidence": kept}
        row.save()
    paper, _held = paper_of(world.number, "en")
    assert paper.german_terms == ("Requirements",)
    with override("en"):
        html = one_line(content.html_of(paper, content.shapes_of(paper)[0]))
    assert '<dd lang="de">Den Schritt' in html
