"""What every verifiable credential must look like: W3C VC Data Model 2.0, § 4 (and 1.1), of whatever issuer.

Our own credentials are right by construction; this is for the test interface, which the W3C's suites talk to.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

FIRST_CONTEXT = "https://www.w3.org/ns/credentials/v2"
FORMER_CONTEXT = (
    "https://www.w3.org/2018/credentials/v1"  # data model 1.1: suites for proofs still send it
)
#: When a credential begins and ends, in each model. In 1.1 the beginning is required (§ 4.6).
PERIODS = {
    FIRST_CONTEXT: ("validFrom", "validUntil"),
    FORMER_CONTEXT: ("issuanceDate", "expirationDate"),
}
DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")  # § 2.4
URL = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:\S+")
#: Properties whose values have a type (§ 4.4 ff.), and whether they must have an id as well.
TYPED = {
    "credentialStatus": False,
    "credentialSchema": True,
    "refreshService": False,
    "termsOfUse": False,
    "evidence": False,
}


class NotACredential(ValueError):
    """A MUST of the data model is broken; the message names the property."""


def check_credential(document: Any, kind: str = "VerifiableCredential") -> None:
    """Raises NotACredential. `kind` may be VerifiablePresentation, of which only context, type and id are looked at."""
    if not isinstance(document, dict):
        raise NotACredential("document")
    rules = [_context, _type(kind), _own_id]
    if kind == "VerifiableCredential":
        rules += [_issuer, _subject, _period, _texts, _typed, _status, _related]
    for rule in rules:
        for wrong in rule(document):
            raise NotACredential(wrong)


def as_list(value: Any) -> list[Any]:
    """One value or several, as JSON-LD lets people write it."""
    return value if isinstance(value, list) else [value]


def is_url(value: Any) -> bool:
    return isinstance(value, str) and URL.fullmatch(value) is not None


def is_date_time(value: Any) -> bool:
    """An XML-Schema dateTimeStamp, which has a time zone."""
    return isinstance(value, str) and DATE_TIME.fullmatch(value) is not None


def _context(document: dict[str, Any]) -> Iterator[str]:
    contexts = document.get("@context")
    first = isinstance(contexts, list) and contexts and contexts[0] in PERIODS
    if not first or not all(isinstance(each, str | dict) for each in contexts or []):
        yield "@context"


def _type(kind: str) -> Any:
    def rule(document: dict[str, Any]) -> Iterator[str]:
        types = as_list(document.get("type"))
        if kind not in types or not all(isinstance(each, str) for each in types):
            yield "type"

    return rule


def _own_id(document: dict[str, Any]) -> Iterator[str]:
    if "id" in document and not is_url(document["id"]):
        yield "id"


def _issuer(document: dict[str, Any]) -> Iterator[str]:
    issuer = document.get("issuer")
    if not is_url(issuer.get("id") if isinstance(issuer, dict) else issuer):
        yield "issuer"


def _subject(document: dict[str, Any]) -> Iterator[str]:
    subjects = as_list(document.get("credentialSubject") or [])
    if not subjects or not all(isinstance(each, dict) and each for each in subjects):
        yield "credentialSubject"
    elif not all(is_url(each["id"]) for each in subjects if "id" in each):
        yield "credentialSubject.id"


def _period(document: dict[str, Any]) -> Iterator[str]:
    names = PERIODS[document["@context"][0]]
    given = {name: document[name] for name in names if name in document}
    wrong = [name for name, value in given.items() if not is_date_time(value)]
    yield from wrong
    if "issuanceDate" in names and "issuanceDate" not in given:
        yield "issuanceDate"
    if not wrong and len(given) == 2:
        start, end = (datetime.fromisoformat(value) for value in given.values())
        if end < start:
            yield names[1]


def _texts(document: dict[str, Any]) -> Iterator[str]:
    """A text, or a value with its language (§ 11.1)."""
    for name in ("name", "description"):
        for each in as_list(document.get(name, [])):
            keys = set(each) if isinstance(each, dict) else set()
            has_language = "@value" in keys and keys <= {"@value", "@language", "@direction"}
            if not isinstance(each, str) and not has_language:
                yield name


def _typed(document: dict[str, Any]) -> Iterator[str]:
    for name, needs_id in TYPED.items():
        for each in as_list(document.get(name, [])):
            if not isinstance(each, dict) or not each.get("type"):
                yield f"{name}.type"
            elif (needs_id or "id" in each) and not is_url(each.get("id")):
                yield f"{name}.id"


def _status(document: dict[str, Any]) -> Iterator[str]:
    """Bitstring Status List 1.0 § 2.1."""
    for each in as_list(document.get("credentialStatus", [])):
        if each.get("type") == "BitstringStatusListEntry" and not _is_entry(each):
            yield "credentialStatus (MALFORMED_VALUE_ERROR)"


def _is_entry(entry: dict[str, Any]) -> bool:
    address, index = entry.get("statusListCredential"), entry.get("statusListIndex")
    size, messages = entry.get("statusSize", 1), entry.get("statusMessage", [])
    is_size = type(size) is int and 0 < size < 9
    return (
        is_url(address)
        and entry.get("id") != address
        and isinstance(entry.get("statusPurpose"), str)
        and isinstance(index, str)
        and re.fullmatch(r"0|[1-9]\d*", index) is not None
        and is_size
        and (len(messages) == 2**size if messages or size > 1 else True)
    )


def _related(document: dict[str, Any]) -> Iterator[str]:
    """Every related resource once, with a digest (§ 5.3)."""
    seen = set()
    for each in as_list(document.get("relatedResource", [])):
        has_digest = isinstance(each, dict) and {"digestSRI", "digestMultibase"} & set(each)
        if not has_digest or not is_url(each.get("id")) or each["id"] in seen:
            yield "relatedResource"
            return
        seen.add(each["id"])
