"""An Open Badges 3.0 credential. No name stands inside: the holder is known by salted hashes only."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

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


class Translation(NamedTuple):
    """The same in another language; empty where the course has nothing in it."""

    language: str
    criteria: str
    competences: Sequence[str]  # titles, in the order of the German ones
    name: str = ""
    contents: Sequence[str] = ()


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
    contents: Sequence[str] = ()  # the titles of its lessons
    units: int = 0  # teaching units of 45 minutes
    translations: Sequence[Translation] = ()


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
    attended: int = 0  # of so many sittings
    sittings: int = 0


@dataclass(frozen=True, slots=True)
class CredentialHolder:
    """The holder; `salt` is drawn for this one certificate. `email` is empty where they sign in with a key card."""

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
    achievement: Achievement, person: CredentialHolder, award: Award, *, issuer: dict[str, str]
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
                *([_identity("emailAddress", person.email, person.salt)] if person.email else []),
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
            },
            _evidence("contents", "Inhalte", "\n".join(achievement.contents)),
            _evidence("extent", "Umfang", _extent(achievement, award)),
            *(entry for each in achievement.translations for entry in _translated(each)),
        ],
        # revocation first: some verifiers look at the first entry only
        "credentialStatus": [
            _status("revocation", award.revocation, award.index),
            _status("suspension", award.suspension, award.index),
        ],
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }


#: Numbers of a snapshot, in the order in which the signed sentence about the extent names them.
MEASURES = ("steps", "minutes", "units", "attended", "sittings")


def _extent(achievement: Achievement, award: Award) -> str:
    """German, as all that is signed. A reader compares its numbers, so that other words one day make nothing false."""
    measured = (
        f"Schritte: {achievement.steps}. Minuten: {achievement.minutes}. "
        f"Unterrichtseinheiten: {achievement.units}."
    )
    met = f" Termine vor Ort: {award.attended} von {award.sittings}."
    return measured + (met if award.sittings else "")


def _evidence(genre: str, name: str, narrative: str) -> dict[str, Any]:
    return {"type": ["Evidence"], "genre": genre, "name": name, "narrative": narrative}


def _translated(translation: Translation) -> Iterator[dict[str, Any]]:
    """Signed like the German words, so that a paper in this language prints nothing that is not."""
    words = {
        "name": translation.name,
        "criteria": translation.criteria,
        "contents": "\n".join(translation.contents),
        "competences": "\n".join(translation.competences),
    }
    for genre, narrative in words.items():
        if narrative:
            yield _evidence(f"{genre}-{translation.language}", genre, narrative)


def said_in(credential: dict[str, Any], language: str) -> dict[str, str]:
    """What is signed in another language than German: name, criteria, contents, competences (one per line)."""
    end = f"-{language}"
    return {
        each["genre"].removesuffix(end): each["narrative"]
        for each in credential.get("evidence", [])
        if each.get("genre", "").endswith(end)
    }


def says(credential: dict[str, Any], shown: dict[str, Any], *, kind: str) -> bool:
    """Whether the signed document says what is shown: kind, title, criteria, competences, result, contents, measures.

    Older documents have no evidence of contents and measures: there, nothing can be compared.
    """
    achievement = credential["credentialSubject"]["achievement"]
    results = credential["credentialSubject"].get("result", [{"value": None}])
    result = shown.get("result")
    compared = (
        (credential["name"], shown["name"]),
        (achievement["name"], shown["name"]),
        (achievement["achievementType"], TYPES[kind]),
        (
            achievement["criteria"]["narrative"],
            shown.get("criteria") or achievement["criteria"]["narrative"],
        ),
        (
            achievement["alignment"],
            [_alignment(code, title) for code, title in shown["competences"]],
        ),
        (results[0]["value"], None if result is None else str(result)),
        *_evident(credential, shown),
    )
    return all(signed == translation for signed, translation in compared)


def _evident(credential: dict[str, Any], shown: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
    signed = {each.get("genre"): each.get("narrative") for each in credential.get("evidence", [])}
    if "contents" in signed:
        yield signed["contents"], "\n".join(shown.get("contents", []))
    if "extent" in signed:
        numbers = [int(number) for number in re.findall(r"\d+", signed["extent"])]
        measured = numbers + [0] * (len(MEASURES) - len(numbers))  # without sittings none are named
        yield measured, [int(shown.get(name) or 0) for name in MEASURES]


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
