"""What every program may read: the catalogue, runs and concepts, in pages, as the public sees them."""

import uuid

import pytest
from django.utils import timezone

from courses.facets.courses import COURSE_FACETS
from courses.models import CoursePage, Run
from courses.topics import topics
from tenancy.lens import look, system
from tests import factories
from tests.api.statements import statements_of
from tests.factories.runs import make_run

ROOT = "/api/v1"


def asked(client, path, status=200, **parameters):
    answer = client.get(f"{ROOT}/{path}", parameters)
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def everything(client, path, **parameters):
    """All pages, one after the other."""
    items, after = [], ""
    while True:
        page = asked(client, path, **parameters, **({"after": after} if after else {}))
        items += page["items"]
        if not page["next"]:
            return items
        after = page["next"]


@pytest.fixture
def three_courses(house):
    return [factories.make_course(house, title=f"Kurs Nummer {n}") for n in range(3)]


def test_a_course_says_what_its_page_says(client, house):
    course = factories.make_course(house)
    told = asked(client, f"courses/{course.translation_key}")
    assert told == asked(client, "courses")["items"][0]
    assert (told["title"], told["summary"], told["level"]) == (
        course.title,
        "Ein Satz.",
        course.level,
    )
    assert told["url"] == f"http://localhost:8000/kurse/haus/{course.slug}/"
    assert told["provider"] == {
        "slug": "haus",
        "name": "Haus haus",
        "url": "http://localhost:8000/anbieter/haus/",
    }
    assert told["competences"] == [{"code": "4.1", "title": told["competences"][0]["title"]}]


def test_pages_follow_each_other_until_the_end(client, three_courses):
    keys = sorted(str(one.translation_key) for one in three_courses)
    assert [one["key"] for one in everything(client, "courses", limit=1)] == keys
    assert [one["key"] for one in everything(client, "courses", limit=3)] == keys


def test_filters_are_those_of_the_catalogue(client, house, three_courses):
    nextdoor = factories.make_provider("nachbar")
    theirs = factories.make_course(nextdoor, title="Fotos ordnen")
    assert [one["key"] for one in asked(client, "courses", provider="nachbar")["items"]] == [
        str(theirs.translation_key)
    ]
    both = asked(client, "courses", provider=["nachbar", "haus"], area="4")["items"]
    assert len(both) == 4
    assert asked(client, "courses", area="1")["items"] == []
    assert len(asked(client, "courses", q="Fotos")["items"]) == 1
    later = timezone.now().isoformat()
    assert asked(client, "courses", changed_since=later)["items"] == []


def test_the_filters_know_every_choice_of_the_catalogue():
    from api.v1.catalogue import CoursesAsked

    fields = CoursesAsked.model_json_schema()["properties"]
    names = {facet.name for facet in COURSE_FACETS.table}
    assert names <= fields.keys()
    assert fields["area"]["items"]["enum"] == [*topics()]
    assert fields["level"]["items"]["enum"] == CoursePage.Level.values


def test_what_is_not_published_is_not_there(client, house, owner):
    assert asked(client, f"courses/{uuid.uuid4()}", status=404)["status"] == 404
    draft = make_run(house, by=owner, publish=False)
    asked(client, f"runs/{draft.key}", status=404)
    assert asked(client, "runs")["items"] == []


def test_a_run_with_its_meetings_and_where_they_are(client, house, owner):
    run = make_run(house, by=owner, seats=5, days=7, meetings=2)
    told = asked(client, f"runs/{run.key}")
    assert asked(client, "runs")["items"] == [told]
    assert (told["title"], told["seats"], told["taken"], told["cancelled"]) == (
        run.title,
        5,
        0,
        False,
    )
    with look(system("test")):
        venue = run.meetings.first().venue
    assert [one["place"]["name"] for one in told["meetings"]] == [venue.name] * 2
    assert told["begins_at"] == told["meetings"][0]["starts_at"]
    assert "link" not in told


def test_runs_come_by_their_first_day(client, house, owner):
    keys = [str(make_run(house, by=owner, days=days).key) for days in (3, 9, 6)]
    wanted = [keys[0], keys[2], keys[1]]
    assert [one["key"] for one in everything(client, "runs", limit=1)] == wanted
    day = timezone.localdate() + timezone.timedelta(days=5)
    assert (
        len(asked(client, "runs", first_day=day.isoformat())["items"]) == 3
    )  # the first has later meetings
    assert [
        one["key"] for one in asked(client, "runs", last_day=day.isoformat())["items"]
    ] == wanted[:1]
    assert asked(client, "runs", mode="online")["items"] == []


def test_a_cancelled_run_is_off_the_list_and_still_says_so(client, house, owner):
    run = make_run(house, by=owner)
    with look(system("test")):
        Run.objects.filter(pk=run.pk).update(cancelled_at=timezone.now())
    assert asked(client, "runs")["items"] == []
    assert asked(client, f"runs/{run.key}")["cancelled"] is True


def test_concepts_with_all_their_words(client, db):
    concepts = everything(client, "concepts", limit=100)
    assert [one["key"] for one in concepts] == sorted(one["key"] for one in concepts)
    password = asked(client, "concepts/password")
    assert password in concepts
    assert {"language": "de", "kind": "pref", "text": "Passwort"} in password["labels"]
    asked(client, "concepts/gibt-es-nicht", status=404)


@pytest.mark.parametrize(("path", "statements"), [("courses", 1), ("runs", 2), ("concepts", 2)])
def test_a_list_costs_the_same_however_long_it_is(client, house, owner, path, statements):
    def count():
        return statements_of(lambda: asked(client, path))

    factories.make_course(house, title="Erster")
    make_run(house, by=owner)
    first = count()
    for n in range(3):
        factories.make_course(house, title=f"Kurs {n}")
        make_run(house, by=owner)
    assert (first, count()) == (statements, statements)
