"""What happens with an account stands in a log that its person reads, for 90 days; the operator reads no word of theirs."""

import logging
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal import auth as app
from django.core import mail
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.actions import forget_second_factor, void_what_came_before
from accounts.audit import MEANS, SECURITY
from accounts.models import SecurityEvent, User
from accounts.tasks import forget_old_security_events
from tenancy.lens import learner, look, public, system
from tests import factories
from tests.factories import PASSWORD
from tests.support.mailbox import code_for, sign_up
from tests.support.records import proved_now, text_of

LOG, SIGN_IN, CODE, ENTER = (
    "/konto/anmeldungen/",
    "/konto/anmelden/",
    "/konto/code/",
    "/konto/code/eingeben/",
)
HERS, NEW = "anna@example.org", "richtig-neues-passwort-8"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def anna(db):
    with look(system("test")):
        return factories.make_user("Anna Beispiel", HERS)


@pytest.fixture
def browser():
    return Client(HTTP_USER_AGENT=FIREFOX)


def lines(account=None):
    with look(system("test")):
        found = SecurityEvent.objects.filter(account=account).order_by("at")
        return [(event.kind, event.details) for event in found]


def by_password(browser, anna):
    browser.post(SIGN_IN, {"login": HERS, "password": PASSWORD})
    return [("signed.in", {"how": "password"})]


def by_code(browser, anna):
    browser.post(CODE, {"email": HERS})
    browser.post(ENTER, {"code": "AAAA-AAAA"})
    browser.post(ENTER, {"code": code_for(HERS)})
    return [("failed", {"how": "code"}), ("signed.in", {"how": "code"})]


def by_signing_up_again(browser, anna):
    browser.post("/konto/neu/", {"email": HERS, "password1": NEW})
    browser.post("/konto/neu/code/", {"code": "AAAA-AAAA"})
    browser.post("/konto/neu/code/", {"code": code_for(HERS)})
    return [("failed", {"how": "code"}), ("signed.in", {"how": "code"})]


def wrongly(browser, anna):
    browser.post(SIGN_IN, {"login": HERS, "password": "falsch-falsch"})
    return [("failed", {"how": "password"})]


def with_wrong_app(browser, anna):
    with look(system("test")):
        app.TOTP.activate(anna, "JBSWY3DPEHPK3PXP")
    browser.post(SIGN_IN, {"login": HERS, "password": PASSWORD})
    browser.post("/konto/schutz/anmelden/", {"code": "000000"})
    return [("failed", {"how": "totp"})]


def signing_out(browser, anna):
    browser.force_login(anna)
    browser.post("/konto/abmelden/")
    return [("signed.in", {"how": ""}), ("signed.out", {})]


def new_password(browser, anna):
    proved_now(browser, anna)
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    browser.post("/konto/passwort/", form)
    return [("signed.in", {"how": ""}), ("changed.password.changed", {})]


def forgotten_password(browser, anna):
    browser.post("/konto/passwort/vergessen/", {"email": HERS})
    link = next(word for word in mail.outbox[-1].body.split() if "/passwort/neu/" in word)
    form = browser.get(link, follow=True).redirect_chain[-1][0]
    browser.post(form, {"password1": NEW, "password2": NEW})
    return [("changed.password.reset", {})]


def addresses(browser, anna):
    proved_now(browser, anna)
    other = {"email": "neu@example.org"}
    browser.post("/konto/e-mail/", {"action_add": "", **other})
    browser.post("/konto/e-mail/bestaetigen/", {"code": code_for(other["email"])})
    browser.post("/konto/e-mail/", {"action_primary": "", **other})
    browser.post("/konto/e-mail/", {"action_remove": "", "email": HERS})
    return [
        ("signed.in", {"how": ""}),
        ("changed.address.proved", {"address": "neu@example.org"}),
        ("changed.address.main", {"address": "neu@example.org"}),
        ("changed.address.removed", {"address": HERS}),
    ]


def ending_other_devices(browser, anna):
    Client().force_login(anna)
    browser.force_login(anna)
    browser.post("/konto/geraete/", {"others": ""})
    browser.post("/konto/geraete/", {"others": ""})  # nothing is left to end
    return [("signed.in", {"how": ""})] * 2 + [("ended", {"count": 1})]


def taking_data(browser, anna):
    browser.force_login(anna)
    browser.get("/konto/daten/")
    return [("signed.in", {"how": ""}), ("data.taken", {})]


def what_operators_do(browser, anna):
    with look(system("test")):
        forget_second_factor(anna)
        void_what_came_before(anna, keep_session="")
    return [("changed.factor.forgotten", {}), ("changed.voided", {})]


EVENTS = (
    *(
        by_password,
        by_code,
        by_signing_up_again,
        wrongly,
        with_wrong_app,
        signing_out,
        new_password,
    ),
    *(forgotten_password, addresses, ending_other_devices, taking_data, what_operators_do),
)


@pytest.mark.parametrize("event", EVENTS)
def test_it_stands_in_her_log(anna, browser, event, caplog):
    with caplog.at_level(logging.INFO, "accounts.security"):
        wanted = event(browser, anna)
    assert lines(anna) == wanted
    assert {kind for kind, _details in wanted} <= SECURITY.keys()
    said = [record.getMessage() for record in caplog.records if record.name == "accounts.security"]
    assert said == [f"{kind}, account {anna.pk}" for kind, _details in wanted]


def test_a_new_account_begins_its_log(browser, db):
    sign_up(browser, HERS)
    with look(system("test")):
        person = User.objects.get()
    assert lines(person) == [("made", {}), ("signed.in", {"how": "code"})]


def test_she_reads_it_in_words(anna, browser):
    wrongly(browser, anna)
    by_password(browser, anna)
    page = text_of(browser.get(LOG))
    assert "Nur Sie sehen das." in page
    assert page.index(">Angemeldet<") < page.index(">Anmelden hat nicht geklappt<")
    assert page.count("Firefox auf Windows") == 2
    assert page.count(f">{MEANS['password']}<") == 2


def test_a_wrong_try_with_an_unknown_address_is_nobodys(browser, db, caplog):
    with caplog.at_level(logging.INFO, "accounts.security"):
        wrongly(browser, None)
    assert lines(None) == [("failed", {"how": "password"})]
    assert HERS not in caplog.text


def test_nobody_else_reads_it_and_nobody_changes_it(anna, browser):
    by_password(browser, anna)
    with look(system("test")):
        ben = factories.make_user("Ben", "ben@example.org")
    for lens, seen in ((public, 0), (learner(ben.pk), 0), (learner(anna.pk), 1)):
        with look(lens):
            assert SecurityEvent.objects.count() == seen
            assert SecurityEvent.objects.update(kind="made") == 0
            assert SecurityEvent.objects.all()._raw_delete("default") == 0
    with look(learner(ben.pk)), pytest.raises(ProgrammingError), transaction.atomic():
        SecurityEvent.objects.create(account=anna, kind="made")


def test_after_90_days_it_is_forgotten(anna):
    now = timezone.now()
    with look(system("test")):
        for days in (89, 91):
            SecurityEvent.objects.create(account=anna, kind="made", at=now - timedelta(days=days))
    assert forget_old_security_events() == 1
    assert lines(anna) == [("made", {})]


def test_she_takes_it_along(anna, browser):
    by_password(browser, anna)
    [first, *_rest] = browser.get("/konto/daten/").json()["sicherheit"]
    assert (first["kind"], first["details"], first["agent"]) == (
        *("signed.in", {"how": "password"}, FIREFOX),
    )


def test_it_goes_with_the_account(anna, browser):
    proved_now(browser, anna)
    browser.post("/konto/schliessen/", {"sure": "on"})
    connection.check_constraints()
    with look(system("test")):
        assert SecurityEvent.objects.count() == 0


def test_many_lines_come_in_pages(anna, browser):
    browser.force_login(anna)
    with look(system("test")):
        SecurityEvent.objects.bulk_create(
            SecurityEvent(account=anna, kind="signed.out") for _ in range(120)
        )
    first, last = text_of(browser.get(LOG)), text_of(browser.get(f"{LOG}?seite=3"))
    assert (first.count("<tr>"), last.count("<tr>")) == (51, 22)
    assert 'href="?seite=2" rel="next"' in first
    assert 'rel="next"' not in last
    assert text_of(browser.get(f"{LOG}?seite=quatsch")).count("<tr>") == 51
