"""Does a package fit this desk? Its blocks are looked at before anything is stored: a misfit would break the editor."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from courses import packages
from courses.actions.packages import activities
from courses.models import Competence, CoursePage, LessonPage
from courses.packages import CoursePackage, PackageProblem
from courses.packages.course_json import UUID
from h5p.blocks import ActivityBlock

FILES = {
    ImageChooserBlock: packages.IMAGES,
    DocumentChooserBlock: packages.DOCUMENTS,
    ActivityBlock: packages.ACTIVITIES,
}


def misfits(package: CoursePackage) -> list[PackageProblem]:
    """What this desk cannot store of a package whose shape is right."""
    data = package.course
    goals = CoursePage._meta.get_field("goals").stream_block
    body = LessonPage._meta.get_field("body").stream_block
    problems = [*_competences(data), *_activities(package)]
    for code, words in data["course"]["variants"].items():
        problems += _Look(package.media).at(goals, words["goals"], f"{code}.goals")
    for number, lesson in enumerate(data["lessons"], 1):
        for code, words in lesson["variants"].items():
            problems += _Look(package.media).at(body, words["body"], f"{code}.{number}")
    return problems


def _competences(data: dict[str, Any]) -> Iterator[PackageProblem]:
    named = {data["course"]["main_competence"], *data["course"]["competences"]} - {""}
    named |= {each["code"] for lesson in data["lessons"] for each in lesson["competences"]}
    codes = Competence.objects.values_list("code", flat=True)
    yield from (PackageProblem("unknown-competence", code) for code in sorted(named - {*codes}))


def _activities(package: CoursePackage) -> Iterator[PackageProblem]:
    for each in package.course["media"]:
        if each["file"].endswith(packages.ACTIVITIES):
            yield from activities.misfits(package.media[each["file"]], each["title"])


class _Look:
    def __init__(self, media: dict[str, bytes]) -> None:
        self.media = media

    def at(self, block: blocks.Block, value: Any, where: str) -> Iterator[PackageProblem]:
        if isinstance(block, blocks.BaseStreamBlock):
            yield from self._items(block.child_blocks, value, where)
        elif isinstance(block, blocks.ListBlock):
            yield from self._items({"item": block.child_block}, value, where)
        elif isinstance(block, blocks.BaseStructBlock):
            yield from self._struct(block, value, where)
        elif not self._fits(block, value):
            yield PackageProblem("misfit", where)

    def _items(
        self, kinds: dict[str, blocks.Block], value: Any, where: str
    ) -> Iterator[PackageProblem]:
        if not isinstance(value, list):
            yield PackageProblem("misfit", where)
            return
        for number, each in enumerate(value, 1):
            place = f"{where}.{number}"
            if not isinstance(each, dict) or set(each) != {"type", "id", "value"}:
                yield PackageProblem("misfit", place)
            elif each["type"] not in kinds:
                yield PackageProblem("unknown-block", f"{place}.{each['type']}"[:80])
            elif not isinstance(each["id"], str) or not UUID.fullmatch(each["id"]):
                yield PackageProblem("misfit", place)
            else:
                yield from self.at(kinds[each["type"]], each["value"], f"{place}.{each['type']}")
        yield from self._twice(value, where)

    def _twice(self, value: Iterable[Any], where: str) -> Iterator[PackageProblem]:
        ids = [str(each.get("id")) for each in value if isinstance(each, dict)]
        if len(ids) != len(set(ids)):
            yield PackageProblem("id-twice", where)

    def _struct(self, block: Any, value: Any, where: str) -> Iterator[PackageProblem]:
        if not isinstance(value, dict) or set(value) - set(block.child_blocks):
            yield PackageProblem("misfit", where)
            return
        for name, each in value.items():
            yield from self.at(block.child_blocks[name], each, f"{where}.{name}")

    def _fits(self, block: blocks.Block, value: Any) -> bool:
        for chooser, suffixes in FILES.items():
            if isinstance(block, chooser):
                return value is None or (
                    isinstance(value, str)
                    and value in self.media
                    and PurePosixPath(value).suffix in suffixes
                )
        if isinstance(block, blocks.BooleanBlock):
            return value is None or isinstance(value, bool)
        if isinstance(block, blocks.ChoiceBlock):
            return value in (None, "") or _is_choice(block, value)
        if isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.RichTextBlock):
            return value is None or isinstance(value, str)
        return value is None or isinstance(value, str | int | bool)


def _is_choice(block: blocks.ChoiceBlock, value: Any) -> bool:
    return isinstance(value, str) and value in {str(key) for key, _label in block.field.choices}
