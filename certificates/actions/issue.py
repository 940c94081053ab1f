"""Issuing, once and for all: idempotent by a unique constraint, under the system lens."""

import secrets
import uuid
from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext, override

from accounts.actions import record_act
from accounts.models import User
from certificates import openbadges, tokens
from certificates.actions.keys import active_key
from certificates.models import Certificate, Recipient, StatusList
from certificates.openbadges.credential import CONTEXTS
from courses.models import Sheet
from learning.models import Enrolment
from providers.models import Provider

#: A list is never filled further than this, so that a free index is found by drawing.
FULL = openbadges.LENGTH // 2


class NotCompleted(ValueError):
    """A certificate was asked for before the course was completed."""


@transaction.atomic
def issue_certificate(enrolment: Enrolment, *, on: datetime | None = None) -> Certificate:
    """The certificate of a completed enrolment: issued now, or long ago. `on` dates it back (the demo has a past)."""
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    issued = Certificate.objects.filter(enrolment=enrolment).order_by("issue").last()
    if issued:
        return issued
    if not enrolment.completed_at:
        raise NotCompleted(str(enrolment.pk))
    return _issue(enrolment, issue=1, on=on or timezone.now())


@transaction.atomic
def reissue_certificate(certificate: Certificate, *, by: User | None = None) -> Certificate:
    """The same achievement anew, for example under a corrected name; the old one is superseded from now on.

    Only for a certificate that is the newest of its enrolment and not revoked; otherwise the newest is returned.
    Done by anybody but the holder herself, it stands in the provider's record of acts.
    """
    held = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if held.superseded_by_id or held.revoked_at:
        return held.superseded_by or held
    enrolment = held.enrolment
    if enrolment is None:
        return held
    held.superseded_by = _issue(enrolment, issue=held.issue + 1, on=timezone.now())
    held.save(update_fields=["superseded_by"])
    if by != held.learner:
        record_act("certificate.reissued", by=by, provider=held.provider_id, thing=held)
    return held.superseded_by


def _issue(enrolment: Enrolment, *, issue: int, on: datetime) -> Certificate:
    now = on.astimezone(UTC).replace(microsecond=0)
    provider = enrolment.provider
    key, private = active_key(provider)
    token, salt = tokens.new_token(), secrets.token_urlsafe(12)
    learner = enrolment.learner
    achievement, contents = _achievement(enrolment)
    status_list, index = _status_entry(provider)
    unsigned = openbadges.build_credential(
        achievement,
        openbadges.Person(learner.name, learner.email, salt),
        id=f"urn:uuid:{uuid.uuid4()}",
        issuer={
            "id": key.did,
            "name": provider.name,
            "url": f"{settings.PUBLIC_URL}/anbieter/{provider.slug}/",
        },
        issued=now.isoformat().replace("+00:00", "Z"),
        status={"list": status_list.url, "index": str(index)},
    )
    credential = openbadges.sign(
        unsigned, private, method=key.method, created=unsigned["validFrom"]
    )
    openbadges.verify(credential, issuer_keys=[key.method], contexts=CONTEXTS)
    certificate = Certificate.objects.create(
        token_hash=tokens.token_hash(token),
        provider=provider,
        enrolment=enrolment,
        learner=learner,
        issue=issue,
        achievement=_snapshot(achievement, enrolment, contents),
        credential=credential,
        issued_at=now,
        status_list=status_list,
        status_index=index,
    )
    Recipient.objects.create(
        certificate=certificate,
        provider=provider,
        learner=learner,
        token=token,
        name=learner.name,
        salt=salt,
    )
    return certificate


def _achievement(enrolment: Enrolment) -> tuple[openbadges.Achievement, list[str]]:
    """What was achieved, and the titles of its lessons (they stand on paper, not in the credential)."""
    edition = enrolment.pinned or enrolment.edition  # the one whose items counted for her
    cover = Sheet.objects.get(
        edition=edition,
        printing=edition.printing,
        position=0,
        language="de",
    )
    facts = cover.facts
    steps = len(facts["lessons"])
    with override("de"):
        criteria = gettext(
            "Alle %(steps)s Schritte des Kurses erledigt und alle %(items)s Aufgaben gelöst."
        ) % {"steps": steps, "items": edition.total}
    achievement = openbadges.Achievement(
        id=f"urn:uuid:{uuid.uuid5(enrolment.course, str(edition.number))}",
        name=cover.title,
        description=" ".join(facts["goals"]),
        criteria=criteria,
        language="de",
        competences=[(c["code"], c["title"]) for c in facts["competences"]],
        minutes=facts["minutes"],
        steps=steps,
    )
    return achievement, [lesson["title"] for lesson in facts["lessons"]]


def _snapshot(
    achievement: openbadges.Achievement, enrolment: Enrolment, contents: list[str]
) -> dict:
    """What stays when everything else is erased; the figures of the city count by it."""
    return {
        "name": achievement.name,
        "course": str(enrolment.course),
        "edition": (enrolment.pinned or enrolment.edition).number,
        "competences": [list(competence) for competence in achievement.competences],
        "minutes": achievement.minutes,
        "steps": achievement.steps,
        "contents": contents,
    }


def _status_entry(provider: Provider) -> tuple[StatusList, int]:
    """A random free index: neighbours in the list must not be neighbours in time."""
    newest = StatusList.objects.select_for_update().filter(provider=provider).order_by("number")
    status_list = newest.last()
    if not status_list or status_list.taken >= FULL:
        number = status_list.number + 1 if status_list else 1
        status_list = StatusList.objects.create(
            provider=provider,
            number=number,
            url=f"{settings.PUBLIC_URL}/p/{provider.key}/status/{number}",
            bits=bytes(openbadges.Bits().content),
        )
    index = secrets.randbelow(openbadges.LENGTH)
    while Certificate.objects.filter(status_list=status_list, status_index=index).exists():
        index = secrets.randbelow(openbadges.LENGTH)
    StatusList.objects.filter(pk=status_list.pk).update(taken=F("taken") + 1)
    return status_list, index
