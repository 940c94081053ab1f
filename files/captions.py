"""Captions: WebVTT as the standard has it, SRT and everything in between on its way there.

WebVTT: https://www.w3.org/TR/webvtt1/ § 4.1. SRT has no standard; what players take is taken.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape, unescape
from typing import NamedTuple

from files.problems import BadFile

LARGEST = 2 * 1024 * 1024  # bytes; a film of three hours has some 200 kB
MARK = "NOTE Lernstadt:"  # a comment in a file that was converted, and how: see `notes`
SRT, LETTERS, ORDER = "srt", "letters", "order"

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?P<settings>.*)")
STRICT = re.compile(
    r"(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}[ \t]+-->[ \t]+(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}(?:[ \t].*)?"
)
TYPED = re.compile(r"(?:(?:(\d{1,4}):)?(\d{1,2}):)?(\d{1,5})(?:[.,](\d{1,3}))?")
#: More than that many characters a second are hard to read: adults read 15 to 17 beside a picture.
QUICKEST = 17
#: Tags WebVTT knows (§ 4.2.2); what else looks like one is SRT's font or an author's "<3".
TAG = re.compile(r"</?(?:[biu]|c|v|lang|ruby|rt)(?:[.\s][^<>]*)?>|<\d[\d:.]*>")
SRT_ONLY = re.compile(r"</?font[^<>]*>|\{\\[^{}]*\}", re.IGNORECASE)
LONE = re.compile(r"&(?!#?\w{1,31};)")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


class Cue(NamedTuple):
    start: int  # milliseconds
    end: int
    text: str
    settings: str = ""


class Captions(NamedTuple):
    cues: list[Cue]
    did: tuple[str, ...]  # what had to be mended: SRT, LETTERS, ORDER


def read(content: bytes) -> Captions:
    """The cues in `content`, in the order of their time. Raises BadFile when there is none, or a time makes no sense."""
    if len(content) > LARGEST:
        raise BadFile("captions-size")
    text, letters = _decoded(content)
    cues = list(_cues(text))
    if not any(_plain(cue.text) for cue in cues):
        raise BadFile("captions-none")
    ordered = sorted(cues, key=lambda cue: cue.start)
    did = [
        (LETTERS, letters),
        (SRT, not _is_webvtt(text)),
        (ORDER, [c.start for c in ordered] != [c.start for c in cues]),
    ]
    return Captions(ordered, tuple(code for code, so in did if so))


def webvtt(content: bytes) -> tuple[bytes, tuple[str, ...]]:
    """`content` as WebVTT, and what was mended. What is in order stays as it is, to the byte. Raises BadFile."""
    cues, did = read(content)
    if not did:
        return content, ()
    return _written(cues, f"{MARK} {' '.join(did)}", ""), did


def typed(cues: Iterable[Cue]) -> bytes:
    """WebVTT of words that somebody has typed: what looks like a mark in them is said as it stands."""
    spoken = (cue._replace(text=_one_block(cue.text)) for cue in cues)
    return _written(sorted(spoken, key=lambda cue: cue.start))


def words(text: str) -> str:
    """What a cue says, without its marks."""
    return unescape(TAG.sub("", text)).strip()


def moment(text: str) -> int | None:
    """Milliseconds of a time as it is typed: `7`, `7,5`, `1:07`, `1:02:03.250`; None: it is none."""
    found = TYPED.fullmatch(text.strip())
    if not found:
        return None
    hours, minutes, seconds, rest = found.groups()
    return _milliseconds((hours, minutes or "0", seconds, rest))


def typed_moment(milliseconds: int) -> str:
    """As it is typed and read: `1:07.5`."""
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    whole = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return f"{whole}.{rest:03}".rstrip("0") if rest else whole


def pace(text: str, milliseconds: int) -> float:
    """Characters a second that a reader has to read."""
    return len(" ".join(text.split())) * 1000 / max(1, milliseconds)


def _one_block(text: str) -> str:
    """No empty line ends a cue early, and no arrow begins another."""
    lines = (line.strip() for line in text.replace("-->", "→").splitlines())
    return escape("\n".join(line for line in lines if line), quote=False)


def _written(cues: Iterable[Cue], *head: str) -> bytes:
    lines = ["WEBVTT", "", *head]
    for cue in cues:
        lines += [f"{_clock(cue.start)} --> {_clock(cue.end)}{cue.settings}", cue.text, ""]
    return "\n".join(lines).encode()


def notes(head: bytes) -> tuple[str, ...]:
    """What was mended in a file that `webvtt` has written, by its first bytes."""
    line = next((one for one in head.decode(errors="replace").splitlines() if MARK in one), "")
    return tuple(code for code in line.removeprefix(MARK).split() if code in (SRT, LETTERS, ORDER))


def _decoded(content: bytes) -> tuple[str, bool]:
    """The text, and whether it came in other letters than UTF-8."""
    for mark, name in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if content.startswith(mark):
            try:
                return _lines(content.decode(name)), bool(mark)
            except UnicodeDecodeError:
                break
    try:
        return _lines(content.decode("cp1252")), True
    except UnicodeDecodeError:
        raise BadFile("captions-letters") from None


def _lines(text: str) -> str:
    if "\0" in text:
        raise BadFile("captions-letters")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_webvtt(text: str) -> bool:
    head, _newline, rest = text.partition("\n")
    timings = [line for line in rest.splitlines() if "-->" in line]
    return re.fullmatch(r"WEBVTT(?:[ \t].*)?", head) is not None and all(
        STRICT.fullmatch(line) for line in timings
    )


def _cues(text: str) -> Iterator[Cue]:
    """A cue is a timing and the lines below it, up to an empty line or the next timing."""
    lines = text.split("\n")
    number, comment = 0, False
    while number < len(lines):
        line = lines[number]
        comment = bool(line) and (comment or line.startswith("NOTE"))
        number += 1
        if "-->" not in line or comment:
            continue
        start, end, settings = _timing(line, number)
        words = []
        while number < len(lines) and lines[number].strip() and not TIMING.match(lines[number]):
            words.append(lines[number])
            number += 1
        if number < len(lines) and TIMING.match(lines[number]) and words and words[-1].isdecimal():
            words.pop()  # the number of the next cue, whose empty line is missing
        yield Cue(start, end, _text(words), settings)


def _timing(line: str, number: int) -> tuple[int, int, str]:
    match = TIMING.fullmatch(line)
    if not match:
        raise BadFile("captions-time", line=number, text=line.strip()[:60])
    start, end = _milliseconds(match.groups()[:4]), _milliseconds(match.groups()[4:8])
    if end <= start:
        raise BadFile("captions-backwards", line=number, text=line.strip()[:60])
    settings = match["settings"].rstrip()
    return start, end, settings if re.fullmatch(r"(?:\s+[a-z]+:\S+)+", settings) else ""


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, rest = parts
    whole = (int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)
    return whole * 1000 + int((rest or "0").ljust(3, "0"))


def _text(lines: list[str]) -> str:
    """SRT's own marks go; what only looks like a tag is said as it stands."""
    text = SRT_ONLY.sub("", "\n".join(line.strip() for line in lines)).replace("-->", "→")
    text = LONE.sub("&amp;", text)
    spans = [match.span() for match in TAG.finditer(text)]
    return "".join(
        "&lt;" if sign == "<" and not any(start <= at < end for start, end in spans) else sign
        for at, sign in enumerate(text)
    )


def _plain(text: str) -> str:
    return INVISIBLE.sub("", TAG.sub("", text)).strip()


def _clock(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{rest:03}"


def within(content: bytes, seconds: float) -> bytes:
    """Captions that end with their film: what starts after it is left out, the last one ends with it."""
    captions = read(content)
    end = round(seconds * 1000)
    if all(cue.end <= end for cue in captions.cues):
        return content
    return _written(cue._replace(end=min(cue.end, end)) for cue in captions.cues if cue.start < end)
