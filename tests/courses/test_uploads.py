"""Every way a file comes in, and every way it leaves: the same look at it, the same sentences."""

import io
import json

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.blocks import StructBlockValidationError
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

import files
from courses.actions import export_course
from courses.blocks.films import Audio, VideoBlock
from courses.models import PrintedLesson
from courses.queries import checked
from h5p.actions.uploads import draft_of_package
from h5p.queries.packing import source_of
from h5p_lite import blobs
from h5p_lite.core.package import read
from providers.advice import REFUSED
from providers.models import Membership
from tenancy.lens import look, system
from tests import factories
from tests.factories import activities, block
from tests.h5p_samples.packages import GOOD, packed
from tests.support import samples

#: Wagtail leaves the closing of a picture's working copy to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in. <function Spooled"),
]
FORM = {
    "title": "Plan",
    "credit_title": "",
    "credit_author": "",
    "credit_licence": "own",
    "credit_link": "",
    "credit_origin": "",
    "tags": "",
}


@pytest.fixture
def house(db):
    return factories.make_provider("haus")


@pytest.fixture
def desk(client, house):
    client.force_login(factories.make_member(house, Membership.Role.AUTHOR))
    return client


def documents():
    with look(system("test")):
        return list(get_document_model().objects.all())


def put(desk, house, way, name, content):
    """An upload by one of the desk's three ways. The page it answers with, and whether it was taken."""
    upload = SimpleUploadedFile(name, content)
    kind, how = way.split()
    fields = FORM | {"collection": house.collection_id}
    app = "wagtailimages" if kind == "image" else "wagtaildocs"
    if how == "several":
        answer = desk.post(
            reverse(f"{app}:add_multiple"),
            {"title": "Plan", "collection": house.collection_id, "files[]": upload},
        )
        said = json.loads(answer.content)
        return said.get("error_message", "") + said.get("form", ""), said["success"]
    if how == "chooser":
        chooser = f"{app}_chooser:create"
        prefix = f"{kind}-chooser-upload-"
        answer = desk.post(
            reverse(chooser), {f"{prefix}{n}": v for n, v in (fields | {"file": upload}).items()}
        )
        said = json.loads(answer.content)
        return said.get("htmlFragment", ""), said["step"] == "chosen"
    answer = desk.post(reverse(f"{app}:add"), fields | {"file": upload})
    return answer.content.decode(), answer.status_code == 302


IMAGES = ["image one", "image several", "image chooser"]
PAPERS = ["document one", "document several", "document chooser"]


def stored(model):
    with look(system("test")):
        thing = model().objects.latest("pk")
        with thing.open_file() as file:
            return thing.filename, file.read()


@pytest.mark.parametrize("way", IMAGES)
def test_a_photo_comes_in_without_its_place(desk, house, way):
    _page, taken = put(desk, house, way, "bild.jpg", samples.photo())
    assert taken
    name, content = stored(get_image_model)
    assert name == "bild.jpg"
    assert b"Neckarphone" not in content


@pytest.mark.parametrize("way", IMAGES)
def test_a_photo_of_a_telephone_comes_in_as_jpeg(desk, house, way):
    page, taken = put(desk, house, way, "IMG_1.HEIC", samples.heic())
    assert taken, page
    name, content = stored(get_image_model)
    assert name == "IMG_1.jpg"
    assert content.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize("way", IMAGES)
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (samples.moving(), "Dieses Bild bewegt sich."),
        (samples.photo(size=(300, 200))[:-300], "Das Bild ist nicht vollständig."),
        (b"<html>", "Die Datei ist etwas anderes, als ihr Name sagt"),
        (samples.photo("PNG", size=(8000, 7000), mode="1"), "mehr als 50 Millionen Bildpunkte"),
    ],
    ids=["moving", "cut", "no picture", "giant"],
)
def test_a_picture_that_cannot_be_shown_is_refused_in_words(desk, house, way, content, says):
    page, taken = put(desk, house, way, "bild.png", content)
    assert not taken
    assert says in page


@pytest.mark.parametrize("way", PAPERS)
def test_srt_comes_in_as_webvtt_and_the_form_says_so(desk, house, way):
    page, taken = put(desk, house, way, "film.srt", samples.SRT.encode("cp1252"))
    assert taken, page
    name, content = stored(get_document_model)
    assert name == "film.vtt"
    assert content.startswith(b"WEBVTT\n")
    assert "Grüß Gott" in content.decode()
    [document] = documents()
    form = desk.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
    assert "Wir haben die Untertitel in das Format WebVTT umgewandelt." in form
    assert "Bitte prüfen Sie Umlaute" in form


@pytest.mark.parametrize("way", PAPERS)
@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("film.mov", samples.mp4(brand=b"qt  "), "Videos im Format MOV zeigen viele Geräte nicht."),
        ("film.mp4", samples.mp4(video=b"hvc1"), "Dieses Video ist in HEVC"),
        ("film.mp4", samples.mp4()[:-10], "Die Aufnahme ist nicht vollständig."),
        ("film.vtt", b"WEBVTT\n", "In dieser Datei sind keine Untertitel."),
        ("plan.doc", b"x", "in einem alten Format von Microsoft Office"),
        ("plan.docx", samples.office(macros=True), "stecken Programme"),
    ],
    ids=["mov", "hevc", "cut", "no cue", "doc", "macros"],
)
def test_what_cannot_be_used_is_refused_in_words(desk, house, way, name, content, says):
    page, taken = put(desk, house, way, name, content)
    assert not taken
    assert says in page
    assert documents() == []


@pytest.mark.parametrize("way", PAPERS)
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ton.mp3", samples.mp3()),
        ("folien.pptx", samples.office("pptx")),
        ("brief.odt", samples.office("odt")),
        ("film.mp4", samples.mp4()),
    ],
)
def test_what_can_be_used_comes_in_as_it_is(desk, house, way, name, content):
    page, taken = put(desk, house, way, name, content)
    assert taken, page
    assert stored(get_document_model) == (name, content)


def test_a_film_comes_in_without_its_place(desk, house):
    put(desk, house, "document one", "film.mp4", samples.mp4(place=b"+49.1419+009.2219/"))
    assert b"+49.1419" not in stored(get_document_model)[1]


def test_every_reason_has_a_sentence_that_can_be_said():
    facts = {"ending": "PDF", "endings": "a, b", "line": 3, "text": "x", "width": 1, "height": 1}
    facts |= {"most": 60}
    assert all("%(" not in str(says) % facts for says in REFUSED.values())


# --- what leaves ----------------------------------------------------------------------------------------------------


@pytest.fixture
def old_photo(house):
    """From before there was a look at the door."""
    with look(system("test")):
        file = ImageFile(io.BytesIO(samples.photo(size=(700, 20))), "alt.jpg")
        return get_image_model().objects.create(title="Alt", file=file, collection=house.collection)


def test_a_course_package_does_not_say_where_a_photo_was_taken(house, old_photo):
    course = factories.make_course(house)
    with look(system("test")):
        publish_with_photo(course, old_photo)
        content = export_course(course)
    assert b".jpg" in content
    assert b"Neckarphone" not in content


def test_a_printed_photo_does_not_say_where_it_was_taken(client, house, old_photo):
    course = factories.make_course(house)
    with look(system("test")):
        publish_with_photo(course, old_photo)
        html = (
            PrintedLesson.objects.filter(edition__course=course.translation_key).latest("pk").html
        )
    for address in {part.split('"')[0] for part in html.split('src="')[1:]}:
        printed = b"".join(client.get(address).streaming_content)
        assert b"Neckarphone" not in printed
        with Image.open(io.BytesIO(printed)) as picture:
            assert dict(picture.getexif()) == {}


def publish_with_photo(course, photo):
    lesson = course.lessons().last()
    value = {"image": photo.pk, "alt_text": "Ein Fluss", "decorative": False}
    raw = [dict(part) for part in lesson.body.raw_data]
    picture = block("image", {"image": value, "caption": ""})
    lesson.body = lesson.body.stream_block.to_python([*raw, picture])
    lesson.save_revision().publish()


# --- captions and their film ----------------------------------------------------------------------------------------


def film_with(house, film, words, kind=VideoBlock):
    """A block with these files, as the form hands it over to be judged."""
    names = ("file", "captions") if words else ("file",)
    struct = kind()
    with look(system("test")):
        chosen = {
            field: get_document_model()
            .objects.create(
                title=name, file=ContentFile(content, name), collection=house.collection
            )
            .pk
            for field, (name, content) in zip(names, (film, words), strict=False)
        }
        return struct, struct.to_python({"title": "Film", "transcript": "<p>W</p>", **chosen})


@pytest.mark.parametrize(
    ("film", "words", "field", "says"),
    [
        (("a.mp4", samples.mp4(2)), ("a.srt", samples.SRT.encode()), "captions", "beginnt nach 3 Sekunden. Das Video ist nur 2 Sekunden lang."),
        (("a.mp4", samples.mp4(9)), ("a.vtt", b"WEBVTT\n"), "captions", "sind keine Untertitel"),
        (("a.mp4", samples.mp4(9)), ("a.txt", b"Hallo"), "captions", "im Format WebVTT oder SRT"),
        (("a.mp4", b"x" * 99), ("a.vtt", samples.VTT.encode()), "file", "kein Video und kein Ton"),
        (("a.mp4", samples.mp4(video=b"hev1")), ("a.vtt", samples.VTT.encode()), "file", "HEVC"),
        (("a.pdf", samples.pdf()), ("a.vtt", samples.VTT.encode()), "file", "MP4 oder WebM"),
    ],
)  # fmt: skip
def test_a_film_and_captions_that_do_not_go_together_are_told_so(house, film, words, field, says):
    struct, value = film_with(house, film, words)
    with look(system("test")), pytest.raises(StructBlockValidationError) as wrong:
        struct.clean(value)
    [error] = wrong.value.block_errors[field].messages
    assert says in error


def test_captions_that_fit_are_taken(house):
    struct, value = film_with(house, ("a.mp4", samples.mp4(4)), ("a.vtt", samples.VTT.encode()))
    with look(system("test")):
        assert struct.clean(value)["captions"]


def test_a_sound_needs_to_be_one(house):
    struct, value = film_with(house, ("a.pdf", samples.pdf()), None, Audio)
    with look(system("test")), pytest.raises(StructBlockValidationError) as wrong:
        struct.clean(value)
    assert "MP3 oder M4A" in wrong.value.block_errors["file"].messages[0]
    struct, value = film_with(house, ("a.mp3", samples.mp3()), None, Audio)
    with look(system("test")):
        assert struct.clean(value)["file"]


def test_the_gate_finds_what_was_put_together_before(house):
    course = factories.make_course(house)
    with look(system("test")):
        film, words = (
            get_document_model().objects.create(
                title=name, file=ContentFile(content, name), collection=house.collection
            )
            for name, content in (("a.mp4", b"x" * 99), ("a.vtt", b"WEBVTT\n"))
        )
        lesson = course.lessons().first()
        video = {"title": "Film", "file": film.pk, "captions": words.pk, "poster": None}
        video["transcript"] = f"<p>{'Wir sehen einen Fluss. ' * 4}</p>"
        lesson.body = lesson.body.stream_block.to_python([block("video", video)])
        found = checked(lesson)
    assert {finding.rule for finding in found.stopping} == {"captions-unfit", "film-unplayable"}


def test_an_activity_that_leaves_says_nothing_about_its_photos():
    """Kept before there was a look at the door."""
    blob = blobs.keep_bytes(samples.photo())
    with source_of("images/a.jpg", blob.sha256).open() as leaving:
        content = leaving.read()
    assert content == files.bare(samples.photo(), "a.jpg")
    assert b"Neckarphone" not in content


def test_an_activity_that_comes_in_says_nothing_about_its_photos(db):
    activities.install()
    photo = samples.photo()
    raw = packed({**GOOD, "content/images/a.jpg": photo})
    draft, _language = draft_of_package(read(raw, libraries=False))
    with blobs.open_blob(draft.files["images/a.jpg"]["sha256"]) as file:
        assert file.read() == files.bare(photo, "a.jpg")
