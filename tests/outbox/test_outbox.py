"""Mail is stored with what it tells, leaves when that is stored, and waits when nobody takes it."""

import io
import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.locmem import EmailBackend as Kept
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import override

from outbox import actions, queries, tasks
from outbox.letters import paragraphs
from outbox.models import OutgoingMail
from tenancy.lens import look, public, system
from tests.support.pages import one_line

pytestmark = pytest.mark.django_db
TEXT = "Guten Tag,\n\nhier ist Ihr Code:\n\nAB12-CD34\n\nOder: https://stadt.example/a?b=1&c=2.\nBis bald"
REFUSALS = {
    "unknown address": (smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"no a@b.example")}), True),
    "mailbox full": (smtplib.SMTPRecipientsRefused({"a@b.example": (452, b"full")}), False),
    "too large": (smtplib.SMTPDataError(552, b"too large for a@b.example"), True),
    "later": (smtplib.SMTPDataError(451, b"greylisted"), False),
    "a fault of ours": (ValueError("a@b.example"), False),
}  # fmt: skip
SILENCE = {
    "refused": ConnectionRefusedError(111, "Connection refused"),
    "slow": TimeoutError("timed out"),
    "hung up": smtplib.SMTPServerDisconnected("Connection unexpectedly closed"),
    "wrong password": smtplib.SMTPAuthenticationError(535, b"bad credentials"),
}


class Refusing(Kept):
    """A mail server whose next answers a test decides."""

    answers: list[Exception | None] = []

    def send_messages(self, messages):
        wrong = type(self).answers.pop(0) if type(self).answers else None
        if wrong:
            raise wrong
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def server(settings):
    settings.EMAIL_BACKEND = "outbox.backend.Outbox"
    settings.EMAIL_TRANSPORT = "tests.outbox.test_outbox.Refusing"
    Refusing.answers = []
    return Refusing


def write(to="a@b.example", text=TEXT, **more):
    message = EmailMessage("Ihr Code", text, "Stadt <stadt@stadt.example>", [to], **more)
    with look(public):
        return message.send()


def rows():
    with look(system("test")):
        return [*OutgoingMail.objects.order_by("written_at")]


def age(**by):
    """As if everything in the outbox had been written earlier."""
    with look(system("test")):
        for row in OutgoingMail.objects.all():
            OutgoingMail.objects.filter(pk=row.pk).update(
                written_at=row.written_at - timedelta(**by), due_at=row.due_at - timedelta(**by)
            )


def test_a_mail_is_there_exactly_when_what_it_tells_is():
    with pytest.raises(ZeroDivisionError), look(public):
        write()
        raise ZeroDivisionError
    assert rows() == []
    with look(public):
        assert write() == 1
    assert len(rows()) == 1


def test_it_leaves_once_it_is_stored_and_nothing_of_it_stays(django_capture_on_commit_callbacks, monkeypatch):  # fmt: skip
    monkeypatch.setattr(tasks.send, "delay", tasks.send)
    with django_capture_on_commit_callbacks(execute=True):
        write()
        assert mail.outbox == []
    [sent] = mail.outbox
    assert (sent.subject, sent.body, sent.to) == ("Ihr Code", TEXT, ["a@b.example"])
    assert sent.from_email == "Stadt <stadt@stadt.example>"
    assert rows() == []


def test_without_a_broker_nothing_breaks_and_the_clock_sends(django_capture_on_commit_callbacks, monkeypatch):  # fmt: skip
    def gone():
        raise ConnectionError("no broker")

    monkeypatch.setattr(tasks.send, "delay", gone)
    with django_capture_on_commit_callbacks(execute=True):
        write()
    assert tasks.send() == 1
    assert len(mail.outbox) == 1


def test_headers_say_that_a_machine_writes_and_which_mail_it_is():
    write(headers={"List-Unsubscribe": "<https://stadt.example/ab>"})
    tasks.send()
    said = mail.outbox[0].message()
    assert said["Auto-Submitted"] == "auto-generated"
    assert said["Message-ID"].endswith("@stadt.example>")
    assert said["Date"]
    assert said["List-Unsubscribe"] == "<https://stadt.example/ab>"


def test_a_second_try_is_the_same_mail(server):
    write()
    with look(system("test")):
        stored = OutgoingMail.objects.get().headers
    server.answers = [smtplib.SMTPDataError(451, b"later")]
    tasks.send()
    age(minutes=2)
    tasks.send()
    assert mail.outbox[0].extra_headers == stored


@pytest.mark.parametrize(("wrong", "final"), REFUSALS.values(), ids=REFUSALS)
def test_one_refused_mail_stops_no_other_and_comes_back_or_is_given_up(server, caplog, wrong, final):  # fmt: skip
    write()
    write("c@d.example")
    server.answers = [wrong]
    assert tasks.send() == 1
    assert [sent.to for sent in mail.outbox] == [["c@d.example"]]
    [left] = rows()
    assert (left.tries, bool(left.given_up_at)) == (1, final)
    assert "b.example" not in caplog.text
    assert "b.example" not in left.fault
    assert tasks.send() == 0  # not yet due, or never
    age(minutes=2)
    assert tasks.send() == (0 if final else 1)


@pytest.mark.parametrize("wrong", SILENCE.values(), ids=SILENCE)
def test_a_mail_server_that_is_down_is_asked_once_and_every_mail_waits(server, caplog, wrong):
    write()
    write("c@d.example")
    server.answers = [wrong]
    assert tasks.send() == 0
    assert [(row.tries, row.given_up_at) for row in rows()] == [(0, None)] * 2
    assert caplog.text.count("the mail server does not take mail") == 1
    assert tasks.send() == 2


def test_pauses_grow():
    write()
    pauses = []
    for _ in range(10):
        Refusing.answers = [smtplib.SMTPDataError(451, b"later")]
        tasks.send()
        [row] = rows()
        pauses.append(round((row.due_at - timezone.now()).total_seconds() / 60))
        age(minutes=pauses[-1] + 1)
    assert pauses == [1, 2, 5, 15, 30, 60, 120, 240, 240, 240]


def test_what_nobody_waits_for_any_more_is_given_up_and_forgotten_later():
    write()
    age(days=4)
    assert tasks.forget() == 0
    [row] = rows()
    assert row.given_up_at
    assert tasks.send() == 0
    with look(system("test")):
        OutgoingMail.objects.update(given_up_at=timezone.now() - timedelta(days=31))
    assert tasks.forget() == 1


def test_the_operator_sees_what_was_given_up_and_has_it_tried_again(server):
    write()
    server.answers = [smtplib.SMTPDataError(552, b"too large")]
    tasks.send()
    said = io.StringIO()
    call_command("outbox", stdout=said)
    assert "1 tries  a@b.example  SMTPDataError 552\n" in said.getvalue()
    assert said.getvalue().endswith("0 mails wait. 1 were given up.\n")
    call_command("outbox", again=True, stdout=said)
    assert len(mail.outbox) == 1
    assert said.getvalue().endswith("0 mails wait. 0 were given up.\n")


def test_the_operator_deletes_what_was_given_up(server):
    write()
    server.answers = [smtplib.SMTPDataError(552, b"too large")]
    tasks.send()
    said = io.StringIO()
    call_command("outbox", forget=True, stdout=said)
    assert said.getvalue() == "1 mails deleted.\n0 mails wait. 0 were given up.\n"


def test_every_lens_may_write_and_none_but_the_system_reads():
    write()
    with look(public):
        assert queries.state() == (0, 0, None)
        assert OutgoingMail.objects.update(subject="x") == 0
        assert OutgoingMail.objects.all().delete()[0] == 0
    with look(system("test")):
        assert queries.state()[:2] == (1, 0)


def test_the_same_words_as_html_in_the_language_of_the_mail():
    with override("ar"):
        write()
    tasks.send()
    [(html, kind)] = mail.outbox[0].alternatives
    html = one_line(html)
    assert kind == "text/html"
    assert '<html lang="ar" dir="rtl">' in html
    assert '<a href="https://stadt.example/a?b=1&amp;c=2">https://stadt.example/a?b=1&amp;c=2</a>.<br>Bis bald' in html  # fmt: skip
    assert html.count('<p class="alone">AB12-CD34</p>') == 1


def test_html_that_a_mail_has_and_its_attachments_stay():
    message = EmailMultiAlternatives("s", "t", "a@b.example", ["c@d.example"])
    message.attach_alternative("<p>own</p>", "text/html")
    message.attach("termin.ics", "BEGIN:VCALENDAR", "text/calendar")
    message.attach("bild.png", b"\x89PNG", "image/png")
    with look(public):
        message.send()
    tasks.send()
    [sent] = mail.outbox
    assert sent.alternatives == [("<p>own</p>", "text/html")]
    assert [tuple(each) for each in sent.attachments] == [
        ("termin.ics", "BEGIN:VCALENDAR", "text/calendar"),
        ("bild.png", b"\x89PNG", "image/png"),
    ]


def test_a_message_to_nobody_is_none():
    assert EmailMessage("s", "t", "a@b.example", []).send() == 0
    assert actions.write_down([EmailMessage("s", "t", "a@b.example", [])]) == 0


def test_paragraphs_links_and_what_stands_alone():
    parts = paragraphs("Hallo <Sie>\n\n\nhttps://a.example/x\n\n(siehe https://a.example/y).")
    assert [part.alone for part in parts] == [False, True, False]
    assert parts[0].lines == [[("Hallo <Sie>", "")]]
    assert parts[2].lines == [[("(siehe ", ""), ("https://a.example/y", "https://a.example/y"), (").", "")]]  # fmt: skip


def test_a_line_break_in_a_subject_sends_nothing():
    """Nobody adds a receiver by what they call themselves (ASVS 1.3.11)."""
    letter = EmailMessage("Hallo\nBcc: c@d.example", TEXT, "stadt@stadt.example", ["a@b.example"])
    with look(public):
        letter.send()
    tasks.send()
    assert [(row.to, mail.outbox) for row in rows()] == [(["a@b.example"], [])]
