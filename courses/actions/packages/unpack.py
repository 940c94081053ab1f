"""A package becomes a course at the desk: drafts in every language, nothing published. All of it or nothing."""

import hashlib
import uuid
from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import transaction
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Locale

import files
from accounts.models import User
from courses import packages
from courses.actions.credits import credit, words_of_credit
from courses.actions.packages import activities
from courses.actions.packages.check_fit import misfits
from courses.actions.packages.pack import FOCUS, focus_of, rewritten
from courses.models import Competence, CourseIndexPage, CoursePage, LessonPage
from courses.packages import BadPackage, CoursePackage
from courses.rules import AttestationRule
from h5p.blocks import ActivityBlock
from providers.models import Provider


def left_out(package: CoursePackage) -> list[str]:
    """Languages of the package that this city does not offer; they are not taken over."""
    here = {code for code, _name in settings.LANGUAGES}
    return sorted(set(package.course["course"]["variants"]) - here)


@transaction.atomic
def unpack(
    package: CoursePackage,
    index_page: CourseIndexPage,
    *,
    by: User | None,
    origin: dict[str, Any],
    key: uuid.UUID | None = None,
) -> CoursePage:
    """A new course of drafts on `index_page` (the German one). Raises BadPackage before anything is stored.

    Ids of blocks and of answers stay, so that all languages go on sharing their items; the course itself gets a new
    key (or `key`), because it is another course. A file that the provider has already, with the same credit, is used again.
    """
    if problems := misfits(package):
        raise BadPackage(problems)
    unpacking = _Unpacking(package, index_page, by=by, origin=origin)
    unpacking.key = key
    unpacking.make_pages()
    return unpacking.fill_pages()


class _Unpacking:
    def __init__(
        self,
        package: CoursePackage,
        index_page: CourseIndexPage,
        *,
        by: User | None,
        origin: dict[str, Any],
    ) -> None:
        self.data, self.by, self.origin = package.course, by, origin
        self.key: uuid.UUID | None = None
        provider = Provider.objects.get(pk=index_page.provider_id)
        self.files = {
            each["file"]: stored(each, package.media[each["file"]], provider, by=by)
            for each in package.course["media"]
        }
        out = left_out(package)
        codes = [code for code in self.data["course"]["variants"] if code not in out]
        self.codes = sorted(codes, key=lambda code: code != "de")  # the German page is made first
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.index_pages = {
            page.locale_id: page
            for page in CourseIndexPage.objects.filter(translation_key=index_page.translation_key)
        }
        self.courses: dict[str, CoursePage] = {}
        self.lessons: list[dict[str, LessonPage]] = [{} for _ in self.data["lessons"]]

    def make_pages(self) -> None:
        """All pages without their texts, so that texts can link to them."""
        for code in self.codes:
            self.courses[code] = self._make_course(code)
            for number, lesson in enumerate(self.data["lessons"]):
                if code in lesson["variants"]:
                    self.lessons[number][code] = self._make_lesson(number, code)

    def fill_pages(self) -> CoursePage:
        """The texts, and a draft revision of every page. Returns the German page."""
        for code, page in self.courses.items():
            words = self.data["course"]["variants"][code]
            page.goals = self._stream(page, "goals", words["goals"], code)
            page.audience = packages.inward(words["audience"], self._places(code))
            self._save(page)
        for number, row in enumerate(self.lessons):
            for code, page in row.items():
                body = self.data["lessons"][number]["variants"][code]["body"]
                page.body = self._stream(page, "body", body, code)
                self._save(page)
        return self.courses["de"]

    def _save(self, page: Any) -> None:
        page.save()
        page.save_revision(user=self.by, changed=True, clean=False)

    def _make_course(self, code: str) -> CoursePage:
        course, words = self.data["course"], self.data["course"]["variants"][code]
        index_page = self.index_pages[self.locales[code].pk]
        page = CoursePage(
            **{name: words[name] for name in ("title", "short_title", "summary", "lead")},
            slug=words["slug"].lower()[:200],
            level=course["level"],
            needs_phone=course.get("needs_phone", False),
            card_image_id=self.files.get(course.get("card_image")),
            card_image_alt=words.get("card_image_alt", ""),
            licence=course["licence"],
            main_competence_id=course["main_competence"] or None,
            origin=self.origin,
            **AttestationRule.from_facts(course.get("attestation")).as_facts(),
            **self._same(code, self.courses),
        )
        if self.key and not self.courses:
            page.translation_key = self.key
        index_page.add_child(instance=page)
        page.competences = Competence.objects.filter(code__in=course["competences"])
        return page

    def _make_lesson(self, number: int, code: str) -> LessonPage:
        lesson = self.data["lessons"][number]
        words, course = lesson["variants"][code], self.courses[code]
        page = LessonPage(
            title=words["title"],
            slug=_free(words["slug"].lower()[:200]),
            minutes=lesson["minutes"],
            open=lesson["open"],
            **self._same(code, self.lessons[number]),
        )
        course.add_child(instance=page)
        page.competences = [
            page.competences.model(competence_id=each["code"], level=each["level"])
            for each in lesson["competences"]
        ]
        return page

    def _same(self, code: str, made: dict[str, Any]) -> dict[str, Any]:
        """What a page shares with its German one, and how a draft begins."""
        new = {"locale": self.locales[code], "live": False, "owner": self.by}
        return new | ({"translation_key": made["de"].translation_key} if made else {})

    def _places(self, code: str) -> dict[str, int]:
        """Pages of the same language, the German one where that is missing."""
        places = {"course:": self.courses[code].pk}
        for number, row in enumerate(self.lessons, 1):
            places[f"lesson:{number}"] = row.get(code, row["de"]).pk
        return places

    def _stream(self, page: Any, field: str, stored: list[Any], code: str) -> blocks.StreamValue:
        stream = page._meta.get_field(field).stream_block
        return stream.to_python(rewritten(stream, stored, self._leaf(self._places(code))))

    def _leaf(self, places: dict[str, int]) -> Callable[[blocks.Block, Any], Any]:
        def put(block: blocks.Block, value: Any) -> Any:
            if isinstance(block, ImageChooserBlock | DocumentChooserBlock | ActivityBlock):
                return self.files[value] if value else None
            if isinstance(block, blocks.RichTextBlock):
                return packages.inward(value or "", places)
            return value

        return put


def _free(slug: str) -> str:
    """Some words lead elsewhere than to a lesson."""
    return f"{slug}-1" if slug in LessonPage.TAKEN else slug


def stored(each: dict[str, Any], content: bytes, provider: Provider, *, by: User | None) -> int:
    """The id of the file in the provider's collection: one that is there already, or a new one."""
    if each["file"].endswith(packages.ACTIVITIES):
        return activities.reuse_or_create(content, each, provider, by=by)
    is_image = each["file"].endswith(packages.IMAGES)
    content = files.bare(
        content, each["name"]
    )  # a package from elsewhere may say where a photo was taken
    model = get_image_model() if is_image else get_document_model()
    digest = hashlib.sha1(
        content, usedforsecurity=False
    ).hexdigest()  # Wagtail's own mark of a file
    for file in model.objects.filter(collection=provider.collection, file_hash=digest):
        same = (words_of_credit(file), file.title, focus_of(file))
        if same == (each["credit"], each["title"], each["focal_point"]):
            return int(file.pk)
    fields = {"title": each["title"], "collection": provider.collection}
    if is_image:
        focus = dict(zip(FOCUS, each["focal_point"], strict=False))
        thing = model(**fields, **focus, description=each["description"])
        thing.file = ImageFile(BytesIO(content), each["name"])
        thing._set_image_file_metadata()
    else:
        thing = model(**fields)
        thing.file = ContentFile(content, each["name"])
        thing._set_document_file_metadata()
    thing.save()
    if each["credit"]:
        credit(thing, **each["credit"])
    return int(thing.pk)
