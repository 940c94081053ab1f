"""Runs for programs: page by page each of them once, and none is sorted that is not on the page."""

import pytest
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from courses.queries.runs import told_runs
from tenancy.lens import look, public
from tests import factories
from tests.factories.runs import make_run


@pytest.fixture
def runs(db):
    house = factories.make_provider("haus")
    tutor = factories.make_member(house, "tutor")
    return [make_run(house, by=tutor, title=f"Gleich {n}", days=7 + n // 3) for n in range(5)]


def pages(limit):
    after, told = None, []
    while found := told_runs(Q(), now=timezone.now(), after=after, limit=limit):
        told += [run.key for run in found]
        after = (found[-1].entry.begins_at, found[-1].key)
    return told


@pytest.mark.parametrize("limit", [1, 2, 3, 5])
def test_each_run_is_on_one_page_also_where_many_begin_at_once(runs, limit):
    with look(public):
        whole = [run.key for run in told_runs(Q(), now=timezone.now(), after=None, limit=50)]
        assert pages(limit) == whole
    assert {run.key for run in runs} == set(whole)


@pytest.mark.parametrize("later", [False, True])
def test_a_page_is_read_in_the_order_of_an_index(runs, later):
    """Sorting all 20,000 for each page took 40 ms."""
    seen = []

    def explained(execute, sql, params, many, context):
        if "courses_runentry" in sql and not seen:
            seen.append("")
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
                cursor.execute(f"EXPLAIN {sql}", params)
                seen[0] = "\n".join(line for (line,) in cursor.fetchall())
        return execute(sql, params, many, context)

    after = (timezone.now(), runs[0].key) if later else None
    with look(public), connection.execute_wrapper(explained):
        told_runs(Q(), now=timezone.now(), after=after, limit=2)
    assert "Presorted Key: courses_runentry.begins_at" in seen[0], seen[0]
    assert ("Index Cond: (begins_at >=" in seen[0]) is later
