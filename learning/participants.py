"""Who stands on a list of participants: names and addresses, whatever the columns are called. Pure: it looks nobody up."""

import re
from typing import NamedTuple

from words.emails import canonical
from words.names import trouble
from words.spelling import tidy

#: What columns are called, in small letters without marks.
HEADS = {
    "first": ("vorname", "vornamen", "rufname", "spitzname", "first name", "firstname"),
    "last": ("nachname", "familienname", "zuname", "last name", "surname"),
    "name": ("name", "teilnehmer", "teilnehmerin", "teilnehmende", "person"),
    "email": ("e-mail", "email", "mail", "e-mail-adresse", "emailadresse", "mailadresse"),
}
ADDRESS = re.compile(r"[^\s@;,<>]+@[^\s@;,<>]+\.[^\s@;,<>.]+")
LONGEST = 60


class Participant(NamedTuple):
    """One line. `email` empty: a key card for `name`. `fault`: why the line cannot be taken."""

    line: int
    name: str
    email: str
    fault: str = ""


class ParticipantList(NamedTuple):
    people: list[Participant]
    unread: list[str]  # columns that were left out


def read_list(rows: list[list[str]]) -> ParticipantList:
    """A head is a first row that names a column we know; without one the first text is the name, the rest is looked at."""
    columns = _columns(rows[0]) if rows else {}
    body = list(enumerate(rows, start=1))[1 if columns else 0 :]
    people = [_participant(line, row, columns) for line, row in body]
    unread = (
        [head for at, head in enumerate(rows[0]) if head and at not in columns] if columns else []
    )
    return ParticipantList(_once(people), unread)


def _columns(head: list[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for at, cell in enumerate(head):
        plain = cell.strip().lower().rstrip(":*")
        kind = next((kind for kind, names in HEADS.items() if plain in names), "")
        if kind and kind not in found.values():
            found[at] = kind
    return found


def _participant(line: int, row: list[str], columns: dict[int, str]) -> Participant:
    said = {kind: row[at].strip() for at, kind in columns.items() if at < len(row)}
    if not columns:
        said["email"] = next((cell for cell in row if "@" in cell), "")
        said["name"] = next((cell for cell in row if cell and "@" not in cell), "")
    name, email = _nickname(said), said.get("email", "")
    if email and not ADDRESS.fullmatch(email):
        return Participant(line, name, email, "address")
    if email:
        return Participant(line, name, canonical(email))
    if not name or trouble(name):
        return Participant(line, name, "", "name")
    return Participant(line, tidy(name)[:LONGEST], "")


def _nickname(said: dict[str, str]) -> str:
    """First name and one letter of the family name: enough to call somebody by, and no more than that."""
    first, last = said.get("first", ""), said.get("last", "")
    if not first and not last:
        name = said.get("name", "")
        if "," in name:  # Huber, Margarete
            last, _comma, first = (part.strip() for part in name.partition(","))
        else:
            first, _space, last = name.rpartition(" ")
            first, last = (first, last) if first else (last, "")
    first = first or last
    return f"{first} {last[0]}." if last and last != first else first


def _once(people: list[Participant]) -> list[Participant]:
    """An address that stands twice is one person; two of the same nickname may be two."""
    seen: set[str] = set()
    listed = []
    for person in people:
        again = bool(person.email) and person.email in seen
        seen.add(person.email)
        listed.append(person._replace(fault="twice") if again and not person.fault else person)
    return listed
