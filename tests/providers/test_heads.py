"""The office writes to all heads: each gets a mail of their own, and the office does not learn who they are."""

from django.core import mail

from accounts.models import User
from providers.models import Membership, Provider
from tenancy.lens import CITY, look, system
from tests import factories
from tests.support.pages import one_line
from tests.support.records import recorded, signed_in

Role = Membership.Role
SAYS = {"subject": "Treffen im Januar", "text": "Wir treffen uns am 14. Januar."}


def admin():
    with look(system("test")):
        city = Provider.objects.get(pk=CITY)
    return signed_in(factories.make_member(city, Role.ADMIN, name="Karla Amt"))


def test_every_head_gets_one_mail_and_nobody_else(mails, house, owner, author):
    nextdoor = factories.make_provider("nachbar")
    other = factories.make_member(nextdoor, Role.OWNER)
    with look(system("test")):
        factories.join(owner, nextdoor, Role.OWNER)  # leads two houses
    browser = admin()
    page, told = mails(lambda: browser.post("/buero/nachricht/", SAYS, follow=True))
    assert told == dict.fromkeys((owner.email, other.email), "Treffen im Januar")
    assert len(mail.outbox) == 2
    assert "Wir treffen uns am 14. Januar." in mail.outbox[0].body
    assert "List-Unsubscribe-Post" in mail.outbox[0].extra_headers
    text = one_line(page)
    assert "Unterwegs an 2 Leitungen." in text
    assert owner.email not in text
    [line] = recorded("heads.written")
    assert (line.who, line.on, line.details) == ("Karla Amt", "Treffen im Januar", {"count": 2})


def test_who_has_ended_such_mails_gets_none(mails, owner):
    with look(system("test")):
        User.objects.filter(pk=owner.pk).update(news_off=["heads"])
    browser = admin()
    page, told = mails(lambda: browser.post("/buero/nachricht/", SAYS, follow=True))
    assert told == {}
    assert "Unterwegs an 0 Leitungen." in one_line(page)


def test_an_empty_mail_is_not_sent(mails, owner):
    browser = admin()
    page, told = mails(lambda: browser.post("/buero/nachricht/", {"subject": "", "text": " "}))
    assert told == {}
    assert set(page.context["form"].errors) == {"subject", "text"}
