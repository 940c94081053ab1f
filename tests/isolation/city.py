"""Two providers that own one of everything, with a marked word (`canaries`) in every text. A is "haus", B is "nachbar"."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from allauth.account.models import EmailConfirmation
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image as Picture
from wagtail.admin.models import EditingSession, FormState
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import (
    APIToken,
    Collection,
    CollectionViewRestriction,
    Comment,
    CommentReply,
    GroupApprovalTask,
    Locale,
    PageSubscription,
    PageViewRestriction,
    Site,
    UploadedFile,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from accessibility.models import AccessibilityStatement, BarrierReport
from accounts.actions import record_event
from accounts.models import User
from courses.actions import ask_for_review, credit, write
from courses.models import Competence, CoursePage, DeletedPage, LessonPage, Printing
from courses.press.files import FOLDER
from providers.actions import invite
from providers.models import Application, Membership, Provider, SoughtOffer
from tenancy.lens import CITY, look, system
from tests import factories
from tests.isolation import activities, records
from tests.isolation.canaries import AUTHOR, CLERK, LEARNER, OWNER, REVIEWER, TUTOR, word

Ids = dict[str, list[Any]]
STAFF = {AUTHOR: Membership.Role.AUTHOR, REVIEWER: Membership.Role.REVIEWER}
STAFF |= {TUTOR: Membership.Role.TUTOR, OWNER: Membership.Role.OWNER}


@dataclass
class Town:
    """Who calls, and what there is to call: kind of thing -> ids of everything B has of it."""

    here: Provider
    there: Provider
    callers: dict[str, User]
    #: Accounts that have nothing to do with A: B's staff, and who learns at B only.
    strangers: list[int] = field(default_factory=list)
    ids: Ids = field(default_factory=dict)
    at_home: Ids = field(default_factory=dict)  # the same of A
    inside: dict[str, User] = field(default_factory=dict)  # B's own staff


@dataclass
class House:
    """One provider being furnished: `letter` chooses the words, `ids` collects what was made."""

    provider: Provider
    letter: str
    ids: Ids = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def word(self, where: str, kind: str = "desk") -> str:
        return word(kind if kind == "public" else f"{kind}{self.letter}", where)

    def note(self, kind: str, *ids: Any) -> None:
        self.ids.setdefault(kind, []).extend(ids)


def build() -> Town:
    """Everything, once. Runs as the app's role, each step under the system lens."""
    here = House(factories.make_provider("haus"), "a")
    there = House(factories.make_provider("nachbar"), "b")
    activities.install()
    for house in (here, there):
        furnish(house)
    callers = _callers(here)
    enrolments = records.keep(here, there, callers[LEARNER])
    there.note("learner", *{enrolment.learner_id for enrolment in enrolments})
    learning_here = {e.learner_id for e in enrolments if e.provider_id == here.provider.pk}
    at_home = {callers[LEARNER].pk, *learning_here}
    strangers = [*there.ids["person"], *({*there.ids["learner"]} - at_home)]
    there.note("enrolment", *(e.pk for e in enrolments if e.provider_id == there.provider.pk))
    there.note("slug", here.provider.slug)  # B's people and things below A's own address
    _city_things(there)
    return Town(
        here.provider, there.provider, callers, strangers, there.ids, here.ids, there.people
    )


def furnish(house: House) -> None:
    with look(system("isolation")):
        _words_about(house)
        _people(house)
        _invitation(house)
    _courses(house)
    activities.keep(house)
    with look(system("isolation")):
        _drafts(house)
        _talk(house)
        _reviews(house)
        _files(house)
        _workflow(house)
        _traces(house)


def _callers(here: House) -> dict[str, User]:
    """Those of A are the people who work there; the clerk works for the city; the learner for nobody."""
    with look(system("isolation")):
        clerk = factories.make_user("Karla Amt")
        factories.join(clerk, Provider.objects.get(pk=CITY), Membership.Role.CLERK)
        learner = factories.make_user(word("self", "name"), f"{word('self', 'mail')}@example.org")
    return {**here.people, CLERK: clerk, LEARNER: learner}


def _words_about(house: House) -> None:
    """What a provider says about itself is for everybody."""
    provider = house.provider
    for name in ("name", "lead", "about", "street", "hours", "phone"):
        setattr(provider, name, house.word(name, "public"))
    provider.save()
    house.note("provider", provider.pk)
    house.note("slug", provider.slug)
    house.note("key", provider.key)
    house.note("collection", provider.collection_id)


def _people(house: House) -> None:
    for role, held in STAFF.items():
        person = factories.make_user(house.word(f"{role}name"), f"{house.word(role)}@example.org")
        factories.join(person, house.provider, held)
        house.people[role] = person
        house.note("person", person.pk)
    author = house.people[AUTHOR]
    house.note("group", *author.groups.values_list("pk", flat=True))
    house.note("membership", *author.memberships.values_list("pk", flat=True))
    author.user_permissions.add(Permission.objects.get(codename="access_admin"))
    EmailConfirmation.create(author.emailaddress_set.get())
    if house.letter == "b":  # an invented passkey would keep its holder from signing in
        passkey = Authenticator.objects.create(
            user=author, type=Authenticator.Type.WEBAUTHN, data={"name": house.word("passkey")}
        )
        house.note("authenticator", passkey.pk)


def _invitation(house: House) -> None:
    """The link of the mail opens it, for anyone who has the link."""
    invitation, token = invite(
        house.provider,
        f"{house.word('invitedmail', 'invite')}@example.org",
        [Membership.Role.AUTHOR],
        by=house.people[OWNER],
    )
    house.note("invitation", invitation.pk)
    house.note("invitation_token", token)


def _courses(house: House) -> None:
    """A live course: its first lesson is open, the second needs an enrolment. Then a draft on top of it."""
    course = factories.make_course(house.provider, title=house.word("course", "public"))
    with look(system("isolation")):
        course.short_title = house.word("short", "public")
        course.save_revision(user=house.people[AUTHOR], log_action=True).publish()
        course = CoursePage.objects.get(pk=course.pk)
        course.title, course.lead = house.word("drafttitle"), house.word("draftlead")
        draft = course.save_revision(user=house.people[AUTHOR], log_action=True, changed=True)
        lessons = list(course.lessons())
        _print_secret(house, lessons[1])
        house.note("page", course.pk, *(lesson.pk for lesson in lessons))
        house.note("course", course.slug)
        house.note("lesson", *(lesson.slug for lesson in reversed(lessons)))  # the closed one first
        house.note("revision", draft.pk, *lessons[1].revisions.values_list("pk", flat=True))


def _print_secret(house: House, lesson: LessonPage) -> None:
    question = factories.single_choice(right=house.word("choice", "lesson"))
    for choice in question["value"]["choices"]:
        choice["value"]["feedback"] = house.word("feedback", "answer")
    text = factories.block("text", f"<p>{house.word('text', 'lesson')}</p>")
    activity = activities.block(house)
    lesson.body = lesson.body.stream_block.to_python([text, question, activity])
    lesson.save_revision(user=house.people[AUTHOR], log_action=True).publish()


def _drafts(house: House) -> None:
    """Never published; locked; behind a password. None of it is for anybody else."""
    index_page = CoursePage.objects.get(slug=house.ids["course"][0]).get_parent()
    author = house.people[AUTHOR]
    for number, kind in enumerate(("never", "locked", "private")):
        course = CoursePage(
            title=house.word(f"{kind}title"),
            slug=f"{kind}-{house.letter}",
            summary=house.word(f"{kind}summary"),
            lead=house.word(f"{kind}lead"),
            audience=f"<p>{house.word(f'{kind}audience')}</p>",
            goals=[factories.block("goal", house.word(f"{kind}goal"))],
            main_competence=Competence.objects.get(code="4.1"),
            live=False,
            locked=kind == "locked",
            locked_by=author if kind == "locked" else None,
            locked_at=timezone.now() if kind == "locked" else None,
            go_live_at=timezone.now() + timezone.timedelta(days=900 + number),
        )
        course.competences = [course.main_competence]
        index_page.add_child(instance=course)
        revision = course.save_revision(user=author, log_action=True, changed=True)
        house.note("page", course.pk)
        house.note("revision", revision.pk)
    secret = PageViewRestriction.objects.create(
        page=course, restriction_type="password", password=house.word("password")
    )
    house.note("restriction", secret.pk)
    house.note("page", index_page.pk)
    text = factories.block("text", f"<p>{house.word('neverlesson')}</p>")
    lesson = LessonPage(title=house.word("nevertitletwo"), slug="geheim", live=False, body=[text])
    course.add_child(instance=lesson)
    lesson.save_revision(user=author)
    more = text["value"] + " "
    write.write_block(lesson, text["id"], lambda _: ("text", more), base="", by=author)
    house.note("page", lesson.pk)
    gone = LessonPage(title=house.word("deleted"), slug="weg", live=False, body=[text])
    course.add_child(instance=gone)
    gone.delete()
    house.note("deleted", *DeletedPage.objects.filter(provider=house.provider).values_list("pk", flat=True))  # fmt: skip


def _talk(house: House) -> None:
    page = CoursePage.objects.get(slug=house.ids["course"][0])
    author = house.people[AUTHOR]
    said = Comment.objects.create(
        page=page, user=author, text=house.word("comment"), contentpath="title"
    )
    CommentReply.objects.create(comment=said, user=author, text=house.word("reply"))
    PageSubscription.objects.create(page=page, user=author, comment_notifications=True)
    house.note("comment", said.pk)


def _reviews(house: House) -> None:
    """A course is being looked at, with what was said about it; everything that was printed of it."""
    page = CoursePage.objects.get(slug=house.ids["course"][0])
    said = {"words": house.word("reviewwords"), "by": house.people[AUTHOR]}
    review = ask_for_review(page, **said)
    review.answer = house.word("reviewanswer")
    review.proof = [{"page": page.pk, "title": house.word("proof"), "parts": []}]
    review.save()
    house.note("review", review.pk)
    house.note(
        "printing", *Printing.objects.filter(provider=house.provider).values_list("pk", flat=True)
    )


def _files(house: House) -> None:
    """A picture with a rendition and a document, in the provider's collection."""
    author, collection = (
        house.people[AUTHOR],
        Collection.objects.get(pk=house.provider.collection_id),
    )
    collection.name = house.word("collection")
    collection.save()
    drawn = BytesIO()
    Picture.new("RGB", (40, 40), "red").save(drawn, "PNG")
    picture = get_image_model().objects.create(
        title=house.word("picture"),
        description=house.word("picturetext"),
        collection=collection,
        uploaded_by_user=author,
        file=ImageFile(BytesIO(drawn.getvalue()), name=f"{house.word('picturefile')}.png"),
    )
    picture.tags.add(house.word("tag"))
    rendition = picture.get_rendition("width-20")
    document = get_document_model().objects.create(
        title=house.word("document"),
        collection=collection,
        uploaded_by_user=author,
        file=ContentFile(
            house.word("documentbytes").encode(), name=f"{house.word('documentfile')}.txt"
        ),
    )
    document.tags.add(house.word("documenttag"))
    credit(picture, title=house.word("credit"), author=house.word("creditauthor"))
    house.note("image", picture.pk)
    house.note("document", document.pk)
    house.note("filename", document.filename)
    CollectionViewRestriction.objects.create(
        collection=collection,
        restriction_type="password",
        password=house.word("collectionpassword"),
    )
    house.note("path", picture.file.name, rendition.file.name, document.file.name)
    log(picture, "wagtail.edit", user=author, title=house.word("logtitle"))
    waiting = UploadedFile.objects.create(
        file=ContentFile(b"x", name=f"{house.word('upload')}.png"),
        uploaded_by_user=author,
        for_content_type=ContentType.objects.get_for_model(picture),
    )
    house.note("uploaded_file", waiting.pk)


def _workflow(house: House) -> None:
    """Reviewing is switched off, but its addresses and tables are there."""
    author = house.people[AUTHOR]
    task = GroupApprovalTask.objects.create(name=house.word("task"))
    task.groups.set(author.groups.all())
    workflow = Workflow.objects.create(name=house.word("workflow"))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    page = CoursePage.objects.get(slug=f"never-{house.letter}")
    WorkflowPage.objects.create(workflow=workflow, page=page.get_parent())
    state = workflow.start(page, author)
    house.note("task", task.pk)
    house.note("workflow", workflow.pk)
    house.note("workflow_state", state.pk)
    house.note("task_state", state.current_task_state_id)


def _traces(house: House) -> None:
    """What Wagtail keeps about people who work: who edits, what they had not saved, their keys."""
    author = house.people[AUTHOR]
    page = CoursePage.objects.get(slug=f"never-{house.letter}")
    kind = ContentType.objects.get_for_model(page)
    editing = EditingSession.objects.create(
        user=author, content_type=kind, object_id=str(page.pk), last_seen_at=timezone.now()
    )
    house.note("editing_session", editing.pk)
    FormState.objects.create(
        user=author,
        content_type=kind,
        object_id=str(page.pk),
        data=f"title={house.word('form')}",
        last_updated_at=timezone.now(),
    )
    record_event(
        "page.publish",
        by=author,
        provider=house.provider.pk,
        thing=page,
        name=house.word("act"),
        before=house.word("actdetail"),
    )
    token = APIToken.objects.create(
        user=author, name=house.word("apitoken"), key_hash=house.letter, prefix=house.letter
    )
    house.note("api_token", token.pk)
    house.note("content_type", kind.pk)


def _application(there: House) -> None:
    """Somebody asks to become a provider; the link of their mail opens it."""
    said = {name: word("applicant", name) for name in ("name", "contact", "phone")}
    mailed = factories.make_application(
        Application.State.ASKED, **said, email=f"{word('applicant', 'mail')}@example.org"
    )
    there.note("application", mailed.application.pk)
    there.note("application_link", mailed.token)
    there.note("application_page", 1, 2, 3)
    with look(system("isolation")):
        there.note("sought", SoughtOffer.objects.create(title=word("public", "sought")).pk)
    there.note("concept", "password")


def _city_things(there: House) -> None:
    """What the city has, and what is the same for everybody."""
    _application(there)
    with look(system("isolation")):
        BarrierReport.objects.create(
            provider_id=CITY,
            page=f"/{word('cityonly', 'page')}/",
            description=word("cityonly", "report"),
            contact=f"{word('cityonly', 'contact')}@example.org",
        )
        AccessibilityStatement.objects.create(
            provider_id=CITY, created_on="2026-11-01", reviewed_on="2026-11-20"
        )
        activities.city_things(there)
        there.note("site", *Site.objects.values_list("pk", flat=True))
        there.note("locale", *Locale.objects.values_list("pk", flat=True))
        there.note("language", settings.LANGUAGE_CODE)
        there.note("name", "anbieter", *_printed_files())


def _printed_files() -> list[str]:
    """Files of the press are found by the hash of their content: anyone who has the address has the file."""
    if not default_storage.exists(FOLDER):
        return []
    return default_storage.listdir(FOLDER)[1]
