"""What a course asks for its attestation: the rule itself, how it is printed, and how it changes an edition."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from courses.actions import one_printing
from courses.changes import compare
from courses.models import CoursePage, Edition, Issue
from courses.press.terms import terms_of
from courses.queries import propose
from courses.queries.editions import printed_rule
from courses.rules import PARTICIPATION, AttestationRule, result_of
from tenancy.lens import look, system
from tests import factories

PER_CENT = st.integers(0, 100)
RULES = st.builds(
    AttestationRule,
    required_share=st.integers(1, 100),
    pass_mark=PER_CENT,
    required_sittings=st.integers(0, 8),
    retakes=st.none() | st.integers(0, 5),
    valid_months=st.none() | st.integers(1, 240),
)

# --- the rule, pure ------------------------------------------------------------------------------------------------


@given(rule=RULES, total=st.integers(1, 500))
def test_some_items_are_needed_and_never_more_than_there_are(rule, total):
    needed = rule.items_needed(total)
    assert 1 <= needed <= total
    assert needed * 100 >= total * rule.required_share
    assert needed == 1 or (needed - 1) * 100 < total * rule.required_share


@given(
    rule=RULES,
    total=st.integers(1, 60),
    reached=st.tuples(st.integers(0, 60), PER_CENT, st.integers(0, 8)),
    more=st.tuples(st.integers(0, 60), PER_CENT, st.integers(0, 8)),
)
def test_more_never_makes_it_worse(rule, total, reached, more):
    done, result, attended = reached
    before = rule.judge(done, total, result, attended)
    after = rule.judge(done + more[0], total, min(100, result + more[1]), attended + more[2])
    assert {*after.missing} <= {*before.missing}
    assert (after.complete, after.passed) >= (before.complete, before.passed)


@given(rule=RULES, total=st.integers(1, 60))
def test_everything_right_and_always_there_is_enough(rule, total):
    assert rule.judge(total, total, 100, 8) == (True, True, [])


@given(rule=RULES, other=RULES, total=st.integers(1, 60), result=PER_CENT)
def test_a_rule_that_is_not_stricter_takes_nothing_away(rule, other, total, result):
    if not rule.is_stricter_than(other):
        for done in range(total + 1):
            if other.judge(done, total, result, 3).complete:
                assert rule.judge(done, total, result, 3).complete


@given(rule=RULES)
def test_a_rule_is_read_as_it_was_printed(rule):
    assert AttestationRule.from_facts(rule.as_facts()) == rule
    assert not rule.is_stricter_than(rule)


def test_covers_without_a_rule_mean_the_defaults():
    assert (
        AttestationRule.from_facts(None)
        == AttestationRule.from_facts({"of later": 1})
        == AttestationRule()
    )
    assert AttestationRule().judge(2, 2, 0, 0).complete
    assert (AttestationRule().asks_more, AttestationRule(pass_mark=1).asks_more) == (False, True)


def test_what_is_missing_is_said_in_order():
    rule = AttestationRule(required_share=50, pass_mark=80, sittings=4, required_sittings=3)
    assert rule.judge(4, 10, 79, 2) == (False, False, ["items", "result", "sittings"])
    assert rule.judge(5, 10, 80, 2) == (False, True, ["sittings"])


def test_a_course_without_questions_cannot_be_failed():
    assert result_of(0, 0) is None
    assert AttestationRule(pass_mark=80).judge(1, 1, None, 0).complete


def test_a_result_is_rounded_down():
    assert [result_of(right, 3) for right in range(4)] == [0, 33, 66, 100]


@pytest.mark.parametrize(
    ("months", "day", "until"),
    [
        (1, date(2026, 1, 31), date(2026, 2, 28)),
        (24, date(2024, 2, 29), date(2026, 2, 28)),
        (12, date(2026, 12, 1), date(2027, 12, 1)),
        (None, date(2026, 1, 1), None),
    ],
)
def test_an_attestation_ends_on_the_same_day_or_the_months_last(months, day, until):
    assert AttestationRule(valid_months=months).valid_until(day) == until


def test_it_may_be_renewed_from_sixty_days_before_its_end():
    rule, began = AttestationRule(valid_months=12), date(2026, 1, 1)
    days = [date(2026, 11, 1), date(2026, 11, 2), date(2030, 1, 1)]
    assert [rule.is_renewable(began, day) for day in days] == [False, True, True]
    assert not AttestationRule().is_renewable(began, days[-1])


def test_retakes_are_counted_after_the_first_time():
    once = AttestationRule(retakes=1)
    assert [once.may_retake(taken) for taken in (1, 2)] == [True, False]
    assert (AttestationRule(retakes=0).may_retake(1), AttestationRule().may_retake(99)) == (
        False,
        True,
    )


def test_units_are_computed_unless_the_provider_says_them():
    assert [AttestationRule().units_of(minutes) for minutes in (0, 3, 44, 45, 89, 90, 450)] == [
        0,
        0,
        0,
        1,
        1,
        2,
        10,
    ]
    assert AttestationRule(units=6).units_of(20) == 6


def test_a_shorter_validity_or_another_attestation_is_stricter():
    assert AttestationRule(valid_months=12).is_stricter_than(AttestationRule())
    assert AttestationRule(valid_months=12).is_stricter_than(AttestationRule(valid_months=24))
    assert not AttestationRule().is_stricter_than(AttestationRule(valid_months=24))
    assert AttestationRule(retakes=1).is_stricter_than(AttestationRule())
    assert AttestationRule(attestation=PARTICIPATION).is_stricter_than(AttestationRule())


def test_a_stricter_rule_asks_for_a_new_edition_and_another_goal_must_be_one():
    shorter = compare([], [], rules=(AttestationRule(), AttestationRule(valid_months=12)))
    easier = compare([], [], rules=(AttestationRule(pass_mark=80), AttestationRule(pass_mark=60)))
    same = compare([], [], rules=(AttestationRule(), AttestationRule(units=3)))
    assert [(c.asks_for_new, c.must_be_new) for c in (shorter, easier, same)] == [
        (True, False),
        (True, True),
        (False, False),
    ]


# --- in plain words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (AttestationRule(), "Wenn Sie alle 4 Schritte erledigt haben."),
        (
            AttestationRule(pass_mark=80, sittings=4, required_sittings=3, valid_months=24),
            "Dafür brauchen Sie: alle Schritte, mindestens 80 % beim ersten Versuch richtig, 3 von 4 Terminen. "
            "Gilt 24 Monate.",
        ),
        (AttestationRule(required_share=75), "Dafür brauchen Sie: mindestens 75 % der Aufgaben."),
    ],
)
def test_the_rule_is_said_in_plain_words(rule, says):
    assert terms_of(rule, 4) == {"name": "Mit Zertifikat", "says": says}


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        (0, "Wenn Sie alle Schritte erledigt haben."),
        (1, "Wenn Sie den Schritt erledigt haben."),
        (2, "Wenn Sie alle 2 Schritte erledigt haben."),
    ],
)
def test_a_course_in_the_making_names_no_number_of_steps(steps, says):
    assert terms_of(AttestationRule(), steps)["says"] == says


# --- at the desk and in print --------------------------------------------------------------------------------------


@pytest.fixture
def course(house):
    return factories.make_course(house, lessons=2)


def change(course, *, issue="", **fields):
    """The course's page is edited and published."""
    with look(system("test")):
        page = CoursePage.objects.get(pk=course.pk)
        for name, value in fields.items():
            setattr(page, name, value)
        page.save_revision()
        with one_printing(by=None, issue=issue):
            page.get_latest_revision().publish()
        return Edition.objects.filter(course=course.translation_key).latest("number")


def test_the_form_says_which_number_does_not_fit(course):
    with look(system("test")):
        course.sittings, course.required_sittings, course.required_share = 2, 3, 0
        with pytest.raises(ValidationError) as wrong:
            course.full_clean()
    assert {"required_sittings", "required_share"} <= wrong.value.message_dict.keys()
    assert wrong.value.message_dict["required_sittings"] == [
        "Das sind mehr Termine, als es gibt. Bitte prüfen Sie beide Zahlen."
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"required_share": 0},
        {"required_share": 101},
        {"pass_mark": 101},
        {"required_sittings": 1},
        {"valid_months": 0},
        {"units": 0},
        {"attestation": "diploma"},
    ],
)
def test_the_database_refuses_what_makes_no_sense(course, fields):
    with look(system("test")), pytest.raises(IntegrityError), transaction.atomic():
        CoursePage.objects.filter(pk=course.pk).update(**fields)


def test_the_rule_is_printed_and_stands_on_the_courses_page(client, course):
    edition = change(course, pass_mark=80, attestation="achievement", retakes=1)
    with look(system("test")):
        assert printed_rule(edition) == AttestationRule(
            pass_mark=80, attestation="achievement", retakes=1
        )
    page = client.get(f"/kurse/haus/{course.slug}/").content.decode()
    assert "Mit Leistungsnachweis" in page
    assert "Dafür brauchen Sie: alle Schritte, mindestens 80 % beim ersten Versuch richtig." in page


def test_a_goal_is_never_changed_by_a_correction(course):
    first = change(course, title="Sicher im Netz 2")
    harder = change(course, issue=Issue.CORRECTION, pass_mark=50)
    easier = change(course, issue=Issue.CORRECTION, pass_mark=0)
    assert [e.number for e in (first, harder, easier)] == [1, 2, 3]


def test_units_are_a_correction_and_a_shorter_validity_as_the_author_says(course):
    units = change(course, units=3)
    shorter = change(course, issue=Issue.CORRECTION, valid_months=12)
    proposed = change(course, valid_months=6)
    assert [e.number for e in (units, shorter, proposed)] == [1, 1, 2]


def test_a_draft_with_another_rule_is_proposed_as_a_new_edition(course):
    with look(system("test")):
        page = CoursePage.objects.get(pk=course.pk)
        page.pass_mark = 80
        assert propose(course, [page]).changes.must_be_new
        assert not propose(course, []).changes.asks_for_new


def edit(desk, course, **fields):
    """The course's page, saved in the editor with these `fields`."""
    with look(system("test")):
        page = CoursePage.objects.get(pk=course.pk)
        goals = [("goal", goal.value) for goal in page.goals]
        names = ("title", "slug", "short_title", "summary", "lead", "licence")
        words = {name: getattr(page, name) for name in names}
    form = words | {"main_competence": "4.1", "level": "einstieg", "competences": []}
    form |= {"audience": rich_text("<p>Für alle.</p>"), "goals": streamfield(goals)}
    form |= {"comments": inline_formset([])} | fields
    return desk.post(reverse("wagtailadmin_pages:edit", args=[course.pk]), nested_form_data(form))


def test_what_is_left_empty_in_the_editor_means_the_default(course, desk):
    """And what is not sent at all stays."""
    change(course, pass_mark=80, required_share=50)
    assert edit(desk, course, required_share="", attestation="", sittings="").status_code == 302
    with look(system("test")):
        draft = CoursePage.objects.get(pk=course.pk).get_latest_revision_as_object()
    assert draft.rule == AttestationRule(pass_mark=80)


def test_the_editor_says_beside_the_field_what_is_wrong(course, desk):
    wrong = edit(desk, course, sittings="2", required_sittings="3").context["form"]
    assert wrong.errors["required_sittings"] == [
        "Das sind mehr Termine, als es gibt. Bitte prüfen Sie beide Zahlen."
    ]
    assert {*edit(desk, course, pass_mark="101").context["form"].errors} == {"pass_mark"}
