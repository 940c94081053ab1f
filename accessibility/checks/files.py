"""Videos and files: captions, transcripts, and PDFs that can be read out (WCAG 1.2, 1.3.1); credits."""

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
    return sum(len(text) for text in paragraphs(transcript)) < SHORTEST


LOOKERS: dict[type, Callable[[str, Any], Iterator[Finding]]] = {
    VideoPart: _video,
    Sound: _sound,
    DownloadPart: _download,
    ActivityPart: _activity,
    CreditPart: _credit,
}
