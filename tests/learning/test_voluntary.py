"""Four voluntary questions: asked once for each course, never of pupils or children, without a name, to be taken back."""

import re

import pytest
from django.utils import timezone

from accounts.models import User
from figures import actions, queries
from figures.actions import Voluntary
from figures.frames import Frame, Measure, Period, month_of
from figures.models import CountedEvent, VoluntaryAnswers
from learning.actions import carry_answers_over, keep_voluntary, voluntary_of
from learning.actions.settle import complete
from tenancy.lens import look, office, system
from tests import factories
from tests.support.pages import one_line

SAYS = {"age": "65-74", "gender": "w", "language": "tr", "district": "Böckingen", "act": "keep"}


@pytest.fixture(autouse=True)
def secrets(settings, tmp_path):
    settings.FIGURE_SECRETS = tmp_path / "secrets"


@pytest.fixture
def mine(db):
    return factories.make_enrolment(factories.make_course(factories.make_provider("haus")))


@pytest.fixture
def learner(client, mine):
    client.force_login(mine.learner)
    return client


def page_of(enrolment):
    return f"/lernen/angaben-{enrolment.pk}/"


def events():
    with look(system("test")):
        return list(
            CountedEvent.objects.values_list("measure", "age", "gender", "language", "district")
        )


def text(answer):
    return one_line(re.sub(r"<[^>]*>", " ", answer.content.decode()))


def test_who_begins_a_course_is_asked_once_and_in_passing(client, mine):
    other = factories.make_course(factories.make_provider("nachbar"), title="Anderer Kurs")
    client.force_login(mine.learner)
    page = client.post(f"/lernen/nachbar/{other.slug}/anmelden/", follow=True)
    assert "Sie sind dabei. Ihr Lernstand wird ab jetzt gespeichert." in text(page)
    [way] = re.findall(r"/lernen/angaben-\d+/", page.content.decode())
    assert "Freiwillig, für die Statistik der Stadt, ohne Ihren Namen." in text(client.get(way))
    assert "/lernen/angaben-" not in client.get(f"/kurse/nachbar/{other.slug}/").content.decode()


def test_answers_count_for_what_was_begun_and_for_what_comes(learner, mine):
    assert learner.post(page_of(mine), SAYS).url == f"/lernen/{mine.address}/"
    assert events() == [(1, "65-74", "w", "tr", "Böckingen")]
    with look(system("test")):
        complete(mine.pk)
    assert events()[1][1:] == ("65-74", "w", "tr", "Böckingen")
    page = learner.get(page_of(mine))
    assert '<option value="65-74" selected>' in page.content.decode()


def test_nothing_names_whose_answers_they_are(learner, mine):
    learner.post(page_of(mine), SAYS)
    with look(system("test")):
        [slip] = VoluntaryAnswers.objects.values_list("id", flat=True)
        assert slip != mine.learner.figure_seed
        User.objects.filter(pk=mine.learner_id).update(
            figure_seed="00000000-0000-4000-8000-000000000000"
        )
        assert voluntary_of(mine.pk) is None  # without the account's seed nobody finds them


def test_they_can_be_taken_back_until_they_are_published(learner, mine):
    learner.post(page_of(mine), SAYS)
    assert "Angaben zurücknehmen" in text(learner.get(page_of(mine)))
    page = learner.post(page_of(mine), {"act": "nothing"}, follow=True)
    assert "Ihre Angaben sind weg." in text(page)
    assert events() == [(1, "", "", "", "")]
    with look(system("test")):
        assert not VoluntaryAnswers.objects.exists()
    learner.post(page_of(mine), SAYS)
    actions.publish(Period(Frame.MONTH, month_of(timezone.now())))
    learner.post(page_of(mine), {"act": "nothing"})
    assert events() == [(1, "65-74", "w", "tr", "Böckingen")]  # published: a group, and no name


def test_leaving_all_open_says_nothing(learner, mine):
    assert learner.post(page_of(mine), {"act": "keep"}).status_code == 302
    with look(system("test")):
        assert not VoluntaryAnswers.objects.exists()


def test_a_made_up_answer_is_refused_and_nothing_is_lost(learner, mine):
    page = learner.post(page_of(mine), SAYS | {"age": "7"})
    assert page.status_code == 400
    assert '<option value="tr" selected>' in page.content.decode()
    assert events() == [(1, "", "", "", "")]


@pytest.mark.parametrize(
    "fields", [{"age_band": "under_16"}, {"school": 2, "school_until": "2030-07-31"}]
)
def test_children_and_pupils_are_not_asked(client, mine, fields):
    with look(system("test")):
        User.objects.filter(pk=mine.learner_id).update(**fields)
    client.force_login(mine.learner)
    assert (
        client.get(page_of(mine)).status_code == client.post(page_of(mine), SAYS).status_code == 404
    )


def test_nobody_answers_for_somebody_else(client, mine):
    with look(system("test")):
        client.force_login(factories.make_user("Ben"))
    assert client.post(page_of(mine), SAYS).status_code == 404
    client.logout()
    assert client.get(page_of(mine)).status_code == 302
    assert events() == [(1, "", "", "", "")]


def test_the_office_reads_groups_of_them(db):
    course = factories.make_course(factories.make_provider("haus"))
    with look(system("test")):
        people = [factories.make_user(f"Person {n}") for n in range(30)]
    for enrolment in [factories.make_enrolment(course, person) for person in people]:
        with look(system("test")):
            keep_voluntary(enrolment.pk, Voluntary(age="75"))
    now = Period(Frame.MONTH, month_of(timezone.now()))
    actions.publish(now)
    with look(office):
        found = queries.figures(Frame.MONTH, [now.starts], ("age",))
    assert {cell for _starts, _measure, cell in found} == {("75",)}
    assert abs(found[now.starts, Measure.ENROLLED, ("75",)] - 30) <= 5


def test_open_courses_take_their_answers_into_the_new_year(learner, mine):
    learner.post(page_of(mine), SAYS)
    year = timezone.localdate().year
    assert carry_answers_over(timezone.localdate()) == 0  # begun this year
    assert carry_answers_over(timezone.localdate().replace(year=year + 1, day=25)) == 1
    with look(system("test")):
        assert [one.year for one in VoluntaryAnswers.objects.all()] == [year + 1]
        assert voluntary_of(mine.pk) == Voluntary("65-74", "w", "tr", "Böckingen")
