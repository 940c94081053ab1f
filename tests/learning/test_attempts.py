"""How often an activity may be tried, and which attempt is shown: the rule of a course, kept on the server."""

import csv
import io
import re
import uuid

import pytest
from django.urls import reverse

from learning import actions
from learning.actions import CannotHelp
from learning.models import Attempt, AttemptRule, Enrolment, TutorAct, XapiStatement
from tenancy.lens import look, system
from tests import factories
from tests.learning.test_results import answered, asked, door, furnished, report
from tests.support.pages import one_line

__all__ = ["asked", "furnished"]
NOWHERE = uuid.UUID(int=1)
RIGHT, WRONG = "0[,]2", "0"


@pytest.fixture
def tutor(house):
    return factories.make_member(house, "tutor")


def rule(place, *, counts="best", most=None, by):
    with look(system("test")):
        enrolment = Enrolment.objects.get(pk=place.enrolment.pk)
    actions.set_attempt_rule(
        enrolment.provider_id, enrolment.course, counts=counts, most=most, by=by
    )


def try_it(place, response=WRONG, **said):
    return place.post("activity_result", report(response) | said).json()


def kept(place):
    with look(system("test")):
        return [*XapiStatement.objects.order_by("at").values_list("points", flat=True)]


def said_before(place):
    """What stands at the activity before it is opened."""
    page = place.client.get(place.url("lesson")).content.decode()
    found = re.search(r"<p[^>]*data-attempts>(.*?)</p>", page, re.DOTALL)
    return " ".join(found[1].split()) if found else None


BEST = "In Ihren Ergebnissen gilt der beste Versuch."
SPENT = "Sie können weiter üben. Das Ergebnis speichern wir dann nicht."


def test_without_a_rule_nothing_is_said_and_nothing_limited(asked):
    assert said_before(asked) is None
    answered(asked, *[WRONG] * 5)
    assert (len(kept(asked)), said_before(asked)) == (5, None)


def test_a_limit_is_said_before_and_kept(asked, tutor):
    rule(asked, most=2, by=tutor)
    assert said_before(asked) == f"Sie haben 2 Versuche. {BEST}"
    first = try_it(asked)
    assert (
        " ".join(re.sub("<[^>]*>", "", first["attempts"]).split())
        == f"Sie haben noch 1 von 2 Versuchen. {BEST}"
    )
    assert "spent" not in try_it(asked, RIGHT)
    assert said_before(asked) == f"Sie haben alle 2 Versuche gebraucht. {SPENT} {BEST}"
    third = try_it(asked, RIGHT)
    assert (third["spent"], "stand" in third, "state" in third) == (True, False, False)
    assert "Dieser Versuch ist nicht gespeichert." in third["feedback"]
    assert kept(asked) == [1.0, 2.0]
    with look(system("test")):
        assert Attempt.objects.count() == 2


def test_a_visitor_reads_the_rule_and_keeps_what_they_did(asked, tutor):
    rule(asked, counts="first", most=3, by=tutor)
    asked.client.logout()
    assert (
        said_before(asked) == "Sie haben 3 Versuche. In Ihren Ergebnissen gilt der erste Versuch."
    )


@pytest.mark.parametrize(
    ("counts", "words"),
    [("last", "der letzte Versuch"), ("average", "der Durchschnitt aller Versuche")],
)
def test_which_attempt_counts_is_said_without_a_limit_too(asked, tutor, counts, words):
    rule(asked, counts=counts, by=tutor)
    assert said_before(asked) == f"In Ihren Ergebnissen gilt {words}."


def test_the_same_report_again_is_known_also_when_no_attempt_is_left(asked, tutor):
    """Offline, a report is sent until it has arrived; the answer to the first one may be lost."""
    rule(asked, most=1, by=tutor)
    said = report(RIGHT)
    assert asked.post("activity_result", said).json()["right"] is True
    assert asked.post("activity_result", said).json() == {"known": True}
    assert try_it(asked, RIGHT)["spent"] is True
    assert kept(asked) == [2.0]


def test_a_limit_that_is_lowered_later_takes_nothing_away(asked, tutor):
    answered(asked, WRONG, RIGHT, WRONG)
    rule(asked, most=1, by=tutor)
    assert said_before(asked) == f"Sie haben Ihren Versuch gebraucht. {SPENT}"
    assert try_it(asked)["spent"] is True
    rule(asked, most=4, by=tutor)
    assert said_before(asked) == f"Sie haben noch 1 von 4 Versuchen. {BEST}"
    assert kept(asked) == [1.0, 2.0, 1.0]


def one_more(place, tutor):
    actions.give_one_more(place.enrolment.pk, uuid.UUID(place.item), by=tutor)


def test_a_tutor_gives_one_more_once_also_below_a_lowered_limit(asked, tutor):
    answered(asked, WRONG, WRONG)
    rule(asked, most=1, by=tutor)
    one_more(asked, tutor)
    with pytest.raises(CannotHelp, match="nothing"):  # a second click, a second tutor
        one_more(asked, tutor)
    assert said_before(asked) == f"Sie haben noch 1 von 3 Versuchen. {BEST}"
    assert "spent" not in try_it(asked, RIGHT)
    assert try_it(asked, RIGHT)["spent"] is True
    with look(system("test")):
        assert [act.kind for act in TutorAct.objects.all()] == ["one_more"]


def test_nothing_more_is_given_where_nothing_is_limited_or_somebody_has_left(asked, tutor):
    answered(asked, WRONG)
    with pytest.raises(CannotHelp, match="nothing"):
        one_more(asked, tutor)
    rule(asked, most=1, by=tutor)
    with look(system("test")):
        Enrolment.objects.filter(pk=asked.enrolment.pk).update(closed_at="2026-11-01T10:00:00Z")
    with pytest.raises(CannotHelp, match="left"):
        one_more(asked, tutor)


def test_new_attempts_for_a_step_are_new_attempts_at_its_activities(asked, tutor):
    rule(asked, most=2, by=tutor)
    answered(asked, WRONG, WRONG)
    actions.give_new_attempts(asked.enrolment.pk, 1, by=tutor)
    assert said_before(asked) == f"Sie haben noch 2 von 4 Versuchen. {BEST}"


def test_a_button_that_says_done_is_no_attempt(asked, tutor):
    rule(asked, most=1, by=tutor)
    said = {"item": asked.item, "done": "1"}
    asked.client.post(asked.url("answer"), said)
    assert "spent" not in try_it(asked, RIGHT)


# --- the tutor's page ---


def test_the_tutor_sets_the_rule_and_the_page_and_the_table_follow_it(asked, tutor):
    answered(asked, WRONG, RIGHT, WRONG)
    asked.client.force_login(tutor)
    answer = asked.client.post(door(asked), {"counts": "first", "most": "3"})
    assert (answer.status_code, answer["Location"]) == (302, door(asked))
    with look(system("test")):
        assert [*AttemptRule.objects.values_list("counts", "most")] == [("first", 3)]
    page = asked.client.get(door(asked))
    [shown] = page.context["activities"]
    [person] = shown.people
    assert (person.points, person.spent) == ("1 / 2", True)
    assert "Regel für Versuche: Erster Versuch, höchstens 3 Versuche" in one_line(page)
    file = asked.client.get(door(asked, "results_csv")).content.decode("utf-8-sig")
    assert [line[-1] for line in csv.reader(io.StringIO(file), delimiter=";")] == ["Gilt", "ja", "nein", "nein"]  # fmt: skip
    more = f"{asked.enrolment.pk}-{asked.item}"
    assert f'value="{more}"' in page.content.decode()
    answer = asked.client.post(door(asked), {"mehr": more}, follow=True)
    assert "Anna Test hat jetzt einen Versuch mehr." in one_line(answer)
    answer = asked.client.post(door(asked), {"mehr": more}, follow=True)
    assert "Die Person hat noch einen Versuch." in one_line(answer)


@pytest.mark.parametrize("most", ["0", "51", "-1", "viele", "1.5"])
def test_a_limit_that_is_none_is_refused_in_its_place(asked, tutor, most):
    asked.client.force_login(tutor)
    answer = asked.client.post(door(asked), {"counts": "best", "most": most})
    assert answer.status_code == 400
    assert f'value="{most}"' in answer.content.decode()
    with look(system("test")):
        assert AttemptRule.objects.count() == 0


@pytest.mark.parametrize("more", ["", "x", "1", f"1-{NOWHERE}", f"{10**30}-{NOWHERE}"])
def test_one_more_for_nobody_is_nothing(asked, tutor, more):
    asked.client.force_login(tutor)
    assert asked.client.post(door(asked), {"mehr": more}).status_code == 404


def test_tutors_next_door_and_learners_change_no_rule(asked, house):
    factories.make_provider("nachbar")
    stranger = factories.make_member(factories.make_provider("nebenan"), "tutor")
    for person in (stranger, asked.enrolment.learner):
        asked.client.force_login(person)
        answer = asked.client.post(door(asked), {"counts": "last", "most": "1"})
        assert answer.status_code in (403, 404)
    with look(system("test")):
        assert AttemptRule.objects.count() == 0


def test_her_own_results_say_which_attempt_counts(asked, tutor):
    rule(asked, counts="last", by=tutor)
    answered(asked, WRONG)
    page = asked.client.get(
        reverse("learning:my_results", args=[asked.where["provider"], asked.where["course"]])
    )
    assert "In Ihren Ergebnissen gilt der letzte Versuch." in one_line(page)
