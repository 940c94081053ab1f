"""What stands in the audit log, read as those who may: owners, and the office for the city."""

import re
import time
from typing import NamedTuple

from django.test import Client

from accounts.models import AuditEvent, User
from providers.models import Provider
from tenancy.lens import look, staff, system


class Line(NamedTuple):
    who: str
    action: str
    on: str
    provider: int
    details: dict


def recorded(*actions: str) -> list[Line]:
    """The lines about `actions` (none: about everything) in all records, the oldest first."""
    with look(system("test")):
        everywhere = [*Provider.objects.values_list("pk", flat=True)]
    with look(staff(everywhere, owned=everywhere)):
        lines = AuditEvent.objects.order_by("at")
        if actions:
            lines = lines.filter(action__in=actions)
        return [Line(e.actor_name, e.action, e.thing_name, e.provider_id, e.details) for e in lines]


def signed_in(person: User) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def proved_now(browser: Client, person: User, *, ago: int = 0) -> None:
    """They signed in with their password, `ago` seconds before now; as allauth writes it down."""
    browser.force_login(person)
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - ago}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()


def text_of(page) -> str:
    assert page.status_code == 200
    return re.sub(r"\s+", " ", page.content.decode())


def errors(page) -> dict[str, list[str]]:
    return {name: [*texts] for name, texts in page.context["form"].errors.items()}
