"""Pages of the desk become a package: every language, every lesson, every file once, with its words and its credit."""

import hashlib
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

import files
from courses import packages
from courses.actions.credits import words_of_credit
from courses.actions.packages import activities
from courses.models import CoursePage, Edition, LessonPage
from courses.packages import BadPackage, CoursePackage, PackageProblem
from courses.queries.addresses import address_of
from h5p.blocks import ActivityBlock
from h5p_lite.models import Content

WORDS = ("slug", "title", "short_title", "summary", "lead", "card_image_alt")
FOCUS = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")


def pack(course: CoursePage, *, drafts: bool) -> CoursePackage:
    """`course` is the German page; `drafts` the newest drafts, otherwise what is published.

    Raises BadPackage when there is nothing to pack, or a file is gone from the storage.
    """
    languages = _languages(course, drafts=drafts)
    if "de" not in languages:
        raise BadPackage([PackageProblem("not-published")])
    packing = _Packing(languages, drafts=drafts)
    lessons = packing.lessons()
    german = languages["de"]
    data = {
        "format": packages.FORMAT,
        "version": packages.VERSION,
        "source": source_of(german),
        "origin": german.origin,
        "course": {
            "licence": german.licence,
            "level": german.level,
            "needs_phone": german.needs_phone,
            "card_image": packing.picture(german.card_image),
            "attestation": german.rule.as_facts(),
            "main_competence": german.main_competence_id or "",
            "competences": sorted(c.code for c in german.competences.all()),
            "variants": {code: packing.course(page) for code, page in languages.items()},
        },
        "lessons": lessons,
    }
    return CoursePackage(data | {"media": packing.listed()}, packing.media)


def source_of(course: CoursePage) -> dict[str, Any]:
    """Where a package comes from: what a copy of `course` will name as its origin."""
    edition = Edition.objects.filter(course=course.translation_key).order_by("-number").first()
    with override("de"):
        url = f"{settings.PUBLIC_URL}{reverse('courses:by_key', args=[course.translation_key])}"
    return {
        "course": str(course.translation_key),
        "edition": edition.number if edition else 0,
        "address": address_of(course.translation_key) or f"{course.provider.slug}/{course.slug}",
        "title": course.title,
        "provider": course.provider.name,
        "licence": course.licence,
        "url": url,
    }


def _languages(course: CoursePage, *, drafts: bool) -> dict[str, CoursePage]:
    pages = CoursePage.objects.filter(translation_key=course.translation_key)
    variants = pages.select_related("locale", "provider").order_by("locale__language_code")
    return {
        page.locale.language_code: _as(page, drafts=drafts)
        for page in variants
        if drafts or page.live
    }


def _as(page: Any, *, drafts: bool) -> Any:
    return page.get_latest_revision_as_object() if drafts else page


class _Packing:
    """One package being filled."""

    def __init__(self, languages: dict[str, CoursePage], *, drafts: bool) -> None:
        self.drafts = drafts
        self.media: dict[str, bytes] = {}
        self.items: dict[str, dict[str, Any]] = {}
        self.names: dict[tuple[str, int], str] = {}
        self.places: dict[int, str] = {page.pk: "course:" for page in languages.values()}
        self.rows = self._rows(languages)

    def _rows(self, languages: dict[str, CoursePage]) -> list[dict[str, LessonPage]]:
        """Per German lesson, in order, its page in every language; links between them are known from here on."""
        rows: dict[str, dict[str, LessonPage]] = {}
        for code in sorted(languages, key=lambda code: code != "de"):
            for page in languages[code].lessons().select_related("locale"):
                if (self.drafts or page.live) and (
                    code == "de" or str(page.translation_key) in rows
                ):
                    row = rows.setdefault(str(page.translation_key), {})
                    row[code] = _as(page, drafts=self.drafts)
        for number, row in enumerate(rows.values(), 1):
            self.places |= {page.pk: f"lesson:{number}" for page in row.values()}
        return [*rows.values()]

    def course(self, page: CoursePage) -> dict[str, Any]:
        words = {name: getattr(page, name) for name in WORDS}
        return words | {"goals": self._stream(page.goals), "audience": self._html(page.audience)}

    def picture(self, image: Any | None) -> str | None:
        return self._take(image) if image else None

    def lessons(self) -> list[dict[str, Any]]:
        return [self._lesson(row) for row in self.rows]

    def _lesson(self, row: dict[str, LessonPage]) -> dict[str, Any]:
        german = row["de"]
        taught = [{"code": c.competence_id, "level": c.level} for c in german.competences.all()]
        return {
            "minutes": german.minutes,
            "open": german.open,
            "competences": sorted(taught, key=lambda each: each["code"]),
            "variants": {
                code: {"slug": page.slug, "title": page.title, "body": self._stream(page.body)}
                for code, page in row.items()
            },
        }

    def listed(self) -> list[dict[str, Any]]:
        return [self.items[name] for name in sorted(self.items)]

    def _stream(self, stream: blocks.StreamValue) -> list[dict[str, Any]]:
        """As Wagtail stores it, with every field and every id; a picture that is gone from the desk is empty."""
        stored = [
            {"type": b.block_type, "id": b.id, "value": b.block.get_prep_value(b.value)}
            for b in stream
        ]
        filled: list[dict[str, Any]] = rewritten(stream.stream_block, stored, self._leaf)
        return [_as_before(each) for each in filled]

    def _leaf(self, block: blocks.Block, value: Any) -> Any:
        if isinstance(block, ImageChooserBlock | DocumentChooserBlock):
            kind = "image" if isinstance(block, ImageChooserBlock) else "document"
            return self._file(block, kind, value) if value else None
        if isinstance(block, ActivityBlock):
            return self._activity(value) if value else None
        return self._html(value) if isinstance(block, blocks.RichTextBlock) else value

    def _html(self, html: str) -> str:
        return packages.outward(html or "", self.places)

    def _file(self, block: Any, kind: str, pk: int) -> str:
        if (kind, pk) not in self.names:
            self.names[kind, pk] = self._take(block.model_class.objects.get(pk=pk))
        return self.names[kind, pk]

    def _activity(self, pk: int) -> str:
        raw, item = activities.as_file(Content.objects.get(pk=pk))
        path = str(item["file"])
        self.media[path], self.items[path] = raw, item
        return path

    def _take(self, thing: Any) -> str:
        """Two of the same content are one; the one with a credit speaks for both."""
        content, item = medium_of(thing)
        path = str(item["file"])
        self.media[path] = content
        if path not in self.items or (item["credit"] and not self.items[path]["credit"]):
            self.items[path] = item
        return path


def _as_before(block: dict[str, Any]) -> dict[str, Any]:
    """A film whose captions are a file looks as it always has: a Lernstadt without rows of captions can read it."""
    if block["type"] == "video" and not block["value"]["cues"]:
        kept = {name: each for name, each in block["value"].items() if name != "cues"}
        return {**block, "value": kept}
    return block


def medium_of(thing: Any) -> tuple[bytes, dict[str, Any]]:
    """A picture's or document's file, and how packages list it: under its hash. Raises BadPackage when the file is gone."""
    try:
        with thing.file.open("rb") as file:
            content = file.read()
    except FileNotFoundError as gone:
        raise BadPackage([PackageProblem("file-gone", thing.title)]) from gone
    name = PurePath(thing.file.name).name
    content = files.bare(content, name)  # uploads of former years still have their places in them
    return content, {
        "file": f"media/{hashlib.sha256(content).hexdigest()}{PurePath(name).suffix.lower()}",
        "name": name,
        "title": thing.title,
        "description": getattr(thing, "description", ""),
        "focal_point": focus_of(thing),
        "credit": words_of_credit(thing),
    }


def focus_of(thing: Any) -> list[int]:
    """Of a picture that has one: its middle, width and height."""
    focus = [getattr(thing, each, None) for each in FOCUS]
    return [] if None in focus else [int(each) for each in focus if each is not None]


def rewritten(block: blocks.Block, value: Any, leaf: Callable[[blocks.Block, Any], Any]) -> Any:
    """Stored data of `block` with `leaf` applied to everything that contains no further blocks."""
    if isinstance(block, blocks.BaseStreamBlock):
        return [
            each | {"value": rewritten(block.child_blocks[each["type"]], each["value"], leaf)}
            for each in value
        ]
    if isinstance(block, blocks.ListBlock):
        return [
            each | {"value": rewritten(block.child_block, each["value"], leaf)} for each in value
        ]
    if isinstance(block, blocks.BaseStructBlock):
        return {
            name: rewritten(block.child_blocks[name], each, leaf) for name, each in value.items()
        }
    return leaf(block, value)
