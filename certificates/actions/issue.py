"""Issuing, once and for all: idempotent by a unique constraint, under the system lens."""

import secrets
import uuid
from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.actions import record_event
from accounts.models import User
from certificates import openbadges, queries, tokens
from certificates.actions.attestations import AttestationResult, attestation_of
from certificates.actions.keys import active_key
from certificates.actions.status_lists import new_place, publish
from certificates.actions.withdraw import NotPossible, record_of_holder, who_acts
from certificates.models import Certificate, IssuerKey, Recipient
from certificates.openbadges.credential import CONTEXTS
from certificates.states import Act, Who, may
from courses.facts import CourseFacts
from courses.models import Edition, PrintedLesson
from figures.frames import Measure
from learning.actions.count import count_enrolment
from learning.models import Enrolment
from tenancy.lens import as_system
from words import glyphs

#: Papers speak German, and these.
OTHER_LANGUAGES = ("en",)


class NotCompleted(ValueError):
    """A certificate was asked for before the course was completed."""


class Unprintable(ValueError):
    """Our fonts lack letters of their name; the message lists them. Nothing is issued until they have changed it."""


@transaction.atomic
def issue_certificate(enrolment: Enrolment, *, on: datetime | None = None) -> Certificate:
    """The certificate of a completed enrolment: issued now, or long ago. `on` dates it back (the demo has a past)."""
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    issued = Certificate.objects.filter(enrolment=enrolment).order_by("issue").last()
    if issued:
        return issued
    if not enrolment.completed_at:
        raise NotCompleted(str(enrolment.pk))
    count_enrolment(Measure.CERTIFIED, enrolment.pk, on=on)
    return _issue(enrolment, on=on or timezone.now())


@as_system("reissue a certificate")
@transaction.atomic
def reissue_certificate(certificate: Certificate, *, by: User | None = None) -> Certificate:
    """The same achievement anew, for example under a corrected name; the old one is superseded from now on.

    Only where certificates.states allows it; otherwise nothing happens: its successor is returned, or it itself. A
    suspension goes on in the new issue. The audit log says it; of the holder, only that it was them.
    """
    locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
    enrolment, who = locked.enrolment, who_acts(locked, by)
    if enrolment is None or not may(locked.state, who, Act.REISSUE):
        return locked.superseded_by or locked
    issued = _issue(enrolment, former=locked, on=timezone.now())
    locked.superseded_by = issued
    locked.save(update_fields=["superseded_by"])
    for each in (locked, issued):
        publish(each)
    if who is Who.HOLDER:
        record_of_holder("certificate.reissued", locked)
    else:
        record_event("certificate.reissued", by=by, provider=locked.provider_id, thing=locked)
    return issued


@as_system("a head reissues a certificate")
@transaction.atomic
def reissue_by_head(certificate: Certificate, *, by: User) -> Certificate:
    """Raises NotPossible when that leads to nothing new: two clicks are one."""
    locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
    issued = reissue_certificate(locked, by=by)
    if issued.pk in (locked.pk, locked.superseded_by_id):
        raise NotPossible(locked.state)
    return issued


@transaction.atomic
def reissue_signed_by(key: IssuerKey, *, by: User | None = None) -> int:
    """Issue anew whatever a compromised key signed and still holds; how many. Once more finds nothing left to do.

    What was erased cannot be issued anew: nobody knows any more what stood in it.
    """
    signed = Certificate.objects.filter(key=key, superseded_by=None, revoked_at=None)
    signed = signed.exclude(credential=None).exclude(enrolment=None).order_by("pk")
    return sum(
        1 for certificate in signed if reissue_certificate(certificate, by=by).key_id != key.pk
    )


def _issue(enrolment: Enrolment, *, on: datetime, former: Certificate | None = None) -> Certificate:
    """`former` is superseded: its day and its end stay, a correction makes nothing longer."""
    now = on.astimezone(UTC).replace(microsecond=0)
    provider, learner = enrolment.provider, enrolment.learner
    if letters := glyphs.missing(learner.name):
        raise Unprintable(" ".join(letters))
    key, private = active_key(provider.pk)
    rule = attestation_of(enrolment)
    achievement = _achievement(enrolment, rule)
    until = former.valid_until if former else rule.valid_until(now)
    place, pictures = new_place(provider), queries.pictures_of(provider.pk)
    person = openbadges.CredentialHolder(
        learner.name, learner.email or "", secrets.token_urlsafe(12)
    )
    award = openbadges.Award(
        id=f"urn:uuid:{uuid.uuid4()}",
        issued=openbadges.stamp(now),
        revocation=place.revocation.url,
        suspension=place.suspension.url,
        index=place.bit,
        valid_until=openbadges.stamp(until) if until else "",
        result=rule.result,
        attended=rule.reached.attended,
        sittings=rule.reached.rule.sittings,
        awarded=former.credential["awardedDate"] if former and former.credential else "",
    )
    issuer = {
        "id": key.did,
        "name": provider.name,
        "url": f"{settings.PUBLIC_URL}/anbieter/{provider.key}/",  # leads to the present one
    }
    unsigned = openbadges.build_credential(achievement, person, award, issuer=issuer)
    credential = openbadges.sign(unsigned, private, method=key.method, created=award.issued)
    openbadges.verify(credential, issuer_keys=[key.method], contexts=CONTEXTS)
    token = tokens.new_token()
    certificate = Certificate.objects.create(
        token_hash=tokens.token_hash(token),
        provider=provider,
        enrolment=enrolment,
        learner=learner,
        kind=rule.kind,
        issue=former.issue + 1 if former else 1,
        achievement=_snapshot(achievement, enrolment) | rule.as_printed(),
        credential=credential,
        key=key,
        issued_at=now,
        valid_until=until,
        status_list=place.revocation,
        suspension_list=place.suspension,
        status_index=place.bit,
        logo_id=pictures.logo,
        autograph_id=pictures.autograph,
        suspended_at=former.suspended_at if former else None,
        suspension_reason=former.suspension_reason if former else "",
    )
    Recipient.objects.create(
        certificate=certificate,
        provider=provider,
        learner=learner,
        token=token,
        name=learner.name,
        salt=person.salt,
        shows=Recipient.Shows.NAME if learner.school is None else Recipient.Shows.NOTHING,
    )
    return certificate


def _achievement(enrolment: Enrolment, rule: AttestationResult) -> openbadges.Achievement:
    """What was achieved, by the edition that counts for them."""
    edition = enrolment.pinned or enrolment.edition  # the one whose items counted for them
    wanted = Q(language="de", position=0) | Q(language__in=OTHER_LANGUAGES)
    printed = PrintedLesson.objects.filter(wanted, edition=edition, printing=edition.printing)
    printed_lessons = list(
        printed.only("title", "facts", "language", "lang", "position").order_by("position")
    )
    cover = next(
        printed_lesson for printed_lesson in printed_lessons if printed_lesson.language == "de"
    )
    facts: CourseFacts = cover.facts
    steps = len(facts["lessons"])
    return openbadges.Achievement(
        id=f"urn:uuid:{uuid.uuid5(enrolment.course, str(edition.number))}",
        name=cover.title,
        description=" ".join(facts["goals"]),
        criteria=rule.criteria(steps=steps, items=edition.total),
        language="de",
        competences=[(c["code"], c["title"]) for c in facts["competences"]],
        minutes=facts["minutes"],
        steps=steps,
        kind=rule.kind,
        contents=[lesson["title"] for lesson in facts["lessons"]],
        units=rule.reached.units or 0,
        translations=[
            _translation(
                [
                    printed_lesson
                    for printed_lesson in printed_lessons
                    if printed_lesson.language == language
                ],
                rule,
                edition,
            )
            for language in OTHER_LANGUAGES
        ],
    )


def _translation(
    printed_lessons: list[PrintedLesson], rule: AttestationResult, edition: Edition
) -> openbadges.Translation:
    """`printed lessons` are all of one language, the cover first. What the course itself has not in it stays German."""
    cover, *lessons = printed_lessons
    whole = all(printed_lesson.lang == cover.language for printed_lesson in printed_lessons)
    facts: CourseFacts = cover.facts
    steps = len(facts["lessons"])
    return openbadges.Translation(
        language=cover.language,
        criteria=rule.criteria(steps=steps, items=edition.total, language=cover.language),
        competences=[competence["title"] for competence in facts["competences"]],
        name=cover.title if whole else "",
        contents=[lesson.title for lesson in lessons] if whole else (),
    )


def _snapshot(achievement: openbadges.Achievement, enrolment: Enrolment) -> dict:
    """What stays when everything else is erased; the figures of the city count by it."""
    return {
        "name": achievement.name,
        "course": str(enrolment.course),
        "edition": (enrolment.pinned or enrolment.edition).number,
        "competences": [list(competence) for competence in achievement.competences],
        "minutes": achievement.minutes,
        "steps": achievement.steps,
        "contents": list(achievement.contents),
        "description": achievement.description,
        "criteria": achievement.criteria,
    }
