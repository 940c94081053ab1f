"""Searches that somebody keeps: kept once, told once, hers alone, and ended with one click."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.actions import close_account
from accounts.models import User
from courses.models import Printing, Run
from learning import actions, emails
from learning.models import SavedSearch
from tenancy.lens import learner, look, public, staff, system
from tests import factories
from tests.factories.runs import make_run
from tests.support.pages import one_line
from tests.support.records import signed_in
from words.days import ZONE

MINE, KEEP = "/lernen/suchen/", "/lernen/suche-merken/"


@pytest.fixture
def anna(db):
    with look(system("test")):
        return factories.make_user("Anna", "anna@example.org")


def keep(person, place="termine", query="", name="Meine Suche", **sent):
    data = {"liste": place, "suche": query, "name": name, "mail": "on"} | sent
    return signed_in(person).post(KEEP, data, follow=True)


def kept():
    with look(system("test")):
        return [*SavedSearch.objects.order_by("pk")]


def looked(hours):
    """As if somebody had last been told so many hours ago."""
    with look(system("test")):
        SavedSearch.objects.update(looked_until=timezone.now() - timedelta(hours=hours))


def told(now=None):
    mail.outbox.clear()
    count = emails.tell_searches(now or timezone.now() + timedelta(hours=1))
    assert count == len(mail.outbox)
    return [letter.body for letter in mail.outbox]


def tomorrow(days=1):
    noon = datetime.combine(timezone.localdate(), datetime.min.time(), ZONE).replace(hour=12)
    return noon + timedelta(days=days)


# --- keeping ---


def test_a_visitor_is_led_through_signing_in_and_back(house):
    page = Client().get("/termine/finden/?tag=2&q=Handy").content.decode()
    link = "/lernen/suche-merken/?liste=termine&amp;suche=tag%3D2%26q%3DHandy"
    assert f'href="{link}"' in page
    answer = Client().get(link.replace("&amp;", "&"))
    assert answer.status_code == 302
    assert "suche%3Dtag%253D2%2526q%253DHandy" in answer.headers["Location"]


def test_the_page_says_what_is_searched_and_looking_keeps_nothing(anna, house):
    page = signed_in(anna).get(KEEP, {"liste": "kurse", "suche": "q=Handy&stufe=einstieg&seite=3"})
    assert "Kurse: „Handy“, Einstieg" in one_line(page)
    assert kept() == []


#   what was sent, what is kept
SENT = [
    ("kurse", "seite=3&q=Handy&stufe=einstieg", "q=Handy&stufe=einstieg"),
    ("kurse", "stufe=einstieg&q=%20Handy%20", "q=Handy&stufe=einstieg"),
    ("kurse", "q=Handy&fremd=1&thema=", "q=Handy"),
    (
        "termine",
        "tag=2&tag=4&nah=B%C3%B6ckingen&sort=naehe&adresse=Weg+1",
        "tag=2&tag=4&nah=B%C3%B6ckingen&sort=naehe",
    ),
    ("unsinn", "q=%00Handy", "q=Handy"),
]


@pytest.mark.parametrize(("place", "query", "plain"), SENT)
def test_only_what_belongs_to_a_search_is_kept(anna, place, query, plain):
    assert "Die Suche ist gemerkt." in one_line(keep(anna, place, query))
    [search] = kept()
    assert (search.list, search.query) == ("termine" if place == "termine" else "kurse", plain)


def test_sent_twice_it_is_one_with_the_new_name(anna):
    keep(anna, "kurse", "q=Handy", "Eins")
    keep(anna, "kurse", "seite=2&q=Handy", "Zwei")
    assert [search.name for search in kept()] == ["Zwei"]


def test_twenty_are_enough(anna):
    for number in range(SavedSearch.MOST):
        keep(anna, "kurse", f"q=wort{number}")
    page = keep(anna, "kurse", "q=eins+mehr", "Eins mehr")
    assert page.status_code == 400
    assert "Löschen Sie zuerst eine davon." in one_line(page)
    assert 'value="Eins mehr"' in page.content.decode()
    assert len(kept()) == SavedSearch.MOST
    assert "Die Suche ist gemerkt." in one_line(keep(anna, "kurse", "q=wort3"))  # this one is there


def test_an_address_that_no_page_makes_is_not_kept(anna):
    assert keep(anna, "kurse", "q=" + "&thema=x" * 900).status_code == 404
    assert keep(anna, "kurse", "q=Handy", name="").status_code == 400
    assert kept() == []


def test_a_person_without_an_address_keeps_and_gets_no_mail(house):
    with look(system("test")):
        card = factories.make_user("Karte", "karte@example.org")
        User.objects.filter(pk=card.pk).update(email=None)
        card.refresh_from_db()
    assert "Ihr Konto hat keine E-Mail-Adresse." in one_line(signed_in(card).get(KEEP))
    keep(card)
    assert [search.mail for search in kept()] == [False]
    assert "Ohne E-Mail-Adresse schreiben wir Ihnen nicht." in one_line(signed_in(card).get(MINE))


def test_named_anew_switched_off_and_deleted(anna):
    keep(anna, "kurse", "q=Handy")
    [search] = kept()
    page = f"/lernen/suche-{search.pk}/"
    assert 'href="/kurse/?q=Handy"' in signed_in(anna).get(MINE).content.decode()
    signed_in(anna).post(page, {"name": "Telefon"})
    assert [(each.name, each.mail) for each in kept()] == [("Telefon", False)]
    assert "Wir schreiben Ihnen dazu nicht." in one_line(signed_in(anna).get(MINE))
    for _twice in range(2):
        signed_in(anna).post(page, {"loeschen": "1"})
    assert kept() == []


# --- whose they are ---


def test_nobody_else_sees_or_changes_it(anna, house):
    keep(anna, "kurse", "q=Handy")
    [search] = kept()
    tutor = factories.make_member(house, "owner")
    for other in (tutor, factories.make_user("Ben")):
        answer = signed_in(other).post(f"/lernen/suche-{search.pk}/", {"loeschen": "1"})
        assert answer.status_code == 404
    for lens in (public, learner(tutor.pk), staff([house.pk], tutored=[house.pk])):
        with look(lens):
            assert not SavedSearch.objects.exists()
    with look(learner(anna.pk)):
        assert SavedSearch.objects.count() == 1


def test_it_goes_with_the_account(anna):
    keep(anna)
    close_account(anna)
    assert kept() == []


# --- telling ---


def test_what_is_new_is_told_once(anna, house):
    make_run(house, title="Alt")
    looked_at = timezone.now()
    with look(system("test")):
        Run.objects.update(published_at=looked_at - timedelta(hours=1))
    keep(anna)
    assert told(tomorrow()) == []  # it was there when the search was kept
    new = make_run(house, title="Neu")
    with look(system("test")):
        Run.objects.filter(pk=new.pk).update(published_at=tomorrow() + timedelta(hours=1))
    [body] = told(tomorrow(2))
    assert "Meine Suche" in body
    assert "- Neu\n" in body
    assert "Alt" not in body
    assert "/termine/finden/" in body
    assert told(tomorrow(3)) == []


def test_one_mail_a_day_with_all_searches(anna, house):
    keep(anna, "termine", "tag=1&tag=2&tag=3&tag=4&tag=5&tag=6&tag=7", "Alle Tage")
    keep(anna, "termine", "q=Neu", "Wort")
    keep(anna, "termine", "q=gibtesnicht", "Nichts")
    looked(40)
    make_run(house, title="Neu")
    now = timezone.now() + timedelta(minutes=10)
    [body] = told(now)
    assert body.index("Alle Tage") < body.index("Wort")
    assert "Nichts" not in body
    make_run(house, title="Neu zwei")
    assert told(now + timedelta(minutes=30)) == []  # tomorrow


def test_new_courses_that_fit_are_told(anna, house):
    keep(anna, "kurse", "q=Passwörter&stufe=einstieg")
    looked(40)
    fits = factories.make_course(house, title="Sichere Passwörter")
    other = factories.make_course(house, title="Bilder bearbeiten")
    with look(system("test")):
        assert Printing.objects.count() == 2
    [body] = told(timezone.now() + timedelta(minutes=10))
    assert f"/kurse/haus/{fits.slug}/" in body
    assert other.slug not in body


def test_many_new_things_are_counted_not_listed(anna, house):
    keep(anna)
    looked(40)
    for number in range(12):
        make_run(house, title=f"Lauf {number}", meetings=1)
    [body] = told(timezone.now() + timedelta(minutes=10))
    assert body.count("- Lauf") == 10
    assert "und 2 mehr." in body


@pytest.mark.parametrize("state", ["off", "unsubscribed", "inactive"])
def test_whoever_wants_no_mail_gets_none_and_not_later_either(anna, house, state):
    keep(anna)
    looked(40)
    with look(system("test")):
        if state == "off":
            SavedSearch.objects.update(mail=False)
        elif state == "unsubscribed":
            User.objects.filter(pk=anna.pk).update(news_off=["search"])
        else:
            User.objects.filter(pk=anna.pk).update(is_active=False)
    make_run(house, title="Neu")
    assert told(timezone.now() + timedelta(minutes=10)) == []
    with look(system("test")):
        User.objects.filter(pk=anna.pk).update(news_off=[], is_active=True)
        search = SavedSearch.objects.get()
    with look(learner(anna.pk)):
        actions.change_search(search, name="Wieder", mail=True)
    assert told(tomorrow(2)) == []


def test_the_mail_is_ended_by_a_link_that_looking_does_not_follow(anna, house):
    keep(anna)
    looked(40)
    make_run(house)
    told(timezone.now() + timedelta(minutes=10))
    url = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>").split("/", 3)[3]
    assert "Neues zu Ihren gemerkten Suchen" in one_line(Client().get(f"/{url}"))
    looked(40)
    assert len(told(tomorrow(2))) == 1
    Client().post(f"/{url}")
    looked(40)
    assert told(tomorrow(3)) == []


def test_killed_in_the_middle_it_goes_on_with_the_next_person(house, anna, monkeypatch):
    with look(system("test")):
        ben = factories.make_user("Ben", "ben@example.org")
    keep(anna)
    keep(ben)
    looked(40)
    make_run(house)
    sent = []
    real = emails.searches.send_news

    def falls_over(kind, template, people, words):
        if people[0] == ben and not sent:
            sent.append(1)
            raise KeyboardInterrupt
        return real(kind, template, people, words)

    monkeypatch.setattr(emails.searches, "send_news", falls_over)
    mail.outbox.clear()
    now = timezone.now() + timedelta(minutes=10)
    with pytest.raises(KeyboardInterrupt):
        emails.tell_searches(now)
    emails.tell_searches(now)
    assert [letter.to for letter in mail.outbox] == [["anna@example.org"], ["ben@example.org"]]


def test_the_mail_speaks_the_language_of_the_search(anna, house):
    data = {"liste": "termine", "suche": "", "name": "Dates", "mail": "on"}
    signed_in(anna).post(f"/en{KEEP}", data)
    looked(40)
    make_run(house)
    [body] = told(timezone.now() + timedelta(minutes=10))
    assert "/en/termine/finden/" in body
    assert mail.outbox[0].subject.startswith("New for your search: Dates")
