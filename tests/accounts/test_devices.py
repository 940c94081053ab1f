"""Where somebody is signed in: in plain words, with the last use; they end one of them, or all others."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.devices import in_words
from accounts.models import Session
from tenancy.lens import look, system
from tests import factories
from tests.factories import PASSWORD
from tests.support.records import text_of

DEVICES, SIGN_IN = "/konto/geraete/", "/konto/anmelden/"
AGENTS = {
    "Firefox auf Windows": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Edge auf Windows": (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/137.0.0.0 Safari/537.36 Edg/137.0.0.0"
    ),
    "Chrome auf Android": (
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/137.0.0.0 Mobile Safari/537.36"
    ),
    "Safari auf iPhone": (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
        "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
    ),
    "Safari auf Mac": (
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "Version/18.5 Safari/605.1.15"
    ),
    "Linux": "Lynx on Linux",
    "Unbekanntes Gerät": "",
}


@pytest.mark.parametrize("words", AGENTS)
def test_a_device_in_words(words):
    assert in_words(AGENTS[words]) == words


@pytest.fixture
def anna(db):
    with look(system("test")):
        return factories.make_user("Anna", "anna@example.org")


def sign_in(agent):
    browser = Client(HTTP_USER_AGENT=AGENTS.get(agent, agent))
    browser.post(SIGN_IN, {"login": "anna@example.org", "password": PASSWORD})
    return browser


def is_in(browser):
    return browser.get("/konto/").status_code == 200


def numbers(page):
    return re.findall(r'name="end" value="(\w+)"', page)


def test_she_sees_them_and_ends_one(anna):
    here, phone = sign_in("Firefox auf Windows"), sign_in("Safari auf iPhone")
    tablet = sign_in("Chrome auf Android")
    page = text_of(here.get(DEVICES))
    assert re.findall(r'<h2 class="ls-h3"[^>]*>([^<]+)<', page) == [
        *("Firefox auf Windows", "Chrome auf Android", "Safari auf iPhone"),
    ]
    assert page.count("Dieses Gerät") == 1
    assert page.count("Zuletzt benutzt:") == 3
    [_tablets, phones] = numbers(page)
    for _click in range(2):
        answer = here.post(DEVICES, {"end": phones}, follow=True)
        assert "Auf dem anderen Gerät sind Sie jetzt abgemeldet." in text_of(answer)
    assert [is_in(one) for one in (here, phone, tablet)] == [True, False, True]


def test_she_ends_all_others(anna):
    here, phone, tablet = map(sign_in, ("Firefox auf Windows", "Safari auf iPhone", ""))
    answer = here.post(DEVICES, {"others": "1"}, follow=True)
    assert "Auf 2 anderen Geräten sind Sie jetzt abgemeldet." in text_of(answer)
    assert "Sonst sind Sie nirgends angemeldet." in text_of(answer)
    assert [is_in(one) for one in (here, phone, tablet)] == [True, False, False]


def test_no_key_of_a_session_stands_in_the_page(anna):
    here = sign_in("Firefox auf Windows")
    sign_in("Safari auf iPhone")
    page = text_of(here.get(DEVICES))
    with look(system("test")):
        keys = [*Session.objects.values_list("session_key", flat=True)]
    assert len(keys) == 2
    assert [key for key in keys if key in page] == []


def test_what_a_browser_calls_itself_is_only_text(anna):
    here = sign_in('Firefox/1 <script>alert("x")</script> Windows' + "x" * 999)
    assert "<script>alert" not in text_of(here.get(DEVICES))


def test_nobody_ends_the_session_of_somebody_else(anna):
    here = sign_in("Firefox auf Windows")
    sign_in("Safari auf iPhone")
    [number] = numbers(text_of(here.get(DEVICES)))
    with look(system("test")):
        ben = factories.make_user("Ben", "ben@example.org")
    his = Client()
    his.force_login(ben)
    assert "Safari" not in text_of(his.get(DEVICES))
    his.post(DEVICES, {"end": number})
    assert len(numbers(text_of(here.get(DEVICES)))) == 1


def test_a_session_that_has_run_out_is_none(anna):
    here = sign_in("Firefox auf Windows")
    sign_in("Safari auf iPhone")
    with look(system("test")):
        old = Session.objects.filter(agent__contains="iPhone")
        old.update(expire_date=timezone.now() - timedelta(minutes=1))
    assert numbers(text_of(here.get(DEVICES))) == []


def test_a_new_password_ends_the_others(anna):
    here, phone = sign_in("Firefox auf Windows"), sign_in("Safari auf iPhone")
    new = "ganz-neues-passwort-9"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post("/konto/passwort/", form).status_code == 302
    assert [is_in(here), is_in(phone)] == [True, False]
    assert "Sonst sind Sie nirgends angemeldet." in text_of(here.get(DEVICES))


@pytest.mark.parametrize("path", ["/konto/", "/lernen/"])
@pytest.mark.parametrize(("minutes", "moved"), [(9, False), (11, True)])
def test_the_last_use_is_known_within_ten_minutes(anna, path, minutes, moved):
    here = sign_in("Firefox auf Windows")
    here.get(path)  # the first page after signing in writes the session anyway
    then = timezone.now() - timedelta(minutes=minutes)
    with look(system("test")):
        Session.objects.update(seen_at=then)
    assert here.get(path).status_code == 200
    with look(system("test")):
        assert (Session.objects.get().seen_at > then) is moved


def test_sessions_from_before_have_no_device_and_are_shown(anna):
    here = sign_in("Firefox auf Windows")
    sign_in("Safari auf iPhone")
    with look(system("test")):
        Session.objects.filter(agent__contains="iPhone").update(
            agent="", begun_at=None, seen_at=None
        )
    page = text_of(here.get(DEVICES))
    assert "Unbekanntes Gerät" in page
    assert page.count("Zuletzt benutzt:") == 1


def test_her_device_stays_when_the_session_is_written_again(anna):
    here = sign_in("Firefox auf Windows")
    here.post("/konto/", {"name": "Anna Neu"})
    assert "Firefox auf Windows" in text_of(here.get(DEVICES))


def test_a_session_ends_after_14_days_without_use(anna, settings):
    here, phone = sign_in("Firefox auf Windows"), sign_in("Safari auf iPhone")
    assert settings.SESSION_COOKIE_AGE == 14 * 24 * 60 * 60
    ends = Session.objects.get(pk=here.cookies["lernstadt"].value)
    assert abs(ends.expire_date - timezone.now() - timedelta(days=14)) < timedelta(minutes=1)
    Session.objects.filter(pk=ends.pk).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert [is_in(one) for one in (here, phone)] == [False, True]
