"""Who was at the meetings: tutors tick, the rule decides, and nobody else sees or writes it."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.models import CoursePage
from learning.actions import keep_attendance
from learning.models import Attendance, Enrolment
from learning.queries import outcome
from learning.signals import course_completed
from providers.models import Membership
from providers.queries import seats, tutor_lens
from tenancy.lens import learner, look, staff, system
from tests import factories
from tests.factories.worlds import made_once
from tests.support.records import recorded


def furnish():
    """The key of a course that asks for two of three meetings."""
    course = factories.make_course(factories.make_provider("haus"), lessons=1)
    with look(system("test")):
        page = CoursePage.objects.get(pk=course.pk)
        page.sittings, page.required_sittings = 3, 2
        page.save_revision().publish()
    return course.pk


@pytest.fixture(scope="module")
def furnished(django_db_setup, django_db_blocker, tmp_path_factory):
    with made_once(django_db_blocker, tmp_path_factory.mktemp("course"), furnish) as course:
        yield course


@pytest.fixture
def course(furnished, db):
    with look(system("test")):
        return CoursePage.objects.get(pk=furnished)


@pytest.fixture
def tutor(house):
    return factories.make_member(house, Membership.Role.TUTOR, name="Tom Tutor")


@pytest.fixture
def anna(course):
    return factories.make_enrolment(course, factories.make_user("Anna Arbeit"))


@pytest.fixture
def told():
    heard = []

    def hear(enrolment_id, **_):
        heard.append(enrolment_id)

    course_completed.connect(hear)
    yield heard
    course_completed.disconnect(hear)


@pytest.fixture
def teach(client, tutor, django_capture_on_commit_callbacks):
    """The tutor's browser: teach("1-2", …) saves these ticks, as somebody does who has the page open."""
    client.force_login(tutor)

    def save(course, *ticks, shown=""):
        data = {"there": ticks, "shown": shown}
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address(course), data, follow=True)

    return save


def address(course):
    return f"/lernen/haus/{course.slug}/anwesenheit/"


def test_two_people_of_one_name_can_be_told_apart(client, course, tutor):
    for _twin in range(2):
        factories.make_enrolment(course, factories.make_user("Viktor Jung"))
    factories.make_enrolment(course, factories.make_user("Werner Ionescu"))
    client.force_login(tutor)
    page = client.get(address(course)).content.decode()
    assert "1. Person mit diesem Namen" in page
    assert "2. Person mit diesem Namen" in page
    assert page.count("Person mit diesem Namen") == 2


def tick(enrolment, number):
    return f"{enrolment.pk}-{number}"


def there(enrolment):
    with look(system("test")):
        return {*Attendance.objects.filter(enrolment=enrolment).values_list("sitting", flat=True)}


def do_the_items(enrolment):
    with look(system("test")):
        Enrolment.objects.filter(pk=enrolment.pk).update(done=1)


def completed(enrolment):
    with look(system("test")):
        return Enrolment.objects.get(pk=enrolment.pk).completed_at is not None


def test_a_tutor_sees_everybody_with_a_box_per_meeting(client, tutor, course, anna):
    ben = factories.make_enrolment(course, factories.make_user("Ben Bau"))
    client.force_login(tutor)
    page = client.get(address(course)).content.decode()
    assert page.index("Anna Arbeit") < page.index("Ben Bau")
    assert page.count('type="checkbox"') == 6
    assert f'value="{tick(ben, 3)}"' in page
    assert "checked" not in page


def test_what_is_ticked_is_kept_and_unticked_is_taken_back(teach, course, anna, tutor):
    page = teach(course, tick(anna, 1), tick(anna, 3)).content.decode()
    assert "Die Anwesenheit ist gespeichert." in page
    assert page.count(" checked") == 2
    assert there(anna) == {1, 3}
    with look(system("test")):
        assert {(a.confirmed_by, a.confirmed_by_name) for a in Attendance.objects.all()} == {
            (tutor.pk, "Tom Tutor")
        }
    teach(course, tick(anna, 3), shown=f"{tick(anna, 1)} {tick(anna, 3)}")
    assert there(anna) == {3}


def test_a_colleagues_ticks_stay_when_an_old_page_is_saved(teach, course, anna):
    teach(course, tick(anna, 1))
    teach(course, tick(anna, 2))  # this page did not show the first one
    assert there(anna) == {1, 2}
    teach(course, tick(anna, 2))
    assert there(anna) == {1, 2}


def test_items_and_meetings_together_complete_the_course(teach, course, anna, told):
    teach(course, tick(anna, 1), tick(anna, 2))
    assert not completed(anna)
    with look(system("test")):
        assert outcome(anna).judged.missing == ["items"]
    do_the_items(anna)
    teach(course, tick(anna, 3))
    assert completed(anna)
    assert told == [anna.pk]


def test_with_too_few_meetings_she_is_told_what_is_missing(client, teach, course, anna, told):
    with look(system("test")):
        lesson = course.lessons().get()
    teach(course, tick(anna, 1))
    client.force_login(anna.learner)
    client.post(f"/lernen/haus/{course.slug}/schritt-1/antwort/", factories.right_answer(lesson))
    page = client.get(f"/lernen/haus/{course.slug}/schritt-1/").content.decode()
    assert "Sie waren bei 1 von 3 Terminen vor Ort. Sie brauchen 2." in page
    assert "noch-einmal" not in page
    assert told == []


def test_what_a_certificate_hangs_on_is_not_taken_back(teach, course, anna, client):
    do_the_items(anna)
    teach(course, tick(anna, 1), tick(anna, 2))
    assert completed(anna)
    shown = f"{tick(anna, 1)} {tick(anna, 2)}"
    page = teach(course, tick(anna, 1), shown=shown).content.decode()
    assert "1 Häkchen bleibt: Der Kurs ist geschafft, und der Nachweis hängt daran." in page
    assert page.count(" disabled") == 2
    assert there(anna) == {1, 2}
    teach(course, tick(anna, 1), tick(anna, 2), tick(anna, 3), shown=shown)  # more may be added
    assert there(anna) == {1, 2, 3}


def test_saving_stands_in_the_record_of_acts_without_names(teach, course, anna):
    teach(course, tick(anna, 1), tick(anna, 2))
    teach(course, shown="")  # nothing was changed
    [line] = recorded("attendance.kept")
    assert (line.who, line.on, line.details) == (
        "Tom Tutor",
        course.title,
        {"added": 2, "removed": 0},
    )


@pytest.mark.parametrize("value", ["", "x", "1", "1-0", "1-99999", "-1-1", "9" * 30 + "-1"])
def test_what_is_no_tick_is_left_out(teach, course, anna, value):
    assert teach(course, value).status_code == 200
    assert there(anna) == set()


def test_a_meeting_that_there_is_not_cannot_be_ticked(teach, course, anna):
    teach(course, tick(anna, 4), tick(anna, 0))
    assert there(anna) == set()


def test_nobody_of_another_course_or_house_is_ticked(teach, house, course, anna):
    other = factories.make_enrolment(factories.make_course(house, lessons=1))
    strange = factories.make_enrolment(factories.make_course(factories.make_provider("nachbar")))
    teach(course, tick(other, 1), tick(strange, 1))
    assert there(other) == there(strange) == set()


def test_an_empty_course_and_one_without_meetings_say_so(client, house, tutor, course):
    client.force_login(tutor)
    assert "Noch hat sich niemand angemeldet." in client.get(address(course)).content.decode()
    online = factories.make_course(house, lessons=1)
    factories.make_enrolment(online, factories.make_user("Ohne Termin"))
    page = client.get(address(online)).content.decode()
    assert "Dieser Kurs hat keine Termine vor Ort." in page
    assert "Ohne Termin" not in page


def test_who_has_left_is_not_on_the_page(client, tutor, course, anna):
    with look(system("test")):
        Enrolment.objects.filter(pk=anna.pk).update(closed_at="2026-11-20T10:00:00Z")
    client.force_login(tutor)
    assert "Anna Arbeit" not in client.get(address(course)).content.decode()


def test_the_pages_lens_opens_the_learners_of_one_house_and_no_draft(tutor, house):
    with look(system("test")):
        held = seats(tutor)
    assert tutor_lens(tutor, held, "nachbar") is None
    assert tutor_lens(tutor, held, "haus").bindings == {
        "app.providers": "",
        "app.readable": "1",
        "app.tutored": str(house.pk),
        "app.owned": "",
        "app.actor": str(tutor.pk),
    }


def test_the_desk_leads_those_who_may_to_the_page(client, house, course):
    online = factories.make_course(house, lessons=1)
    author, owner = factories.make_member(house), factories.make_member(house, "owner")

    def leads(person, to):
        client.force_login(person)
        return address(to) in client.get(reverse("desk:course", args=[to.pk])).content.decode()

    assert leads(owner, course)
    assert not leads(owner, online)
    assert not leads(author, course)
    client.force_login(owner)
    assert client.get(address(course)).status_code == 200


def test_the_page_asks_for_the_second_factor(client, tutor, course, settings):
    settings.SECOND_FACTOR = True
    client.force_login(tutor)
    asked = client.get(address(course))
    assert asked.status_code == 302
    assert "/konto/schutz/arbeit/" in asked.headers["Location"]


@pytest.mark.parametrize("role", ["author", "reviewer"])
def test_only_who_may_see_learners_may_write(client, house, course, anna, role):
    client.force_login(factories.make_member(house, role))
    assert client.post(address(course), {"there": [tick(anna, 1)]}).status_code == 404
    assert there(anna) == set()


def test_a_page_with_three_learners_asks_no_more_than_with_one(
    client, tutor, course, anna, django_assert_num_queries
):
    client.force_login(tutor)
    client.get(address(course))
    with CaptureQueriesContext(connection) as one:
        client.get(address(course))
    for name in ("Ben", "Clara"):
        factories.make_enrolment(course, factories.make_user(name))
    with django_assert_num_queries(len(one)):
        client.get(address(course))


# --- the wall ------------------------------------------------------------------------------------------------------


def row(enrolment, **changes):
    fields = {
        "learner_id": enrolment.learner_id,
        "provider_id": enrolment.provider_id,
        "enrolment": enrolment,
        "sitting": 1,
        "confirmed_by": 1,
        "confirmed_by_name": "x",
    }
    return Attendance(**fields | changes)


def test_a_learner_reads_her_own_and_writes_none(teach, course, anna):
    teach(course, tick(anna, 1))
    other = factories.make_enrolment(course)
    with look(learner(anna.learner_id)):
        assert Attendance.objects.count() == 1
        assert Attendance.objects.all()._raw_delete("default") == 0
        with pytest.raises(ProgrammingError), transaction.atomic():
            Attendance.objects.bulk_create([row(anna, sitting=2)])
    with look(learner(other.learner_id)):
        assert Attendance.objects.count() == 0


def test_tutors_next_door_and_authors_reach_nothing(teach, course, anna, house):
    teach(course, tick(anna, 1))
    next_door = factories.make_provider("nachbar")
    for lens in (staff([next_door.pk], tutored=[next_door.pk]), staff([house.pk])):
        with look(lens):
            assert Attendance.objects.count() == 0
            assert Attendance.objects.all()._raw_delete("default") == 0
            with pytest.raises(ProgrammingError), transaction.atomic():
                Attendance.objects.bulk_create([row(anna, sitting=2)])


def test_a_tutor_writes_through_her_own_lens_and_changes_nothing(course, anna, house):
    with look(staff([house.pk], tutored=[house.pk])):
        Attendance.objects.bulk_create([row(anna)])
        assert Attendance.objects.update(sitting=2) == 0
        assert Attendance.objects.filter(enrolment=anna).delete()[0] == 1


def test_a_foreign_key_cannot_smuggle_an_attendance(course, anna, house):
    other = factories.make_enrolment(course)
    with (
        look(staff([house.pk], tutored=[house.pk])),
        pytest.raises(IntegrityError),
        transaction.atomic(),
    ):
        Attendance.objects.bulk_create([row(anna, learner_id=other.learner_id)])
        connection.check_constraints()


def test_ticking_twice_is_ticking_once(course, anna, tutor):
    for _ in range(2):
        keep_attendance(anna.provider_id, anna.course, ticked={(anna.pk, 1)}, shown=set(), by=tutor)
    assert there(anna) == {1}


def test_her_account_leads_a_tutor_to_the_meetings(client, tutor, course):
    client.force_login(tutor)
    page = client.get("/konto/").content.decode()
    assert f'<a href="{address(course)}">Anwesenheit: ' in page
    client.force_login(factories.make_user("Ben", "ben@example.org"))
    assert "anwesenheit" not in client.get("/konto/").content.decode()
