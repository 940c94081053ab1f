"""What the city wants to reach: typed as people type it, measured by what there is, never below what may be said."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from reports.aims import GoalState, per_cent, progress, target_of
from reports.indicators import indicators, values_now
from reports.models import Goal
from tenancy.lens import look, system
from tests import factories

GOALS = "/buero/ziele/"
SOON = (timezone.localdate() + timedelta(days=200)).isoformat()
SAID = {"indicator": "kurse", "target": "+50 %", "due": SOON, "owner": "Bildungsbüro"}


@pytest.fixture(autouse=True)
def _three_houses(db):
    for slug in ("haus", "nachbar", "dritte"):
        factories.make_course(factories.make_provider(slug))


def kept():
    with look(system("test")):
        return list(Goal.objects.all())


@pytest.mark.parametrize(
    ("typed", "base", "target"),
    [("40", 30, 40), ("+10 %", 30, 33), ("10%", 31, 35), ("10 Prozent", 5, 6), ("30", 30, None), ("20", 30, None),
     ("-5", 30, None), ("+0 %", 30, None), ("viel", 30, None), ("", 30, None), ("9" * 8, 30, None), ("+50 %", 0, None)],
)  # fmt: skip
def test_a_target_is_a_number_or_more_of_what_there_is(typed, base, target):
    assert target_of(typed, base) == target


@given(st.integers(0, 10**6), st.one_of(st.none(), st.integers(0, 10**7)), st.integers(1, 10**7))
def test_how_far_is_between_nothing_and_all(base, now, target):
    assert 0 <= per_cent(base, now, target) <= 100
    if now is not None and now >= target > base:
        assert per_cent(base, now, target) == 100


def test_how_a_goal_stands():
    day = date(2027, 6, 30)
    assert progress(30, 30, day, day) is GoalState.REACHED
    assert progress(29, 30, day, day) is GoalState.UNDER_WAY
    assert progress(29, 30, day, day + timedelta(days=1)) is GoalState.LATE
    assert progress(None, 30, day, day) is GoalState.UNKNOWN


def test_every_indicator_has_a_value_in_few_statements(clerk, django_assert_num_queries):
    with look(system("test")), django_assert_num_queries(3):
        found = values_now(timezone.localdate())
    assert found.keys() == indicators().keys()
    assert found["kurse"] == found["anbieter"] == 3


def test_a_goal_is_set_once_put_away_and_taken_up_again(clerk):
    for _twice in range(2):
        clerk.post(GOALS, SAID)
    [goal] = kept()
    assert (goal.base, goal.target) == (3, 5)
    page = " ".join(clerk.get(GOALS).content.decode().split())
    assert "3 von 5 Kurse" in page
    assert "Auf dem Weg." in page
    away = clerk.post(f"{GOALS}{goal.pk}/weglegen/", follow=True).content.decode()
    assert "Wieder aufnehmen" in away
    clerk.post(f"{GOALS}{goal.pk}/weglegen/", {"wieder": "1"})
    assert kept()[0].ended_at is None
    assert clerk.post(f"{GOALS}999/weglegen/").status_code == 302


@pytest.mark.parametrize(
    ("wrong", "says"),
    [({"target": "2"}, "Jetzt sind es 3. Bitte eine größere Zahl, oder einen Zuwachs wie +10 %."),
     ({"due": "2020-01-01"}, "Bitte einen Tag, der noch kommt."),
     ({"indicator": "begonnen"}, "Dazu gibt es noch keine Zahl."),
     ({"indicator": "unsinn"}, "Das hat noch nicht geklappt"), ({"owner": ""}, "Das hat noch nicht geklappt")],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_lost(clerk, wrong, says):
    page = clerk.post(GOALS, SAID | wrong).content.decode()
    assert says in page
    if "owner" not in wrong:
        assert 'value="Bildungsbüro"' in page
    assert kept() == []
