"""Two of the office approve the same application at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from courses.actions import found_from_application
from providers.actions import CannotDecide
from providers.models import Application, Membership, Provider
from tenancy.lens import CITY, look, system
from tests import factories

#: Wagtail leaves the closing of a picture's working copy to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in. <function Spooled"),
]


def test_one_provider_is_founded(place):
    ledger = place.ledger
    ledger.begin()
    made = factories.make_application(Application.State.SENT, email="gleichzeitig@treff.example")
    with look(system("test")):
        before, city = Provider.objects.count(), Provider.objects.get(pk=CITY)
    people = [factories.make_member(city, Membership.Role.ADMIN, name=name) for name in "AB"]
    barrier = Barrier(len(people))

    def approve(number):
        fields = factories.FOUNDED | {"slug": f"gleichzeitig-{number}"}
        barrier.wait(30)
        try:
            found_from_application(
                made.application, fields, owner="x@treff.example", by=people[number]
            )
        except CannotDecide as why:
            return str(why)
        finally:
            connection.close()
        return "founded"

    with ThreadPoolExecutor(len(people)) as pool:
        said = sorted(pool.map(approve, range(len(people))))
    with look(system("test")):
        after = Provider.objects.count()
    ledger.undo()
    assert said == ["approved", "founded"]
    assert after == before + 1
