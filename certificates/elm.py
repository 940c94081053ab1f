"""A certificate as a European Digital Credential: the European Learning Model 3 as JSON-LD, for Europass. Pure.

Application profile edc-generic-full 1.1 (SHACL shapes of the European Commission). It names its holder, so it is for
them alone. Nothing is signed here: `seals.seal_json` puts on the seal without which Europass takes none.
"""

import base64
from typing import Any, NamedTuple

CONTEXTS = [
    "https://www.w3.org/2018/credentials/v1",
    "http://data.europa.eu/snb/model/context/edc-ap",
]
SCHEMA = "http://data.europa.eu/snb/model/ap/edc-generic-full"
EU, SNB = "http://publications.europa.eu/resource/authority/", "http://data.europa.eu/snb/"
LANGUAGES = {"de": ("DEU", "German"), "en": ("ENG", "English")}

Texts = dict[str, str]  # language -> text


class ElmIssuer(NamedTuple):
    """Who attests. `identifier` is its legal one (eIDAS), for example a VAT number; `country` the three letters of ISO 3166."""

    did: str
    name: str
    street: str
    city: str
    identifier: str
    country: str
    homepage: str


class ElmAttestation(NamedTuple):
    """What is attested, and to whom."""

    id: str
    kind: str  # participation, achievement, certificate
    holder: str
    title: Texts
    kind_title: Texts
    criteria: Texts
    outcomes: list[Texts]
    minutes: int
    awarded: str  # moments: RFC 3339, UTC
    issued: str
    valid_until: str
    check_url: str
    picture: bytes  # PNG


def build(attested: ElmAttestation, issuer: ElmIssuer) -> dict[str, Any]:
    """The credential, not sealed yet. Texts in the languages there are, German first."""
    organisation = _organisation(issuer)
    return {
        "@context": CONTEXTS,
        "id": attested.id,
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialSchema": [{"id": SCHEMA, "type": "ShaclValidator2017"}],
        "credentialProfiles": [
            _concept(f"{SNB}credential/e34929035b", f"{SNB}credential/25831c2", "Generic")
        ],
        "issuanceDate": attested.issued,
        "issued": attested.issued,
        "validFrom": attested.issued,
        **({"validUntil": attested.valid_until} if attested.valid_until else {}),
        "issuer": organisation,
        "credentialSubject": {
            "id": _local("person"),
            "type": "Person",
            "fullName": {"de": attested.holder},
            "hasClaim": [_claim(attested, organisation)],
        },
        "displayParameter": _display(attested),
    }


def _claim(attested: ElmAttestation, organisation: dict[str, Any]) -> dict[str, Any]:
    """Anyone who took part has an activity, anyone who was assessed an achievement."""
    name = "LearningActivity" if attested.kind == "participation" else "LearningAchievement"
    duration = f"PT{attested.minutes}M"
    specification: dict[str, Any] = {
        "id": _local("specification"),
        "type": f"{name}Specification",
        "title": attested.title,
        "volumeOfLearning": duration,
    }
    if name == "LearningAchievement" and attested.outcomes:
        specification["learningOutcome"] = [
            {"id": _local("outcome", number), "type": "LearningOutcome", "title": title}
            for number, title in enumerate(attested.outcomes, 1)
        ]
    return {
        "id": _local("claim"),
        "type": name,
        "title": attested.title,
        "description": attested.criteria,
        "awardedBy": {
            "id": _local("awarding"),
            "type": "AwardingProcess",
            "awardingBody": [organisation],
            "awardingDate": attested.awarded,
        },
        **({"workload": duration} if name == "LearningActivity" else {}),
        "specifiedBy": specification,
        "supplementaryDocument": [
            _web(
                "check",
                attested.check_url,
                {"de": "Diesen Nachweis prüfen", "en": "Check this certificate"},
            )
        ],
    }


def _organisation(issuer: ElmIssuer) -> dict[str, Any]:
    country = _concept(f"{EU}country/{issuer.country}", f"{EU}country", issuer.country)
    where = ", ".join(part for part in (issuer.street, issuer.city) if part)
    address: dict[str, Any] = {"id": _local("address"), "type": "Address", "countryCode": country}
    if where:
        address["fullAddress"] = {
            "id": _local("addressNote"),
            "type": "Note",
            "noteLiteral": {"de": where},
        }
    return {
        "id": issuer.did,
        "type": "Organisation",
        "legalName": {"de": issuer.name},
        "eIDASIdentifier": {
            "id": _local("legalIdentifier"),
            "type": "LegalIdentifier",
            "notation": issuer.identifier,
            "spatial": country,
        },
        "location": [{"id": _local("location"), "type": "Location", "address": [address]}],
        "homepage": [_web("homepage", issuer.homepage, {"de": issuer.name})],
    }


def _display(attested: ElmAttestation) -> dict[str, Any]:
    """How Europass shows it: one page, the picture of the badge."""
    german, *_others = languages = [_language(each) for each in attested.kind_title]
    picture = {
        "id": _local("picture"),
        "type": "MediaObject",
        "content": base64.b64encode(attested.picture).decode(),
        "contentEncoding": _concept(
            f"{SNB}encoding/6146cde7dd", f"{SNB}encoding/25831c2", "base64"
        ),
        "contentType": _concept(f"{EU}file-type/PNG", f"{EU}file-type", "PNG"),
    }
    return {
        "id": _local("display"),
        "type": "DisplayParameter",
        "title": attested.title,
        "description": attested.kind_title,
        "primaryLanguage": german,
        "language": languages,
        "individualDisplay": [
            {
                "id": _local("individualDisplay"),
                "type": "IndividualDisplay",
                "language": german,
                "displayDetail": [
                    {
                        "id": _local("page"),
                        "type": "DisplayDetail",
                        "image": picture,
                        "page": 1,
                    }
                ],
            }
        ],
    }


def _language(code: str) -> dict[str, Any]:
    name, label = LANGUAGES[code]
    return _concept(f"{EU}language/{name}", f"{EU}language", label)


def _concept(iri: str, scheme: str, label: str) -> dict[str, Any]:
    return {
        "id": iri,
        "type": "Concept",
        "inScheme": {"id": scheme, "type": "ConceptScheme"},
        "prefLabel": {"en": label},
    }


def _web(name: str, url: str, title: Texts) -> dict[str, Any]:
    return {"id": _local(name), "type": "WebResource", "contentURL": url, "title": title}


def _local(name: str, number: int = 1) -> str:
    """Means something inside this document only."""
    return f"urn:epass:{name}:{number}"
