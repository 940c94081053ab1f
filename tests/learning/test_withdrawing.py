"""To withdraw: without an account, in two steps, with a receipt at once; a stranger learns nothing."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.actions import cancel_run
from learning.actions import WithdrawalSaid, ask_for_seat, cancel_booking, confirm_booking, withdraw
from learning.models import Booking, Withdrawal
from learning.tasks import keep_seats
from providers.actions import close_provider
from tenancy.lens import look, system
from tests import factories
from tests.factories.runs import asked, make_contract, make_sold_run
from tests.support.pages import one_line
from tests.support.records import signed_in

TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
PAGE = "/widerrufen/"


@pytest.fixture
def head(house):
    return factories.make_member(house, "owner")


@pytest.fixture
def run(house, head):
    return make_sold_run(house, by=head, seats=1, title="Fotos ordnen")


@pytest.fixture
def contract(run):
    return make_contract(run)


def said(contract, **other):
    return {"name": contract.buyer, "about": contract.number, "email": contract.email} | other


def send(form, browser=None):
    """Both steps, as the page leads through them; the last answer."""
    browser = browser or Client()
    token = TOKEN.search(browser.get(PAGE).content.decode())[1]
    form = form | {"form_token": token}
    confirm = browser.post(PAGE, form)
    assert "Widerruf bestätigen" in one_line(confirm)
    return browser.post(PAGE, form | {"act": "confirm"})


def outcomes():
    with look(system("test")):
        return [*Withdrawal.objects.order_by("pk").values_list("outcome", flat=True)]


def test_two_steps_and_a_receipt_with_day_and_time(contract, head, letters):
    answer, sent = letters(lambda: send(said(contract)))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/widerrufen/eingegangen/")
    to = {letter.to[0]: letter.body for letter in sent}
    assert {*to} == {contract.email, "post@haus.example", head.email}
    receipt = to[contract.email]
    with look(system("test")):
        contract.refresh_from_db()
        withdrawal, booking = Withdrawal.objects.get(), Booking.objects.get()
    at = timezone.localtime(withdrawal.received_at)
    for words in (
        f"{at:%H:%M:%S}",
        "Hiermit widerrufe ich den Vertrag.",
        contract.number,
        "ist damit widerrufen",
    ):
        assert words in receipt
    assert contract.withdrawn_at
    assert (booking.state, booking.told) == ("cancelled", "cancelled")
    assert letters(keep_seats)[1] == []  # told once
    assert "widerrufen" in one_line(Client().get(f"/vertrag/{contract.token}/"))
    assert contract.number in one_line(signed_in(head).get("/anbieter/haus/begleiten/vertraege/"))


def test_the_seat_goes_to_who_waits(run, contract):
    waits = ask_for_seat(run.key, asked("Zweite", email="zweite@example.org"))
    confirm_booking(waits.key)
    send(said(contract))
    with look(system("test")):
        assert Booking.objects.get(pk=waits.pk).state == "offered"


#: What is written otherwise -> whether the contract is withdrawn from.
GUESSES = [
    ({"email": "stranger@example.org"}, "unknown"),
    ({"name": "Jemand Anderes"}, "unknown"),
    ({"about": "V-999999"}, "unknown"),
    ({"about": "B-{booking}"}, "done"),
    ({"about": "v {pk}"}, "done"),
    ({"about": "Der Fotokurs im März", "provider": "{provider}"}, "done"),  # their only one there
    ({"about": "Der Fotokurs im März"}, "unknown"),
    ({"name": "  margarete   HUBER ", "email": "Margarete@Example.org"}, "done"),
]


@pytest.mark.parametrize(("other", "outcome"), GUESSES)
def test_a_number_alone_is_no_secret(contract, letters, other, outcome):
    """Page and address are the same for everybody; only who knows name, number and address hears of a contract."""
    known = {"booking": contract.booking_id, "pk": contract.pk, "provider": contract.provider_id}
    form = said(contract, **{name: text.format(**known) for name, text in other.items()})
    answer, sent = letters(lambda: send(form))
    assert answer.headers["Location"] == "/widerrufen/eingegangen/"
    assert outcomes() == [outcome]
    [receipt] = [one for one in sent if one.to == [form["email"].lower()]]
    assert (contract.title in receipt.body) == (outcome == "done")
    with look(system("test")):
        contract.refresh_from_db()
    assert bool(contract.withdrawn_at) == (outcome == "done")


def twice(contract, _head):
    send(said(contract))


def cancelled_by_the_house(contract, head):
    cancel_run(contract.run, by=head)


def cancelled_by_them(contract, _head):
    cancel_booking(contract.booking.key)


def house_closed(contract, _head):
    with look(system("test")):
        close_provider(contract.run.provider, by=None)


def booking_forgotten(_contract, _head):
    with look(system("test")):
        Booking.objects.all().delete()


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        (twice, "again"),
        (cancelled_by_the_house, "done"),
        (cancelled_by_them, "done"),
        (house_closed, "done"),
        (booking_forgotten, "done"),
    ],
)
def test_in_every_state_it_is_received(contract, head, letters, state, outcome):
    state(contract, head)
    answer, sent = letters(lambda: send(said(contract)))
    assert answer.status_code == 302
    assert outcomes()[-1] == outcome
    assert [contract.email] in [letter.to for letter in sent]


def test_too_late_is_received_and_answered_by_the_house(contract, head, letters, monkeypatch):
    over = timezone.now() + timedelta(days=60)
    monkeypatch.setattr("learning.actions.contracts.day", lambda _moment: over.date())
    _answer, sent = letters(lambda: send(said(contract)))
    assert outcomes() == ["late"]
    receipt = next(one for one in sent if one.to == [contract.email])
    assert "Der Anbieter sieht Ihren Widerruf an und antwortet Ihnen." in receipt.body
    with look(system("test")):
        assert Booking.objects.get().state == "booked"
    browser, page = signed_in(head), "/anbieter/haus/begleiten/vertraege/"
    assert "Darauf müssen Sie antworten" in one_line(browser.get(page))
    with look(system("test")):
        number = Withdrawal.objects.get().pk
    browser.post(page, {"withdrawal": number})
    assert "Darauf müssen Sie antworten" not in one_line(browser.get(page))
    assert browser.post(page, {"withdrawal": "999999"}).status_code == 404


def test_the_same_form_sent_again_is_the_same_withdrawal(contract, letters):
    browser = Client()
    token = TOKEN.search(browser.get(PAGE).content.decode())[1]
    form = said(contract) | {"form_token": token, "act": "confirm"}
    _answers, sent = letters(lambda: [browser.post(PAGE, form) for _again in range(3)])
    assert outcomes() == ["done"]
    assert len([one for one in sent if one.to == [contract.email]]) == 1


def test_what_fits_nothing_and_names_nobody_goes_to_the_city(db, letters):
    form = asked().form
    stray = withdraw(WithdrawalSaid(form, "Niemand", "irgendwas", "x@example.org"))
    assert (stray.provider_id, stray.outcome) == (1, "unknown")


def test_the_link_of_a_contract_fills_the_form_in(contract):
    page = Client().get(f"{PAGE}?vertrag={contract.token}")
    assert page.context["form"].initial["about"] == contract.number
    assert contract.number not in one_line(Client().get(f"{PAGE}?vertrag=erfunden"))
    house = Client().get(f"{PAGE}?anbieter=haus")
    assert house.context["form"].initial["provider"] == str(contract.provider_id)


def test_it_is_linked_from_every_page_and_sets_no_cookie(run):
    for address in ("/", PAGE, f"/termine/{run.key}/"):
        answer = Client().get(address)
        assert f'href="{PAGE}"' in one_line(answer)
        assert dict(answer.cookies) == {}


def test_too_many_keep_what_was_typed(contract, settings):
    settings.LIMITS = {"withdraw": "1/hour"}
    send(said(contract))
    refused = send(said(contract))
    assert refused.status_code == 429
    assert f'value="{contract.number}"' in refused.text


def test_other_sites_cannot_withdraw_for_anybody(contract):
    token = TOKEN.search(Client().get(PAGE).content.decode())[1]
    form = said(contract) | {"form_token": token, "act": "confirm"}
    answer = Client().post(PAGE, form, headers={"origin": "https://elsewhere.example"})
    assert (answer.status_code, outcomes()) == (403, [])
    assert Client().post(PAGE, said(contract) | {"act": "confirm"}).status_code == 400


def test_a_long_list_of_contracts_costs_as_few_statements_as_a_short_one(house, head):
    run, browser, counts = make_sold_run(house, by=head), signed_in(head), []
    for names in (("A",), ("B", "C")):
        for name in names:
            make_contract(run, name, email=f"{name}@example.org")
        with CaptureQueriesContext(connection) as asked_for:
            page = one_line(browser.get("/anbieter/haus/begleiten/vertraege/"))
        counts.append(len(asked_for))
        assert all(name in page for name in names)
    assert counts[0] == counts[1]
