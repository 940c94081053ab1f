"""From the journal to what is published: once, the same for everybody, and without persons."""

import uuid
from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from accounts.actions import close_account
from certificates.actions import issue_certificate
from courses.models import PrintedLesson
from figures import actions, queries
from figures.actions import AlreadyPublished, CountedCourse, Voluntary
from figures.frames import Frame, Measure, Period, month_of
from figures.models import CountedEvent, ProtectedFigure, PublishedPeriod, VoluntaryAnswers
from figures.year_secrets import destroy, secret_of, secrets_kept
from learning.actions import leave
from learning.actions.settle import complete
from learning.models import Enrolment
from tenancy.lens import learner, look, office, staff, system
from tenancy.rows import rows
from tests import factories
from tests.support.figures import People, known_secrets

SPRING = Period(Frame.QUARTER, date(2026, 4, 1))
COURSE = CountedCourse("4.2", 2, "online")
MAY = Period(Frame.MONTH, date(2026, 5, 1))


@pytest.fixture(autouse=True)
def secrets(settings, tmp_path):
    settings.FIGURE_SECRETS = known_secrets(tmp_path / "secrets")
    global people
    people = People()


def happen(persons, *, month=date(2026, 5, 1), measure=Measure.ENROLLED, **more):
    """So many people, or these."""
    if isinstance(persons, int):
        persons = people.come(persons)
    course = COURSE._replace(**more)
    with look(system("test")):
        for number, person in enumerate(persons):
            actions.count(measure, course, person=person, enrolment=number, month=month)
    return persons


def cells(frame=Frame.MONTH, starts=date(2026, 5, 1), by=(), **where):
    with look(office):
        found = queries.figures(frame, [starts], by, where)
    return {(measure, *cell): figure for (_, measure, cell), figure in found.items()}


def everything():
    columns = ("frame", "dimensions", "starts", "measure", "cell", "shown")
    with look(system("test")):
        return list(ProtectedFigure.objects.order_by(*columns).values_list(*columns))


def test_a_group_has_the_same_figure_wherever_it_is_shown(db):
    happen(40)
    assert actions.publish(MAY)
    actions.publish(SPRING)
    [whole] = cells().values()
    assert abs(whole - 40) <= 5
    assert set(cells(by=("area",)).items()) == {((Measure.ENROLLED, "4"), whole)}
    assert set(cells(by=("competence",)).items()) == {((Measure.ENROLLED, "4.2"), whole)}
    spring = {"frame": Frame.QUARTER, "starts": SPRING.starts}
    assert cells(**spring, by=("provider",), mode="online") == {(Measure.ENROLLED, "2"): whole}


def test_a_person_counts_once_however_often_they_begin(db):
    once = happen(30)
    happen(once * 3)
    happen([once[0]] * 9, competence="1.1")
    actions.publish(MAY)
    [whole] = cells().values()
    assert abs(whole - 30) <= 5
    assert (Measure.ENROLLED, "1") not in cells(by=("area",))  # one eager person


def test_figures_are_out_once_and_nobody_changes_them(db):
    happen(20)
    actions.publish(MAY)
    with pytest.raises(AlreadyPublished):
        actions.publish(MAY)
    before = everything()
    happen(
        30
    )  # whatever comes late counts in the month in which it is written: this is a fault, and drift says so
    assert actions.drift(MAY) > 0
    assert everything() == before
    for statement in (
        "UPDATE figures_protectedfigure SET shown = 9",
        "DELETE FROM figures_protectedfigure",
    ):
        with look(system("test")), pytest.raises(ProgrammingError), transaction.atomic():
            connection.cursor().execute(statement)


def test_counting_again_finds_the_same(db):
    happen(60)
    happen(25, measure=Measure.COMPLETED, competence="1.2", mode="onsite")
    actions.publish(MAY)
    assert actions.drift(MAY) == 0


def test_what_is_due_is_published_by_and_by(db):
    happen(10, month=date(2026, 3, 1))
    happen(10, month=date(2026, 4, 1))
    assert actions.publish_due(date(2026, 4, 6)) == []  # March was not counted from its first day
    assert actions.publish_due(date(2026, 5, 5)) == []
    assert actions.publish_due(date(2026, 5, 6)) == [Period(Frame.MONTH, date(2026, 4, 1))]
    assert [one.starts.month for one in actions.publish_due(date(2026, 7, 9))] == [5, 6, 4]
    assert actions.publish_due(date(2026, 7, 9)) == []
    with look(office):
        assert [one.starts.month for one in queries.all_periods()[Frame.MONTH]] == [6, 5, 4]


def test_order_and_numbers_of_rows_tell_nothing_after_publishing(db):
    happen(50)
    stored = "SELECT who, id, xmin::text FROM figures_countedevent ORDER BY ctid"
    with look(system("test")):
        before = rows(stored)
    actions.publish(MAY)
    with look(system("test")):
        after = rows(stored)
    assert sorted(who for who, *_ in after) == sorted(who for who, *_ in before)
    assert [who for who, *_ in after] != [who for who, *_ in before]
    assert not {number for _, number, _ in after} & {number for _, number, _ in before}
    assert len({transaction for *_, transaction in after}) == 1


def test_who_learns_is_counted_and_closing_an_account_changes_no_figure(db):
    course = factories.make_course(factories.make_provider("haus"))
    with look(system("test")):
        people = [factories.make_user(f"Person {n}") for n in range(9)]
    mine = [factories.make_enrolment(course, person) for person in people]
    with look(system("test")):
        for enrolment in mine:
            settled(enrolment)
            issue_certificate(enrolment)
        assert (
            sorted(CountedEvent.objects.values_list("measure", flat=True))
            == [1] * 9 + [2] * 9 + [3] * 9
        )
        [facts] = set(CountedEvent.objects.values_list("competence", "provider_id", "mode", "age"))
        assert facts == (competence_of(course), course.provider_id, "online", "")
    now = Period(Frame.MONTH, month_of(timezone.now()))
    actions.publish(now)
    before = everything()
    for person in people:
        close_account(person)
    assert everything() == before != []
    assert actions.drift(now) == 0


def settled(enrolment):
    Enrolment.objects.filter(pk=enrolment.pk).update(
        done=enrolment.total, completed_at=timezone.now()
    )
    enrolment.refresh_from_db()
    complete(enrolment.pk)


def competence_of(course):
    cover = PrintedLesson.objects.filter(edition__course=course.translation_key, position=0)
    return cover.latest("pk").facts["competences"][0]["code"]


def test_coming_back_is_no_new_person_but_repeating_is_an_event_of_the_same(db):
    course = factories.make_course(factories.make_provider("haus"))
    mine = factories.make_enrolment(course)
    with look(system("test")):
        leave(mine)
    again = factories.make_enrolment(course, mine.learner)
    assert again == mine
    with look(system("test")):
        assert CountedEvent.objects.count() == 1
        settled(again)
        leave(again)
    factories.make_enrolment(course, mine.learner)
    with look(system("test")):
        begun = CountedEvent.objects.filter(measure=Measure.ENROLLED)
        assert len(set(begun.values_list("who", flat=True))) == 1 < begun.count()


def test_a_year_is_closed_on_the_last_of_march(db):
    happen(30, month=date(2026, 1, 1))
    happen(30, month=date(2026, 2, 1))
    happen(30, month=date(2027, 1, 1))
    assert actions.close_years(date(2027, 3, 30)) == []
    before = everything()
    assert actions.close_years(date(2027, 3, 31)) == [2026]
    with look(system("test")):
        assert {one.month.year for one in CountedEvent.objects.all()} == {2027}
        assert PublishedPeriod.objects.filter(starts__year=2026).count() == 11 + 3 + 1
    assert secrets_kept() == [2027]
    assert everything() == before
    assert actions.close_years(date(2027, 3, 31)) == []
    assert actions.first_month() == date(2026, 2, 1)  # the journal is gone, the beginning is known


def test_a_secret_is_made_once_and_destroyed_for_good(settings):
    settings.FIGURE_SECRETS /= "made"
    secret = secret_of(2026)
    assert len(secret) == 32
    assert secret_of(2026) == secret != secret_of(2027)
    file = settings.FIGURE_SECRETS / "2026.key"
    assert file.stat().st_mode & 0o077 == 0
    assert sorted(one.name for one in settings.FIGURE_SECRETS.iterdir()) == ["2026.key", "2027.key"]
    destroy(2026)
    destroy(2026)
    assert secrets_kept() == [2027]
    file.write_bytes(b"short")
    with pytest.raises(ValueError, match=r"2026\.key"):
        secret_of(2026)


def test_answers_are_counted_with_what_they_belong_to_and_can_be_taken_back(db):
    people = [uuid.uuid4() for _ in range(40)]
    with look(system("test")):
        for number, person in enumerate(people):
            actions.keep_answers(
                Voluntary(age="60-74", district="Böckingen"),
                COURSE,
                person=person,
                enrolment=number,
                year=2026,
            )
        actions.take_back(COURSE, person=people[0], enrolment=0)
        assert VoluntaryAnswers.objects.count() == 39
    happen(people, measure=Measure.COMPLETED)
    actions.publish(MAY)
    assert abs(cells(by=("age",))[Measure.COMPLETED, "60-74"] - 39) <= 5
    with look(system("test")):
        assert CountedEvent.objects.filter(age="").count() == 1


def test_answers_go_with_an_enrolment_into_the_new_year(db):
    person = uuid.uuid4()
    with look(system("test")):
        actions.keep_answers(Voluntary(gender="w"), COURSE, person=person, enrolment=7, year=2026)
        actions.carry_over(person=person, enrolment=7, year=2027)
        actions.carry_over(person=person, enrolment=7, year=2027)
    actions.close_years(date(2027, 3, 31))
    with look(system("test")):
        assert [one.year for one in VoluntaryAnswers.objects.all()] == [2027]
        actions.count(Measure.COMPLETED, COURSE, person=person, enrolment=7, month=date(2027, 4, 1))
        assert CountedEvent.objects.get().gender == "w"


@pytest.mark.parametrize(
    "lens",
    [office, learner(5), staff([2], tutored=[2], owned=[2], actor=5)],
    ids=lambda lens: lens.name,
)
def test_nobody_reads_the_journal_or_looks_for_answers(db, lens):
    happen(3)
    with look(system("test")):
        actions.keep_answers(
            Voluntary(age="60-74"), COURSE, person=uuid.uuid4(), enrolment=1, year=2026
        )
    with look(lens):
        assert CountedEvent.objects.count() == VoluntaryAnswers.objects.count() == 0


def test_only_the_office_reads_what_is_published_for_it(db):
    happen(30)
    actions.publish(MAY)
    with look(office):
        assert ProtectedFigure.objects.exists()
    with look(learner(5)):
        assert not ProtectedFigure.objects.exists()
    with look(staff([2], owned=[2], actor=5)):
        assert not ProtectedFigure.objects.exists()
