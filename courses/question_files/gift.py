"""GIFT, the plain text of Moodle (docs.moodle.org, "GIFT format"): choices, true or false, short answers, pairs, missing words."""

import re
from collections.abc import Iterator

from courses.question_files import found
from courses.question_files.found import Answer, FoundQuestion, QuestionFile, plain

COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
TITLE = re.compile(r"\s*::(.*?)::", re.DOTALL)
FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
#: Signs that stand for themselves behind a backslash are kept out of the way meanwhile.
ESCAPED = re.compile(r"\\([~=#{}:n\\])")
AWAY = {sign: chr(0xE000 + number) for number, sign in enumerate("~=#{}:\\")}
BACK = {ord(away): sign for sign, away in AWAY.items()}
ANSWER = re.compile(r"([=~])((?:(?![=~]).)*)", re.DOTALL)
WEIGHT = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
TRUE, FALSE = ("T", "TRUE"), ("F", "FALSE")


def read(text: str) -> QuestionFile:
    text = COMMENT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = ESCAPED.sub(lambda hit: "\n" if hit[1] == "n" else AWAY[hit[1]], text)
    return found.sorted_out(_questions(text))


def _questions(text: str) -> Iterator[tuple[str, FoundQuestion | str]]:
    for part in re.split(r"\n[ \t]*\n", text):
        part = part.strip()
        if not part or part.startswith("$CATEGORY"):
            continue
        words = TITLE.sub("", part, count=1)
        kind = FORMAT.match(words)
        html = not (kind and kind[1] in ("plain", "markdown"))
        words = words[kind.end() :] if kind else words
        before, brace, rest = words.partition("{")
        inside, _brace, after = rest.partition("}")
        before, after = (_said(side, html=html) for side in (before, after))
        asked = f"{before} … {after}" if after else before
        if not brace:
            yield asked, found.KIND
        elif "<img" in words:
            yield asked, found.PICTURE
        else:
            yield asked, _read(before, inside.strip(), after, html=html)


def _said(text: str, *, html: bool) -> str:
    return plain(text, html=html).translate(BACK)


def _read(before: str, inside: str, after: str, *, html: bool) -> FoundQuestion | str:
    inside, _sign, general = inside.partition("####")
    verdict, *feedback = [_said(one, html=html) for one in inside.split("#")]
    if not before and not after:
        return found.EMPTY
    if verdict.upper() in TRUE + FALSE:
        wrong, right = [*feedback, "", ""][:2]
        is_right = verdict.upper() in TRUE
        return found.statement(before, right=is_right, feedback_right=right, feedback_wrong=wrong)
    if not inside.strip():
        return found.ESSAY
    if inside.startswith("#"):
        return _number(before, inside[1:].strip(), after)
    return _answers(before, after, [*_each(inside, html=html)], _said(general, html=html))


def _answers(before: str, after: str, given: list[Answer], general: str) -> FoundQuestion | str:
    question = f"{before} … {after}" if after else before
    if given and all(" -> " in one.text or "->" in one.text for one in given):
        sides = [one.text.partition("->") for one in given]
        return found.pairs(question, [(left.strip(), right.strip()) for left, _, right in sides])
    if all(one.share == 100 for one in given):
        hole = found.gap_of(one.text for one in given)
        if not hole:
            return found.ANSWERS
        text = f"{before} {hole} {after}" if after else f"Antwort: {hole}"
        asked = "Was fehlt?" if after else before
        return found.gap(asked, text.strip(), feedback=general)
    return found.choice(question, given)


def _each(inside: str, *, html: bool) -> Iterator[Answer]:
    for sign, words in ANSWER.findall(inside):
        weight = WEIGHT.match(words)
        text, _sign, feedback = words[weight.end() if weight else 0 :].partition("#")
        share = float(weight[1]) if weight else (100.0 if sign == "=" else 0.0)
        yield Answer(_said(text, html=html), share, _said(feedback, html=html))


def _number(before: str, inside: str, after: str) -> FoundQuestion | str:
    """One number without room to either side is a word to write; a range is not."""
    if re.fullmatch(r"=?\s*-?\d+(?:[.,]\d+)?", inside):
        hole = found.gap_of([inside.lstrip("= ")])
        text = f"{before} {hole} {after}" if after else f"Antwort: {hole}"
        return found.gap("Was fehlt?" if after else before, text.strip())
    return found.NUMBER
