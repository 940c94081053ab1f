"""What goes out of the desk as a package comes in again: texts, files, rights; drafts only."""

import io
import json
import uuid
import zipfile
from dataclasses import fields

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Revision

from courses import licences, packages
from courses.actions import credit, export_course, import_course
from courses.models import (
    Competence,
    CourseIndexPage,
    CoursePage,
    Credit,
    LessonCompetence,
    LessonPage,
)
from courses.packages import BadPackage, pass_on
from courses.rules import AttestationRule
from providers.models import BasePage
from tenancy.lens import look, system
from tests import factories
from tests.factories import block, single_choice
from tests.factories.packages import (
    GOOD,
    file_of,
    lesson,
    package,
    png,
    source,
    words_of_a_course,
)
from tests.support import samples

pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile")  # Wagtail's own


# --- rich text and rights ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stored", "packed"),
    [
        ('<p data-block-key="a1">Gut</p>', '<p data-block-key="a1">Gut</p>'),
        (
            '<p>Zu <a linktype="page" id="12">Schritt zwei</a></p>',
            '<p>Zu <a href="lesson:2">Schritt zwei</a></p>',
        ),
        ('<a id="11" linktype="page">Kurs</a>', '<a href="course:">Kurs</a>'),
        ('<a linktype="page" id="99">Fremd</a>', "Fremd"),
        ('<a linktype="document" id="3">Blatt</a>', "Blatt"),
        ('<embed embedtype="image" id="5" alt="x" format="left"/><p>Gut</p>', "<p>Gut</p>"),
        ('<a href="https://a.example/">A</a>', '<a href="https://a.example/">A</a>'),
        ('<span lang="en">Good</span>', '<span lang="en">Good</span>'),
        ("<p onclick=x>Gut<script>x</script></p>", "<p>Gut</p>"),
        ('<a href="javascript:x">Gut</a>', "Gut"),
    ],
)
def test_rich_text_on_its_way_out(stored, packed):
    assert packages.outward(stored, {11: "course:", 12: "lesson:2"}) == packed
    assert packages.outward(packed, {}) == packed


def test_rich_text_on_its_way_in():
    text = '<a href="lesson:2">Zwei</a> <a href="lesson:9">Neun</a> <a linktype="page" id="1">X</a>'
    assert packages.inward(text, {"lesson:2": 34}) == '<a linktype="page" id="34">Zwei</a> Neun X'


def test_works_of_the_provider_are_credited_to_it_when_somebody_else_takes_them():
    own, held = file_of(png()), file_of(png("blue"), "nur-hier.png")
    held["credit"] = dict.fromkeys(("title", "author", "link", "origin"), "x")
    held["credit"] |= {"licence": "permission", "link": "https://a.example/"}
    shown = {"image": {"image": held["file"], "alt_text": "Ein Garten", "decorative": False}}
    passed = pass_on(
        package(lesson(block("image", shown)), media=[(own, png()), (held, png("blue"))])
    )
    assert passed.withheld == ["nur-hier.png"]
    assert [each["file"] for each in passed.package.course["media"]] == [own["file"]]
    assert passed.package.course["media"][0]["credit"] == {
        "title": "Bild",
        "author": "Volkshochschule",
        "licence": "CC-BY-4.0",
        "link": "https://lernen.example/kurse/vhs/kurs/",
        "origin": "",
    }
    left = passed.package.course["lessons"][0]["variants"]["de"]["body"][0]["value"]["image"]
    assert left == {"image": None, "alt_text": "Ein Garten", "decorative": False}
    assert packages.check(passed.package) == []


def test_the_pure_lists_are_those_of_the_models():
    assert list(licences.COURSES) == sorted(CoursePage.Licence.values, key=licences.COURSES.index)
    assert {*licences.CREDITS} == {*Credit.Licence.values}


@pytest.mark.parametrize(
    "name", [field.name for field in fields(AttestationRule) if field.type is not str]
)
def test_a_package_may_ask_what_the_desk_may_ask(name):
    """The pure bounds are those of the fields: the first and the last number fit, the next ones do not."""
    field = CoursePage._meta.get_field(name)
    limits = {each.code: each.limit_value for each in field.validators}

    def fits(value):
        course = GOOD.course["course"] | {"attestation": {"sittings": 60} | {name: value}}
        return packages.check(package(course=course)) == []

    least, most = limits["min_value"], limits["max_value"]
    assert [fits(n) for n in (least - 1, least, most, most + 1)] == [False, True, True, False]
    assert fits(None) is field.null


# --- out of the desk and in again ----------------------------------------------------------------------------------


def picture(provider, title="Garten", colour="red"):
    file = ImageFile(io.BytesIO(png(colour)), f"{title.lower()}.png")
    return get_image_model().objects.create(
        title=title, description=f"{title} im Mai", file=file, collection=provider.collection
    )


def document(provider, name, content):
    return get_document_model().objects.create(
        title=name, file=ContentFile(content, name), collection=provider.collection
    )


@pytest.fixture
def here(db):
    return factories.make_provider("haus")


@pytest.fixture
def course(here):
    return factories.make_course(here)


def courses_of(provider):
    return CourseIndexPage.objects.get(provider=provider, locale__language_code="de")


def furnished(course, *, english=True):
    """The course with one block of every kind, a link to itself, a credit, a competence, and an English variant."""
    provider = course.provider
    garden, film = picture(provider), document(provider, "film.mp4", samples.mp4())
    words, sheet = (
        document(provider, "film.vtt", samples.VTT.encode()),
        document(provider, "b.csv", b"a;b"),
    )
    sound = document(provider, "vogel.mp3", samples.mp3())
    credit(garden, title="Im Mai", author="Ada", licence="CC-BY-4.0", link="https://a.example/")
    first, second = course.lessons()
    inside = {"image": {"image": garden.pk, "alt_text": "Bank", "decorative": False}}
    again = {"image": {"image": garden.pk, "alt_text": "Weg", "decorative": False}}
    steps = [{"type": "item", "id": str(uuid.uuid4()), "value": step} for step in "ab"]
    pairs = [
        {"type": "item", "id": str(uuid.uuid4()), "value": {"left": one, "right": f"zu {one}"}}
        for one in "ab"
    ]
    stages = [
        {"type": "item", "id": str(uuid.uuid4()), "value": {"html": "<p>Los.</p>"} | one}
        for one in (inside, {"image": {"image": None, "alt_text": "", "decorative": False}})
    ]
    folds = [
        {"type": "item", "id": str(uuid.uuid4()), "value": {"title": one, "html": "<p>Ja.</p>"}}
        for one in "ab"
    ]
    pictures = [
        {"type": "item", "id": str(uuid.uuid4()), "value": {"caption": ""} | one}
        for one in (inside, again)
    ]
    there = {"title": "Stadt", "address": "https://www.stadt.example/", "text": "Alles."}
    feedbacks = {"feedback_right": "Ja.", "feedback_wrong": "Nein."}
    video = {"title": "Film", "file": film.pk, "captions": words.pk, "poster": garden.pk}
    link = (
        f'<p>Zu <a linktype="page" id="{second.pk}">Schritt 2</a>, <span lang="en">bye</span></p>'
    )
    first.body = [
        block("text", link),
        block("image", inside | {"caption": "Im Mai"}),
        block("image", again | {"caption": ""}),
        block("video", video | {"transcript": "<p>Wir sehen einen Garten.</p>"}),
        block("audio", {"title": "Ton", "file": sound.pk, "transcript": "<p>Ein Vogel.</p>"}),
        block("download", {"title": "Blatt", "file": sheet.pk}),
        block("callout", {"kind": "tip", "title": "Tipp", "html": "<p>Gut.</p>"}),
        block("term", {"term": "Wort", "html": "<p>Das.</p>"}),
        block("walkthrough", {"title": "Los", "stages": stages}),
        block("accordion", {"folds": folds}),
        block("gallery", {"title": "Garten", "pictures": pictures}),
        block("link_card", there),
        block("tried", {"statement": "Ich habe das ausprobiert"}),
        single_choice(),
        block("true_false", {"statement": "Ja?", "right": True} | feedbacks),
        block("gap_text", {"question": "Was?", "text": "{{lang}}"} | feedbacks),
        block("ordering", {"question": "Wie?", "steps": steps} | feedbacks),
        block("matching", {"question": "Was?", "pairs": pairs} | feedbacks),
    ]
    first.competences = [LessonCompetence(competence_id="4.2", level="intermediate")]
    first.save_revision().publish()
    course.refresh_from_db()
    course.competences = Competence.objects.filter(code__in=["1.1", "2.1"])
    course.save_revision().publish()
    if english:
        locale = Locale.objects.get(language_code="en")
        for page, title in ((course, "Safe online"), (first, "First step")):
            variant = page.copy_for_translation(locale)
            variant.title = title
            variant.save_revision().publish()
    return CoursePage.objects.get(pk=course.pk)


def told(content):
    """What a package says, without what another copy of the course says differently."""
    data = json.loads(zipfile.ZipFile(io.BytesIO(content)).read("course.json"))
    data.pop("source")
    for words in [data["course"], *data["lessons"]]:
        for variant in words["variants"].values():
            variant.pop("slug")
    return data


def test_what_goes_out_comes_in_again(here, course):
    """ATAG 2.0 B.1.2: nothing that makes a course accessible is lost on the way."""
    with look(system("test")):
        out = export_course(furnished(course))
        copy = import_course(out, courses_of(here), by=None)
        again = export_course(copy, drafts=True)
        text = out.decode("latin-1")
        assert told(again) == told(out)
        assert copy.translation_key != course.translation_key
        assert copy.slug != course.slug
    said = json.dumps(told(out), ensure_ascii=False)
    for word in ("Bank", "Weg", "Im Mai", 'lang=\\"en\\"', "Wir sehen einen Garten.", "Ada"):
        assert word in said
    assert said.count('href=\\"lesson:2\\"') == 2
    assert text.count("media/") > 4
    assert len(told(out)["media"]) == 5


RULE = {
    "attestation": "achievement",
    "required_share": 80,
    "pass_mark": 60,
    "sittings": 4,
    "required_sittings": 3,
    "retakes": 2,
    "valid_months": 24,
    "units": 12,
}


def test_the_rule_for_the_attestation_travels_along(here, course):
    with look(system("test")):
        for name, value in RULE.items():
            setattr(course, name, value)
        course.save_revision().publish()
        copy = import_course(export_course(furnished(course)), courses_of(here), by=None)
        pages = [copy, *copy.get_translations()]
        assert [page.rule.as_facts() for page in pages] == [RULE, RULE]
        assert copy.get_latest_revision_as_object().rule.as_facts() == RULE


def test_a_package_without_a_rule_asks_for_everything(here):
    with look(system("test")):
        copy = import_course(packages.write(package(lesson())), courses_of(here), by=None)
        assert copy.rule == AttestationRule()


def test_a_copy_is_drafts_only_in_every_language(here, course):
    with look(system("test")):
        author = factories.make_member(here)
        copy = import_course(export_course(furnished(course)), courses_of(here), by=author)
        pages = [copy, *copy.get_translations(), *copy.lessons()]
        pages += [p for c in copy.get_translations() for p in c.lessons()]
        assert [page.live for page in pages] == [False] * 5
        assert {page.locale.language_code for page in pages} == {"de", "en"}
        assert {page.owner for page in pages} == {author}
        latest = Revision.objects.filter(object_id__in=[str(page.pk) for page in pages])
        assert {revision.user for revision in latest} == {author}
        german, english = copy.lessons()[0], copy.get_translations()[0].lessons()[0]
        assert [b.id for b in german.body] == [b.id for b in english.body]
        assert [b.id for b in german.body] == [b.id for b in course.lessons()[0].body]
        assert f'id="{copy.lessons()[1].pk}"' in german.body[0].value.source
        assert copy.locked is False


def test_the_same_file_is_stored_once(here, course):
    with look(system("test")):
        out = export_course(furnished(course, english=False))
        images, documents = get_image_model().objects, get_document_model().objects
        import_course(out, courses_of(here), by=None)
        count = images.count(), documents.count(), Credit.objects.count()
        import_course(out, courses_of(here), by=None)
        assert (images.count(), documents.count(), Credit.objects.count()) == count
        there = factories.make_provider("nachbar")
        copy = import_course(out, courses_of(there), by=None)
        used = copy.lessons()[0].body[1].value["image"]
        assert (used.collection, used.description) == (there.collection, "Garten im Mai")
        assert used.credit.author == "Ada"


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (package(lesson(block("geheim", "x"))), ["unknown-block"]),
        (package(lesson(block("text", {"a": 1}))), ["misfit"]),
        (package(lesson(block("image", {"image": {"image": 12}}))), ["misfit"]),
        (package(lesson(block("image", {"image": {"image": "media/x.png"}}))), ["misfit"]),
        (package(lesson(block("callout", {"kind": "böse"}))), ["misfit"]),
        (package(lesson(block("single_choice", {"choices": "x"}))), ["misfit"]),
        (package(lesson(block("single_choice", {"choices": [{"id": "x"}]}))), ["misfit"]),
        (package(lesson(competences=[{"code": "5.9", "level": "basic"}])), ["unknown-competence"]),
    ],
)
def test_what_the_editor_could_not_show_stays_outside(here, data, codes):
    """Nothing is stored, not even the files."""
    with look(system("test")):
        before = BasePage.objects.count(), get_image_model().objects.count()
        with pytest.raises(BadPackage) as bad:
            import_course(packages.write(data), courses_of(here), by=None)
        assert [problem.code for problem in bad.value.problems] == codes
        assert (BasePage.objects.count(), get_image_model().objects.count()) == before


def test_a_course_of_somebody_else_keeps_its_origin_and_its_licence(here):
    with look(system("test")):
        german = words_of_a_course()
        content = packages.write(
            package(
                lesson(),
                origin=source(title="Urfassung"),
                course=GOOD.course["course"]
                | {"licence": "CC-BY-SA-4.0", "variants": {"de": german, "tr": german}},
            )
        )
        copy = import_course(content, courses_of(here), by=None)
        assert copy.origin == source(before=[source(title="Urfassung")])
        assert copy.licence == "CC-BY-SA-4.0"
        assert list(copy.get_translations()) == []  # Turkish is not offered here
        assert told(export_course(copy, drafts=True))["origin"] == copy.origin


def test_only_what_is_published_leaves_without_drafts(here, course):
    with look(system("test")):
        page = course.lessons()[0]
        page.title = "Geheimer Entwurf"
        page.save_revision()
        course.lessons()[1].unpublish()
        lessons = told(export_course(course))["lessons"]
        assert [each["variants"]["de"]["title"] for each in lessons] == ["Schritt 1"]
        drafts = told(export_course(course, drafts=True))["lessons"]
        assert [each["variants"]["de"]["title"] for each in drafts] == [
            "Geheimer Entwurf",
            "Schritt 2",
        ]
        CoursePage.objects.get(pk=course.pk).unpublish()
        with pytest.raises(BadPackage) as bad:
            export_course(CoursePage.objects.get(pk=course.pk))
        assert [problem.code for problem in bad.value.problems] == ["not-published"]


def test_a_file_that_is_gone_is_named(here, course):
    with look(system("test")):
        furnished(course, english=False)
        film = get_document_model().objects.get(title="film.mp4")
        film.file.storage.delete(film.file.name)
        with pytest.raises(BadPackage) as bad:
            export_course(course)
        assert [tuple(problem) for problem in bad.value.problems] == [("file-gone", "film.mp4")]
        assert LessonPage.objects.count() == 2
