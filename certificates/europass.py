"""The European Digital Credential of a certificate somebody holds, sealed, kept for a day: each seal costs at the trust service."""

import hashlib
import json
from collections.abc import Mapping

from django.conf import settings
from django.core.cache import caches
from django.utils.translation import override

from certificates import actions, badges, elm, openbadges, tokens
from certificates.elm import Texts
from certificates.paper.content import words
from certificates.paper.sealed import LANGUAGES, PAPERS
from certificates.queries import CertificateRecord
from providers.models import Provider
from tenancy.lens import look, system


def sealed(record: CertificateRecord, person: Mapping[str, str]) -> str:
    """For its holder alone: their name stands in it. `person` is the legal one that seals. Raises seals.CannotSeal."""
    issuer = _issuer(record, person)
    document = elm.build(_attested(record), issuer)
    stands = json.dumps(document, sort_keys=True)
    key = "edc:" + hashlib.sha256(stands.encode()).hexdigest()
    stored: str | None = caches[PAPERS].get(key)
    if stored is None:
        with look(system("seal a certificate for Europass")):
            stored = actions.as_edc(document, record.provider)
        caches[PAPERS].set(key, stored)
    return stored


def _issuer(record: CertificateRecord, person: Mapping[str, str]) -> elm.ElmIssuer:
    provider = Provider.objects.get(pk=record.provider)
    return elm.ElmIssuer(
        did=(record.credential or {})["issuer"]["id"],
        name=provider.name,
        street=provider.street,
        city=provider.city,
        identifier=person["identifier"],
        country=person["country"],
        homepage=f"{settings.PUBLIC_URL}/anbieter/{record.provider_key}/",
    )


def _attested(record: CertificateRecord) -> elm.ElmAttestation:
    credential, achievement = record.credential or {}, record.achievement
    texts = {language: openbadges.said_in(credential, language) for language in LANGUAGES}
    titles = [title for _code, title in achievement["competences"]]
    return elm.ElmAttestation(
        id=credential["id"],
        kind=record.kind,
        holder=record.name or "",
        title=_both(achievement["name"], texts["en"].get("name")),
        kind_title=_kind(record.kind),
        criteria=_both(achievement["criteria"], texts["en"].get("criteria")),
        outcomes=_outcomes(titles, texts["en"].get("competences", "").split("\n")),
        minutes=achievement["minutes"],
        awarded=credential["awardedDate"],
        issued=credential["validFrom"],
        valid_until=credential.get("validUntil", ""),
        check_url=f"{settings.PUBLIC_URL}/z/{tokens.grouped(record.token or '')}",
        picture=badges.png(record),
    )


def _both(german: str, english: str | None) -> Texts:
    return {"de": german, "en": english} if english else {"de": german}


def _outcomes(german: list[str], english: list[str]) -> list[Texts]:
    whole = len(german) == len(english)
    return [_both(title, english[at] if whole else None) for at, title in enumerate(german)]


def _kind(kind: str) -> Texts:
    kinds = {}
    for language in LANGUAGES:
        with override(language):
            kinds[language] = words(kind).title
    return kinds
