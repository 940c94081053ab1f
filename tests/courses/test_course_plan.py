"""The plan of a course at the desk: each part is written in place, stored at once, finished or not, and nothing of a colleague's is lost."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from courses import block_forms
from courses.actions import begin_variant, write
from courses.models import Competence, CoursePage, LessonPage, WritingAct
from courses.models.parts import PARTS
from providers.models import Membership
from tenancy.lens import look, system
from tests import factories
from tests.courses.test_block_forms import sent
from tests.support.desk import as_

PART = {"headers": {"X-Desk": "part"}}


@pytest.fixture
def course(house):
    return factories.make_course(house, lessons=3, title="Fotos ordnen")


@pytest.fixture
def colleague(house):
    return factories.make_member(house, Membership.Role.AUTHOR, name="Jonas Keller")


def url(name, course, *more):
    return reverse(f"desk:{name}", args=[course.pk, *more])


def now(course):
    with look(system("test")):
        return CoursePage.objects.get(pk=course.pk).get_latest_revision_as_object()


def raw(course, part):
    with look(system("test")):
        return next(one for one in write.body_of(now(course)) if one["id"] == part)


def form(course, part, **changes):
    """The form of a part as a browser sends it, with some changes."""
    with look(system("test")):
        one = raw(course, part)
        data = sent(block_forms.form_of(part, one["value"])) | {"base": [write.fingerprint(one)]}
    named = {name.replace("__", "-"): value for name, value in changes.items()}
    return url("plan_part", course, part), data | {
        name: value if isinstance(value, list) else [value] for name, value in named.items()
    }


def order(course):
    with look(system("test")):
        return [*course.lessons().values_list("pk", flat=True)]


@pytest.mark.parametrize("part", PARTS)
def test_an_untouched_part_stores_what_was_there(client, author, course, part):
    before = raw(course, part)
    at, data = form(course, part)
    assert as_(client, author).get(at).status_code == 200
    assert client.post(at, data).url == f"{url('plan', course)}#block-{part}"
    assert raw(course, part) == before
    with look(system("test")):
        assert WritingAct.objects.count() == 0


WRITTEN = [
    ("titel", {"v": "Fotos finden"}, "Fotos finden"),
    ("satz", {"v": "Ein neuer Satz."}, "Ein neuer Satz."),
    ("satz", {"v": ""}, ""),
    ("einleitung", {"v": "Eins.\r\n\r\nZwei."}, "Eins.\n\nZwei."),
    ("lizenz", {"v": "CC0-1.0"}, "CC0-1.0"),
]


@pytest.mark.parametrize(("part", "changes", "stored"), WRITTEN)
def test_a_part_is_written_finished_or_not(client, author, course, part, changes, stored):
    at, data = form(course, part, **changes)
    as_(client, author).post(at, data)
    assert raw(course, part)["value"] == stored


def test_who_it_is_for_is_written_with_a_list(client, author, course):
    at, data = form(course, "fuer-wen")
    del data["v-html"]
    as_(client, author).post(at, data | {"v": ["Für alle.\r\n\r\n- eins\r\n- zwei"]})
    assert raw(course, "fuer-wen")["value"].count("<li ") == 2


def test_goals_come_and_go(client, author, course):
    at, data = form(course, "ziele", do="row:v")
    as_(client, author).post(at, data)
    new = raw(course, "ziele")["value"][-1]["id"]
    at, data = form(course, "ziele", **{f"v-{new}": "Sie finden jedes Foto."})
    client.post(at, data)
    assert now(course).goals[-1].value == "Sie finden jedes Foto."
    at, data = form(course, "ziele", do=f"drop:v:{new}")
    client.post(at, data)
    assert new not in [goal.id for goal in now(course).goals]


def test_a_row_stands_ready_for_the_first_goal_and_is_none_until_it_is_written(
    client, author, course
):
    with look(system("test")):
        page = CoursePage.objects.get(pk=course.pk)
        page.goals = []
        page.save_revision(clean=False)
    at, _data = form(course, "ziele")
    shown = as_(client, author).get(at).text
    [row] = re.findall(r'name="v-neu" value="([0-9a-f-]{36})"', shown)
    typed = {"v": ["", row], "v-neu": row, f"v-{row}": " "}
    client.post(at, typed)
    assert raw(course, "ziele")["value"] == []
    client.post(at, typed | {f"v-{row}": "Sie finden jedes Foto."})
    client.post(at, typed | {f"v-{row}": "Sie finden jedes Foto."})
    assert [goal.value for goal in now(course).goals] == ["Sie finden jedes Foto."]


def test_competences_are_chosen_by_german_words(client, author, course):
    at, data = form(
        course, "kompetenz", v__main_competence="4.2", v__competences=["", "4.1", "9.9"]
    )
    page = as_(client, author).get(at)
    with look(system("test")):
        name = Competence.objects.get(pk="4.2").title
    assert f"{name} (4.2)" in page.text
    client.post(at, data)
    with look(system("test")):
        page = now(course)
        chosen = page.main_competence_id, [one.pk for one in page.competences.all()]
    assert chosen == ("4.2", ["4.1"])


def test_the_attestation_says_itself_in_one_sentence(client, author, course):
    at, data = form(course, "nachweis", v__required_share="70", v__valid_months="12")
    as_(client, author).post(at, data)
    said = client.get(f"{at}?zu", **PART).text
    assert "mindestens 70 % der Aufgaben. Gilt 12 Monate." in " ".join(said.split())
    at, data = form(course, "nachweis", v__valid_months="")
    client.post(at, data)
    assert now(course).valid_months is None


def test_a_rule_that_cannot_be_is_stored_and_said(client, author, course):
    at, data = form(course, "nachweis", v__required_sittings="3")
    answer = as_(client, author).post(at, data, **PART).json()
    assert answer["missing"] == [
        "Bei so vielen Terminen muss man da sein: Das sind mehr Termine, als es gibt. Bitte prüfen Sie beide Zahlen."
    ]


def test_the_licence_of_an_adopted_course_stays_its_originals(client, author, course):
    with look(system("test")):
        CoursePage.objects.filter(pk=course.pk).update(
            origin={"licence": "CC-BY-4.0", "title": "x"}
        )
    at, data = form(course, "lizenz", v="CC0-1.0")
    as_(client, author).post(at, data)
    assert now(course).licence == "CC-BY-4.0"


# --- several writers, undoing --------------------------------------------------------------------------------------------


def test_two_who_write_in_different_parts_lose_nothing(client, author, colleague, course):
    first, mine = form(course, "satz", v="Von Ada")
    other, theirs = form(course, "einleitung", v="Von Jonas")
    as_(client, colleague).post(other, theirs)
    as_(client, author).post(first, mine)
    assert (now(course).summary, now(course).lead) == ("Von Ada", "Von Jonas")


@pytest.mark.parametrize("extra", [{}, PART])
def test_of_the_same_part_both_are_shown(client, author, colleague, course, extra):
    at, mine = form(course, "satz", v="Von Ada")
    as_(client, colleague).post(at, form(course, "satz", v="Von Jonas")[1])
    both = as_(client, author).post(at, mine, **extra)
    said = both.json()["html"] if extra else both.text
    assert both.status_code == 409
    assert "Inzwischen hat Jonas Keller" in " ".join(said.split())
    assert "Von Ada" in said
    assert "Von Jonas" in said
    assert now(course).summary == "Von Jonas"


def test_an_act_is_undone_and_older_states_come_back(client, author, course):
    before = now(course)
    at, data = form(course, "satz", v="Neu")
    as_(client, author).post(at, data)
    client.post(url("plan_undo", course))
    assert now(course).summary == before.summary
    client.post(at, data)
    client.post(url("plan_states", course), {"stand": before.latest_revision_id})
    assert now(course).summary == before.summary


def test_a_locked_plan_is_read_and_not_written(client, author, owner, course):
    with look(system("test")):
        CoursePage.objects.filter(pk=course.pk).update(
            locked=True, locked_by=owner, locked_at=timezone.now()
        )
    assert (
        "Hier können Sie gerade nicht schreiben"
        in as_(client, author).get(url("plan", course)).text
    )
    at, data = form(course, "satz", v="Von Ada")
    lost = client.post(at, data)
    assert (lost.status_code, "Von Ada" in lost.text) == (423, True)
    before = order(course)
    client.post(url("plan_arrange", course), {"do": "down", "schritt": before[0], "platz": 1})
    assert order(course) == before


def test_who_else_is_here_is_said(client, author, colleague, course):
    as_(client, colleague).get(url("plan", course))
    assert "Auch hier: Jonas Keller" in " ".join(
        as_(client, author).get(url("plan", course)).text.split()
    )
    assert client.post(url("plan_here", course)).json() == {"others": "Auch hier: Jonas Keller"}


# --- steps ---------------------------------------------------------------------------------------------------------------


def test_a_step_changes_its_place_once_however_often_it_is_sent(client, author, course):
    first, second, third = order(course)
    as_(client, author)
    for _ in range(4):
        client.post(url("plan_arrange", course), {"do": "down", "schritt": first, "platz": 1})
    assert order(course) == [second, first, third]
    client.post(url("plan_arrange", course), {"do": "up", "schritt": third, "platz": 3})
    assert order(course) == [second, third, first]


def test_the_first_step_cannot_go_up(client, author, course):
    before = order(course)
    as_(client, author).post(
        url("plan_arrange", course), {"do": "up", "schritt": before[0], "platz": 1}
    )
    assert order(course) == before


@pytest.mark.parametrize(("typed", "stored"), [("25", 25), ("0", 10), ("viel", 10), ("9999", 10)])
def test_minutes_are_taken_or_stay(client, author, course, typed, stored):
    step = order(course)[0]
    as_(client, author).post(
        url("plan_arrange", course), {"do": "minutes", "schritt": step, "minuten": typed}
    )
    with look(system("test")):
        page = LessonPage.objects.get(pk=step).get_latest_revision_as_object()
    assert page.minutes == stored


def test_a_draft_moves_to_another_course(client, author, house, course):
    with look(system("test")):
        other = factories.make_course(house, lessons=1, title="Anderer Kurs")
        LessonPage.objects.filter(pk=order(course)[2]).update(live=False)
    first, second, third = order(course)
    data = {"do": "send", "schritt": third, "kurs": other.pk}
    as_(client, author)
    assert [client.post(url("plan_arrange", course), data).status_code for _ in range(2)] == [
        302,
        302,
    ]
    assert order(course) == [first, second]
    assert order(other)[-1] == third


def test_a_step_with_variants_stays(client, owner, house, course):
    with look(system("test")):
        other = factories.make_course(house, lessons=1, title="Anderer Kurs")
        step = course.lessons().last()
        begin_variant(course, "en", by=owner)
    data = {"do": "send", "schritt": step.pk, "kurs": other.pk}
    page = as_(client, owner).post(url("plan_arrange", course), data, follow=True)
    assert "Diesen Schritt gibt es auch in anderen Sprachen." in page.text
    assert step.pk in order(course)


def test_nothing_goes_to_another_house(client, author, course):
    with look(system("test")):
        foreign = factories.make_course(factories.make_provider("nachbar"), title="Fremd")
        theirs = foreign.lessons().first()
    as_(client, author)
    for data in (
        {"do": "send", "schritt": order(course)[0], "kurs": foreign.pk},
        {"do": "up", "schritt": theirs.pk, "platz": 1},
        {"do": "minutes", "schritt": theirs.pk, "minuten": "5"},
        {"do": "nonsense", "schritt": order(course)[0]},
        {"do": "up", "schritt": "x"},
    ):
        assert client.post(url("plan_arrange", course), data).status_code == 404


# --- what is still to do -------------------------------------------------------------------------------------------------


def test_what_is_to_do_leads_to_its_place_and_then_to_the_gate(client, author, course):
    with look(system("test")):
        page = now(course)
        page.summary, page.main_competence = "", None
        page.save_revision(clean=False)
        empty = course.lessons().last()
        draft = empty.get_latest_revision_as_object()
        draft.body = []
        draft.save_revision(clean=False)
    shown = as_(client, author).get(url("plan", course))
    assert {(one.says, one.url) for one in shown.context["things"]} >= {
        ("Fehlt noch: Ein Satz", f"{url('plan', course)}#block-satz"),
        ("Fehlt noch: Wichtigste Kompetenz", f"{url('plan', course)}#block-kompetenz"),
        ("Der Schritt ist noch leer.", reverse("writing:step", args=[empty.pk])),
    }
    refused = client.post(url("ask", course), {"words": "x"})
    assert (refused.status_code, refused.context["things"]) == (400, shown.context["things"])
    part = client.get(url("plan", course), **PART).text
    assert "dann können Sie den Kurs abgeben" in part
    assert "<html" not in part


STATES = {
    "nobody": {"plan": 302, "plan_part": 302, "plan_states": 302},
    "stranger": {"plan": 302, "plan_part": 302, "plan_states": 302},
    "of another house": {"plan": 404, "plan_part": 404, "plan_states": 404},
    "tutor": {"plan": 404, "plan_part": 404, "plan_states": 404},
    "author": {"plan": 200, "plan_part": 200, "plan_states": 200},
    "reviewer": {"plan": 200, "plan_part": 200, "plan_states": 200},
}


@pytest.mark.parametrize("who", STATES)
def test_each_gets_their_answer(client, house, course, who):
    with look(system("test")):
        roles = {
            name: getattr(Membership.Role, name.upper()) for name in ("author", "reviewer", "tutor")
        }
        if who in roles:
            client.force_login(factories.make_member(house, roles[who]))
        elif who == "of another house":
            next_door = factories.make_provider("nachbar")
            client.force_login(factories.make_member(next_door, Membership.Role.OWNER))
    got = {
        "plan": client.get(url("plan", course)).status_code,
        "plan_part": client.get(url("plan_part", course, "satz")).status_code,
        "plan_states": client.get(url("plan_states", course)).status_code,
    }
    assert got == STATES[who]


def test_what_never_was_is_not_found(client, author, course):
    as_(client, author)
    assert client.get(url("plan_part", course, "unsinn")).status_code == 404
    assert client.post(url("plan_part", course, "unsinn"), {"v": "x"}).status_code == 410
    assert client.post(url("plan_states", course), {"stand": "x"}).status_code == 404


def test_a_course_with_more_steps_asks_little_more(
    client, author, house, django_assert_max_num_queries
):
    counts = []
    for many in (2, 6):
        course = factories.make_course(house, lessons=many, title=f"Mit {many} Schritten")
        as_(client, author).get(url("plan", course))
        with django_assert_max_num_queries(120) as asked:
            client.get(url("plan", course))
        counts.append(len(asked))
    assert counts[1] - counts[0] <= 4 * 8
