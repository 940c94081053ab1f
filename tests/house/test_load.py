"""What `./dev load` and `./dev bench` measure in, and how they count."""

import os
import random
from collections import Counter

import psycopg
import pytest

from tests.bench import big_city
from tests.bench.load import DAY, LATE, PUBLIC, Step, a_day, raised
from tests.bench.visitors import Came
from tests.factories.prepared import USUAL, name_of
from tests.support.databases import at, clone

WHO = [
    {
        "address": "haus/kurs",
        "lesson": "eins",
        "session": "s",
        "item": "i",
        "choices": ["a", "b", "c"],
    }
]


def step(learners, *, seconds=0.1, errors=0):
    return Step(
        learners,
        Came([seconds] * 1000, Counter({503: errors}), 10.0),
        shares={"web server": 1.0},
        asking=0.1,
    )


def test_the_big_city_fits_the_tables_of_today():
    name = f"big_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    clone(name, furnished=True)
    admin = at(os.environ["DATABASE_ADMIN_URL"], name)
    try:
        with psycopg.connect(admin, autocommit=True) as all_seeing:
            all_seeing.execute("SELECT kept.put_back(%s)", [name_of("haus", 2, USUAL)])
            [(address,)] = all_seeing.execute(
                "SELECT address FROM courses_catalogueentry"
            ).fetchall()
            with psycopg.connect(at(os.environ["DATABASE_OWNER_URL"], name)) as owner:
                big_city.fill(owner, address, courses=60, learners=5)
            found = "SELECT (SELECT count(*) FROM courses_catalogueentry), (SELECT count(*) FROM learning_enrolment)"
            assert all_seeing.execute(found).fetchall() == [(61, 100)]
    finally:
        with psycopg.connect(os.environ["DATABASE_ADMIN_URL"], autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def test_of_a_hundred_requests_seventy_are_public_twenty_lessons_ten_answers():
    public = sum(DAY[kind] for kind in PUBLIC)
    assert (public, DAY["lesson"], DAY["answer"]) == (70, 20, 10)


def test_the_day_is_what_was_said():
    day = a_day(WHO, "token", random.Random(1))
    asked = [next(day) for _ in range(10_000)]
    kinds = Counter(
        "answer" if method == "POST" else "lesson" if headers else "public"
        for method, _path, headers, _body in asked
    )
    assert {kind: round(number, -3) for kind, number in kinds.items()} == {
        "public": 7_000,
        "lesson": 2_000,
        "answer": 1_000,
    }
    courses = {path for _method, path, *_rest in asked if path.startswith("/kurse/anbieter-")}
    assert 500 < len(courses) < big_city.COURSES


def test_it_is_raised_until_it_is_too_much_and_then_more_finely():
    asked = []

    def measure(learners):
        asked.append(learners)
        return step(learners, seconds=LATE if learners <= 500 else LATE + 0.001)

    best = raised(measure)
    assert best is not None
    assert best.learners == 492
    assert asked == [200, 280, 392, 549, 439, 492, 551]


def test_what_is_too_much_from_the_beginning_is_said():
    assert raised(lambda learners: step(learners, seconds=1)) is None


@pytest.mark.parametrize(("errors", "good"), [(0, True), (1, True), (2, False)])
def test_errors_are_too_much_as_well(errors, good):
    assert step(200, errors=errors).good is good


def test_one_in_twenty_is_the_ninety_fifth_of_a_hundred():
    came = Came([n / 100 for n in range(100)], Counter(), 10.0)
    assert (came.quantile(0.5), came.quantile(0.95), came.per_second) == (0.5, 0.95, 10.0)
    assert Came().quantile(0.95) == float("inf")
