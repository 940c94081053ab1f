"""What the ORM reads again and again is planned once; what the server cannot bind, or plans badly, goes as before."""

import datetime as dt
import os
import uuid

import pytest
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Lower
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from config.databases import database
from courses.models import CoursePage, LessonPage, PrintedLesson
from learning.models import Enrolment
from providers.models import BasePage, Provider
from tenancy.lens import look, system
from tenancy.postgresql.cursors import BEFORE, is_bound
from tests import factories
from tests.support.databases import at

MORE = BEFORE + 3
NOW = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)


@pytest.fixture
def own(db, settings):
    """A connection of our own: what is prepared on it goes with it."""
    url = at(os.environ["DATABASE_URL"], connection.settings_dict["NAME"])
    settings.PREPARED_STATEMENTS = True
    other = connection.copy()
    other.settings_dict = connection.settings_dict | database(
        url, timeouts=(15_000, 5_000), prepared=True
    )
    yield other
    other.close()


def prepared(on):
    with on.cursor() as cursor:
        return cursor.execute(
            "SELECT statement, generic_plans, custom_plans FROM pg_prepared_statements"
        ).fetchall()


def often(on, sql, params, *, times=MORE):
    with on.cursor() as cursor:
        return [cursor.execute(sql, params).fetchall() for _ in range(times)]


NAMED = "SELECT p.slug FROM providers_provider p WHERE p.slug = %s"


def test_a_statement_that_comes_again_is_prepared_with_one_plan(own):
    assert often(own, NAMED, ["nirgends"], times=BEFORE) == [[]] * BEFORE
    assert prepared(own) == []
    often(own, NAMED, ["nirgends"], times=MORE)
    assert prepared(own) == [(NAMED.replace("%s", "$1"), MORE, 0)]


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT "a"."path" FROM "a" WHERE "a"."path" LIKE %s',
        'SELECT count(*) FROM "a" WHERE "a"."n" = %s GROUP BY "a"."n"',
        'SELECT %s AS "x" FROM "a" WHERE "a"."n" = %s',
        'SELECT "n" FROM "a" WHERE "n" = %s::date',
        'SELECT "n" FROM "a" WHERE (CASE WHEN "n" = %s THEN %s END) = 1',
        'SELECT "n" FROM "a" WHERE "n" ~ %s',
        'UPDATE "a" SET "n" = %s WHERE "n" = %s',
        'EXPLAIN SELECT "n" FROM "a" WHERE "n" = %s',
        'SELECT "n" FROM "a"',
    ],
)
def test_what_the_server_could_not_bind_or_plans_badly_is_not_bound(sql):
    assert not is_bound(sql)


def test_behind_a_pooler_and_once_columns_change_nothing_is_prepared(own, settings):
    own.ensure_connection()
    with own.schema_editor():
        pass
    often(own, NAMED, ["nirgends"])
    assert prepared(own) == []
    settings.PREPARED_STATEMENTS = False
    own.close()
    often(own, NAMED, ["nirgends"])
    assert prepared(own) == []


def test_a_log_of_statements_has_their_values(db):
    with CaptureQueriesContext(connection) as log:
        [*Provider.objects.filter(slug="haus").values_list("pk")]
    assert log[-1]["sql"].endswith("""WHERE "providers_provider"."slug" = 'haus'""")


def _questions(course, lesson, person):
    """Reads as they are written all over the house; each is asked more often than a statement waits to be prepared."""
    yield lambda: [*Provider.objects.filter(slug__in=["haus", "x"]).values_list("name", flat=True)]
    yield lambda: [*course.lessons().values_list("pk", flat=True)]
    yield lambda: BasePage.objects.filter(pk=lesson.pk, live=True).exists()
    yield lambda: [*BasePage.objects.descendant_of(course).order_by("path").values_list("pk")]
    yield lambda: BasePage.objects.filter(Q(depth__gte=2), ~Q(pk=course.pk)).count()
    yield lambda: LessonPage.objects.filter(translation_key=lesson.translation_key).get().title
    yield lambda: CoursePage.objects.filter(first_published_at__lt=NOW).count()
    yield lambda: CoursePage.objects.filter(first_published_at__date__lte=NOW.date()).count()
    yield lambda: User.objects.filter(email__iexact=person.email.upper()).get().pk
    yield lambda: User.objects.annotate(small=Lower("email")).filter(small=person.email).count()
    yield lambda: [*Enrolment.objects.filter(learner=person).values("done", "total", "extra")]
    yield lambda: Enrolment.objects.filter(course=uuid.UUID(int=1), completed_at=None).count()
    yield lambda: Enrolment.objects.filter(extra={}).count()
    yield lambda: PrintedLesson.objects.filter(items__contains=["x"]).count()
    yield lambda: PrintedLesson.objects.filter(facts__rule="all").count()
    yield lambda: [*Enrolment.objects.filter(done__range=(0, 5)).values_list("pk")[:3]]
    yield lambda: [
        *Provider.objects.annotate(n=Count("pages", filter=Q(pages__live=True)))
        .filter(n__gt=0)
        .order_by("pk")
        .values_list("slug", "n")
    ]
    lessons = LessonPage.objects.filter(provider=OuterRef("pk"), minutes__gt=0)
    yield lambda: [
        *Provider.objects.filter(Exists(lessons))
        .annotate(says=Coalesce("short_name", Value("?")), word=Value("x"))
        .values_list("slug", "says", "word")
    ]
    yield lambda: [
        *Provider.objects.filter(slug="haus")
        .union(Provider.objects.filter(slug="nirgends"))
        .values_list("slug")
    ]


def bound_by_django(ask):
    """As it is read when nothing is prepared, values and all."""
    counted, connection.connection.asked = connection.connection.asked, None
    try:
        return ask()
    finally:
        connection.connection.asked = counted


def test_prepared_or_not_the_same_is_read(house):
    course = factories.make_course(house, lessons=3)
    person = factories.make_enrolment(course).learner
    with look(system("test")):
        lesson = course.lessons().first()
        for ask in _questions(course, lesson, person):
            plain = bound_by_django(ask)
            assert [ask() for _ in range(MORE)] == [plain] * MORE
