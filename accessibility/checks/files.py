"""Videos and files: captions, transcripts, and PDFs that can be read out (WCAG 1.2, 1.3.1); credits."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from accessibility.checks.parts import (
    ActivityPart,
    CreditPart,
    DownloadPart,
    Finding,
    LessonPart,
    Sound,
    VideoPart,
    elements,
    excerpt,
    html_of,
    paragraphs,
)

SHORTEST = 40  # characters; less is no transcript of anything
#: Programs that cost money or change the layout, and that read out what their author has marked, which few do.
OFFICE = re.compile(
    r"\.(docx?|dotx?|xlsx?|xlsm|pptx?|ppsx?|od[tsp]|rtf|pages|numbers|key)$", re.IGNORECASE
)
#: A transcript that sends people back to what they cannot hear or see.
ELSEWHERE = re.compile(
    r"\b(?:siehe|s\.|vgl\.?|wie im|wie in|steht im|see)\s+(?:das |dem |der |the )?(?:video|film|ton|untertitel|aufnahme|oben|captions)"
    r"|\b(?:folgt|kommt) (?:noch|später|bald)|\bwird (?:noch )?(?:nachgereicht|ergänzt)|\bnoch keine? |lorem ipsum|\btodo\b",
    re.IGNORECASE,
)
SENT_AWAY = 200  # characters; a longer one says more than that
FILLERS = re.compile(r"\b(?:äh+m?|öh+m?|hmm+|uhm+)\b", re.IGNORECASE)
SOUND_ONLY = re.compile(r"^\s*[\[(♪*][^\])]*[\])♪*]?\s*$")
SPEECH = 8  # words, before it is judged how they are written


def look(parts: Sequence[LessonPart], _lang: str) -> Iterator[Finding]:
    for part in parts:
        if looker := LOOKERS.get(type(part.content)):
            yield from looker(part.id, part.content)
        for element in elements(html_of(part)):
            if element.tag in ("video", "audio") and "autoplay" in element.attributes:
                yield Finding("video-starts-alone", part.id, element.attributes.get("src", "")[:80])


def _download(part: str, download: DownloadPart) -> Iterator[Finding]:
    if download.tagged is False:
        yield Finding("pdf-untagged", part, excerpt(download.title or download.file))
    if OFFICE.search(download.file):
        yield Finding("file-office", part, excerpt(download.file))


def _credit(part: str, credit: CreditPart) -> Iterator[Finding]:
    if credit.lacks:
        yield Finding("credit-incomplete", part, excerpt(credit.file))


def _activity(part: str, activity: ActivityPart) -> Iterator[Finding]:
    if activity.barriers and not activity.other:
        yield Finding("activity-without-alternative", part, excerpt(activity.title))
    if not activity.finished:
        yield Finding("activity-unfinished", part, excerpt(activity.title))


def _video(part: str, video: VideoPart) -> Iterator[Finding]:
    if not video.captions:
        yield Finding("video-without-captions", part)
    if _is_short(video.transcript):
        yield Finding("video-without-transcript", part)
    if video.captions and not video.fits:
        yield Finding("captions-unfit", part)
    if video.spoken and (words := _by_machine(video.spoken)):
        yield Finding("captions-machine", part, excerpt(words))
    if not video.plays:
        yield Finding("film-unplayable", part)
    if video.starts_alone:
        yield Finding("video-starts-alone", part)


def _sound(part: str, sound: Sound) -> Iterator[Finding]:
    if _is_short(sound.transcript):
        yield Finding("audio-without-transcript", part)
    if not sound.plays:
        yield Finding("film-unplayable", part)


def _is_short(transcript: str) -> bool:
    texts = paragraphs(transcript)
    length = sum(map(len, texts))
    return length < SHORTEST or (length < SENT_AWAY and bool(ELSEWHERE.search(" ".join(texts))))


def _by_machine(cues: Sequence[str]) -> str:
    """Words nobody has read again: no full stop anywhere, no capital letter, hesitations, or nothing but music."""
    spoken = [cue for cue in cues if not SOUND_ONLY.match(cue)]
    if not spoken:
        return cues[0]
    text = " ".join(spoken)
    if hesitation := FILLERS.search(text):
        return hesitation.group() if len(FILLERS.findall(text)) > 1 else ""
    plain = not re.search(r"[.!?]", text) or text == text.lower()
    return spoken[0] if plain and len(text.split()) >= SPEECH and re.search("[a-z]", text) else ""


LOOKERS: dict[type, Callable[[str, Any], Iterator[Finding]]] = {
    VideoPart: _video,
    Sound: _sound,
    DownloadPart: _download,
    ActivityPart: _activity,
    CreditPart: _credit,
}
