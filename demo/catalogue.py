"""Courses from text files onto the desk, published like an author would: drafts first, then print."""

import tomllib
import uuid
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.images import ImageFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale

from courses.actions import make_index_page
from courses.models import Competence, CourseIndexPage, CoursePage, HomePage, LessonPage
from demo import activities
from providers.actions import found_provider
from providers.models import Provider
from tenancy.lens import look, system

CONTENT = Path(__file__).resolve().parent / "content"
#: Block ids must be the same in every variant and at every loading, so they are derived, never drawn.
NAMESPACE = uuid.UUID("6f1c2b44-0d1c-4f57-9d0a-8a0c62b9a7d1")
VARIANTS = ("de-simple", "en")

Table = dict[str, Any]


def read(path: Path) -> Table:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def load_providers() -> None:
    """The providers of `city.toml`, their index pages, and the words of the home page."""
    city = read(CONTENT / "city.toml")
    for says in city["provider"]:
        with look(system("found a demo provider")):
            if not Provider.objects.filter(slug=says["slug"]).exists():
                words = ("lead", "about", "named_in_figures")
                found_provider(**{k: v for k, v in says.items() if k not in words})
        with look(system("open the page of a demo provider")):
            provider = Provider.objects.get(slug=says["slug"])
            make_index_page(provider, lead=says["lead"], about=says["about"])
            named = says.get("named_in_figures", False)
            Provider.objects.filter(pk=provider.pk).update(named_in_figures=named)
    with look(system("demo home page")):
        for home in HomePage.objects.select_related("locale"):
            says = city["home"].get(home.locale.language_code, city["home"])
            home.title, home.lead = says["title"], says["lead"]
            home.save_revision().publish()


def load_courses(say: Callable[[str], None]) -> None:
    for folder in sorted(CONTENT.glob("*/*/course.toml")):
        with look(system("load a demo course")):
            if load_course(folder.parent):
                say(folder.parent.name)


def load_course(folder: Path) -> bool:
    """One folder becomes one course with its variants, published or a draft. False when it is there already."""
    provider = Provider.objects.get(slug=folder.parent.name)
    index_page = CourseIndexPage.objects.get(provider=provider, locale__language_code="de")
    if CoursePage.objects.child_of(index_page).filter(slug=folder.name).exists():
        return False
    says = read(folder / "course.toml")
    course = CoursePage(slug=folder.name, live=False, **_course_fields(folder, says))
    first, *others = says["competences"]
    course.main_competence = Competence.objects.get(code=first)
    course.level = says["level"]
    course.needs_phone = says.get("needs_phone", False)
    course.licence = says["licence"]["id"]
    index_page.add_child(instance=course)
    course.competences = Competence.objects.filter(code__in=others)
    course.save()
    for path in _lessons(folder):
        load_lesson(course, path, publish=not says.get("draft"))
    for language in VARIANTS:
        if (folder / f"course.{language}.toml").exists():
            _load_variant(course, folder, language)
    revision = course.save_revision()
    if not says.get("draft"):
        revision.publish()
    return True


def _lessons(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("[0-9]-*.toml") if path.name.count(".") == 1)


def _course_fields(folder: Path, says: Table) -> Table:
    goals = [
        {"type": "goal", "value": goal, "id": block_id(folder.name, "goal", str(n))}
        for n, goal in enumerate(says["goals"])
    ]
    plain = {k: says[k] for k in ("title", "short_title", "summary", "lead", "audience")}
    return plain | says.get("rule", {}) | {"goals": goals}


def load_lesson(course: CoursePage, path: Path, *, publish: bool = True) -> LessonPage:
    says = read(path)
    lesson = LessonPage(
        title=says["title"],
        slug=path.stem.split("-", 1)[1],
        minutes=says["minutes"],
        open=says.get("open", False),
        live=False,
        body=_body(path, says, Provider.objects.get(pk=course.provider_id)),
    )
    course.add_child(instance=lesson)
    revision = lesson.save_revision()
    if publish:
        revision.publish()
    return lesson


def _load_variant(course: CoursePage, folder: Path, language: str) -> None:
    """The course in another language: pages of their own with the same items."""
    locale = Locale.objects.get(language_code=language)
    variant = course.copy_for_translation(locale)
    for name, value in _course_fields(folder, read(folder / f"course.{language}.toml")).items():
        setattr(variant, name, value)
    variant.draft_title = variant.title
    variant.save_revision().publish()
    for path in _lessons(folder):
        translated = path.with_suffix(f".{language}.toml")
        if not translated.exists():
            continue
        source = LessonPage.objects.child_of(course).get(slug=path.stem.split("-", 1)[1])
        lesson = source.copy_for_translation(locale)
        says = read(translated)
        lesson.title = lesson.draft_title = says["title"]
        lesson.body = _body(path, says, Provider.objects.get(pk=course.provider_id))
        lesson.save_revision().publish()


def block_id(*parts: str) -> str:
    return str(uuid.uuid5(NAMESPACE, "/".join(parts)))


def _body(path: Path, says: Table, provider: Provider) -> list[Table]:
    return [
        {
            "type": block["type"],
            "id": block_id(path.parent.name, path.stem, block["key"]),
            "value": _DemoBlock(path, block, provider).value(),
        }
        for block in says["block"]
    ]


class _DemoBlock:
    """A block of the text file in the shape of Wagtail's raw data."""

    def __init__(self, path: Path, says: Table, provider: Provider) -> None:
        self.path, self.says, self.provider = path, says, provider

    def value(self) -> Any:
        special = getattr(self, f"_{self.says['type']}", None)
        plain = {k: v for k, v in self.says.items() if k not in ("key", "type")}
        return special(plain) if special else plain

    def _text(self, plain: Table) -> str:
        return plain["html"]

    def _image(self, plain: Table) -> Table:
        picture = {
            "image": self._picture(plain["file"], plain.get("alt", "")).pk,
            "alt_text": plain.get("alt", ""),
            "decorative": plain.get("decorative", False),
        }
        return {"image": picture, "caption": plain.get("caption", "")}

    def _video(self, plain: Table) -> Table:
        return plain | {
            "file": self._document(plain["file"]).pk,
            "captions": self._document(plain["captions"]).pk,
            "poster": self._picture(plain["poster"], plain["title"]).pk,
        }

    def _download(self, plain: Table) -> Table:
        return {"title": plain["title"], "file": self._document(plain["file"]).pk}

    def _h5p(self, plain: Table) -> Table:
        content = activities.activity(self.provider, plain["example"])
        words = {name: plain.get(name, "") for name in ("lead", "alternative")}
        return words | {"content": content.pk, "pass_mark": plain["pass_mark"], "question": []}

    def _choices(self, plain: Table) -> Table:
        choices = [
            {
                "type": "item",
                "id": self._item_id(choice["key"]),
                "value": {k: v for k, v in choice.items() if k != "key"},
            }
            for choice in plain["choice"]
        ]
        fixed = plain.get("fixed_order", False)
        return {"question": plain["question"], "choices": choices, "fixed_order": fixed}

    _single_choice = _multiple_choice = _choices

    def _ordering(self, plain: Table) -> Table:
        steps = [
            {"type": "item", "id": self._item_id(str(n)), "value": step}
            for n, step in enumerate(plain["steps"])
        ]
        return plain | {"steps": steps}

    def _item_id(self, key: str) -> str:
        return block_id(self.path.parent.name, self.path.stem, self.says["key"], key)

    def _picture(self, name: str, title: str) -> Any:
        path = self.path.parent / name
        label = f"{self.path.parent.name}: {path.stem}"
        images = get_image_model().objects
        picture = images.filter(title=label, collection=self.provider.collection).first()
        return picture or images.create(
            title=label,
            description=title[:255],
            file=ImageFile(BytesIO(path.read_bytes()), name=path.name),
            collection=self.provider.collection,
        )

    def _document(self, name: str) -> Any:
        path = self.path.parent / name
        label = f"{self.path.parent.name}: {path.name}"
        documents = get_document_model().objects
        document = documents.filter(title=label, collection=self.provider.collection).first()
        return document or documents.create(
            title=label,
            file=File(BytesIO(path.read_bytes()), name=path.name),
            collection=self.provider.collection,
        )
