"""Groups of dates go when no run is in them any more, and never under a run that is being entered."""

from courses.actions import cancel_run
from courses.actions.date_groups import forget_date_groups
from courses.models import DateGroup, DateMark, RunEntry
from courses.queries.dates import DatesWanted, find_dates
from tenancy.lens import look, public, system
from tests import factories
from tests.factories.runs import make_run


def groups():
    with look(system("test")):
        return {*DateGroup.objects.values_list("pk", flat=True)}


def in_use():
    with look(system("test")):
        return {*RunEntry.objects.values_list("group", flat=True)}


def found():
    with look(public):
        return find_dates(DatesWanted(), language="de")


def test_what_no_run_is_in_goes_and_the_others_stay(db):
    house = factories.make_provider("haus")
    tutor = factories.make_member(house, "tutor")
    make_run(house, by=tutor)
    last = make_run(house, by=tutor, language="tr")
    forget_date_groups()
    assert groups() == in_use()
    before = groups()
    cancel_run(last, by=tutor)
    shown = found()
    assert groups() == before
    assert forget_date_groups() == 1
    assert groups() == in_use() < before
    with look(system("test")):
        assert {*DateMark.objects.values_list("group", flat=True)} == in_use()
    assert found() == shown
    assert forget_date_groups() == 0


def test_the_same_choice_later_is_a_new_group(db):
    house = factories.make_provider("haus")
    tutor = factories.make_member(house, "tutor")
    first = make_run(house, by=tutor, language="tr")
    cancel_run(first, by=tutor)
    forget_date_groups()
    make_run(house, by=tutor, language="tr")
    assert found().total == 1
    assert in_use() <= groups()
