"""Many press the one button at once, twice, for three seats; and withdraw from one contract at once."""

from collections import Counter
from uuid import uuid4

from learning.actions import (
    CannotBook,
    WithdrawalSaid,
    ask_for_seat,
    conclude_contract,
    withdraw,
)
from learning.models import Booking, Contract
from learning.queries.contracts import contract_offer
from tenancy.lens import look, system
from tests.factories.runs import asked, make_contract, make_sold_run
from tests.isolation.canaries import TUTOR
from tests.isolation.test_booking_race import AT_ONCE, of, together


def test_three_seats_are_three_contracts(place):
    run = make_sold_run(place.town.here, by=place.town.callers[TUTOR], seats=3)
    people = [(f"Person {number}", f"p{number}@example.org") for number in range(AT_ONCE)]
    booked = [ask_for_seat(run.key, asked(name, email=email)) for name, email in people]
    with look(system("test")):
        mine = Booking.objects.filter(run=run).select_related("run__provider")
        seals = {each.key: contract_offer(each).words.seal for each in mine}

    def press(key):
        try:
            return conclude_contract(key, shown=seals[key], early=False).state
        except CannotBook as refused:
            return refused.why

    said = Counter(together([lambda key=one.key: press(key) for one in (*booked, *booked)]))
    assert said == {"booked": 6, "full": 2 * (AT_ONCE - 3)}
    with look(system("test")):
        contracts = {*Contract.objects.filter(run=run).values_list("booking", flat=True)}
    assert {each.pk for each in of(run) if each.state == "booked"} == contracts
    assert (len(contracts), run.taken) == (3, 3)
    place.ledger.undo()


def test_one_contract_is_withdrawn_from_once(place):
    run = make_sold_run(place.town.here, by=place.town.callers[TUTOR], seats=3)
    contract = make_contract(run)
    said = WithdrawalSaid(uuid4(), contract.buyer, contract.number, contract.email)
    forms = [said._replace(form=uuid4()) for _one in range(AT_ONCE)]
    got = Counter(together([lambda one=one: withdraw(one).outcome for one in forms]))
    assert got == {"done": 1, "again": AT_ONCE - 1}
    assert [each.state for each in of(run)] == ["cancelled"]
    place.ledger.undo()
