"""Videos and files: captions, transcripts, and PDFs that can be read out (WCAG 1.2, 1.3.1); credits."""

from collections.abc import Iterator, Sequence

from accessibility.checks.parts import (
    Activity,
    Credit,
    Download,
    Finding,
    Part,
    Video,
    elements,
    excerpt,
    html_of,
    paragraphs,
)

SHORTEST = 40  # characters; less is no transcript of anything


def look(parts: Sequence[Part], _lang: str) -> Iterator[Finding]:
    for part in parts:
        content = part.content
        if isinstance(content, Video):
            yield from _video(part.id, content)
        elif isinstance(content, Download) and content.tagged is False:
            yield Finding("pdf-untagged", part.id, excerpt(content.title or content.file))
        elif isinstance(content, Activity):
            yield from _activity(part.id, content)
        elif isinstance(content, Credit) and content.lacks:
            yield Finding("credit-incomplete", part.id, excerpt(content.file))
        for element in elements(html_of(part)):
            if element.tag in ("video", "audio") and "autoplay" in element.attributes:
                yield Finding("video-starts-alone", part.id, element.attributes.get("src", "")[:80])


def _activity(part: str, activity: Activity) -> Iterator[Finding]:
    if activity.barriers and not activity.other:
        yield Finding("activity-without-alternative", part, excerpt(activity.title))
    if not activity.finished:
        yield Finding("activity-unfinished", part, excerpt(activity.title))


def _video(part: str, video: Video) -> Iterator[Finding]:
    if not video.captions:
        yield Finding("video-without-captions", part)
    if sum(len(text) for text in paragraphs(video.transcript)) < SHORTEST:
        yield Finding("video-without-transcript", part)
    if video.starts_alone:
        yield Finding("video-starts-alone", part)
