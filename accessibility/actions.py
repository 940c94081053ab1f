"""Taking in what keeps people out, and saying why something does."""

from collections.abc import Iterable
from typing import Any

from django.core.mail import send_mail
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accessibility.checks import Finding
from accessibility.models import (
    AccessibilityStatement,
    BarrierReport,
    Exemption,
    Preferences,
)
from accounts.actions import record_event
from accounts.models import User
from providers.models import BasePage, Provider
from tenancy import public_page
from tenancy.lens import CITY
from words.days import day

#: Anybody may write a report, nobody outside of the city may read one: so nothing is asked back (no RETURNING).
INSERT = """INSERT INTO accessibility_barrierreport
  (number, provider_id, page, description, contact, language, state, created_at)
  VALUES (%s, %s, %s, %s, %s, %s, %s, now()) ON CONFLICT DO NOTHING"""


@transaction.atomic
def report_barrier(report: BarrierReport, *, language: str, receipt: bool = True) -> str:
    """Store `report` (unsaved) once; its number. A person who left an address gets a `receipt` by mail."""
    values: list[str | int] = [
        report.number,
        CITY,
        report.page,
        report.description,
        report.contact,
        language,
        report.state,
    ]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)
        stored = cursor.rowcount
    if stored and receipt and report.contact:
        _send_receipt(report.number, report.contact)
    return report.number


def _send_receipt(number: str, address: str) -> None:
    send_mail(
        _("Wir haben Ihre Meldung bekommen (%(number)s)") % {"number": number},
        _(
            "Guten Tag,\n\nvielen Dank für Ihre Meldung. Ihre Nummer ist %(number)s.\n"
            "Wir antworten Ihnen innerhalb von vier Wochen.\n\nIhre Lernstadt"
        )
        % {"number": number},
        None,
        [address],
    )


def keep_settings(person: User, chosen: str) -> None:
    """Their reading settings (as `accessibility.reading` writes them), so that they come along to another device."""
    Preferences.objects.update_or_create(learner_id=person.pk, defaults={"chosen": chosen})


@transaction.atomic
def exempt(page: BasePage, findings: Iterable[Finding], *, reason: str, by: User) -> None:
    """Let blocking findings on `page` stay, in an owner's words. Public: the accessibility statement names them."""
    for finding in findings:
        Exemption.objects.update_or_create(
            page_id=page.pk,
            rule=finding.rule,
            part=finding.part,
            excerpt=finding.excerpt,
            defaults={
                "provider_id": page.provider_id,
                "title": page.title,
                "reason": reason,
                "by_name": str(by),
            },
        )
    record_event("exemption.given", by=by, provider=page.provider_id, thing=page, name=page.title)
    transaction.on_commit(public_page.forget, robust=True)


@transaction.atomic
def state_accessibility(provider: Provider, said: dict[str, Any], *, by: User) -> None:
    """What a head says about barriers in their provider's courses, as reviewed today; it is public at once."""
    today = day(timezone.now())
    AccessibilityStatement.objects.update_or_create(
        provider=provider,
        defaults=said | {"reviewed_on": today},
        create_defaults={"scope": "", "status": ""}
        | said
        | {"created_on": today, "reviewed_on": today},
    )
    record_event("statement.written", by=by, provider=provider.pk, thing=provider)
    transaction.on_commit(public_page.forget, robust=True)
