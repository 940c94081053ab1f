"""Messages to programs: written with the act, signed, sent to public addresses, tried again, given up, and told of."""

import base64
import hashlib
import hmac
import json
import threading
import uuid
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from api import sending
from api.actions import deliver_next, make_webhook
from api.actions.webhooks import PAUSES
from api.models import Webhook, WebhookDelivery
from api.scopes import HookEvent
from api.tasks import forget_old_tokens, tell_programs
from learning.actions import cancel_booking, take_seat
from providers.models import Membership
from tenancy.lens import look, system
from tests import factories
from tests.factories.runs import asked, make_run

PAGE = "/anbieter/haus/verwalten/programme/meldungen/"
Role = Membership.Role


class Receiver:
    """A house's program: it keeps what comes and answers what it is told to."""

    def __init__(self):
        self.answers, self.heard = [], []
        keep = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                keep.heard.append((dict(self.headers.items()), body))
                status = keep.answers.pop(0) if keep.answers else 204
                self.send_response(status)
                if status == 302:
                    self.send_header("location", keep.url)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://localhost:{self.server.server_port}/hook?house=1"
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def end(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def receiver(monkeypatch):
    monkeypatch.setattr(sending, "LOOPBACK", True)
    receiver = Receiver()
    yield receiver
    receiver.end()


@pytest.fixture
def hook(house, owner, receiver):
    return make_webhook(
        house, url=receiver.url, events=list(HookEvent), form=uuid.uuid4(), by=owner
    )


def rows():
    with look(system("test")):
        return list(WebhookDelivery.objects.order_by("pk"))


def later(**ago):
    """As if so much time had gone by."""
    with look(system("test")):
        for one in WebhookDelivery.objects.all():
            WebhookDelivery.objects.filter(pk=one.pk).update(due_at=one.due_at - timedelta(**ago))


def test_a_booking_is_told_with_a_signature_and_without_a_name(house, hook, receiver):
    booking = take_seat(make_run(house).key, asked("Anna Arbeit", email="anna@example.org"))
    cancel_booking(booking.key)
    assert tell_programs() == 2
    told = [json.loads(body) for _headers, body in receiver.heard]
    assert {one["type"] for one in told} == {"booking.booked", "booking.cancelled"}
    assert all(one["data"]["booking"] == str(booking.key) for one in told)
    assert b"Anna" not in b"".join(body for _headers, body in receiver.heard)
    headers, body = receiver.heard[0]
    key = base64.b64decode(hook.secret.removeprefix("whsec_"))
    told = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mark = base64.b64encode(hmac.digest(key, told, hashlib.sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{mark}"
    assert tell_programs() == 0


def test_the_signature_is_that_of_the_standard():
    """The example of Standard Webhooks 1.0."""
    body = b'{"event_type":"ping","data":{"success":true}}'
    found = sending.signed(
        "whsec_plJ3nmyCDGBKInavdOK15jsl",
        event="msg_loFOjxBNrRLzqYUf",
        seconds=1731705121,
        body=body,
    )
    assert found["webhook-signature"] == "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0="


def test_a_message_is_there_with_its_act_or_not_at_all(house, hook):
    run = make_run(house)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        take_seat(run.key, asked("Anna"))
        raise ZeroDivisionError
    assert rows() == []


def test_completion_and_certificate_are_told(house, hook):
    course = factories.make_course(house)
    enrolment = factories.make_enrolment(course, factories.make_user("Anna"))
    with look(system("test")):
        type(enrolment).objects.filter(pk=enrolment.pk).update(completed_at=timezone.now())
        type(enrolment).objects.filter(pk=enrolment.pk).update(completed_at=timezone.now())  # once
    assert [one.kind for one in rows()] == ["course.completed"]
    assert rows()[0].data == {"course": str(enrolment.course)}


def test_another_house_hears_nothing_and_nobody_hears_what_was_not_ticked(house, owner, receiver):
    other = factories.make_provider("nachbar")
    made = make_webhook(
        other, url=receiver.url, events=list(HookEvent), form=uuid.uuid4(), by=owner
    )
    make_webhook(house, url=receiver.url, events=[HookEvent.ISSUED], form=uuid.uuid4(), by=owner)
    take_seat(make_run(house).key, asked("Anna"))
    assert made
    assert rows() == []


def test_who_does_not_answer_is_asked_again_under_the_same_id_and_then_no_more(
    house, hook, receiver
):
    take_seat(make_run(house).key, asked("Anna"))
    receiver.answers = [500] * 20
    head = factories.make_member(house, Role.OWNER)
    for _ in range(len(PAUSES) + 1):
        assert tell_programs() == 1
        assert tell_programs() == 0  # not at once
        later(days=3)
    ids = {headers["webhook-id"] for headers, _body in receiver.heard}
    assert len(ids) == 1
    assert len(receiver.heard) == len(PAUSES) + 1
    [row] = rows()
    assert row.given_up_at
    with look(system("test")):
        assert Webhook.objects.get().resting_since
    assert head.email in {one.to[0] for one in mail.outbox}
    take_seat(make_run(house).key, asked("Ben"))
    assert len(rows()) == 1


@pytest.mark.parametrize(
    ("status", "done"), [(200, True), (302, False), (404, False), (500, False)]
)
def test_only_a_yes_is_a_yes_and_nobody_follows_elsewhere(house, hook, receiver, status, done):
    take_seat(make_run(house).key, asked("Anna"))
    receiver.answers = [status]
    tell_programs()
    [row] = rows()
    assert (row.done_at is not None, row.status) == (done, status)
    assert len(receiver.heard) == 1


def test_who_is_gone_for_good_rests_at_once(house, hook, receiver):
    take_seat(make_run(house).key, asked("Anna"))
    receiver.answers = [410]
    tell_programs()
    with look(system("test")):
        assert Webhook.objects.get().resting_since


def test_killed_after_it_was_taken_it_is_sent_again(house, hook, receiver, monkeypatch):
    take_seat(make_run(house).key, asked("Anna"))

    def die(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(sending, "post", die)
        deliver_next()
    assert deliver_next() is False  # it may still be on its way
    later(minutes=5)
    assert deliver_next() is True
    assert rows()[0].done_at


@pytest.mark.parametrize(
    "url",
    ["http://example.org/", "https://user:pass@example.org/", "ftp://example.org/", "https://example.org:22/",
     "https://example.org/#x", "https:///x", "https://[::1", "https://exämple.org/"],
)  # fmt: skip
def test_addresses_we_do_not_send_to(desk, house, url):
    said = {"act": "make", "url": url, "events": "booking.booked", "form": str(uuid.uuid4())}
    page = desk.post(PAGE, said)
    assert "Das hat noch nicht geklappt" in page.content.decode()
    with look(system("test")):
        assert not Webhook.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.1.2.3", "100.64.0.1", "::1", "fe80::1",
     "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1", "224.0.0.1", "255.255.255.255"],
)  # fmt: skip
def test_networks_that_are_not_public(address):
    assert not sending.is_public(address)


def test_public_networks():
    assert sending.is_public("93.184.215.14")
    assert sending.is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")


def test_a_name_that_leads_home_is_not_connected_to(house, owner):
    with pytest.raises(sending.CannotSend) as why:
        sending.post("https://localhost/", b"{}", {})
    assert why.value.fault == sending.Fault.PRIVATE
    with pytest.raises(sending.CannotSend) as why:
        sending.post("https://gibt-es-nicht.invalid/", b"{}", {})
    assert why.value.fault == sending.Fault.UNKNOWN


# --- the page ---


def test_a_head_adds_tries_wakes_and_removes(desk, house, receiver):
    form = {
        "act": "make",
        "url": receiver.url,
        "events": "booking.booked",
        "form": str(uuid.uuid4()),
    }
    page = desk.post(PAGE, form).content.decode()
    assert page.count("whsec_") == 1
    again = desk.post(PAGE, form, follow=True).content.decode()
    assert "whsec_" not in again
    assert "schon gemacht" in again
    with look(system("test")):
        [hook] = Webhook.objects.all()
        assert b"whsec_" not in bytes(hook.secret)
        Webhook.objects.update(resting_since=timezone.now())
    assert "Dort hat niemand geantwortet." in " ".join(desk.get(PAGE).content.decode().split())
    desk.post(PAGE, {"act": "wake", "webhook": hook.pk})
    desk.post(PAGE, {"act": "ping", "webhook": hook.pk})
    tell_programs()
    assert "angekommen" in desk.get(PAGE).content.decode()
    for _twice in range(2):
        desk.post(PAGE, {"act": "drop", "webhook": hook.pk})
    assert "Sie haben noch keine." in desk.get(PAGE).content.decode()
    assert rows() == []


def test_a_head_of_another_house_acts_on_nothing_here(client, house, hook):
    other = factories.make_provider("nachbar")
    client.force_login(factories.make_member(other, Role.OWNER))
    for act in ("ping", "drop", "wake"):
        client.post(
            "/anbieter/nachbar/verwalten/programme/meldungen/", {"act": act, "webhook": hook.row.pk}
        )
        assert client.post(PAGE, {"act": act, "webhook": hook.row.pk}).status_code == 404
    assert rows() == []
    with look(system("test")):
        assert Webhook.objects.count() == 1


def test_there_is_an_end_to_addresses(desk, house, hook, receiver, monkeypatch):
    monkeypatch.setattr(Webhook, "MOST", 1)
    form = {
        "act": "make",
        "url": receiver.url,
        "events": "booking.booked",
        "form": str(uuid.uuid4()),
    }
    assert "Mehr Adressen gehen nicht." in desk.post(PAGE, form, follow=True).content.decode()


def test_a_trial_that_fails_is_given_up_and_wakes_nobody(house, desk, hook, receiver):
    receiver.answers = [500]
    desk.post(PAGE, {"act": "ping", "webhook": hook.row.pk})
    tell_programs()
    [row] = rows()
    assert row.given_up_at
    with look(system("test")):
        assert Webhook.objects.get().resting_since is None
    assert mail.outbox == []


def test_the_log_is_kept_for_a_month(house, hook):
    take_seat(make_run(house).key, asked("Anna"))
    with look(system("test")):
        WebhookDelivery.objects.update(happened_at=timezone.now() - timedelta(days=31))
    assert forget_old_tokens() == 1
    assert rows() == []
