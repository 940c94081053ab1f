"""The sweep of empty groups of dates, while somebody enters a run into one: with connections of their own."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from courses.actions.date_groups import forget_date_groups
from courses.models import DateGroup
from tenancy.lens import look, system
from tenancy.rows import rows

MARKS = ["day:1", "language:xx", "mode:online"]
ENTER = "SELECT date_group(%s::varchar[])"


def swept_by_another():
    try:
        return forget_date_groups()
    finally:
        connection.close()


def there():
    with look(system("test")):
        return DateGroup.objects.filter(marks=MARKS).count()


def test_a_group_that_somebody_holds_is_left_and_goes_the_next_time(place):
    with look(system("test")):
        [(empty,)] = rows(ENTER, [MARKS])
    with look(system("test")), ThreadPoolExecutor(1) as pool:
        [(same,)] = rows(ENTER, [MARKS])
        assert same == empty
        pool.submit(swept_by_another).result(60)
        assert DateGroup.objects.filter(pk=empty).count() == 1
    assert there() == 1
    assert forget_date_groups() >= 1
    assert there() == 0
    place.ledger.undo()
