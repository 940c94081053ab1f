"""Messages to a house's programs: where to, and one after the other. Each opens the system lens itself.

Sent at least once, in no promised order: a message that was sent when the process died is sent again under the same id.
"""

import json
import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from api import sending
from api.models import Webhook, WebhookDelivery
from api.scopes import PING
from certificates.actions.keys import vault
from certificates.envelope import CannotUnwrap
from providers.actions import record_for
from providers.models import Provider
from tenancy.lens import as_system

#: After each try that nobody answered with "yes". After the last one it is given up: two days, ten hours and a bit.
PAUSES = [timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1)]
PAUSES += [timedelta(hours=5), timedelta(hours=14), timedelta(hours=38)]
#: Longer than a try can take. Whoever has taken a message and is gone by then was killed.
TAKEN = timedelta(minutes=2)
#: Log of what was told.
KEPT = timedelta(days=30)
GONE = 410


class NewWebhook(NamedTuple):
    row: Webhook
    secret: str  # shown once


class TooManyWebhooks(Exception):
    """A house has as many as it may."""


def _owner(provider: int, form: uuid.UUID) -> str:
    return f"webhook {provider} {form}"


@as_system("a head has programs told")
@transaction.atomic
def make_webhook(
    provider: Provider, *, url: str, events: Sequence[str], form: uuid.UUID, by: User
) -> NewWebhook | None:
    """None: this page has made it already. Raises TooManyWebhooks."""
    if Webhook.objects.filter(provider=provider).count() >= Webhook.MOST:
        raise TooManyWebhooks
    secret = sending.new_secret()
    wrapped = vault().wrap(secret.encode(), owner=_owner(provider.pk, form))
    row = Webhook(
        provider=provider, url=url, events=[*events], secret=wrapped, form=form, made_by_name=str(by)[:200]
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return None
    record_for(provider.pk, "webhook.made", by=by, thing=row)
    return NewWebhook(row, secret)


@as_system("a head ends messages to a program")
def drop_webhook(provider: Provider, number: int, *, by: User) -> bool:
    found = Webhook.objects.filter(provider=provider, pk=number).first()
    if not found:
        return False
    record_for(provider.pk, "webhook.dropped", by=by, thing=found)
    return bool(Webhook.objects.filter(pk=number).delete()[0])


@as_system("a head wakes messages to a program")
def wake_webhook(provider: Provider, number: int) -> bool:
    """What was given up stays so: the program asks for it at our doors."""
    found = Webhook.objects.filter(provider=provider, pk=number, resting_since__isnull=False)
    return bool(found.update(resting_since=None))


@as_system("a head tries a message")
def ping(provider: Provider, number: int) -> bool:
    found = Webhook.objects.filter(provider=provider, pk=number).first()
    if found:
        WebhookDelivery.objects.create(webhook=found, provider=provider, kind=PING)
    return bool(found)


def deliver_next() -> Webhook | bool:
    """False: nothing is due. A webhook: it rests now, and its heads are to be told. Sending is outside of any transaction."""
    mine = _take()
    return _note(mine, *_send(mine)) if mine else False


@as_system("take a message to a program")
@transaction.atomic
def _take() -> WebhookDelivery | None:
    """Nobody else takes it for a while, and somebody does after that: this process may die."""
    now = timezone.now()
    due = WebhookDelivery.objects.filter(done_at=None, given_up_at=None, due_at__lte=now)
    locked = due.select_for_update(of=("self",), skip_locked=True)
    mine = locked.select_related("webhook__provider").order_by("due_at").first()
    if mine:
        mine.tries += 1
        mine.due_at = now + TAKEN
        mine.save(update_fields=["tries", "due_at"])
    return mine


def _send(mine: WebhookDelivery) -> tuple[int | None, str]:
    hook = mine.webhook
    told = {"type": mine.kind, "timestamp": mine.happened_at.isoformat(), "data": mine.data}
    body = json.dumps(told, ensure_ascii=False).encode()
    try:
        secret = (
            vault().unwrap(bytes(hook.secret), owner=_owner(hook.provider_id, hook.form)).decode()
        )
        headers = sending.signed(
            secret, event=f"msg_{mine.event}", seconds=int(timezone.now().timestamp()), body=body
        )
        return sending.post(hook.url, body, headers), ""
    except CannotUnwrap:
        return None, "secret"
    except sending.CannotSend as why:
        return None, why.fault


@as_system("note what a program has answered")
@transaction.atomic
def _note(mine: WebhookDelivery, status: int | None, fault: str) -> Webhook | bool:
    now = timezone.now()
    mine.status, mine.fault = status, fault
    if status and 200 <= status < 300:
        mine.done_at = now
    elif mine.kind == PING or status == GONE or mine.tries > len(PAUSES):
        mine.given_up_at = now
    else:
        mine.due_at = now + PAUSES[mine.tries - 1]
    mine.save(update_fields=["status", "fault", "done_at", "given_up_at", "due_at"])
    if not mine.given_up_at or mine.kind == PING:
        return True
    rests = Webhook.objects.filter(pk=mine.webhook_id, resting_since=None).update(resting_since=now)
    return mine.webhook if rests else True


def forget_deliveries() -> int:
    """Under the system lens."""
    return WebhookDelivery.objects.filter(happened_at__lt=timezone.now() - KEPT).delete()[0]
