"""A seat from the page of a run to the link in the mail: without an account, with one, for somebody else, and back."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from courses.actions import cancel_meeting, cancel_run, keep_rules
from learning.actions import cancel_booking, take_seat
from learning.models import Booking, BookingNeed
from learning.tasks import forget_bookings, keep_seats, remind_of_dates
from tenancy.lens import look, system
from tests import factories
from tests.factories.runs import asked, make_run
from tests.support.pages import one_line
from tests.support.records import signed_in

TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
LINK = re.compile(r"http://[^/\s]+(/buchung/\S+/)")


@pytest.fixture
def run(house):
    return make_run(house, seats=1, title="E-Mail von Anfang an")


def page_of(run):
    return f"/termine/{run.key}/"


def ask(run, browser=None, **said):
    browser = browser or Client()
    token = TOKEN.search(browser.get(page_of(run)).content.decode())[1]
    form = {"who": "me", "name": "Margarete Huber", "form_token": token, "remind": "on", **said}
    return browser.post(page_of(run), form)


def link_in(letter):
    return LINK.search(letter.body)[1]


def newest():
    with look(system("test")):
        return Booking.objects.order_by("-pk").first()


def test_without_an_account_a_mail_comes_first(run, letters):
    answer, sent = letters(lambda: ask(run, email="Margarete@Example.org"))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{page_of(run)}bestaetigen/")
    assert [letter.to for letter in sent] == [["margarete@example.org"]]
    link = link_in(sent[0])
    browser = Client()
    assert "Möchten Sie diesen Platz?" in browser.get(link).content.decode()
    assert newest().state == "asked"  # GET shows
    _page, sent = letters(lambda: browser.post(link, {"act": "confirm"}, follow=True))
    assert newest().state == "booked"
    assert [letter.subject for letter in sent] == [
        "Ihr Platz ist gebucht: E-Mail von Anfang an – Lernstadt Heilbronn"
    ]
    [(name, content, kind)] = sent[0].attachments
    assert (name, kind) == ("termine.ics", "text/calendar")
    events = list(Calendar.from_ical(content).walk("VEVENT"))
    assert len(events) == 3
    assert {str(one["status"]) for one in events} == {"CONFIRMED"}
    assert dict(browser.cookies) == {}


def test_who_asks_again_later_gets_the_mail_again(run, letters):
    _answer, first = letters(lambda: ask(run, email="anna@example.org"))
    _answer, at_once = letters(lambda: ask(run, email="anna@example.org"))
    with look(system("test")):
        Booking.objects.update(changed_at=timezone.now() - timedelta(minutes=3))
    _answer, later = letters(lambda: ask(run, email="anna@example.org"))
    assert [len(each) for each in (first, at_once, later)] == [1, 0, 1]
    assert Client().get(link_in(later[0])).context["booking"] == newest()


def test_nobody_fills_the_mailbox_of_another(run, letters, settings):
    """Under ever new names: what is not mailed is not stored, or the clock would mail it later."""
    settings.LIMITS = {"seat_mail": "2/day"}
    names = ("Anna", "Ben", "Clara")

    def ask_all():
        return [ask(run, email="anna@example.org", name=name) for name in names]

    answers, sent = letters(lambda: (ask_all(), keep_seats())[0])
    assert ([each.status_code for each in answers], len(sent)) == ([302, 302, 429], 2)
    assert "schon viele Mails geschickt" in one_line(answers[2])
    assert 'value="Clara"' in answers[2].text


def test_the_page_says_what_is_known(run):
    answer = Client().get(page_of(run))
    page = one_line(answer)
    for said in (
        "Noch 1 von 1 Plätzen frei",
        "Ohne Stufe",
        "Steigen Sie am Rathaus aus.",
        '"@type": "EducationEvent"',
        "Kostenlos",
    ):
        assert said in page
    assert dict(answer.cookies) == {}
    assert Client().get("/termine/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_signed_in_she_books_at_once_and_sees_her_place(house, run, letters):
    with look(system("test")):
        anna, ben = factories.make_user("Anna"), factories.make_user("Ben")
    answer, _sent = letters(lambda: ask(run, signed_in(anna), email=anna.email))
    assert answer.headers["Location"] == f"/buchung/{newest().token}/"
    _answer, sent = letters(lambda: ask(run, signed_in(ben), email=ben.email))
    assert (newest().state, newest().learner_id) == ("waiting", ben.pk)
    assert "Sie sind auf Platz 1." in sent[0].body
    page = one_line(Client().get(f"/buchung/{newest().token}/"))
    assert "Sie sind auf Platz 1." in page
    assert "Sie sind als Nächstes an der Reihe." in page
    assert "vor Ihnen" not in page


def test_for_somebody_else_she_must_know(run):
    refused = ask(run, who="other", email="a@example.org")
    assert refused.status_code == 400
    page = refused.content.decode()
    assert "Bitte schreiben Sie auch Ihren Namen." in page
    assert "Bitte fragen Sie die Person vorher." in page
    assert 'value="Margarete Huber"' in page  # what was typed is still there
    ask(run, who="other", email="a@example.org", booked_by="Eva Huber", guardian="on")
    assert (newest().booked_by, newest().guardian) == ("Eva Huber", True)


def test_who_was_booked_for_hears_everything_of_article_14(house, run, letters):
    """By mail and on the page: who gave it, which data, for what, with whom, how long, which rights, and a way out."""
    keep_rules(house.pk, {"kept_days": 10}, by=factories.make_member(house, "tutor"))
    said = asked(
        "Margarete Huber",
        email="m@example.org",
        booked_by="Eva Huber",
        phone="07131 1",
        needs=("loop",),
        consent=True,
    )
    mine = take_seat(run.key, said)
    _done, [letter] = letters(keep_seats)
    mail_text, page = (
        " ".join(letter.body.split()),
        one_line(Client().get(f"/buchung/{mine.token}/")),
    )
    for text in (
        "Eva Huber",
        "Haus haus",
        "10 Tage nach dem letzten Termin",
        "löschen",
        "Landesbeauftragten",
    ):
        assert text in mail_text
        assert text in page
    assert "Name, E-Mail-Adresse, Telefon, was Sie vor Ort brauchen" in page
    assert "Platz absagen" in page
    herself = take_seat(make_run(house).key, asked("Anna", email="a@example.org"))
    _done, [letter] = letters(keep_seats)
    assert "Landesbeauftragten" not in letter.body
    assert "Woher wir Ihre Daten haben" not in Client().get(f"/buchung/{herself.token}/").text


def test_rules_for_seats_are_read_before_booking(house, run):
    assert "Regeln für Plätze" not in one_line(Client().get(page_of(run)))
    keep_rules(
        house.pk,
        {"seat_rules": "Wer ohne Absage fehlt, gibt den Platz frei."},
        by=factories.make_member(house, "tutor"),
    )
    assert "Wer ohne Absage fehlt, gibt den Platz frei." in one_line(Client().get(page_of(run)))


def test_needs_want_a_yes(run):
    assert ask(run, email="a@example.org", needs=["loop"]).status_code == 400
    ask(run, email="a@example.org", needs=["loop"], consent="on")
    with look(system("test")):
        assert BookingNeed.objects.get().names == ["Induktionsschleife für mein Hörgerät"]


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"email": ""}, 400),
        ({"email": "kein"}, 400),
        ({"email": "a@example.org", "name": ""}, 400),
        ({"email": "a@example.org", "form_token": "x"}, 400),
        ({"email": "a@example.org", "who": "x"}, 400),
    ],
)
def test_what_is_not_understood(run, said, status):
    assert ask(run, **said).status_code == status
    assert newest() is None


def test_from_elsewhere_nobody_books(run):
    answer = Client().post(page_of(run), {"name": "x"}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403


def test_an_offer_is_taken_by_the_link_or_let_pass(run, letters):
    anna = take_seat(run.key, asked("Anna"))
    take_seat(run.key, asked("Clara", email="clara@example.org"))
    _done, sent = letters(lambda: (cancel_booking(anna.key), keep_seats()))
    assert ["Ein Platz ist frei" in one.subject for one in sent] == [True]
    link = link_in(sent[0])
    page = one_line(Client().get(link))
    assert "Ein Platz ist frei für Sie" in page
    Client().post(link, {"act": "pass"})
    with look(system("test")):
        clara = Booking.objects.get(name="Clara")
    assert (clara.state, clara.passed) == ("offered", 1)  # nobody else waits
    Client().post(link, {"act": "take"})
    assert newest().state == "booked"
    assert Client().post(link, {"act": "tanzen"}).status_code == 400
    assert Client().post(link, headers={"origin": "https://evil.example"}).status_code == 403


def test_she_cancels_by_her_link_until_the_deadline(house, run, letters):
    late = make_run(house, cancel_until=timezone.now() - timedelta(hours=1))
    one, two = (take_seat(each.key, asked("Anna", email="a@example.org")) for each in (run, late))
    keep_seats()
    _page, sent = letters(lambda: Client().post(f"/buchung/{one.token}/", {"act": "cancel"}))
    assert ["Abgesagt" in letter.subject for letter in sent] == [True]
    answer = Client().post(f"/buchung/{two.token}/", {"act": "cancel"})
    assert answer.status_code == 409
    assert "Die Frist zum Absagen ist vorbei." in one_line(answer)
    assert Client().get("/buchung/ausgedacht/").status_code == 404


def test_a_booking_is_changed_later_and_the_seat_stays(run):
    mine = take_seat(run.key, asked("Anna", email="a@example.org", needs=("loop",), consent=True))
    here, browser = f"/buchung/{mine.token}/", Client()

    def change(**said):
        return browser.post(here, {"act": "change", **said}).status_code

    def stored():
        with look(system("test")):
            booking = Booking.objects.select_related("needs").get(pk=mine.pk)
            needs = getattr(booking, "needs", None)
            return booking.state, booking.phone, booking.remind, needs and needs.kinds

    assert change(phone="07131 5", needs=["sign"], consent="on", remind="on") == 302
    assert stored() == ("booked", "07131 5", True, ["sign"])
    assert change(phone="07131 6", needs=["loop"]) == 400  # without a yes
    assert stored() == ("booked", "07131 5", True, ["sign"])
    assert change() == 302
    assert stored() == ("booked", "", False, None)
    browser.post(here, {"act": "cancel"})
    assert change(phone="07131 7") == 302
    assert stored()[:2] == ("cancelled", "")
    assert "Änderungen speichern" not in browser.get(here).text


def test_a_calendar_file_and_private_pages(run):
    mine = take_seat(run.key, asked("Anna"))
    answer = Client().get(f"/buchung/{mine.token}/termine.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert len(Calendar.from_ical(answer.content).walk("VEVENT")) == 3
    assert max(map(len, answer.content.split(b"\r\n"))) <= 75
    headers = answer.headers
    assert (headers["Cache-Control"], headers["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert (
        headers["Referrer-Policy"] == "same-origin"
    )  # with none, a browser sends forms without an origin


def test_changes_are_told_once_with_what_is_free(house, run, letters):
    tutor = factories.make_member(house, "tutor")
    take_seat(run.key, asked("Anna", email="a@example.org"))
    take_seat(run.key, asked("Ben", email="b@example.org"))
    take_seat(run.key, asked("Clara"))  # no address
    keep_seats()
    with look(system("test")):
        first = run.meetings.first()
    _done, sent = letters(lambda: (cancel_meeting(first, by=tutor, why="Krank"), keep_seats()))
    assert sorted(one.to[0] for one in sent) == ["a@example.org", "b@example.org"]
    assert all("fällt aus" in one.body and "Krank" in one.body for one in sent)
    _done, sent = letters(lambda: (keep_seats(), keep_seats()))
    assert sent == []
    _done, sent = letters(lambda: (cancel_run(run, by=tutor), keep_seats()))
    assert len(sent) == 2
    page = one_line(Client().get(page_of(run)))
    assert "Das fällt aus. Bitte kommen Sie nicht." in page
    assert "form_token" not in page


def test_the_day_before_she_is_reminded_once_if_she_wants(house, letters):
    run = make_run(house, days=1, bring="Ihr Handy")
    take_seat(run.key, asked("Anna", email="a@example.org"))
    take_seat(run.key, asked("Ben", email="b@example.org", remind=False))
    later = make_run(house, days=2)
    take_seat(later.key, asked("Clara", email="c@example.org"))
    keep_seats()
    _done, sent = letters(lambda: (remind_of_dates(), remind_of_dates()))
    assert [one.to for one in sent] == [["a@example.org"]]
    assert "Ihr Handy" in sent[0].body


def test_what_was_said_is_forgotten(house, run):
    take_seat(run.key, asked("Anna", needs=("loop",), consent=True))
    ask(run, email="a@example.org")
    assert forget_bookings() == 0
    with look(system("test")):
        Booking.objects.filter(state="asked").update(made_at=timezone.now() - timedelta(days=3))
    assert forget_bookings() == 1

    def days_ago(days):
        with look(system("test")):
            for meeting in run.meetings.all():
                meeting.ends_at = timezone.now() - timedelta(days=days)
                meeting.starts_at = meeting.ends_at - timedelta(hours=2)
                meeting.save()

    days_ago(1)
    assert forget_bookings() == 1  # what they need
    assert newest().name == "Anna"
    days_ago(31)
    assert forget_bookings() == 1
    assert newest() is None


def test_today_in_the_city(house, run):
    make_run(house, days=0, meetings=1, kind="cafe", seats=None, title="Handy-Café")
    page = one_line(Client().get("/termine/"))
    assert "Heute in Heilbronn" in page
    assert "E-Mail von Anfang an" in page


def test_the_page_costs_the_same_however_many_dates_there_are(house):
    def statements(count):
        run = make_run(house, meetings=count)
        with CaptureQueriesContext(connection) as asked_for:
            Client().get(page_of(run))
        return len([q for q in asked_for if q["sql"].startswith(("SELECT", "(SELECT"))])

    assert statements(1) == statements(6)


def test_a_browser_names_the_origin_of_the_forms(client, house):
    """With no referrer at all it would send "null", which is refused: by a header or by the page itself."""
    made = make_run(house)
    with look(system("test")):
        token = take_seat(made.key, asked(), learner=factories.make_user("Lea Lernt")).token
    page = client.get(f"/buchung/{token}/")
    assert "no-referrer" not in page.text
    assert client.post(f"/buchung/{token}/", headers={"Origin": "null"}).status_code == 403
    said = client.post(
        f"/buchung/{token}/", {"act": "cancel"}, headers={"Origin": "http://testserver"}
    )
    assert said.status_code == 302
