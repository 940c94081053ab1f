"""The pages of a group: who stands where, in words; what a tutor does; and the same list for the person themselves."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import CoursePage
from learning import actions
from learning.models import Enrolment, Group, GroupMember, TutorAct
from providers.models import Membership
from tenancy.lens import look, system
from tests import factories
from tests.learning.test_groups import made, members
from tests.learning.test_support import answer, ask_for_a_result
from tests.support.pages import one_line
from tests.support.records import recorded, signed_in
from words.join_codes import in_address, written

Role = Membership.Role
HOUSE = "/anbieter/haus/begleiten/"


@pytest.fixture
def tutor(house):
    return factories.make_member(house, Role.TUTOR, name="Tom Tutor")


@pytest.fixture
def browser(tutor):
    return signed_in(tutor)


@pytest.fixture
def course(house):
    return factories.make_course(house)


@pytest.fixture
def group(course, house, tutor):
    return made(house, course, by=tutor)


def person(name="Anna Arbeit"):
    with look(system("test")):
        return factories.make_user(name)


def joined(group, name="Anna Arbeit", **fields):
    """Their enrolment, as these fields say."""
    enrolment = actions.join_group(person(name), group.code).enrolment
    with look(system("test")):
        Enrolment.objects.filter(pk=enrolment.pk).update(**fields)
        return Enrolment.objects.select_related("learner").get(pk=enrolment.pk)


def days(number):
    return timezone.now() - timedelta(days=number)


def page_of(group):
    return f"{HOUSE}gruppen/{group.pk}/"


def rows_of(browser, group):
    page = browser.get(page_of(group))
    return {row["name"]: (row["says"], row["kind"]) for row in page.context["rows"]}


# --- the table ---


def test_each_state_of_a_learner_has_its_words(browser, group, course):
    joined(group, "Finja", completed_at=timezone.now())
    joined(group, "Herbert", touched_at=days(20), done=1)
    joined(group, "Neu")
    late = joined(group, "Spät")
    joined(group, "Läuft", done=1)
    stuck = joined(group, "Steckt")
    answer(stuck, course, 1, right=False)
    with look(system("test")):
        once = stuck.attempts.get()
        for choice in range(3):  # other wrong answers: the same one would be the same attempt
            once.pk, once.given = None, {"choice": [str(choice)]}
            once.save(force_insert=True)
    with look(system("test")):
        GroupMember.objects.filter(learner=late.learner).update(joined_at=days(9))
    assert rows_of(browser, group) == {
        "Finja": ("fertig", "ok"),
        "Herbert": ("seit 20 Tagen nicht da: bitte anrufen", "warn"),
        "Läuft": ("läuft", ""),
        "Neu": ("neu dabei", ""),
        "Spät": ("hat noch nicht angefangen: bitte anrufen", "warn"),
        "Steckt": ("hängt in Schritt 1: bitte helfen", "warn"),
    }
    assert "3 Personen möchten von Ihnen hören" in one_line(browser.get(page_of(group)))


def test_who_has_failed_the_test_is_named(browser, house, course, tutor):
    ask_for_a_result(course)
    group = made(house, course, by=tutor)
    anna = joined(group)
    for number in (1, 2):
        for right in (False, True):
            answer(anna, course, number, right=right)
    assert rows_of(browser, group) == {
        "Anna Arbeit": ("Test nicht bestanden: bitte melden", "warn")
    }


def test_an_empty_group_shows_its_code(browser, group):
    text = one_line(browser.get(page_of(group)))
    assert "Noch ist niemand in der Gruppe." in text
    assert written(group.code) in text


def test_steps_and_last_visit_are_words(browser, group):
    joined(group, "Eins", touched_at=days(1), position=2)
    joined(group, "", touched_at=days(3))
    text = one_line(browser.get(page_of(group)))
    assert "0 von 2 Schritten erledigt, ist bei Schritt 2" in text
    assert "gestern" in text
    assert "vor 3 Tagen" in text
    assert "Ohne Namen" in text
    assert "@" not in text.partition("<main")[2].partition("</main>")[0]  # nobody's address


def test_the_table_costs_four_statements_for_thirty_people(
    browser, group, django_assert_max_num_queries
):
    joined(group, "Erste")
    browser.get(page_of(group))
    with django_assert_max_num_queries(20) as few:
        browser.get(page_of(group))
    for number in range(29):
        joined(group, f"Person {number}", done=1, touched_at=days(number))
    with django_assert_max_num_queries(len(few)) as many:
        page = browser.get(page_of(group))
    assert len(page.context["rows"]) == 30
    asked = [
        query["sql"] for query in many if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))
    ]
    assert len([sql for sql in asked if "set_config" not in sql]) <= 4, asked


def test_the_table_for_the_file_is_no_formula(browser, group):
    joined(group, "=HYPERLINK(1)", done=1)
    answered = browser.get(f"{page_of(group)}stand.csv")
    text = answered.content.decode("utf-8-sig")
    [head, row] = csv.reader(io.StringIO(text), delimiter=";")
    assert head[:3] == ["Name", "In der Gruppe seit", "Schritte erledigt"]
    assert (row[0], row[3]) == ("'=HYPERLINK(1)", "2")


# --- making and keeping one ---


def test_a_tutor_makes_a_group_and_gets_its_sheet(browser, course):
    data = {"course": f"haus/{course.slug}", "name": " Donnerstag,  14 Uhr ", "size": "12"}
    page = browser.post(f"{HOUSE}gruppen/neu/", data, follow=True)
    with look(system("test")):
        group = Group.objects.get()
    assert (group.name, group.size, group.open_until) == ("Donnerstag, 14 Uhr", 12, None)
    text = one_line(page)
    assert written(group.code) in text
    assert f"testserver/gruppe/{in_address(group.code)}/"[-12:] in str(page.context["link"])
    assert "Tom Tutor" in text


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("course", "", "Bitte wählen Sie einen Kurs."),
        ("course", "nachbar/fremd", "gibt es hier nicht"),
        ("open_until", "2020-01-01", "Dieser Tag ist schon vorbei."),
        ("size", "0", "Mindestens 1."),
        ("size", "501", "Höchstens 500."),
    ],
)
def test_what_is_wrong_is_said_and_kept(browser, course, field, value, says):
    data = {"course": f"haus/{course.slug}", "name": "Gruppe", field: value}
    page = browser.post(f"{HOUSE}gruppen/neu/", data)
    assert says in str(page.context["form"].errors[field])
    assert 'value="Gruppe"' in page.content.decode()


def test_a_later_day_lets_people_in_again(browser, group, tutor):
    with look(system("test")):
        Group.objects.filter(pk=group.pk).update(open_until=days(3).date())
    late = (timezone.localdate() + timedelta(days=30)).isoformat()
    data = {"name": "Freitag", "open_until": late, "tutors": [tutor.pk]}
    assert "Freitag" in one_line(browser.post(f"{page_of(group)}aendern/", data, follow=True))
    actions.join_group(person(), group.code)
    [line] = recorded("group.changed")
    assert (line.who, line.details) == ("Tom Tutor", {"until": late})


def test_a_day_that_has_passed_may_stay_when_something_else_changes(browser, group, tutor):
    past = days(3).date()
    with look(system("test")):
        Group.objects.filter(pk=group.pk).update(open_until=past)
    data = {"name": "Neu", "open_until": past.isoformat(), "tutors": [tutor.pk]}
    assert browser.post(f"{page_of(group)}aendern/", data).status_code == 302


def test_a_new_code_and_a_closed_group_say_so(browser, group):
    browser.post(f"{page_of(group)}code/")
    page = browser.post(f"{page_of(group)}schliessen/", follow=True)
    assert "Gruppe wieder öffnen" in one_line(page)
    assert "kommt niemand mehr dazu" in one_line(browser.get(f"{page_of(group)}blatt/"))
    browser.post(f"{page_of(group)}schliessen/")
    with look(system("test")):
        group.refresh_from_db()
    assert (group.closed_at, len(group.former_codes)) == (None, 1)


DOORS = ("", "aendern/", "blatt/", "stand.csv", "code/", "schliessen/")


@pytest.mark.parametrize("door", DOORS)
def test_whose_group_it_is_not_finds_nothing(group, house, door):
    colleague = factories.make_member(house, Role.TUTOR)
    nextdoor = factories.make_member(factories.make_provider("nachbar"), Role.OWNER)
    address = page_of(group) + door
    for somebody in (colleague, nextdoor):
        browser = signed_in(somebody)
        assert browser.get(address).status_code in (404, 405)
        assert browser.post(address).status_code in (404, 405)
    elsewhere = address.replace("/haus/", "/nachbar/")
    assert signed_in(nextdoor).get(elsewhere).status_code in (404, 405)


def test_a_head_sees_every_group_of_her_house(group, owner):
    browser = signed_in(owner)
    assert browser.get(page_of(group)).status_code == 200
    assert "Donnerstag, 14 Uhr" in one_line(browser.get(HOUSE))


# --- one person ---


def test_a_tutor_and_the_learner_read_the_same(browser, group, course):
    anna = joined(group)
    answer(anna, course, 1, right=False)
    answer(anna, course, 1, right=True)
    tutors_page = browser.get(f"{page_of(group)}{anna.learner_id}/")
    hers = signed_in(anna.learner).get(f"/gruppe/mitglied/{group.pk}/")
    same = ("row", "steps", "meetings", "tutors", "course_title")
    for name in same:
        assert tutors_page.context[name] == hers.context[name], name
    text = one_line(hers)
    assert "Was ist sicher?" in text
    assert "Ein langer Satz" in text
    assert "123456" in text
    assert "Ihre Gruppe begleitet: Tom Tutor." in text


def test_a_step_is_confirmed_with_a_reason_only(browser, group, course):
    anna = joined(group)
    address = f"{page_of(group)}{anna.learner_id}/"
    page = browser.post(address, {"act": "confirm", "step": "2", "reason": " "})
    assert "Bitte schreiben Sie, warum Sie den Schritt bestätigen." in one_line(page)
    data = {"act": "confirm", "step": "2", "reason": "Hat es gezeigt."}
    assert "Der Schritt ist bestätigt." in one_line(browser.post(address, data, follow=True))
    again = browser.post(address, data, follow=True)
    assert "In diesem Schritt ist nichts mehr zu tun." in one_line(again)
    hers = one_line(signed_in(anna.learner).get(f"/gruppe/mitglied/{group.pk}/"))
    assert "Tom Tutor: einen Schritt für Sie bestätigt" in hers
    assert "Hat es gezeigt." in hers


def test_new_attempts_and_taking_somebody_out(browser, group, course):
    anna = joined(group)
    answer(anna, course, 1, right=False)
    address = f"{page_of(group)}{anna.learner_id}/"
    assert "Neue Versuche geben" in one_line(browser.get(address))
    page = browser.post(address, {"act": "anew", "step": "1"}, follow=True)
    assert "zählt nicht mehr" in one_line(page)
    assert "Neue Versuche geben" not in one_line(page)
    browser.post(address, {"act": "take_out"})
    assert members(group) == []
    assert browser.get(address).status_code == 404
    assert signed_in(anna.learner).get(f"/gruppe/mitglied/{group.pk}/").status_code == 404


@pytest.mark.parametrize("data", [{}, {"act": "fly"}, {"act": "anew", "step": "9" * 40}])
def test_what_no_form_sends_changes_nothing(browser, group, data):
    anna = joined(group)
    assert browser.post(f"{page_of(group)}{anna.learner_id}/", data).status_code == 302
    with look(system("test")):
        assert TutorAct.objects.count() == 0


def test_after_the_course_is_done_nothing_is_offered(browser, group):
    anna = joined(group, completed_at=timezone.now())
    address = f"{page_of(group)}{anna.learner_id}/"
    assert "Schritt bestätigen" not in one_line(browser.get(address))
    data = {"act": "confirm", "step": "1", "reason": "x"}
    assert "Der Kurs ist geschafft" in one_line(browser.post(address, data, follow=True))


def test_somebody_who_learns_there_without_the_group_is_not_shown(browser, group, course):
    other = factories.make_enrolment(course)
    assert browser.get(f"{page_of(group)}{other.learner_id}/").status_code == 404


def test_meetings_stand_beside_the_steps(browser, house, course, tutor):
    with look(system("test")):
        page = CoursePage.objects.get(pk=course.pk)
        page.sittings, page.required_sittings = 2, 1
        page.save_revision().publish()
    group = made(house, course, by=tutor)
    anna = joined(group)
    tick = {(anna.pk, 1)}
    keep = {"ticked": tick, "shown": set(), "by": tutor}
    actions.keep_attendance(house.pk, course.translation_key, **keep)
    text = one_line(browser.get(page_of(group)))
    assert "1 von 2" in text  # as it was
    register = f"/lernen/haus/{course.slug}/anwesenheit/?gruppe={group.pk}"
    assert register in text
    factories.make_enrolment(course, person("Nicht dabei"))
    assert "Nicht dabei" not in one_line(browser.get(register))
    assert "Nicht dabei" in one_line(browser.get(register.partition("?")[0]))
    page = browser.post(
        register, {"there": [f"{anna.pk}-1", f"{anna.pk}-2"], "shown": f"{anna.pk}-1"}
    )
    assert page.url == register
    colleague = signed_in(factories.make_member(house, Role.TUTOR))
    assert colleague.get(register).status_code == 404
    assert browser.get(register.replace(str(group.pk), "x")).status_code == 404
    hers = one_line(signed_in(anna.learner).get(f"/gruppe/mitglied/{group.pk}/"))
    assert "Termin 1: war da" in hers
    assert "Termin 2: war da" in hers
    assert "Tom Tutor: eingetragen, dass Sie da waren (Termin 1)" in hers
    table = browser.get(f"{page_of(group)}stand.csv").content.decode()
    assert "Termine besucht;Termine" in table
