"""The demo city's programme: forty runs in twelve places over two semesters, made once."""

from courses.models import Run, Venue
from demo.dates import PLANNERS, plan_city
from learning.models import Booking, Contract
from providers.actions import join
from tenancy.lens import look, system
from tests import factories
from tests.factories.runs import ready_for_contracts


def test_the_programme_of_the_demo_city(db):
    for slug, email in PLANNERS.items():
        house = factories.make_provider(slug)
        with look(system("test")):
            person = factories.make_user(slug, email)
            join(person, house, "owner")
        ready_for_contracts(house, person)
    assert (plan_city(), plan_city()) == (40, 0)
    with look(system("test")):
        runs = [*Run.objects.all()]
        assert (len(runs), Venue.objects.count()) == (40, 12)
        assert len({run.semester for run in runs}) == 2
        assert all(run.is_published for run in runs)
        assert {run.kind for run in runs} == {*Run.Kind.values}
        assert any(run.waiting for run in runs)
        taken = sum(run.taken + run.waiting for run in runs)
        reading = Booking.objects.filter(state="asked").count()
        assert Booking.objects.count() - reading == taken > 50
        assert (reading, Contract.objects.count()) == (1, 1)
