"""What a check has found in a text, mended where that is safe: no word is lost, and what is not found any more stays."""

import re
from collections.abc import Callable, Iterator, Sequence

from accessibility.checks import by_hand, foreign, plain
from accessibility.checks.language import EMOJI, EMOJI_RUN
from accessibility.checks.parts import collapse, excerpt
from courses.texts.lines import TextLine, TextRun, lean

Lines = list[TextLine]


def repaired(lines: Sequence[TextLine], rule: str, said: str, lang: str) -> Lines:
    """`lines` without what `rule` has found at the words `said`; as they were when nothing safe can be done."""
    mend = REPAIRS.get(rule)
    return mend(list(lines), said, lang) if mend else list(lines)


def _heading(lines: Lines, said: str, _lang: str) -> Lines:
    """A bold line becomes a heading of the level that is in use above it."""
    level = "h2"
    for number, line in enumerate(lines):
        level = line.kind if line.kind in ("h2", "h3", "h4") else level
        bold = all("b" in run.marks or not run.text.strip() for run in line.runs)
        if line.kind == "p" and bold and _is(line.text, said):
            runs = [run._replace(marks=run.marks - {"b"}) for run in line.runs]
            changed = _without_end(line._replace(kind=level, runs=tuple(runs)), ":")
            return [*lines[:number], changed, *lines[number + 1 :]]
    return lines


def _without_end(line: TextLine, sign: str) -> TextLine:
    text = line.text.rstrip()
    return _spliced(line, len(text) - 1, len(line.text), "") if text.endswith(sign) else line


def _list(lines: Lines, said: str, _lang: str) -> Lines:
    """Rows with signs or numbers, from the one that was named on, become rows of a list."""
    split = [piece for line in lines for piece in _pieces(line)]
    for begin, first in enumerate(split):
        if first.kind == "p" and _is(first.text, said) and by_hand.mark_of(first.text):
            rows = [first, *_rows_after(split, begin)]
            if len(rows) < 2:
                return lines
            kind = "ul" if by_hand.mark_of(first.text) == "sign" else "ol"
            made = [_row(row, kind) for row in rows]
            return [*split[:begin], *made, *split[begin + len(rows) :]]
    return lines


def _rows_after(lines: Lines, begin: int) -> Iterator[TextLine]:
    before = by_hand.mark_of(lines[begin].text)
    for line in lines[begin + 1 :]:
        mark = by_hand.mark_of(line.text)
        if line.kind != "p" or not mark or not by_hand.follows(mark, before):
            return
        before = mark
        yield line


def _row(line: TextLine, kind: str) -> TextLine:
    sign = by_hand.SIGN.match(line.text) or by_hand.NUMBER.match(line.text)
    return _spliced(line, 0, sign.end() if sign else 0, "")._replace(kind=kind)


def _pieces(line: TextLine) -> Lines:
    """A paragraph with breaks as several, if rows of a list stand in it."""
    texts = line.text.split("\n")
    if line.kind != "p" or len(texts) < 2 or not any(by_hand.mark_of(text) for text in texts):
        return [line]
    pieces, begin = [], 0
    for number, text in enumerate(texts):
        runs = tuple(_signs(line)[begin : begin + len(text)])
        pieces.append(line._replace(runs=runs, key=line.key if not number else ""))
        begin += len(text) + 1
    return lean(pieces)


def _drop(lines: Lines, said: str, _lang: str) -> Lines:
    """Only a line that has no word in it."""
    return [
        line
        for line in lines
        if not (by_hand.PAINTED.match(line.text.strip()) and _is(line.text, said))
    ]


def _words(
    pattern: re.Pattern[str], instead: Callable[[TextLine, re.Match[str]], str]
) -> Callable[[Lines, str, str], Lines]:
    """Every place in the text that says `said` is said in another way; an empty answer of `instead` leaves it."""

    def mend(lines: Lines, said: str, _lang: str) -> Lines:
        return [_replaced(line, pattern, said, instead) for line in lines]

    return mend


def _replaced(
    line: TextLine,
    pattern: re.Pattern[str],
    said: str,
    instead: Callable[[TextLine, re.Match[str]], str],
) -> TextLine:
    for found in reversed([*pattern.finditer(line.text)]):
        words = instead(line, found) if _is(found.group(), said) else ""
        if words:
            line = _spliced(line, found.start(), found.end(), words)
    return line


def _one_sign(_line: TextLine, found: re.Match[str]) -> str:
    return "…" if found.group().startswith(".") else found.group()[0]


def _one_emoji(_line: TextLine, found: re.Match[str]) -> str:
    first = EMOJI.match(found.group())
    return (first.group() if first else "") + (" " if found.group()[-1].isspace() else "")


def _together(_line: TextLine, found: re.Match[str]) -> str:
    return found.group().replace(" ", "")


def _in_full(line: TextLine, found: re.Match[str]) -> str:
    short = re.sub(r"\.\s?(?=\w)", ". ", found.group())
    known = {key.casefold(): words for key, words in plain.ABBREVIATIONS.items()}
    words = known.get(short.casefold())
    if not words:
        return ""
    rest = line.text[found.end() :].lstrip(" ")
    ends = short.casefold() in ("usw.", "etc.") and (not rest or rest[0].isupper())
    return _as_written(words, found.group()) + ("." if ends else "")


def _easier(_line: TextLine, found: re.Match[str]) -> str:
    return _as_written(plain.EASIER.get(found.group().casefold(), ""), found.group())


def _as_written(words: str, former: str) -> str:
    """A capital letter stays where the sentence begins; a noun keeps its own."""
    return words[:1].upper() + words[1:] if former[0].isupper() else words


def _marked(lines: Lines, said: str, lang: str) -> Lines:
    """The passage gets its language, where that is known."""
    for number, line in enumerate(lines):
        for passage in foreign.passages(_own(line), lang):
            at = line.text.find(passage.text)
            if passage.lang and at >= 0 and _is(passage.text, said):
                mark = f"lang:{passage.lang}"
                signs = _signs(line)
                inside = signs[at : at + len(passage.text)]
                inside = [run._replace(marks=run.marks | {mark}) for run in inside]
                runs = (*signs[:at], *inside, *signs[at + len(passage.text) :])
                return [*lines[:number], line._replace(runs=runs), *lines[number + 1 :]]
    return lines


def _own(line: TextLine) -> str:
    """What is not marked as a language already."""
    return "".join(
        run.text for run in line.runs if not any(m.startswith("lang:") for m in run.marks)
    )


def _is(text: str, said: str) -> bool:
    return excerpt(text) == collapse(said)


def _signs(line: TextLine) -> list[TextRun]:
    return [run._replace(text=sign) for run in line.runs for sign in run.text]


def _spliced(line: TextLine, begin: int, end: int, words: str) -> TextLine:
    """`words` instead of the letters from `begin` to `end`, looking like the first of them."""
    signs = _signs(line)
    new = [signs[begin]._replace(text=words)] if words else []
    return line._replace(runs=(*signs[:begin], *new, *signs[end:]))


REPAIRS: dict[str, Callable[[Lines, str, str], Lines]] = {
    "heading-by-hand": _heading,
    "list-by-hand": _list,
    "line-by-hand": _drop,
    "signs-run": _words(by_hand.RUN, _one_sign),
    "emoji-run": _words(EMOJI_RUN, _one_emoji),
    "letters-spaced": _words(by_hand.SPACED, _together),
    "abbreviation": _words(plain.ABBREVIATION, _in_full),
    "plain-formal": _words(plain.FORMAL, _easier),
    "language-unmarked": _marked,
}
