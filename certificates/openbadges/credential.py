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


@dataclass(frozen=True, slots=True)
class Person:
    """The holder; `salt` is drawn for this one certificate."""

    name: str
    email: str
    salt: str


def identity_hash(value: str, salt: str) -> str:
    """Open Badges 3.0, IdentityObject: SHA-256 over value and salt."""
    return "sha256$" + hashlib.sha256((value + salt).encode()).hexdigest()


def build_credential(
    achievement: Achievement,
    person: Person,
    *,
    id: str,
    issuer: dict[str, str],
    issued: str,
    status: dict[str, str],
) -> dict[str, Any]:
    """The unsigned credential. `issuer` has id (a DID), name and url; `status` has list (its address) and index."""
    return {
        "@context": CONTEXTS,
        "id": id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": achievement.name,
        "issuer": {"type": ["Profile"], **issuer},
        "validFrom": issued,
        "awardedDate": issued,
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                _identity("emailAddress", person.email, person.salt),
                _identity("name", person.name, person.salt),
            ],
            "achievement": {
                "id": achievement.id,
                "type": ["Achievement"],
                "achievementType": "Certificate",
                "inLanguage": achievement.language,
                "name": achievement.name,
                "description": achievement.description,
                "criteria": {"narrative": achievement.criteria},
                "alignment": [_alignment(code, title) for code, title in achievement.competences],
            },
        },
        "evidence": [
            {
                "id": f"{id}#evidence",
                "type": ["Evidence"],
                "name": achievement.name,
                "narrative": achievement.criteria,
            }
        ],
        "credentialStatus": {
            "id": f"{status['list']}#{status['index']}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": status["index"],
            "statusListCredential": status["list"],
        },
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }


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
