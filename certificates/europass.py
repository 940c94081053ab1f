"""The European Digital Credential of a certificate somebody holds, sealed, kept for a day: each seal costs at the trust service."""

import hashlib
import json
from collections.abc import Mapping

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import override

from certificates import actions, badges, elm, openbadges, tokens
from certificates.elm import Texts
from certificates.paper import pdf
from certificates.paper.sealed import KEEP, LANGUAGES
from certificates.queries import Held
from providers.models import Provider
from tenancy.lens import look, system


def sealed(held: Held, person: Mapping[str, str]) -> str:
    """For its holder alone: her name stands in it. `person` is the legal one that seals. Raises seals.CannotSeal."""
    issuer = _issuer(held, person)
    document = elm.build(_attested(held), issuer)
    stands = json.dumps(document, sort_keys=True)
    key = "edc:" + hashlib.sha256(stands.encode()).hexdigest()
    kept: str | None = cache.get(key)
    if kept is None:
        with look(system("seal a certificate for Europass")):
            kept = actions.as_edc(document, held.provider)
        cache.set(key, kept, KEEP)
    return kept


def _issuer(held: Held, person: Mapping[str, str]) -> elm.ElmIssuer:
    provider = Provider.objects.get(pk=held.provider)
    return elm.ElmIssuer(
        did=(held.credential or {})["issuer"]["id"],
        name=provider.name,
        street=provider.street,
        city=provider.city,
        identifier=person["identifier"],
        country=person["country"],
        homepage=f"{settings.PUBLIC_URL}/anbieter/{held.provider_key}/",
    )


def _attested(held: Held) -> elm.ElmAttestation:
    credential, achievement = held.credential or {}, held.achievement
    said = {language: openbadges.said_in(credential, language) for language in LANGUAGES}
    titles = [title for _code, title in achievement["competences"]]
    return elm.ElmAttestation(
        id=credential["id"],
        kind=held.kind,
        holder=held.name or "",
        title=_both(achievement["name"], said["en"].get("name")),
        kind_title=_kind(held.kind),
        criteria=_both(achievement["criteria"], said["en"].get("criteria")),
        outcomes=_outcomes(titles, said["en"].get("competences", "").split("\n")),
        minutes=achievement["minutes"],
        awarded=credential["awardedDate"],
        issued=credential["validFrom"],
        valid_until=credential.get("validUntil", ""),
        check_url=f"{settings.PUBLIC_URL}/z/{tokens.grouped(held.token or '')}",
        picture=badges.png(held),
    )


def _both(german: str, english: str | None) -> Texts:
    return {"de": german, "en": english} if english else {"de": german}


def _outcomes(german: list[str], english: list[str]) -> list[Texts]:
    whole = len(german) == len(english)
    return [_both(title, english[at] if whole else None) for at, title in enumerate(german)]


def _kind(kind: str) -> Texts:
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = pdf.words(kind).title
    return found
