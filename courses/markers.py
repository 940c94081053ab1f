"""What is personal on a printed lesson is put in at serving time, at markers the press left. Strings in, string out."""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from html.parser import HTMLParser
from typing import NamedTuple

MARKER = re.compile(r"<!--(csrf|state|after|choice|mixed)(?::([0-9a-f-]{36}))?-->")
#: The place of one gap or one row: `<!--at:item:field-->`.
PLACE = re.compile(r"<!--at:([0-9a-f-]{36}):([a-z0-9-]+)-->")
#: What is there until the item is done, such as a button; and from then on.
UNTIL = re.compile(r"<!--until:([0-9a-f-]{36})-->(.*?)<!--/until-->", re.DOTALL)
SINCE = re.compile(r"<!--since:([0-9a-f-]{36})-->(.*?)<!--/since-->", re.DOTALL)
#: Choices that may be shown in any order.
CHOICES = re.compile(r"(?:<!--choice:[0-9a-f-]{36}-->(?:(?!<!--).)*)+<!--mixed-->", re.DOTALL)
CHOICE = re.compile(r"<!--choice:([0-9a-f-]{36})-->((?:(?!<!--).)*)", re.DOTALL)

Given = Mapping[str, Sequence[str]]


def fill(
    html: str,
    *,
    csrf: str = "",
    states: Mapping[str, str] | None = None,
    after: Mapping[str, str] | None = None,
    given: Mapping[str, Given] | None = None,
    places: Mapping[str, Mapping[str, str]] | None = None,
) -> str:
    """Fill `html`: the CSRF field, and per item its state, its feedback and the answer given last; `places`: what is
    said at each of its fields. An item with a state has no button any more that only brings it about.
    """
    for item, answer in (given or {}).items():
        html = _within(html, item, answer)
    texts = {"state": states or {}, "after": after or {}}

    def put(match: re.Match[str]) -> str:
        kind, item = match.groups()
        return csrf if kind == "csrf" else texts.get(kind, {}).get(item, "")

    at = places or {}
    html = UNTIL.sub(lambda found: "" if texts["state"].get(found[1]) else found[2], html)
    html = SINCE.sub(lambda found: found[2] if texts["state"].get(found[1]) else "", html)
    html = PLACE.sub(lambda found: at.get(found[1], {}).get(found[2], ""), html)
    return MARKER.sub(put, html)


def order(ids: Iterable[str], seed: str) -> list[str]:
    """An order that depends on the ids and on `seed`, and not on the order they come in: the same in every language."""
    return sorted(ids, key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).digest())


def mixed(html: str, seed: str) -> str:
    """`html` with the choices of each question in an order of their own for `seed`; what is given in is not touched."""

    def mix(match: re.Match[str]) -> str:
        rows = {row[1]: row[0] for row in CHOICE.finditer(match[0])}
        return "".join(rows[one] for one in order(rows, seed)) + "<!--mixed-->"

    return CHOICES.sub(mix, html)


def section(html: str, item: str) -> str:
    """The part of a printed lesson that shows one item: what htmx swaps. Empty when the printed lesson has no such item."""
    start = html.find(f'id="b-{item}"')
    if start < 0:
        return ""
    start = html.rindex("<section", 0, start)
    return html[start : html.index("</section>", start) + len("</section>")]


def _within(html: str, item: str, given: Given) -> str:
    """Put an answer back into the fields of its own question only."""
    old = section(html, item)
    new = old
    for name, values in given.items():
        for value in values:
            new = _field(name)(new, name, escape(value))
    return html.replace(old, new, 1) if old else html


def _field(name: str) -> Callable[[str, str, str], str]:
    if name.startswith("gap-"):
        return lambda html, name, value: html.replace(
            f'name="{name}" value=""', f'name="{name}" value="{value}"'
        )
    if name.startswith(("pos-", "pair-")):
        return _select
    return lambda html, name, value: html.replace(
        f'name="{name}" value="{value}"', f'name="{name}" value="{value}" checked'
    )


def _select(html: str, name: str, value: str) -> str:
    head, attribute, rest = html.partition(f'name="{name}"')
    return (
        head
        + attribute
        + rest.replace(f'<option value="{value}"', f'<option value="{value}" selected', 1)
    )


class AnsweredQuestion(NamedTuple):
    """A question as printed, and an answer to it as somebody reads it."""

    question: str
    answer: list[str]


def in_words(html: str, item: str, given: Given) -> AnsweredQuestion:
    """What was asked and what was answered, from a printed lesson. An answer that is no longer offered is left out."""
    reader = _QuestionReader()
    reader.feed(section(html, item))
    reader.close()
    fields = {name: values[0] for name, values in given.items() if values}
    answer = [reader.labels[one] for one in given.get("choice", ()) if one in reader.labels]
    answer += [fields[name] for name in sorted(fields, key=_in_order) if name.startswith("gap-")]
    answer += [
        f"{text} – {reader.options[fields[name]]}"
        for name, text in reader.pairs.items()
        if fields.get(name) in reader.options
    ]
    rows = [(fields[name], text) for name, text in reader.rows.items() if name in fields]
    answer += [
        f"{place}. {text}" for place, text in sorted(rows, key=lambda row: _in_order(row[0]))
    ]
    answer += [" / ".join(given["score"])] if given.get("score") else []
    return AnsweredQuestion(" ".join(reader.question.split()), answer)


def _in_order(name: str) -> tuple[int, str]:
    """gap-2 comes before gap-10, and place 2 before place 10."""
    return len(name), name


class _QuestionReader(HTMLParser):
    """The question (`id="q-…"`), the text beside each choice, of each row that has a place, of pairs and of their options."""

    def __init__(self) -> None:
        super().__init__()
        self.question = ""
        self.labels: dict[str, str] = {}
        self.rows: dict[str, str] = {}
        self.pairs: dict[str, str] = {}  # field -> the words of its row
        self.options: dict[str, str] = {}
        self._for = ""  # the row whose label is read
        self._option = ""
        self._asking = ""  # the tag of the question
        self._choice: str | None = None
        self._row: str | None = None
        self._past = False  # the label of the row

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if (said.get("id") or "").startswith("q-"):
            self._asking = tag
        elif tag == "input" and said.get("name") == "choice":
            self._choice = said.get("value") or ""
            self.labels[self._choice] = ""
        elif tag == "label" and (said.get("for") or "").startswith("p-"):
            self._for = f"pair-{(said.get('for') or '')[2:]}"
            self.pairs[self._for] = ""
        elif tag == "option":
            self._option = said.get("value") or ""
        elif tag == "select" and not (said.get("name") or "").startswith("pair-"):
            self._row = said.get("name") or ""
            self.rows[self._row] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == self._asking:
            self._asking = ""
        elif tag == "label":
            self._choice, self._past, self._for = None, True, ""
        elif tag == "option":
            self._option = ""
        elif tag == "li":
            self._row, self._past = None, False

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if self._asking:
            self.question += f" {data}"
        elif self._for:
            self.pairs[self._for] += words
        elif self._option:
            self.options[self._option] = words
        elif self._choice is not None:
            self.labels[self._choice] += words
        elif self._row is not None and self._past:
            self.rows[self._row] += words
