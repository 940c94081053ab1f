"""Whether what is in print and what is on the desk still belong together. Looked at every night, under the system lens."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from courses.models import CatalogueEntry, CoursePage, LessonPage, PrintedLesson
from courses.press.files import FOLDER
from h5p_lite import blobs
from tenancy import contents

PRINTED = re.compile(r"/druck/([0-9a-f]{40}\.[a-z0-9]{2,5})")
#: Where the desk keeps its own files: folder in the storage -> field that knows them.
DESK = {"original_images": (get_image_model, "file"), "documents": (get_document_model, "file")}


class LooseEnds(NamedTuple):
    """Each by what somebody would look for: an address, a title, a file's name."""

    cards: list[str]  # in the catalogue, and no published German page stands behind them
    pages: list[str]  # published and complete, and not in the catalogue
    files: list[str]  # in the storage, and nothing names them
    damages: list[str]  # in the storage, and not what their name says

    @property
    def any(self) -> bool:
        return any(self)


def loose_ends() -> LooseEnds:
    return LooseEnds(_cards(), _pages(), loose_files(), sorted(_damages()))


def loose_files() -> list[str]:
    return sorted({*_printed_files(), *_desk_files()})


def _german() -> QuerySet[CoursePage]:
    return CoursePage.objects.filter(locale__language_code="de", live=True)


def _cards() -> list[str]:
    behind = _german().filter(translation_key=OuterRef("course"), provider=OuterRef("provider"))
    return [
        *CatalogueEntry.objects.exclude(Exists(behind))
        .order_by("address")
        .values_list("address", flat=True)
    ]


def _pages() -> list[str]:
    """As `print_edition` asks: a course with a published lesson and a competence can be printed."""
    step = LessonPage.objects.filter(
        live=True, depth=OuterRef("depth") + 1, path__startswith=OuterRef("path")
    )
    entry = CatalogueEntry.objects.filter(course=OuterRef("translation_key"))
    pages = _german().filter(Exists(step), main_competence__isnull=False).exclude(Exists(entry))
    return [
        f"{page.provider.slug}: {page.title}"
        for page in pages.select_related("provider").order_by("path")
    ]


def _printed_paths() -> list[str]:
    if not default_storage.exists(FOLDER):
        return []
    return [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]


def _damages() -> Iterator[str]:
    """Every file that is named by its content is read once: a disk forgets without saying so."""
    for path in (*_printed_paths(), *blobs.all_paths()):
        named = PurePosixPath(path).stem
        if not contents.digest_of(path).startswith(named):
            yield path


def _printed_files() -> Iterator[str]:
    """Printed files live as long as an edition names them."""
    named: set[str] = set()
    for html, facts in PrintedLesson.objects.values_list("html", "facts").iterator(chunk_size=200):
        named.update(PRINTED.findall(html), PRINTED.findall(str(facts)))
    yield from (path for path in _printed_paths() if PurePosixPath(path).name not in named)


def _desk_files() -> Iterator[str]:
    for folder, (model, field) in DESK.items():
        if default_storage.exists(folder):
            names = {*model().objects.values_list(field, flat=True)}
            yield from ({f"{folder}/{name}" for name in default_storage.listdir(folder)[1]} - names)
