"""Everything a provider has made, as one file, and back: its courses, what no course uses, and what it says of itself."""

import uuid
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from django.db import transaction
from django.utils.text import slugify
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from accounts.models import User
from courses.actions.packages import activities
from courses.actions.packages.pack import medium_of
from courses.actions.packages.unpack import stored
from courses.actions.share import ArrivedCourse, export_course, receive
from courses.models import CourseIndexPage, CoursePage
from courses.packages import BadPackage, read
from courses.packages.provider_archive import ProviderArchive, ProviderArchiveWriter
from h5p_lite.models import Content
from providers.actions import record_for
from providers.models import Provider

#: Words about itself that go along. No person of its team, no learner.
SAID = (
    *(
        "name",
        "short_name",
        "kind",
        "mark",
        "lead",
        "about",
        "street",
        "city",
        "email",
        "phone",
        "hours",
    ),
    *(
        "arrival",
        "legal_form",
        "imprint",
        "privacy_contact",
        "accessibility_contact",
        "access",
        "access_note",
    ),
)


class ProviderExport(NamedTuple):
    courses: int
    missing: list[str]  # titles of what could not be packed, because its file is gone


def export_provider(provider: Provider, target: IO[bytes], *, by: User | None) -> ProviderExport:
    """Write the archive to `target`. A course as it is published, otherwise as its drafts; archived ones too."""
    writer = ProviderArchiveWriter(target, {name: getattr(provider, name) for name in SAID})
    missing = []
    courses = CoursePage.objects.filter(provider=provider, locale__language_code="de")
    for course in courses.order_by("path"):
        try:
            content = export_course(course, drafts=not course.live)
        except BadPackage:
            missing.append(course.title)
        else:
            writer.add_course(slugify(course.title)[:60] or "kurs", course.title, content)
    listed = set()
    for thing in _media(provider):
        try:
            content, item = _medium(thing)
        except BadPackage:
            missing.append(thing.title)
            continue
        if item["file"] not in listed:
            listed.add(item["file"])
            writer.add_medium(item, content)
    writer.close(_readme(provider, len(writer.courses), missing))
    record_for(provider.pk, "provider.exported", by=by, thing=provider)
    return ProviderExport(len(writer.courses), missing)


def _media(provider: Provider) -> Iterator[Any]:
    """Pictures, documents and activities; those in courses as well, so that each keeps its own title and credit."""
    for model in (get_image_model(), get_document_model()):
        yield from model.objects.filter(collection=provider.collection).order_by("pk").iterator()
    yield from Content.objects.filter(owner=provider).order_by("pk").iterator()


def _medium(thing: Any) -> tuple[bytes, dict[str, Any]]:
    return activities.as_file(thing) if isinstance(thing, Content) else medium_of(thing)


def _readme(provider: Provider, courses: int, missing: list[str]) -> str:
    lines = [
        f"{provider.name}: alle Kurse, Bilder, Dokumente und Aktivitäten.",
        "",
        f"In kurse/ liegen {courses} Kurse, jeder als eigene Datei. Eine Lernstadt nimmt das ganze Archiv oder einzelne",
        "Kurse wieder auf: am Schreibtisch unter „Neuer Kurs“, „Aus einer Datei“.",
        "",
        "Daten von Lernenden sind nicht dabei.",
    ]
    if missing:
        lines += [
            "",
            "Das fehlt, weil eine Datei nicht mehr da war:",
            *(f"- {title}" for title in missing),
        ]
    return "\n".join([*lines, ""])


@transaction.atomic
def receive_provider(
    file: IO[bytes],
    index_page: CourseIndexPage,
    *,
    by: User | None,
    key: uuid.UUID | None = None,
) -> list[ArrivedCourse]:
    """All courses of an archive as drafts on `index_page`, and its media. Raises BadPackage; then nothing is stored.

    What it says of the provider is not taken over: who runs a provider here says that themselves. `key`: of the first
    course, as `receive`.
    """
    archive = ProviderArchive(file)
    arrived: list[ArrivedCourse] = []
    for course in archive.courses():
        try:
            first = key if not arrived else None
            arrived.append(receive(read(course.content), index_page, by=by, key=first))
        except BadPackage as bad:
            raise BadPackage(
                [each._replace(where=f"{course.title}: {each.where}") for each in bad.problems]
            ) from bad
    provider = Provider.objects.get(pk=index_page.provider_id)
    if archive.provider_name != provider.name:
        return arrived  # files of somebody else come with courses alone, which say whose they are
    for medium in archive.media():
        stored(medium.item, medium.content, provider, by=by)
    return arrived
