"""Libraries in the store, and activities of providers, for tests that need a database."""

import io
from typing import Any, NamedTuple

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from courses.actions import one_printing
from courses.models import CoursePage, Edition, LessonPage
from h5p import actions
from h5p.models import Upload
from h5p_lite.models import Content
from providers.models import Provider
from tenancy.lens import CITY, look, system
from tests.factories import block, make_course
from tests.h5p_samples.packages import CONTENT, LIBRARIES, packed


def upload(
    files: dict[str, Any] | io.BytesIO,
    *,
    provider: Provider | None = None,
    purpose: str = Upload.Purpose.CONTENT,
    by: User | None = None,
    name: str = "quiz.h5p",
) -> Upload:
    """Received and looked at, as a task would."""
    content = files if isinstance(files, io.BytesIO) else packed(files)
    file = SimpleUploadedFile(name, content.getvalue())
    with look(system("test")):
        owner = provider or Provider.objects.get(pk=CITY)
        received = actions.receive(owner, file, purpose=purpose, by=by)
        actions.process(received)
    return received


def install(files: dict[str, Any] = LIBRARIES, **how: Any) -> Upload:
    """Libraries, by the office."""
    return upload(files, purpose=Upload.Purpose.LIBRARIES, **how)


def called(name: str, version: tuple[int, int]) -> dict[str, Any]:
    """One library of that name and version, with its content."""
    about = {"machineName": name, "majorVersion": version[0], "minorVersion": version[1]}
    whole = {"title": name, "patchVersion": 1, "runnable": 1, "preloadedJs": [{"path": "quiz.js"}]}
    manifest = CONTENT["h5p.json"] | {"mainLibrary": name, "preloadedDependencies": [about]}
    folder = f"{name}-{version[0]}.{version[1]}"
    return CONTENT | {
        "h5p.json": manifest,
        f"{folder}/library.json": whole | about,
        f"{folder}/quiz.js": "var a;",
        f"{folder}/semantics.json": [{"name": "question", "type": "text"}],
    }


def make_activity(
    provider: Provider, files: dict[str, Any] = CONTENT, *, reuse: bool = False
) -> Content:
    """An activity of `provider`; its libraries have to be there."""
    content = upload(files, provider=provider).content
    assert content
    if reuse:
        with look(system("test")):
            said = {"title": content.title, "language": content.language}
            actions.change_content(content, **said, reuse=True, by=None)
    return content


def activity_block(content: Content, **said: Any) -> dict[str, Any]:
    """A block of a lesson."""
    value = {"content": content.pk, "lead": "", "pass_mark": 100, "alternative": "", "question": []}
    return block("h5p", value | said)


def make_course_with(
    content: Content, *, course: dict[str, Any] | None = None, **said: Any
) -> CoursePage:
    """A published course of one open lesson with one activity."""
    made = make_course(content.owner, lessons=1)
    with look(system("test")), one_printing(by=None):
        for name, value in (course or {}).items():
            setattr(made, name, value)
        lesson = LessonPage.objects.child_of(made).get()
        lesson.body = [block("text", "<p>Lesen.</p>"), activity_block(content, **said)]
        lesson.save_revision().publish()
        made.save_revision().publish()
    return made


class Place(NamedTuple):
    """Where an activity is, as addresses name it."""

    where: dict[str, str]  # provider, course, lesson
    item: str
    lesson: LessonPage
    edition: Edition


def place_of(course: CoursePage) -> Place:
    with look(system("test")):
        lesson = LessonPage.objects.child_of(course).get()
        item = next(block.id for block in lesson.body if block.block_type == "h5p")
        edition = Edition.objects.select_related("catalogue_entry").get(
            catalogue_entry__course=course.translation_key
        )
        provider, slug = edition.catalogue_entry.address.split("/")
    where = {"provider": provider, "course": slug, "lesson": lesson.slug}
    return Place(where, item, lesson, edition)
