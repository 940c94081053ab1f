"""Activities of both providers: one in a closed lesson, one that nobody has published, packages on their way in, wishes."""

import uuid
from typing import TYPE_CHECKING, Any

from courses.models import LessonPage
from h5p import actions
from h5p.actions.contents import Draft
from h5p.models import LibraryRequest, UpgradeRun, Upload
from h5p_lite.models import Content, Library
from learning.models import AnswerMark, AttemptRule, ContentState, Enrolment, XapiStatement
from tenancy.lens import learner, look, system
from tests.factories import activities
from tests.h5p_samples.packages import CONTENT, LIBRARIES, QUIZ
from tests.isolation.canaries import word

if TYPE_CHECKING:
    from tests.isolation.city import House

WISHED = {"machineName": "Test.Wish", "majorVersion": 1, "minorVersion": 0}


def install() -> None:
    """The same for everybody."""
    activities.install(LIBRARIES)


def city_things(there: "House") -> None:
    """Of the office; and a ticket that is none: anyone who holds a real one may have the files. Under the system lens."""
    made = UpgradeRun(machine_name="Test.Quiz", former_major=1, former_minor=1, major=1, minor=2)
    made.by_name = word("cityonly", "upgrader")
    made.save()
    there.note("upgrade_run", made.pk)
    there.note("ticket", "unbekannt")


def make(house: "House", title: str, kind: str) -> Content:
    """An activity that says a word; anyone who may read `kind` may read it. Under the system lens."""
    params = {"question": house.word(f"{title}words", kind)}
    about = {"authors": [{"name": house.word(f"{title}author", kind), "role": "Author"}]}
    draft = Draft(QUIZ, params, about, {})
    content = actions.create_content(
        house.provider, draft, title=house.word(title, kind), language="de", by=None
    )
    house.note("content", content.pk)
    house.note("content_revision", *content.revisions.values_list("number", flat=True))
    return content


def keep(house: "House") -> None:
    """On the desk: an activity nobody has published, and a package that waits for a type. Not under a lens."""
    with look(system("isolation")):
        make(house, "activitydraft", "desk")
    said = {"mainLibrary": "Test.Wish", "preloadedDependencies": [WISHED]}
    files = CONTENT | {"h5p.json": CONTENT["h5p.json"] | said}
    name = f"{house.word('packagefile')}.h5p"
    waiting = activities.upload(files, provider=house.provider, name=name)
    with look(system("isolation")):
        house.note("upload", waiting.pk)
        house.note(
            "library_request",
            *LibraryRequest.objects.filter(upload=waiting).values_list("pk", flat=True),
        )
        house.note("library", *Library.objects.values_list("pk", flat=True))
        Upload.objects.filter(pk=waiting.pk).update(by_name=house.word("packageby"))


def block(house: "House") -> dict[str, Any]:
    """For the closed lesson. Under the system lens."""
    content = make(house, "activity", "lesson")
    made = activities.activity_block(content, lead=house.word("activitylead", "lesson"))
    house.note("item", made["id"])
    return made


def played(enrolment: Enrolment, kind: str) -> None:
    """Somebody has finished the activity of their course, and stopped in it again. Where they stopped nobody else reads."""
    with look(system("isolation")):
        there = LessonPage.objects.filter(provider_id=enrolment.provider_id)
        found = [b for lesson in there for b in lesson.body if b.block_type == "h5p"]
        revision = found[0].value["content"].revisions.get()
    row = {
        "learner_id": enrolment.learner_id,
        "provider_id": enrolment.provider_id,
        "enrolment_id": enrolment.pk,
        "item": found[0].id,
        "revision_id": revision.pk,
    }
    said = {"result": {"response": word(kind, "response")}}
    stopped = word("self" if kind == "self" else "didb", "stopped")
    told = XapiStatement(id=uuid.uuid4(), statement=said, **row)
    with look(learner(enrolment.learner_id)):
        XapiStatement.objects.bulk_create([told])
        ContentState.objects.bulk_create([ContentState(state=f'"{stopped}"', **row)])
    whose = {name: row[name] for name in ("learner_id", "provider_id", "enrolment_id")}
    mark = {"part": 0, "points": 1, "most": 1, "by_person": 0, "text": word(kind, "mark")}
    with look(system("isolation")):
        AnswerMark.objects.create(statement=told, by_name=word(kind, "marker"), **mark, **whose)
        there = {"provider_id": enrolment.provider_id, "course": enrolment.course}
        AttemptRule.objects.get_or_create(**there, defaults={"counts": "last", "most": 3})
