"""A provider's logo: drawn anew, seen by all, on what is issued while it is there, and on its own papers for good."""

import io

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, PngImagePlugin

from certificates import actions as certificates
from certificates import queries, tokens
from certificates.models import Certificate, Recipient
from certificates.paper import pdf, sealed
from files import pictures
from files.problems import BadFile
from providers.actions import end_logo, place_logo
from providers.models import Logo
from tenancy.lens import look, system
from tests import factories
from tests.support.holders import complete
from tests.support.records import recorded

DOOR, PAGE = "/anbieter/haus/verwalten/logo/", "/anbieter/haus/"


def sign(
    colour="#005a43", *, size=(1600, 900), mode="RGBA", ground=(0, 0, 0, 0), format="PNG", **saved
):
    """A round sign with much empty space around it."""
    picture = Image.new(mode, size, ground)
    ImageDraw.Draw(picture).ellipse([600, 300, 1000, 600], fill=colour)
    into = io.BytesIO()
    picture.save(into, format, **saved)
    return into.getvalue()


@pytest.fixture
def provider(db):
    return factories.make_provider("haus")


@pytest.fixture
def head(provider):
    return factories.make_member(provider, "owner", name="Olga Leitung")


def place(provider, head, content=None):
    with look(system("test")):
        return place_logo(provider, content or sign(), by=head)


def issue(provider, name):
    done = complete(provider, name)
    with look(system("test")):
        return certificates.issue_certificate(done)


def paper_of(certificate):
    with look(system("test")):
        number = tokens.grouped(Recipient.objects.get(certificate=certificate).token)
        return sealed.paper_of(queries.by_hash(certificate.token_hash), number, "de")


# --- what is kept ----------------------------------------------------------------------------------------------------


def test_the_empty_space_is_cut_off_and_nothing_of_the_file_is_kept():
    secret = PngImagePlugin.PngInfo()
    secret.add_text("Author", "Olga Geheim")
    image, (width, height) = pictures.drawn(sign(pnginfo=secret), most=(200, 200))
    assert (width, height) == (200, 150)
    assert b"Geheim" not in image
    with Image.open(io.BytesIO(image)) as kept:
        assert (kept.size, kept.mode) == ((200, 150), "RGBA")
        assert kept.getpixel((0, 0))[3] == 0  # what was clear stays clear


def test_a_jpeg_on_white_is_cut_as_well():
    jpeg = sign(mode="RGB", ground="white", format="JPEG")
    _image, (width, height) = pictures.drawn(jpeg, most=(900, 330))
    assert abs(width - 401) < 12
    assert abs(height - 301) < 12


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (sign("white"), pictures.NoInk),
        (sign("#ffffff", mode="RGB", ground="white"), pictures.NoInk),
        (sign()[:900], BadFile),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", BadFile),
    ],
)
def test_what_cannot_be_seen_or_read_is_refused(content, wrong):
    with pytest.raises(wrong):
        pictures.drawn(content, most=(900, 330))


# --- the page --------------------------------------------------------------------------------------------------------


def send(client, content, name="logo.png"):
    return client.post(DOOR, {"image": SimpleUploadedFile(name, content)}, follow=True)


def test_a_head_places_replaces_and_ends_it(client, provider, head):
    client.force_login(head)
    assert "Noch kein Logo." in client.get(DOOR).content.decode()
    assert "Das Logo ist gespeichert." in send(client, sign()).content.decode()
    first = Logo.objects.get(ended_at=None)
    send(client, sign("#980e08"))
    now = Logo.objects.get(ended_at=None)
    assert now.pk != first.pk
    assert f"/logo/{now.pk}.png" in client.get(DOOR).content.decode()
    assert "Das Logo ist entfernt." in client.post(DOOR, {"end": "1"}, follow=True).content.decode()
    assert not Logo.objects.filter(ended_at=None)
    client.post(DOOR, {"end": "1"})
    assert [len(recorded(f"logo.{act}")) for act in ("placed", "ended")] == [2, 1]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Diese Datei ist leer."),
        (b"kein Bild", "Dieses Bild lässt sich nicht lesen."),
        (sign("white"), "auf weißem Grund nichts zu sehen"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 5_000_001, "Das Bild ist zu groß."),
    ],
)
def test_what_is_wrong_is_said_and_the_present_one_stays(client, provider, head, content, says):
    placed = place(provider, head)
    client.force_login(head)
    assert says in send(client, content).content.decode()
    assert Logo.objects.get(ended_at=None) == placed


def test_everybody_sees_it_at_once_and_former_ones_by_their_address(
    client, provider, head, django_capture_on_commit_callbacks
):
    assert "ls-brand-logo" not in client.get(PAGE).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        first = place(provider, head)
    page = client.get(PAGE).content.decode()
    assert 'alt="Logo: ' in page
    address = f"{PAGE}logo/{first.pk}.png"
    assert address in page
    with django_capture_on_commit_callbacks(execute=True), look(system("test")):
        end_logo(provider, by=head)
    assert "ls-brand-logo" not in client.get(PAGE).content.decode()
    answer = client.get(address)
    assert (answer["Content-Type"], answer.content[:4]) == ("image/png", b"\x89PNG")
    assert "immutable" in answer["Cache-Control"]
    factories.make_provider("nachbar")
    assert client.get(f"/anbieter/nachbar/logo/{first.pk}.png").status_code == 404


# --- on papers -------------------------------------------------------------------------------------------------------


def test_a_paper_keeps_the_logo_of_its_day(provider, head):
    before = issue(provider, "Anna Vorher")
    first = place(provider, head)
    anna = issue(provider, "Anna Beispiel")
    place(provider, head, sign("#980e08"))
    berta = issue(provider, "Berta Beispiel")
    with look(system("test")):
        end_logo(provider, by=head)
    after = issue(provider, "Carla Beispiel")
    shown = [paper_of(each).logo for each in (before, anna, berta, after)]
    assert shown[1] == bytes(first.image)
    assert shown[2] not in (b"", shown[1])
    assert (shown[0], shown[3]) == (b"", b"")
    with look(system("test")):
        assert Certificate.objects.get(pk=anna.pk).logo_id == first.pk


def test_it_is_on_the_page_with_words_for_whoever_cannot_see_it(provider, head):
    place(provider, head, sign())
    paper = paper_of(issue(provider, "Anna Beispiel"))
    reader = pypdf.PdfReader(io.BytesIO(pdf.render(paper)))
    [page] = reader.pages
    assert (401, 301) in {image.image.size for image in page.images}
    numbers = range(1, reader.trailer["/Size"])
    parts = [reader.get_object(number) for number in numbers]
    told = {part["/Alt"] for part in parts if isinstance(part, dict) and "/Alt" in part}
    assert f"Logo: {provider.name}" in told
    shown = [part for part in parts if isinstance(part, dict) and part.get("/Subtype") == "/Image"]
    assert shown
    smoothed = {str(each.get("/Interpolate")) for each in shown}
    assert smoothed <= {"None", "False"}  # ISO 19005-3, 6.2.8
