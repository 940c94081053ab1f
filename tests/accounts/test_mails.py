"""Mails of the account: in our words, from us, and with the code or link on a line of its own."""

import re
from pathlib import Path

import allauth
import pytest
from allauth.account.adapter import get_adapter
from django.core import mail
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from config.embedded.places import ROOT
from tenancy.lens import look, system
from tests import factories
from tests.support.records import proved_now

pytestmark = pytest.mark.django_db
ADDRESS = "anna@example.org"
NEW = {"email": ADDRESS, "password1": factories.PASSWORD, "name": "Anna <Test> & Co."}
FOOT = """Haben Sie Fragen? Rufen Sie uns an.
030 23125 017
Montag bis Freitag von 9 bis 17 Uhr

Ihre Lernstadt Heilbronn
Eine Website der Stadt Heilbronn"""
FAMILIAR = re.compile(r"\b(du|dir|dich|dein\w*|euch|euer|eure\w*)\b", re.IGNORECASE)


@pytest.fixture
def account(db):
    with look(system("test")):
        return factories.make_user(email=ADDRESS)


def mail_after(client, door, data):
    assert client.post(reverse(door), data).status_code == 302
    [sent] = mail.outbox
    assert sent.to == [ADDRESS]
    assert sent.alternatives == []
    assert sent.from_email == "Lernstadt <lernstadt@example.org>"
    return sent


def parts(sent):
    """(first sentence, the line that stands alone, foot)"""
    paragraphs = sent.body.split("\n\n")
    alone = [p for p in paragraphs if re.fullmatch(r"http\S+|[A-Z0-9]+-[A-Z0-9]+", p)]
    return paragraphs[1], alone, "\n\n".join(paragraphs[-2:])


def test_a_sign_in_code(client, account):
    sent = mail_after(client, "account_request_login_code", {"email": ADDRESS})
    hello, [code], foot = parts(sent)
    assert sent.subject == "Ihr Code zum Anmelden – Lernstadt Heilbronn"
    assert hello == "hier ist Ihr Code zum Anmelden:"
    assert foot == FOOT
    answer = client.post(reverse("account_confirm_login_code"), {"code": code})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(account.pk)


def test_a_new_password(client, account):
    sent = mail_after(client, "account_reset_password", {"email": ADDRESS})
    _, [link], foot = parts(sent)
    assert sent.subject == "Neues Passwort wählen – Lernstadt Heilbronn"
    assert foot == FOOT
    page = client.get(link, follow=True)
    assert page.status_code == 200
    assert not page.context.get("token_fail")


@pytest.mark.parametrize("door", ["account_reset_password", "account_request_login_code"])
def test_an_unknown_address_learns_it_by_mail_only(client, door):
    sent = mail_after(client, door, {"email": ADDRESS})
    _, [link], foot = parts(sent)
    assert sent.subject == "Kein Konto mit dieser Adresse – Lernstadt Heilbronn"
    assert link == "http://testserver" + reverse("account_signup")
    assert f"\n\n{ADDRESS}\n\nDazu gibt es bei uns kein Konto.\n\n" in sent.body
    assert foot == FOOT


def test_a_new_account(client):
    sent = mail_after(client, "account_signup", NEW)
    hello, [_code], foot = parts(sent)
    assert sent.subject == "Ihr Code für das neue Konto – Lernstadt Heilbronn"
    assert hello == "hier ist der Code für Ihr neues Konto:"
    assert foot == FOOT


def test_an_account_is_there_already(client, account):
    sent = mail_after(client, "account_signup", NEW)
    hello, [_code], foot = parts(sent)
    assert sent.subject == "Sie haben schon ein Konto – Lernstadt Heilbronn"
    assert hello.startswith("mit dieser E-Mail-Adresse gibt es schon ein Konto.")
    assert foot == FOOT


def test_a_further_address(client, account):
    proved_now(client, account)
    data = {"action_add": "", "email": "neu@example.org"}
    assert client.post(reverse("account_email"), data).status_code == 302
    [sent] = mail.outbox
    assert sent.to == ["neu@example.org"]
    _, [code], foot = parts(sent)
    assert foot == FOOT
    client.post(reverse("account_email_verification_sent"), {"code": code})
    with look(system("test")):
        assert account.emailaddress_set.filter(email="neu@example.org", verified=True).exists()


def test_a_mail_speaks_the_language_of_the_page(client, account):
    with override("en"):
        sent = mail_after(client, "account_request_login_code", {"email": ADDRESS})
    assert sent.subject == "Your sign-in code – Lernstadt Heilbronn"
    assert "Guten Tag" not in sent.body


THEIRS = Path(allauth.__file__).parent / "templates"
MAILS = sorted(
    str(p.relative_to(THEIRS)).removesuffix("_subject.txt")
    for room in ("account", "mfa")
    for p in (THEIRS / room / "email").glob("*_subject.txt")
)


@pytest.mark.parametrize("name", MAILS)
def test_no_mail_of_allauths_own_goes_out(name):
    assert (ROOT / "templates" / f"{name}_subject.txt").is_file()
    assert (ROOT / "templates" / f"{name}_message.txt").is_file()
    with pytest.raises(TemplateDoesNotExist):
        render_to_string(f"{name}_message.html")


@pytest.mark.parametrize("name", MAILS)
def test_every_mail_says_sie_and_who_sends_it(name, rf):
    context = {
        **dict.fromkeys(("email", "from_email", "to_email", "deleted_email"), "o'hara@example.org"),
        **dict.fromkeys(
            ("password_reset_url", "signup_url", "activate_url"), "https://x.example/?a&b"
        ),
        **dict.fromkeys(("code_minutes", "reset_days", "confirmation_days"), 3),
        "code": "ABC-DEF",
        "user_agent": "Browser <1> & Co.",
        "ip": "192.0.2.1",
        "timestamp": timezone.now(),
    }
    subject = get_adapter().format_email_subject(
        render_to_string(f"{name}_subject.txt", context).strip()
    )
    body = render_to_string(f"{name}_message.txt", context, rf.get("/")).strip()
    assert subject.endswith(" – Lernstadt Heilbronn")
    assert body.endswith(FOOT)
    assert body.startswith("Guten Tag,\n\n")
    assert FAMILIAR.findall(subject + body) == []
    assert re.findall(r"&\w+;|&#", body) == []
    assert "\n\n\n" not in body
