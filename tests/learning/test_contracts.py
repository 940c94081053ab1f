"""A seat that costs something is a contract: read before, concluded by one button, kept as it was said, withdrawn without an account."""

import re
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from courses.actions import CannotPlan, cancel_run, change_run, keep_rules, publish_run
from courses.models import Run
from learning import actions
from learning.actions import CannotBook, answer_offer, ask_for_seat, cancel_booking, take_seat
from learning.contracts import EARLY, last_day_to_withdraw
from learning.models import Booking, Contract
from learning.tasks import forget_bookings, keep_seats
from providers.models import Provider
from tenancy.lens import bearer, look, public, system
from tests import factories
from tests.factories.runs import (
    PAYMENT,
    asked,
    make_contract,
    make_run,
    make_sold_run,
    ready_for_contracts,
)
from tests.support.pages import one_line
from tests.support.records import signed_in

TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
SEAL = re.compile(r'name="shown"\s+value="([^"]+)"')
LINK = re.compile(r"http://[^/\s]+(/buchung/\S+/)")
BUTTON = "Zahlungspflichtig buchen"


@pytest.fixture
def tutor(house):
    return factories.make_member(house, "tutor")


@pytest.fixture
def run(house, tutor):
    return make_sold_run(house, by=tutor, title="Fotos ordnen")


def ask(run, browser=None, **said):
    browser = browser or Client()
    page = f"/termine/{run.key}/"
    token = TOKEN.search(browser.get(page).content.decode())[1]
    form = {"who": "me", "name": "Margarete Huber", "form_token": token, "price": "0", **said}
    return browser.post(page, form)


def link_of(booking):
    return f"/buchung/{booking.token}/"


def seal_on(page):
    return SEAL.search(page.content.decode())[1]


def read(model, **which):
    with look(system("test")):
        return model.objects.get(**which)


def press(booking, **said):
    """The button on the page, after reading it."""
    browser, link = Client(), link_of(booking)
    return browser.post(link, {"act": "contract", "shown": seal_on(browser.get(link)), **said})


# --- planning -------------------------------------------------------------------------------------------------------


def test_what_costs_something_is_sold_in_one_place_or_not_at_all(house, tutor):
    for fields in ({"price": 1800}, {"reductions": [{"name": "Stadtpass", "price": 900}]}):
        with pytest.raises(CannotPlan, match=r"^paid$"):
            make_run(house, by=tutor, **fields)
    with pytest.raises(CannotPlan, match=r"^contract$"):
        make_run(house, by=tutor, price=1800, contract=True)
    with pytest.raises(DatabaseError, match="a_run_is_sold_in_one_place"), transaction.atomic():
        make_run(house, by=tutor, price=1800, contract=True, shop_url="https://shop.example/1")


@pytest.mark.parametrize("lacks", ["street", "city", "email", "phone", "imprint", "payment"])
def test_a_house_says_who_it_is_before_it_sells(house, tutor, lacks):
    run = make_sold_run(house, by=tutor, publish=False)
    if lacks == "payment":
        keep_rules(house.pk, {"payment": " "}, by=tutor)
    else:
        with look(system("test")):
            Provider.objects.filter(pk=house.pk).update(**{lacks: ""})
    with pytest.raises(CannotPlan, match=r"^contract$"):
        publish_run(run, by=tutor)


def test_a_run_is_planned_with_a_contract_by_the_form(house, tutor):
    ready_for_contracts(house, tutor, contract_here=True)
    browser = signed_in(tutor)
    new = "/anbieter/haus/planen/neu/"
    assert browser.get(new).context["form"].initial["sold"] == "here"  # the house's default
    form = {"title": "Fotos", "kind": "course", "mode": "onsite", "price": "18,50", "sold": "here"}
    form["semester"] = browser.get(new).context["form"].fields["semester"].choices[0][0]
    both = browser.post(new, form | {"shop_url": "https://shop.example/1"})
    assert "Gebucht wird hier oder dort." in one_line(both)
    browser.post(new, form)
    browser.post(new, form | {"price": "", "title": "Umsonst"})
    with look(system("test")):
        assert [*Run.objects.order_by("pk").values_list("title", "contract")] == [
            ("Fotos", True),
            ("Umsonst", False),
        ]


# --- concluding -----------------------------------------------------------------------------------------------------


def test_a_visitor_reads_the_contract_and_concludes_it_by_the_button(run, letters):
    shown = one_line(Client().get(f"/termine/{run.key}/"))
    for said in ("post@haus.example", PAYMENT, "Weiter zum Vertrag", "/widerrufen/?anbieter=haus"):
        assert said in shown
    answer, sent = letters(lambda: ask(run, email="margarete@example.org", price="1"))
    assert answer.headers["Location"] == f"/termine/{run.key}/bestaetigen/"
    assert "Gebucht ist erst, wenn Sie dort auf den Knopf drücken" in sent[0].body
    browser, link = Client(), LINK.search(sent[0].body)[1]
    page = browser.get(link)
    text = one_line(page)
    for said in (
        "Vertrag über die Teilnahme an: Fotos ordnen",
        "Gesamtpreis: 9 € (Stadtpass)",
        "Widerrufsbelehrung",
        "Muster-Widerrufsformular",
        BUTTON,
        "Haus e. V., vertreten durch Sabine Musterfrau",
    ):
        assert said in text
    assert EARLY not in text  # it begins after the period is over
    assert (
        page.text.count('lang="de" dir="ltr"') == 1
    )  # German also where the page is read from the right
    assert browser.get(link).context["booking"].state == "asked"  # GET shows
    answer, sent = letters(lambda: browser.post(link, {"act": "contract", "shown": seal_on(page)}))
    contract = read(Contract)
    assert (contract.price, contract.price_name, contract.buyer) == (
        900,
        "Stadtpass",
        "Margarete Huber",
    )
    assert [letter.to for letter in sent] == [["margarete@example.org"]]
    assert contract.text in sent[0].body  # complete, on something that lasts
    assert contract.number in sent[0].body
    assert [name for name, _content, _kind in sent[0].attachments] == ["termine.ics"]
    assert contract.number in one_line(browser.get(link))
    shown = one_line(browser.get(f"/vertrag/{contract.token}/"))
    assert "Widerrufsbelehrung" in shown
    assert dict(browser.cookies) == {}


def test_pressed_many_times_it_is_one_contract_and_one_mail(run, letters):
    booking = ask_for_seat(run.key, asked(email="a@example.org"))
    browser, link = Client(), link_of(booking)
    form = {"act": "contract", "shown": seal_on(browser.get(link))}
    answers, sent = letters(lambda: [browser.post(link, form).status_code for _again in range(3)])
    with look(system("test")):
        assert (answers, len(sent), Contract.objects.count()) == ([302] * 3, 1, 1)


def test_no_contract_comes_by_any_other_way(house, tutor, run):
    """Not by confirming, not by taking an offer, not signed in, not by staff."""
    person = factories.make_user("Anna")
    visitor = ask_for_seat(run.key, asked("V", email="v@example.org"))
    hers = take_seat(run.key, asked("Anna", email="a@example.org"), learner=person)
    phoned = take_seat(run.key, asked("Am Telefon", email="t@example.org"), by=tutor)
    for booking in (visitor, hers, phoned):
        with pytest.raises(CannotBook, match=r"^contract$"):
            actions.confirm_booking(booking.key)
        answer_offer(booking.key, take=True)
    with look(system("test")):
        assert {*Booking.objects.values_list("state", flat=True)} == {"asked"}
        assert Contract.objects.count() == 0


@pytest.mark.parametrize(
    ("meanwhile", "why"),
    [
        (lambda run, tutor: change_run(run, {"bring": "Ein Ladekabel"}, by=tutor), "changed"),
        (lambda run, tutor: cancel_run(run, by=tutor), "off"),
        (
            lambda run, tutor: change_run(
                run, {"contract": False, "shop_url": "https://shop.example"}, by=tutor
            ),
            "door",
        ),
        (lambda run, _tutor: make_contract(run, "Vorher", email="b@example.org"), "full"),
        (
            lambda run, tutor: keep_rules(run.provider_id, {"payment": ""}, by=tutor),
            "house",
        ),
    ],
)
def test_what_changes_while_somebody_reads_makes_no_contract(house, tutor, meanwhile, why):
    run = make_sold_run(house, by=tutor, seats=1)
    booking = ask_for_seat(run.key, asked(email="a@example.org"))
    seal = seal_on(Client().get(link_of(booking)))
    meanwhile(run, tutor)
    with pytest.raises(CannotBook, match=f"^{why}$"):
        actions.conclude_contract(booking.key, shown=seal, early=True)
    page = Client().post(link_of(booking), {"act": "contract", "shown": seal})
    assert page.status_code == 409
    with look(system("test")):
        assert Contract.objects.filter(booking=booking.pk).count() == 0


def test_who_waits_is_bound_to_nothing_and_accepts_by_the_same_button(house, tutor, letters):
    run = make_sold_run(house, by=tutor, seats=1)
    first = make_contract(run, "Erste", email="erste@example.org")
    booking = ask_for_seat(run.key, asked("Zweite", email="zweite@example.org"))
    page = one_line(Client().get(link_of(booking)))
    assert ("Auf die Warteliste" in page, BUTTON in page) == (True, False)
    Client().post(link_of(booking), {"act": "confirm"})
    assert read(Booking, pk=booking.pk).state == "waiting"
    cancel_booking(first.booking.key)
    assert read(Booking, pk=booking.pk).state == "offered"
    page = Client().get(link_of(booking))
    assert "Platz annehmen" not in one_line(page)
    assert Client().post(link_of(booking), {"act": "take"}).status_code == 409
    assert read(Booking, pk=booking.pk).state == "offered"
    _answer, sent = letters(lambda: press(booking))
    assert read(Booking, pk=booking.pk).state == "booked"
    assert "Widerrufsbelehrung" in sent[0].body


def test_a_course_that_begins_early_is_demanded_by_a_tick(house, tutor):
    run = make_sold_run(house, by=tutor, days=5)
    booking = ask_for_seat(run.key, asked(email="a@example.org"))
    assert EARLY in one_line(Client().get(link_of(booking)))
    refused = press(booking)
    assert refused.status_code == 409
    assert "Dafür brauchen wir Ihr Häkchen." in one_line(refused)
    press(booking, early="on")
    contract = read(Contract)
    assert (contract.early, EARLY in contract.text) == (True, True)


def test_under_sixteen_the_guardian_books(run, house):
    child = factories.make_user("Kim")
    with look(system("test")):
        User.objects.filter(pk=child.pk).update(age_band="under_16")
        child.refresh_from_db()
    booking = take_seat(run.key, asked("Kim", email="kim@example.org"), learner=child)
    assert press(booking).status_code == 409
    said = {"booked_by": "Vera Huber", "guardian": True}
    contract = make_contract(run, "Kim", **said)
    assert (contract.buyer, contract.attendee) == ("Vera Huber", "Kim")
    assert "Es nimmt teil: Kim, gebucht von Vera Huber" in contract.text


def test_staff_on_the_telephone_sends_the_link(house, tutor, run, letters):
    browser, page = signed_in(tutor), f"/anbieter/haus/begleiten/termine/{run.key}/"

    def phone(email):
        token = TOKEN.search(browser.get(page).content.decode())[1]
        form = {"act": "phone", "name": "Anna", "email": email, "form_token": token, "who": "me"}
        return browser.post(page, form | {"price": "0"}, follow=True)

    assert phone("").status_code == 200  # a contract needs an address
    answer, sent = letters(lambda: phone("anna@example.org"))
    assert "Anna bekommt eine Mail mit dem Vertrag und bucht selbst." in one_line(answer)
    assert [letter.to for letter in sent] == [["anna@example.org"]]
    assert read(Booking).state == "asked"


def test_a_price_of_nothing_needs_no_contract(house, tutor):
    run = make_sold_run(house, by=tutor, reductions=[{"name": "Freiplatz", "price": 0}])
    booking = ask_for_seat(run.key, asked(email="a@example.org", price=1))
    page = one_line(Client().get(link_of(booking)))
    assert ("Ja, Platz bestätigen" in page, BUTTON in page) == (True, False)
    Client().post(link_of(booking), {"act": "confirm"})
    assert read(Booking).state == "booked"


# --- what stays -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["price", "text", "buyer", "concluded_at", "withdraw_until"])
def test_nobody_changes_what_was_agreed(run, field):
    contract = make_contract(run)
    other = {"price": 1, "concluded_at": timezone.now(), "withdraw_until": date(2099, 1, 1)}
    with (
        pytest.raises(DatabaseError, match="a contract stays as it was concluded"),
        look(system("test")),
    ):
        Contract.objects.filter(pk=contract.pk).update(**{field: other.get(field, "anders")})


def test_it_outlives_booking_and_account(run):
    person = factories.make_user("Anna")
    booking = take_seat(run.key, asked("Anna", email="a@example.org"), learner=person)
    press(booking)
    page = one_line(signed_in(person).get("/lernen/termine/"))
    assert "Meine Verträge" in page
    with look(system("test")):
        Booking.objects.all().delete()
        person.delete()
    contract = read(Contract)
    assert (contract.booking_id, contract.learner_id, contract.buyer) == (None, None, "Anna")
    assert contract.booking_number == booking.number
    assert Client().get(f"/vertrag/{contract.token}/").status_code == 200


def test_it_is_seen_by_its_link_and_by_nobody_else(run, house):
    contract = make_contract(run)
    with look(public):
        assert Contract.objects.count() == 0
    with look(bearer(str(contract.key))):
        assert Contract.objects.count() == 1
    assert Client().get("/vertrag/erfunden/").status_code == 404
    stranger = factories.make_member(house, "tutor")
    assert contract.number not in one_line(
        signed_in(stranger).get("/anbieter/haus/begleiten/vertraege/")
    )
    head = factories.make_member(house, "owner")
    assert contract.number in one_line(signed_in(head).get("/anbieter/haus/begleiten/vertraege/"))


def test_it_is_forgotten_when_the_law_no_longer_asks_for_it(run, monkeypatch):
    make_contract(run)
    in_eight, in_nine = (timezone.localdate() + timedelta(days=366 * years) for years in (8, 9))
    for today, left in ((in_eight, 1), (in_nine, 0)):
        monkeypatch.setattr(timezone, "localdate", lambda today=today: today)
        forget_bookings()
        with look(system("test")):
            assert Contract.objects.count() == left


@pytest.mark.parametrize(
    ("concluded", "free", "last"),
    [
        (date(2026, 11, 30), (), date(2026, 12, 14)),
        (date(2026, 11, 28), (), date(2026, 12, 14)),  # a Saturday
        (
            date(2026, 12, 11),
            (date(2026, 12, 25),),
            date(2026, 12, 28),
        ),  # Christmas, then a weekend
        (date(2028, 2, 15), (), date(2028, 2, 29)),
    ],
)
def test_the_period_ends_on_a_working_day(concluded, free, last):
    assert last_day_to_withdraw(concluded, free) == last


def test_the_clock_finds_whom_nobody_has_told(run, letters):
    make_contract(run)
    _answer, sent = letters(keep_seats)
    assert ["Widerrufsbelehrung" in letter.body for letter in sent] == [True]


def test_the_export_has_contracts_and_the_calendar_but_not_its_secret(run):
    person = factories.make_user("Anna")
    with look(system("test")):
        feed = actions.make_date_feed(person)
    booking = take_seat(run.key, asked("Anna", email="a@example.org"), learner=person)
    press(booking)
    export = signed_in(person).get("/konto/daten/")
    [contract], [calendar] = export.json()["vertraege"], export.json()["kalender"]
    assert (contract["price"], contract["withdrawals"]) == (1850, [])
    assert "Widerrufsbelehrung" in contract["text"]
    assert [*calendar] == ["made_at"]
    assert feed.token not in export.text
