"""Files of activities, and activities as files: the provider's own, or from the author's computer; looked at, made small, behind the walls."""

import io

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from courses.models import Credit
from files import BadFile
from h5p.actions.media import keep_media
from h5p.queries import desk
from h5p_lite import blobs
from h5p_lite.core.package import LIMITS
from h5p_lite.models import Library, Revision
from h5p_lite.queries.files import content_file
from providers.actions import join
from tenancy.lens import look, system
from tests import factories
from tests.factories import activities
from tests.h5p.test_upgrades import world
from tests.h5p_samples.packages import CONTENT, GOOD, LIBRARIES, PNG, packed, without
from tests.support import samples
from tests.support.h5p_desk import Desk, install_ours, newest, only, picture
from tests.support.pages import one_line

__all__ = ["world"]
QUERY = "?teil=&feld=cards/0/image"
#: Wagtail leaves the closing of a picture's working copy to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in. <function Spooled"),
]


@pytest.fixture
def ada(client, author, db):
    install_ours()
    client.force_login(author)
    return Desk(client)


@pytest.fixture
def cards(ada):
    page = ada.begin("LernHN.Cards 1.0", title="Karten")
    page.fill(cards__0__term="Neckar", cards__0__text="Ein Fluss").press("choose:cards/0/image")
    return only()


def hang(provider, title, content=None, name="bild.jpg", model=get_image_model):
    """A picture or document on the provider's shelf."""
    with look(system("test")):
        shelf = Collection.objects.get(pk=provider.collection_id)
        file = ContentFile(content or picture(size=(80, 60)), name=name)
        return model().objects.create(title=title, file=file, collection=shelf)


def image():
    return newest().params["cards"][0].get("image")


# --- the provider's own ---------------------------------------------------------------------------------------------


def test_choosing_saves_what_was_written_and_leads_to_the_shelf(ada, house):
    page = ada.begin("LernHN.Cards 1.0", title="Karten").fill(cards__0__term="Neckar")
    answer = page.press("choose:cards/0/image")
    assert answer.url.endswith("/dateien/?teil=&feld=cards%2F0%2Fimage&stand=2")
    assert newest().params["cards"][0]["term"] == "Neckar"
    assert "Hier ist noch nichts, was passt." in ada.client.get(answer.url).content.decode()


def test_an_own_picture_is_copied_into_the_activity(ada, cards, house):
    plan = hang(house, "Stadtplan")
    hang(house, "Brücke")
    with look(system("test")):
        Credit.objects.create(image=plan, author="Bea", licence="CC-BY-4.0", link="https://a.example/b")  # fmt: skip
    shelf = reverse("activities:media", args=[cards.pk]) + QUERY
    page = one_line(ada.client.get(f"{shelf}&q=plan"))
    assert "Stadtplan" in page
    assert "Brücke" not in page
    said = {"author": "Bea", "license": "CC BY", "source": "https://a.example/b"}
    for name, value in said.items():
        assert f'name="{name}" value="{value}"' in page
    answer = ada.client.post(shelf, said | {"aus": plan.pk})
    assert answer.url.endswith("/bearbeiten/#f-cards-0-image")
    found = image()
    assert found == {"path": "images/bild.jpg", "mime": "image/jpeg", "width": 80, "height": 60, "copyright": said}  # fmt: skip
    with look(system("test")):
        plan.delete()
        kept = content_file(newest().pk, found["path"])
    assert kept.size == newest().files[found["path"]]["size"]


def test_pictures_of_others_cannot_be_taken(ada, cards, author):
    other = factories.make_provider()
    theirs = hang(other, "Geheim")
    shelf = reverse("activities:media", args=[cards.pk]) + QUERY
    assert "Geheim" not in ada.client.get(shelf).content.decode()
    assert ada.client.post(shelf, {"aus": theirs.pk}).status_code == 404
    with look(system("test")):
        join(author, other, "author")  # even then: it is not this activity's provider
    assert ada.client.post(shelf, {"aus": theirs.pk}).status_code == 404


def test_a_picture_that_is_too_large_stays_on_its_shelf(ada, cards, house):
    poster = hang(house, "Plakat", picture("PNG", size=(9000, 6000), mode="1"), "plakat.png")
    shelf = reverse("activities:media", args=[cards.pk]) + QUERY
    answer = ada.client.post(shelf, {"aus": poster.pk}, follow=True)
    assert "Das Bild ist zu groß" in answer.content.decode()
    assert image() is None


def test_a_shelf_has_pages(ada, cards, house):
    for number in range(13):
        hang(house, f"Bild {number}")
    shelf = reverse("activities:media", args=[cards.pk]) + QUERY
    assert "Seite 1 von 2" in ada.client.get(shelf).content.decode()
    assert "Seite 2 von 2" in ada.client.get(f"{shelf}&seite=2").content.decode()


def test_documents_are_offered_where_they_fit(ada, house):
    """A field for a file takes what a content may have, a picture is none of the documents."""
    hang(house, "Plan", b"Text", "plan.txt", get_document_model)
    hang(house, "Brief", b"x", "brief.docx", get_document_model)
    with look(system("test")):
        found = desk.documents(house, "pl an", {"txt", "pdf"})
        assert [document.title for document in found] == ["Plan"]


# --- from the author's computer -------------------------------------------------------------------------------------


def test_an_uploaded_photo_is_made_small_and_says_nothing_of_its_camera(ada, cards):
    exif = Image.Exif()
    exif[0x0110], exif[0x0112] = "Kamera von Ada", 6  # lying on its side
    photo = picture(size=(4000, 1000), exif=exif)
    ada.upload("media", cards.pk, query=QUERY, name="Mein Foto (1).JPG", content=photo, author="Ada", license="C")  # fmt: skip
    found = image()
    assert found["path"] == "images/mein-foto-1.jpg"
    assert (found["width"], found["height"]) == (480, 1920)
    assert found["copyright"] == {"author": "Ada", "license": "C"}
    with blobs.open_blob(newest().files[found["path"]]["sha256"]) as stored:
        assert b"Kamera" not in stored.read()
    assert "Von</dt><dd>Ada" in one_line(ada.get("edit", cards.pk))


def test_a_file_that_is_taken_away_does_not_travel_any_further(ada, cards):
    ada.upload("media", cards.pk, query=QUERY, name="a.png", content=picture("PNG"))
    assert list(newest().files) == ["images/a.png"]
    ada.edit(cards).then("remove:cards/0/image")
    assert (image(), newest().files) == (None, {})


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.svg", b"<svg/>", "Diese Art von Datei passt hier nicht."),
        ("a.png", b"<html>", "Die Datei ist etwas anderes, als ihr Name sagt"),
        ("a.png", PNG, "Das Bild "),
        ("a.webp", samples.moving("WEBP"), "Dieses Bild bewegt sich."),
        ("", b"", "Datei – "),
    ],
)
def test_what_is_no_picture_is_refused(ada, cards, name, content, says):
    before = newest().pk
    if name:
        answer = ada.upload("media", cards.pk, query=QUERY, name=name, content=content)
    else:
        answer = ada.client.post(reverse("activities:media", args=[cards.pk]) + QUERY, {})
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert newest().pk == before


@pytest.mark.parametrize("place", ["cards/0/term", "cards/9/image", "gibt/es/nicht", ""])
def test_only_a_place_for_files_takes_files(ada, cards, place):
    assert ada.get("media", cards.pk, feld=place).status_code == 404


def kept(kind, name, content, files=()):
    found = keep_media(io.BytesIO(content), name, kind=kind, stored_files=dict(files))
    return found.path, found.value


def test_every_kind_of_file_has_its_folder():
    assert kept("audio", "Ton.MP3", samples.mp3()) == ("audios/ton.mp3", {"path": "audios/ton.mp3", "mime": "audio/mpeg"})  # fmt: skip
    assert kept("video", "film.webm", samples.webm())[1]["mime"] == "video/webm"
    assert kept("file", "spur.vtt", samples.VTT.encode())[0] == "files/spur.vtt"
    assert kept("image", "a.webp", picture("WEBP"))[0] == "images/a.png"
    assert kept("image", "grau.png", picture("PNG", mode="I;16"))[1]["mime"] == "image/png"
    assert kept("image", "a.gif", picture("GIF"))[1]["width"] == 40
    palette = io.BytesIO()
    Image.new("CMYK", (2, 2)).save(palette, "JPEG")
    assert kept("image", "druck.jpg", palette.getvalue())[1]["mime"] == "image/jpeg"


def test_two_files_with_one_name_live_beside_each_other():
    same = {"files/a.txt": {"sha256": blobs.keep_bytes(b"A").sha256}}
    assert kept("file", "a.txt", b"A", same)[0] == "files/a.txt"
    assert kept("file", "a.txt", b"B", same)[0] == "files/a-2.txt"
    assert kept("file", "…txt.txt", b"B")[0] == "files/txt.txt"


@pytest.mark.parametrize(
    ("kind", "name", "content", "code"),
    [
        ("audio", "a.mp4", b"x", "ending"),
        ("video", "a.mp4", b"<html>", "kind"),
        ("file", "a.js", b"x", "ending"),
        ("image", "a.png", picture("PNG", size=(9000, 9000), mode="1"), "picture-pixels"),
        (
            "image",
            "a.png",
            picture("PNG", size=(9500, 9500), mode="1"),
            "picture-pixels",
        ),  # Pillow warns
        ("image", "a.png", picture("TIFF"), "kind"),
    ],
)
def test_what_does_not_fit_has_a_code(kind, name, content, code):
    with pytest.raises(BadFile) as wrong:
        kept(kind, name, content)
    assert wrong.value.code == code


def test_a_file_may_not_be_larger_than_in_a_package():
    huge = io.BytesIO()
    huge.seek(LIMITS.file)
    huge.write(b"xx")
    with pytest.raises(BadFile) as wrong:
        keep_media(huge, "a.txt", kind="file", stored_files={})
    assert wrong.value.code == "size"


def test_somebody_saves_while_a_file_is_chosen(ada, cards):
    """The file is asked for again instead of being put where something else stands now."""
    before = newest()
    ada.edit(cards).then("down:cards/0")
    late = f"{QUERY}&stand={before.number}"
    answer = ada.upload("media", cards.pk, query=late, name="a.png", content=picture("PNG"))
    page = ada.client.get(answer.url).content.decode()
    assert "Gerade hat jemand anderes hier gespeichert." in page
    assert newest().number == before.number + 1
    assert image() is None


# --- from a file ----------------------------------------------------------------------------------------------------


@pytest.fixture
def sent(ada, django_capture_on_commit_callbacks):
    def do(files, name="quiz.h5p"):
        with django_capture_on_commit_callbacks(execute=True):
            answer = ada.upload("upload", name=name, content=packed(files).getvalue())
        return ada.client.get(answer.url)

    return do


def test_a_file_becomes_an_activity(ada, sent):
    activities.install()
    answer = sent(GOOD)
    assert answer.url == reverse("activities:activity", args=[only().pk])
    assert "Ein Quiz" in ada.client.get(answer.url).content.decode()


def test_a_file_waits_for_types_that_are_not_here(ada, sent):
    page = sent(CONTENT).content.decode()
    assert "Test.Quiz 1.2" in page
    assert "Wir haben das Bildungsbüro darum gebeten." in ada.get("list").content.decode()
    activities.install(LIBRARIES)
    assert "Antworten des Bildungsbüros" in ada.get("list").content.decode()


def test_a_bad_file_is_refused_with_reasons(ada, sent):
    page = sent(without("content/content.json")).content.decode()
    assert "Dieses Paket können wir nicht annehmen." in page
    assert "Dieses Paket können wir nicht annehmen." in ada.get("list").content.decode()
    answer = ada.upload("upload", name="brief.docx", content=b"x")
    assert answer.status_code == 400


def test_an_upload_of_the_neighbour_is_not_there(ada):
    theirs = activities.upload(CONTENT, provider=factories.make_provider("nachbar"))
    assert ada.get("uploaded", theirs.pk).status_code == 404
    assert ada.get("uploaded", install_ours().pk).status_code == 404


# --- a newer version of a type --------------------------------------------------------------------------------------


def test_a_newer_version_is_looked_at_before_it_is_taken(client, author, world):
    client.force_login(author)
    desk, (yes, no, _other), newer = Desk(client), *world
    assert "Es gibt eine neue Version" in desk.get("activity", yes.pk).content.decode()
    page = desk.get("upgrade", yes.pk, newer.pk).content.decode()
    stage = f"{reverse('activities:player', args=[yes.pk])}?auf={newer.pk}"
    assert stage in page
    assert "Ja Neu." in client.get(stage).content.decode()
    with look(system("test")):
        assert Revision.objects.filter(content=yes).count() == 1
    desk.post("upgrade", yes.pk, newer.pk)
    assert (str(newest().library), newest().why) == ("Test.Quiz 1.3", "upgraded")
    assert "Es gibt eine neue Version" not in desk.get("activity", yes.pk).content.decode()
    refused = desk.get("upgrade", no.pk, newer.pk).content.decode()
    assert "Das geht nicht von selbst." in refused
    assert "So übernehmen" not in refused
    assert desk.post("upgrade", no.pk, newer.pk).status_code == 200
    assert desk.get("player", no.pk, auf=str(newer.pk)).status_code == 404
    assert desk.get("player", no.pk, auf="x").status_code == 404


def test_there_is_no_way_back_by_upgrading(client, author, house):
    activities.install()
    content = activities.make_activity(house, CONTENT)
    client.force_login(author)
    with look(system("test")):
        same = Library.objects.get(machine_name="Test.Quiz")
    assert Desk(client).get("upgrade", content.pk, same.pk).status_code == 404
