"""An Open Badges 3.0 credential. No name stands inside: the holder is known by salted hashes only."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
]
SCHEMA = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)
FRAMEWORK = "DigComp 3.0"
FRAMEWORK_URL = "https://doi.org/10.2760/0001149"


@dataclass(frozen=True, slots=True)
class Achievement:
    """What was achieved, as it was on the day of issue."""

    id: str  # an absolute IRI
    name: str
    description: str
    criteria: str  # in words
    language: str
    competences: Sequence[tuple[str, str]]  # (code, title) of DigComp 3.0
    minutes: int
    steps: int
    kind: str = "certificate"  # or achievement, participation


@dataclass(frozen=True, slots=True)
class Award:
    """One achievement on one day: what differs from holder to holder. Moments are XML-Schema dateTimes in UTC."""

    id: str  # an absolute IRI
    issued: str
    revocation: str  # the address of the status list
    suspension: str
    index: int  # in both lists
    valid_until: str = ""  # empty: for good
    result: int | None = None  # of the test, in per cent
    awarded: str = ""  # when it was reached, if it is issued anew later


@dataclass(frozen=True, slots=True)
class Person:
    """The holder; `salt` is drawn for this one certificate."""

    name: str
    email: str
    salt: str


def identity_hash(value: str, salt: str) -> str:
    """Open Badges 3.0, IdentityObject: SHA-256 over value and salt."""
    return "sha256$" + hashlib.sha256((value + salt).encode()).hexdigest()


#: Open Badges 3.0 § B.5, AchievementType.
TYPES = {
    "participation": "CertificateOfCompletion",
    "achievement": "Achievement",
    "certificate": "Certificate",
}


def build_credential(
    achievement: Achievement, person: Person, award: Award, *, issuer: dict[str, str]
) -> dict[str, Any]:
    """The unsigned credential. `issuer` has id (a DID), name and url."""
    description = f"{achievement.id}#result"
    result = award.result is not None
    return {
        "@context": CONTEXTS,
        "id": award.id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": achievement.name,
        "issuer": {"type": ["Profile"], **issuer},
        "validFrom": award.issued,
        **({"validUntil": award.valid_until} if award.valid_until else {}),
        "awardedDate": award.awarded or award.issued,
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                _identity("emailAddress", person.email, person.salt),
                _identity("name", person.name, person.salt),
            ],
            "achievement": {
                "id": achievement.id,
                "type": ["Achievement"],
                "achievementType": TYPES[achievement.kind],
                "inLanguage": achievement.language,
                "name": achievement.name,
                "description": achievement.description,
                "criteria": {"narrative": achievement.criteria},
                "alignment": [_alignment(code, title) for code, title in achievement.competences],
                **({"resultDescription": [_described(description)]} if result else {}),
            },
            **({"result": [_result(description, award.result)]} if result else {}),
        },
        "evidence": [
            {
                "id": f"{award.id}#evidence",
                "type": ["Evidence"],
                "name": achievement.name,
                "narrative": achievement.criteria,
            }
        ],
        # revocation first: some verifiers look at the first entry only
        "credentialStatus": [
            _status("revocation", award.revocation, award.index),
            _status("suspension", award.suspension, award.index),
        ],
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }


def status_entries(credential: dict[str, Any]) -> list[dict[str, Any]]:
    """The entries of a credential, the revocation's first; older ones have a single one."""
    entries = credential.get("credentialStatus") or []
    return entries if isinstance(entries, list) else [entries]


def _status(purpose: str, address: str, index: int) -> dict[str, str]:
    return {
        "id": f"{address}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": address,
    }


def _described(id: str) -> dict[str, Any]:
    return {
        "id": id,
        "type": ["ResultDescription"],
        "name": "Ergebnis",
        "resultType": "Percent",
    }


def _result(description: str, value: int | None) -> dict[str, Any]:
    return {"type": ["Result"], "resultDescription": description, "value": str(value)}


def belongs_to(credential: dict[str, Any], *, name: str, salt: str) -> bool:
    """Whether the credential was issued to somebody of this name."""
    wanted = identity_hash(name, salt)
    identities = credential["credentialSubject"]["identifier"]
    return any(i["identityType"] == "name" and i["identityHash"] == wanted for i in identities)


def _identity(kind: str, value: str, salt: str) -> dict[str, Any]:
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityType": kind,
        "identityHash": identity_hash(value, salt),
        "salt": salt,
    }


def _alignment(code: str, title: str) -> dict[str, Any]:
    return {
        "type": ["Alignment"],
        "targetCode": code,
        "targetName": f"{FRAMEWORK}: {code} {title}",
        "targetFramework": FRAMEWORK,
        "targetUrl": FRAMEWORK_URL,
    }
