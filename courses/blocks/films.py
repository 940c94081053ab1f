"""Films and sounds of a lesson. Captions are a file, or rows that were typed: where there are rows, they are what is printed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

import files
from courses.blocks.passages import SMALL_TEXT
from files import captions, films
from files.taking import CAPTIONS
from providers.advice import in_words


class CaptionCueBlock(blocks.StructBlock):
    start = blocks.CharBlock(label=_("Von"))
    end = blocks.CharBlock(label=_("Bis"))
    text = blocks.TextBlock(label=_("Was wird gesagt?"), rows=2)

    class Meta:
        label = _("Zeile")

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation and (says := cue_problem(value)):
            raise blocks.StructBlockValidationError({"start": ValidationError(says)})
        return value


class VideoBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Titel"))
    file = DocumentChooserBlock(label=_("Video"), help_text=_("MP4 oder WebM"))
    captions = DocumentChooserBlock(
        label=_("Untertitel"),
        required=False,
        help_text=_("Eine Datei im Format WebVTT (.vtt) oder SRT (.srt)"),
    )
    cues = blocks.ListBlock(
        CaptionCueBlock(),
        label=_("Untertitel, Zeile für Zeile"),
        default=[],
        help_text=_("Stehen hier Zeilen, gelten sie, und nicht die Datei."),
    )
    poster = ImageChooserBlock(label=_("Standbild"), required=False)
    transcript = blocks.RichTextBlock(
        label=_("Abschrift"),
        features=SMALL_TEXT,
        help_text=_("Alles, was gesagt wird und was zu sehen ist."),
    )

    class Meta:
        icon = "media"
        label = _("Video")

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        wrong = {"file": film_problem(value["file"]), "captions": captions_problem(value)}
        errors = {name: ValidationError(says) for name, says in wrong.items() if says}
        if not has_captions(value):
            errors["captions"] = ValidationError(_("Untertitel fehlen."), code="required")
        if errors:
            raise blocks.StructBlockValidationError(errors)
        return value


class Audio(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Titel"))
    file = DocumentChooserBlock(label=_("Ton"), help_text=_("MP3 oder M4A"))
    transcript = blocks.RichTextBlock(
        label=_("Abschrift"), features=SMALL_TEXT, help_text=_("Alles, was zu hören ist.")
    )

    class Meta:
        icon = "volume-up"
        label = _("Ton")

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        if says := film_problem(value["file"], files.SOUNDS):
            raise blocks.StructBlockValidationError({"file": ValidationError(says)})
        return value


def film_of(document: Any) -> films.Film | None:
    """What the head of a film or a sound says; None for what cannot be read."""
    try:
        with document.open_file() as file:
            return films.look(file)
    except (files.BadFile, OSError):
        return None


def film_problem(document: Any, wanted: tuple[str, ...] = files.FILMS) -> str:
    """Why a film or a sound cannot be played here, in words; empty when it can."""
    if not document:
        return ""
    if files.ending_of(document.filename) not in wanted:
        if wanted == files.FILMS:
            return gettext("Bitte wählen Sie ein Video im Format MP4 oder WebM.")
        return gettext("Bitte wählen Sie eine Aufnahme im Format MP3 oder M4A.")
    try:
        with document.open_file() as file:
            code = films.unplayable(films.look(file))
    except files.BadFile as bad:
        return in_words(bad)
    return in_words(files.BadFile(code)) if code else ""


def cue_problem(value: Any) -> str:
    """Why the times of a row cannot be, in words; empty when they can."""
    start, end = captions.moment(value["start"] or ""), captions.moment(value["end"] or "")
    if start is None or end is None:
        return gettext("Schreiben Sie die Zeit als Minuten und Sekunden, zum Beispiel 1:07.")
    return "" if start < end else gettext("Das Ende kommt vor dem Anfang.")


def cues_of(rows: Any) -> list[captions.Cue]:
    """Rows that are finished, as cues."""
    cues = (
        captions.Cue(
            captions.moment(row["start"]) or 0, captions.moment(row["end"]) or 0, row["text"]
        )
        for row in rows or ()
        if row["text"] and not cue_problem(row)
    )
    return [cue for cue in cues if cue.text.strip()]


def has_captions(value: Any) -> bool:
    return bool(cues_of(value["cues"]) if value["cues"] else value["captions"])


def captions_in(value: Any) -> bytes | None:
    """The captions of a film as a file has them; None: there are none."""
    if value["cues"]:
        cues = cues_of(value["cues"])
        return captions.typed(cues) if cues else None
    if not value["captions"]:
        return None
    with value["captions"].open_file() as file:
        content: bytes = file.read(captions.LARGEST + 1)
    return content


def spoken_in(value: Any) -> tuple[str, ...]:
    """The words of captions, cue by cue; none where they cannot be read: `captions_problem` says that."""
    if _other_file(value):
        return ()
    try:
        content = captions_in(value)
        cues = captions.read(content).cues if content else ()
    except (OSError, files.BadFile):
        return ()
    return tuple(cue.text for cue in cues)


def _other_file(value: Any) -> bool:
    """Something else lies where the file with captions belongs."""
    document = value["captions"]
    if value["cues"] or not document:
        return False
    return files.ending_of(document.filename) not in CAPTIONS


def captions_problem(value: Any) -> str:
    """Why captions do not go with their film, in words; empty when they do."""
    if _other_file(value):
        return gettext("Bitte wählen Sie Untertitel im Format WebVTT oder SRT.")
    try:
        content = captions_in(value)
        cues = captions.read(content).cues if content else []
    except files.BadFile as bad:
        return in_words(bad)
    film = film_of(value["file"]) if value["file"] else None
    last = cues[-1].start / 1000 if cues else 0
    if not film or not film.seconds or last < film.seconds:
        return ""
    return gettext(
        "Der letzte Untertitel beginnt nach %(last)s Sekunden. Das Video ist nur %(film)s Sekunden lang. Gehören die beiden zusammen?"
    ) % {"last": round(last), "film": round(film.seconds)}
