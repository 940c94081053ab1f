"""Contracts in the states of docs/states.md: midnight and changing clocks, what is renamed or gone, what is sent again and again."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from courses.actions import cancel_run, change_run
from courses.models import Run
from learning.actions import WithdrawalSaid, ask_for_seat, withdraw
from learning.models import Booking, Contract
from providers.actions import close_provider
from providers.models import Provider
from tenancy.lens import look, system
from tests import factories
from tests.factories.runs import asked, make_contract, make_sold_run
from tests.learning.test_contracts import link_of, seal_on
from tests.learning.test_withdrawing import PAGE, TOKEN, outcomes, said
from tests.support.pages import one_line
from tests.support.records import signed_in

CITY = ZoneInfo("Europe/Berlin")
SECOND = timedelta(seconds=1)
YEAR = timezone.localdate().year + 1


def change_of_clocks(month):
    """The Sunday of next year on which they change: the last one of March and of October."""
    end = date(YEAR, month + 1, 1) - timedelta(days=1)
    return end - timedelta(days=(end.weekday() + 1) % 7)


SPRING, AUTUMN = change_of_clocks(3), change_of_clocks(10)


def at(on, hour, minute=0, *, fold=0):
    return datetime.combine(on, time(hour, minute, fold=fold), CITY).astimezone(UTC)


@pytest.fixture
def clock(monkeypatch):
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.fixture
def run(house):
    """Late next year, so that it has not begun at any of these moments."""
    return make_sold_run(
        house, title="Fotos ordnen", days=(date(YEAR, 12, 20) - timezone.localdate()).days
    )


def says(contract):
    return withdraw(WithdrawalSaid(asked().form, **said(contract)))


#: When it is concluded -> the day on which fourteen days are over.
CONCLUDED = {
    "an ordinary evening": (at(date(YEAR, 6, 8), 18), date(YEAR, 6, 8)),
    "a second before midnight": (at(date(YEAR, 6, 8), 23, 59) + 59 * SECOND, date(YEAR, 6, 8)),
    "half past midnight, still yesterday in Greenwich": (at(date(YEAR, 6, 9), 0, 30), date(YEAR, 6, 9)),
    "before clocks go forward": (at(SPRING, 1, 59), SPRING),
    "after clocks went forward": (at(SPRING, 3, 0), SPRING),
    "the first half past two": (at(AUTUMN, 2, 30), AUTUMN),
    "the second half past two": (at(AUTUMN, 2, 30, fold=1), AUTUMN),
    "clocks go back meanwhile": (at(AUTUMN - timedelta(days=3), 0, 30), AUTUMN - timedelta(days=3)),
    "clocks go forward meanwhile": (at(SPRING - timedelta(days=3), 0, 30), SPRING - timedelta(days=3)),
}  # fmt: skip


@pytest.mark.parametrize("when", CONCLUDED)
def test_the_period_ends_at_midnight_in_the_city(run, clock, when):
    """Fourteen days after the day of the contract, on the next working day at the latest; the last second counts."""
    concluded, on = CONCLUDED[when]
    clock(concluded)
    contract, other = make_contract(run), make_contract(run, "Zweite", email="zweite@example.org")
    last = contract.withdraw_until
    assert timedelta(0) <= last - (on + timedelta(days=14)) <= timedelta(days=4)
    assert last.weekday() < 5
    midnight = at(last + timedelta(days=1), 0)
    clock(midnight - SECOND)
    assert says(contract).outcome == "done"
    clock(midnight)
    assert says(other).outcome == "late"


def test_two_halves_past_two_are_one_day_and_an_hour_apart():
    first, second = at(AUTUMN, 2, 30), at(AUTUMN, 2, 30, fold=1)
    assert second - first == timedelta(hours=1)
    assert at(SPRING, 3) - at(SPRING, 1, 59) == timedelta(minutes=1)


def test_read_before_midnight_and_pressed_after_it_is_a_day_longer(run, clock):
    booking = ask_for_seat(run.key, asked(email="a@example.org"))
    evening = at(date(YEAR, 6, 8), 23, 59)
    clock(evening)
    browser = Client()
    form = {"act": "contract", "shown": seal_on(browser.get(link_of(booking)))}
    clock(evening + timedelta(minutes=2))
    assert browser.post(link_of(booking), form).status_code == 302
    with look(system("test")):
        assert Contract.objects.get().withdraw_until >= date(YEAR, 6, 23)


# --- what is renamed or gone ---------------------------------------------------------------------------------------


def renamed_run(run, head):
    change_run(run, {"title": "Bilder sortieren"}, by=head)


def renamed_house(run, _head):
    with look(system("test")):
        Provider.objects.filter(pk=run.provider_id).update(name="Haus der Familie", street="Neu 1")


def dearer(run, head):
    change_run(run, {"price": 9900, "reductions": []}, by=head)


def called_off(run, head):
    cancel_run(run, by=head, why="Krank")


def house_closed(run, _head):
    with look(system("test")):
        close_provider(run.provider, by=None)


def booking_forgotten(_run, _head):
    with look(system("test")):
        Booking.objects.all().delete()


def course_gone(run, _head):
    with look(system("test")):
        course = factories.make_course(run.provider)
        Run.objects.filter(pk=run.pk).update(course=course.translation_key)
        course.delete()


def leaders_gone(run, head):
    with look(system("test")):
        run.leaders.all().delete()
        User.objects.exclude(pk=head.pk).filter(email__endswith="@example.org").update(
            is_active=False
        )


#: What happens to a run, and what the page of its contract says of today then.
MEANWHILE = {
    renamed_run: "Fotos ordnen",
    renamed_house: "Haus der Familie",
    dearer: "18,50",
    called_off: "Fotos ordnen",
    house_closed: "Fotos ordnen",
    booking_forgotten: "Fotos ordnen",
    course_gone: "Fotos ordnen",
    leaders_gone: "Fotos ordnen",
}


@pytest.mark.parametrize("meanwhile", MEANWHILE, ids=lambda act: act.__name__)
def test_what_was_agreed_stays_whatever_happens_to_its_run(run, house, letters, meanwhile):
    head, contract = factories.make_member(house, "owner"), make_contract(run)
    before = contract.text
    meanwhile(run, head)
    page = Client().get(f"/vertrag/{contract.token}/")
    assert page.status_code == 200
    shown = one_line(page)
    assert MEANWHILE[meanwhile] in shown
    for said_then in ("Vertrag über die Teilnahme an: Fotos ordnen", "Gesamtpreis: 18,50", "Kirchbrunnenstraße 12, 74072 Heilbronn"):  # fmt: skip
        assert said_then in shown
    with look(system("test")):
        contract.refresh_from_db()
    assert (contract.text, contract.title) == (before, "Fotos ordnen")
    _withdrawal, _sent = letters(lambda: says(contract))
    assert outcomes() == ["done"]


def test_pages_of_the_seat_show_todays_name_beside_the_contract(run, house):
    """The page of the booking is about what will take place; the contract about what was said."""
    contract = make_contract(run)
    renamed_run(run, factories.make_member(house, "owner"))
    renamed_house(run, None)
    seat = one_line(Client().get(link_of(contract.booking)))
    assert ("Bilder sortieren" in seat, contract.number in seat) == (True, True)
    shown = one_line(Client().get(f"/vertrag/{contract.token}/"))
    assert ("Bilder sortieren" in shown, "Haus der Familie" in shown) == (False, True)


def test_the_houses_list_names_a_contract_by_what_was_agreed(run, house):
    head, contract = factories.make_member(house, "owner"), make_contract(run)
    renamed_run(run, head)
    listed = one_line(signed_in(head).get("/anbieter/haus/begleiten/vertraege/"))
    assert contract.number in listed
    assert "Fotos ordnen" in listed


# --- again and again -----------------------------------------------------------------------------------------------


def test_the_same_button_six_times_is_one_contract_one_mail_and_one_answer(run, letters):
    booking = ask_for_seat(run.key, asked(email="a@example.org"))
    browsers, link = [Client() for _device in range(6)], link_of(booking)
    form = {"act": "contract", "shown": seal_on(browsers[0].get(link))}
    answers, sent = letters(lambda: [browser.post(link, form) for browser in browsers])
    # the link is signed with its second: what stands before it is the booking
    whose = {(one.status_code, one.headers["Location"].split(":")[0]) for one in answers}
    assert whose == {(302, link.split(":")[0])}
    with look(system("test")):
        assert (len(sent), Contract.objects.count(), Run.objects.get(pk=run.pk).taken) == (1, 1, 1)


def test_the_same_withdrawal_six_times_is_one_receipt_and_one_answer(run, letters):
    contract = make_contract(run)
    token = TOKEN.search(Client().get(PAGE).text)[1]
    form = said(contract) | {"form_token": token, "act": "confirm"}
    answers, sent = letters(lambda: [Client().post(PAGE, form) for _device in range(6)])
    assert {(one.status_code, one.headers["Location"]) for one in answers} == {
        (302, "/widerrufen/eingegangen/")
    }
    assert outcomes() == ["done"]
    assert [letter.to for letter in sent].count([contract.email]) == 1


def test_withdrawn_and_pressed_again_is_no_second_contract(run):
    """The back button after everything: the page says what is true."""
    booking = ask_for_seat(run.key, asked(email="a@example.org"))
    browser, link = Client(), link_of(booking)
    form = {"act": "contract", "shown": seal_on(browser.get(link))}
    browser.post(link, form)
    with look(system("test")):
        contract = Contract.objects.get()
    says(contract)
    states = [browser.post(link, form).status_code for _again in range(6)]
    assert all(one == other for one, other in pairwise(states))
    with look(system("test")):
        assert (Contract.objects.count(), Booking.objects.get().state) == (1, "cancelled")
    assert "Ihre Buchung ist abgesagt" in one_line(browser.get(link))
