"""OAI-PMH 2.0: a repository that libraries harvest; records in simple Dublin Core, a set for each provider.

http://www.openarchives.org/OAI/openarchivesprotocol.html
"""

import base64
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from xml.etree import ElementTree as ET

from courses.exchange.record import House, SharedCourse

CONTENT_TYPE = "text/xml; charset=utf-8"
PREFIX = "oai_dc"
#: Records of one answer.
EACH = 100
_OAI = "http://www.openarchives.org/OAI/2.0/"
_DC = "http://purl.org/dc/elements/1.1/"
_OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = {_OAI: f"{_OAI}OAI-PMH.xsd", _OAI_DC: f"{_OAI}oai_dc.xsd"}
for _name, _space in (("", _OAI), ("dc", _DC), ("oai_dc", _OAI_DC), ("xsi", _XSI)):
    ET.register_namespace(_name, _space)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_SET = re.compile(r"[A-Za-z0-9_.!~*'()-]+")
_LIST = {"from", "until", "set", "metadataPrefix", "resumptionToken"}
#: Arguments of each verb (§ 4): those that must be there, those that may.
_VERBS: dict[str, tuple[set[str], set[str]]] = {
    "Identify": (set(), set()),
    "ListMetadataFormats": (set(), {"identifier"}),
    "ListSets": (set(), {"resumptionToken"}),
    "ListIdentifiers": ({"metadataPrefix"}, _LIST),
    "ListRecords": ({"metadataPrefix"}, _LIST),
    "GetRecord": ({"identifier", "metadataPrefix"}, {"identifier", "metadataPrefix"}),
}


class Refused(Exception):
    """With the protocol's word for what was wrong (§ 3.6)."""

    def __init__(self, code: str, says: str) -> None:
        super().__init__(says)
        self.code = code


@dataclass(frozen=True)
class Repository:
    name: str
    url: str  # of this door
    host: str  # of the identifiers
    mail: str
    earliest: datetime

    def identifier(self, key: UUID) -> str:
        return f"oai:{self.host}:{key}"

    def key_in(self, identifier: str) -> UUID | None:
        prefix = f"oai:{self.host}:"
        try:
            return UUID(identifier.removeprefix(prefix)) if identifier.startswith(prefix) else None
        except ValueError:
            return None


@dataclass(frozen=True)
class Selection:
    """What a list is to hold: changed from `since`, before `until`; of one provider; after a record already told."""

    since: str = ""
    until: str = ""
    house: str = ""
    after: str = ""  # moment of the last one told
    after_key: str = ""

    @property
    def bounds(self) -> tuple[datetime | None, datetime | None]:
        """Both are meant with themselves (§ 2.7.1): the upper one as the first moment beyond it."""
        upper = _moment(self.until) if self.until else None
        wide = timedelta(days=1) if _DAY.fullmatch(self.until) else timedelta(seconds=1)
        return (_moment(self.since) if self.since else None), (upper + wide if upper else None)

    def token(self, last: SharedCourse) -> str:
        told = replace(self, after=last.changed.isoformat(), after_key=str(last.key))
        text = json.dumps(asdict(told), separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode()


@dataclass(frozen=True)
class Request:
    """A request that keeps the rules."""

    verb: str
    identifier: str = ""
    selection: Selection = Selection()
    arguments: tuple[tuple[str, str], ...] = ()


def read(arguments: Sequence[tuple[str, str]]) -> Request:
    """Raises Refused."""
    said = dict(arguments)
    verb = said.pop("verb", "")
    if verb not in _VERBS or [name for name, _value in arguments].count("verb") > 1:
        raise Refused("badVerb", "Verbs are " + ", ".join(_VERBS) + ".")
    if len(arguments) > len(said) + 1:
        raise Refused("badArgument", "Each argument once.")
    needed, allowed = _VERBS[verb]
    if "resumptionToken" in said and "resumptionToken" in allowed:
        if len(said) > 1:
            raise Refused("badArgument", "A resumptionToken stands alone.")
        return Request(verb, "", _resumed(verb, said["resumptionToken"]), tuple(arguments))
    if missing := needed - set(said):
        raise Refused("badArgument", "Missing: " + ", ".join(sorted(missing)) + ".")
    if unknown := set(said) - allowed:
        raise Refused("badArgument", "Unknown here: " + ", ".join(sorted(unknown)) + ".")
    if said.get("metadataPrefix", PREFIX) != PREFIX:
        raise Refused("cannotDisseminateFormat", f"Records are {PREFIX}.")
    return Request(verb, said.get("identifier", ""), _selection(said), tuple(arguments))


def _selection(said: Mapping[str, str]) -> Selection:
    since, until = said.get("from", ""), said.get("until", "")
    if since and until and len(since) != len(until):
        raise Refused("badArgument", "Both dates as days, or both as seconds.")
    if since and until and _moment(since) > _moment(until):
        raise Refused("badArgument", "The first date is after the last.")
    if "set" in said and not _SET.fullmatch(said["set"]):
        raise Refused("badArgument", "No set has such a name.")
    return _with_dates(Selection(since, until, said.get("set", "")))


def _with_dates(selection: Selection) -> Selection:
    """As it is; raises Refused where a date is none."""
    _from, _until = selection.bounds
    return selection


def _resumed(verb: str, token: str) -> Selection:
    if verb == "ListSets":  # all of them are told at once
        raise Refused("badResumptionToken", "This repository has given no such token.")
    try:
        selection = _with_dates(Selection(**json.loads(base64.urlsafe_b64decode(token.encode()))))
        known = not selection.house or _SET.fullmatch(selection.house)
        aware = datetime.fromisoformat(selection.after).tzinfo and UUID(selection.after_key)
    except (ValueError, TypeError, AttributeError, Refused):
        known = aware = None
    if not known or not aware:
        raise Refused("badResumptionToken", "This repository has given no such token.")
    return selection


def _moment(text: str) -> datetime:
    if not (_DAY.fullmatch(text) or _SECOND.fullmatch(text)):
        raise Refused("badArgument", "Dates are YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.")
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError as wrong:
        raise Refused("badArgument", f"{text} is no date.") from wrong


# --- answers ---


def identify(repository: Repository) -> ET.Element:
    said = {
        "repositoryName": repository.name,
        "baseURL": repository.url,
        "protocolVersion": "2.0",
        "adminEmail": repository.mail,
        "earliestDatestamp": stamp(repository.earliest),
        "deletedRecord": "no",
        "granularity": "YYYY-MM-DDThh:mm:ssZ",
    }
    part = _element("Identify")
    for name, text in said.items():
        _add(part, name, text)
    return part


def formats() -> ET.Element:
    part = _element("ListMetadataFormats")
    one = _add(part, "metadataFormat")
    _add(one, "metadataPrefix", PREFIX)
    _add(one, "schema", _SCHEMA[_OAI_DC])
    _add(one, "metadataNamespace", _OAI_DC)
    return part


def sets(houses: Iterable[House]) -> ET.Element:
    part = _element("ListSets")
    for house in houses:
        one = _add(part, "set")
        _add(one, "setSpec", house.slug)
        _add(one, "setName", house.name)
    return part


def records(
    verb: str, courses: Sequence[SharedCourse], repository: Repository, token: str | None = None
) -> ET.Element:
    """`token`: how to go on; empty: this was the last part of several; None: there is one part."""
    part = _element(verb)
    for course in courses:
        outer = part if verb == "ListIdentifiers" else _add(part, "record")
        header = _add(outer, "header")
        _add(header, "identifier", repository.identifier(course.key))
        _add(header, "datestamp", stamp(course.changed))
        _add(header, "setSpec", course.house.slug)
        if outer is not part:
            _add(outer, "metadata").append(dublin_core(course))
    if token is not None:
        _add(part, "resumptionToken", token)
    return part


def dublin_core(course: SharedCourse) -> ET.Element:
    part = ET.Element(f"{{{_OAI_DC}}}dc")
    part.set(f"{{{_XSI}}}schemaLocation", f"{_OAI_DC} {_SCHEMA[_OAI_DC]}")
    facts = course.facts
    said = [
        ("title", facts["title"]),
        ("creator", course.house.name),
        *(("subject", keyword) for keyword in course.keywords),
        ("description", facts["summary"]),
        ("publisher", course.house.name),
        ("date", course.changed.date().isoformat()),
        ("type", "InteractiveResource"),
        ("format", "text/html"),
        ("identifier", course.lasting_url),
        *(("language", code) for code in course.language_codes),
        ("rights", course.deed or facts["licence"]),
    ]
    for name, text in said:
        ET.SubElement(part, f"{{{_DC}}}{name}").text = clean(text)
    return part


def refused(reason: Refused) -> ET.Element:
    part = _element("error")
    part.set("code", reason.code)
    part.text = str(reason)
    return part


def document(
    content: ET.Element,
    repository: Repository,
    *,
    now: datetime,
    arguments: Sequence[tuple[str, str]] = (),
) -> bytes:
    """`arguments`: none where they broke the rules (§ 3.6)."""
    root = ET.Element(f"{{{_OAI}}}OAI-PMH")
    root.set(f"{{{_XSI}}}schemaLocation", f"{_OAI} {_SCHEMA[_OAI]}")
    _add(root, "responseDate", stamp(now))
    request = _add(root, "request", repository.url)
    for name, value in arguments:
        request.set(name, clean(value))
    root.append(content)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def clean(text: str) -> str:
    """Without the signs that XML 1.0 cannot hold (§ 2.2)."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)


def _element(name: str) -> ET.Element:
    return ET.Element(f"{{{_OAI}}}{name}")


def _add(parent: ET.Element, name: str, text: str = "") -> ET.Element:
    one = ET.SubElement(parent, f"{{{_OAI}}}{name}")
    one.text = clean(text) or None
    return one
