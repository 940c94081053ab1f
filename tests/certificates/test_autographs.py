"""A head's signature by hand: on what is issued while they are head, as long as they want it, and drawn anew."""

import io

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, PngImagePlugin

import certificates.paper.pdf
from accounts.actions import close_account
from accounts.exports import everything
from certificates import actions, queries, tokens
from certificates.models import Autograph, Certificate, Recipient
from certificates.paper import sealed
from files import pictures
from providers.models import Membership
from tenancy.lens import learner, look, system
from tests import factories
from tests.support.holders import complete
from tests.support.records import recorded

DOOR = "/anbieter/haus/verwalten/nachweise/unterschrift/"


def written(*, paper="white", pen="black", mode="RGB", format="PNG", **saved):
    """A line by hand on a sheet with light from one side."""
    picture = Image.new(mode, (1200, 800), paper)
    drawn = ImageDraw.Draw(picture)
    if pen:
        drawn.line([(300, 400), (500, 300), (600, 480), (800, 350)], fill=pen, width=9)
    into = io.BytesIO()
    picture.save(into, format, **saved)
    return into.getvalue()


@pytest.fixture
def provider(db):
    return factories.make_provider("haus")


@pytest.fixture
def course(provider):
    return factories.make_course(provider, lessons=1, title="Sicher im Netz")


@pytest.fixture
def head(provider):
    return factories.make_member(provider, "owner", name="Olga Leitung")


def place(provider, head, content=None, name="Olga Leitung"):
    with look(system("test")):
        return actions.place_autograph(provider, content or written(), name=name, by=head)


def issue(provider, course, name):
    done = complete(provider, name, course)
    with look(system("test")):
        return actions.issue_certificate(done)


def on_paper(certificate):
    """(alternative text of the picture, text) of the paper as it is set now."""
    with look(system("test")):
        held = queries.by_hash(certificate.token_hash)
        number = tokens.grouped(Recipient.objects.get(certificate=certificate).token)
        paper = sealed.paper_of(held, number, "de")
        pdf = pypdf.PdfReader(io.BytesIO(certificates.paper.pdf.render(paper)))
    return paper.hand and paper.hand.name, pdf.pages[0].extract_text()


# --- what is kept of a picture ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        written(),
        written(format="JPEG", quality=60),
        written(format="WEBP"),
        written(paper="#bdb7a4", pen="#1a2a6c", format="JPEG"),
        written(paper=(0, 0, 0, 0), pen=(0, 0, 0, 255), mode="RGBA"),
        written(mode="L", paper=200, pen=20),
    ],
    ids=["png", "jpeg", "webp", "a photo of blue ink", "transparent", "grey"],
)
def test_ink_is_cut_out_and_drawn_anew(content):
    with Image.open(io.BytesIO(pictures.ink(content, most=(900, 180)))) as kept:
        assert (kept.format, kept.mode) == ("PNG", "L")
        assert kept.width <= 900
        assert kept.height <= 180
        assert kept.width > 2 * kept.height  # the sheet around it is gone
        assert kept.getpixel((0, 0)) > 250
        assert min(kept.tobytes()) < 90


def test_nothing_of_the_file_itself_is_kept():
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", "Geheim")
    exif = Image.Exif()
    exif[0x010E] = "Geheim"
    for content in (written(pnginfo=said), written(format="JPEG", exif=exif)):
        assert b"Geheim" in content
        assert b"Geheim" not in pictures.ink(content, most=(900, 180))


@pytest.mark.parametrize("content", [written(pen=None), written(paper="black", pen=None)])
def test_an_empty_sheet_is_no_signature(content):
    with pytest.raises(pictures.NoInk):
        pictures.ink(content, most=(900, 180))


# --- what stands on which paper -----------------------------------------------------------------------------------------


def test_papers_keep_what_they_were_issued_with(provider, course, head):
    before = issue(provider, course, "Ada Vorher")
    place(provider, head)
    during = issue(provider, course, "Berta Während")
    place(provider, head, name="O. Leitung")
    replaced = issue(provider, course, "Clara Danach")
    with look(system("test")):
        assert actions.end_autograph(provider, by=head) is True
        assert actions.end_autograph(provider, by=head) is False
    after = issue(provider, course, "Dora Zuletzt")
    seen = [on_paper(each)[0] for each in (before, during, replaced, after)]
    assert seen == [None, "Olga Leitung", "O. Leitung", None]
    with_hand, without = on_paper(during)[1], on_paper(after)[1]
    assert "Olga Leitung, Leitung" in with_hand
    assert "Unterschrift oder Stempel" not in with_hand
    assert "Unterschrift oder Stempel (nicht nötig)" in without


def test_no_picture_on_paper_is_smoothed_by_whoever_shows_it(provider, course, head):
    """ISO 19005-3, 6.2.8."""
    place(provider, head)
    issued = issue(provider, course, "Ada Eins")
    with look(system("test")):
        paper = sealed.paper_of(queries.by_hash(issued.token_hash), "8Q2M-V7KD-3HXT-9RWC", "de")
    content = certificates.paper.pdf.render(paper)
    drawn = pypdf.PdfReader(io.BytesIO(content)).pages[0]["/Resources"]["/XObject"].values()
    smoothed = [each["/Interpolate"] for each in drawn if each["/Subtype"] == "/Image"]
    assert smoothed == [False, False]  # the QR code, and theirs


def test_only_while_she_is_head(provider, course, head):
    other = factories.make_member(provider, "owner", name="Paula Neu")
    place(provider, head)
    place(provider, other, name="Paula Neu")
    first = issue(provider, course, "Ada Eins")
    with look(system("test")):
        Membership.objects.filter(person=other).update(role="author")
    second = issue(provider, course, "Berta Zwei")
    with look(system("test")):
        Membership.objects.filter(person=head).delete()
    third = issue(provider, course, "Clara Drei")
    assert [on_paper(each)[0] for each in (first, second, third)] == [
        "Paula Neu",
        "Olga Leitung",
        None,
    ]


def test_a_new_issue_has_what_holds_then(provider, course, head):
    place(provider, head)
    former = issue(provider, course, "Ada Eins")
    with look(system("test")):
        actions.end_autograph(provider, by=head)
        issued = actions.reissue_certificate(former)
    assert (on_paper(former)[0], on_paper(issued)[0]) == ("Olga Leitung", None)


def test_a_closed_account_takes_the_picture_along(provider, course, head):
    factories.make_member(provider, "owner", name="Paula Neu")
    place(provider, head)
    issued = issue(provider, course, "Ada Eins")
    with look(learner(head.pk)):
        assert everything(head)["unterschriften"][0]["name"] == "Olga Leitung"
    close_account(head)
    with look(system("test")):
        assert Autograph.objects.count() == 0
        assert Certificate.objects.get(pk=issued.pk).credential == issued.credential
    assert on_paper(issued)[0] is None


# --- the door -----------------------------------------------------------------------------------------------------------


def send(client, content, file="bild.png"):
    given = {"name": "Olga Leitung", "image": SimpleUploadedFile(file, content)}
    return client.post(DOOR, given, follow=True)


def test_a_head_signs_and_takes_it_back(client, provider, head):
    client.force_login(head)
    assert "Keine Unterschrift, sondern eine Linie" in client.get(DOOR).content.decode()
    page = send(client, written()).content.decode()
    assert "Ihre Unterschrift steht auf jedem Nachweis" in page
    assert 'alt="Unterschrift von Olga Leitung"' in page
    assert send(client, written()).status_code == 200  # sent twice: the same
    page = client.post(DOOR, {"end": "1"}, follow=True).content.decode()
    assert "Ihre Unterschrift steht auf keinem neuen Nachweis mehr." in page
    assert client.post(DOOR, {"end": "1"}, follow=True).status_code == 200
    with look(system("test")):
        assert Autograph.objects.filter(ended_at=None).count() == 0
    said = [line.action for line in recorded("autograph.placed", "autograph.ended")]
    assert said == ["autograph.placed", "autograph.placed", "autograph.ended"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (written(pen=None), "Auf dem Bild ist keine Schrift zu erkennen."),
        (b"%PDF-1.7 kein Bild", "Dieses Bild lässt sich nicht lesen."),
        (written()[:400], "Dieses Bild lässt sich nicht lesen."),
        (b"", "Diese Datei ist leer."),
        (written() + b"0" * 5_000_000, "Das Bild ist zu groß."),
    ],
    ids=["empty sheet", "no picture", "cut off", "empty file", "too large"],
)
def test_what_is_no_signature_is_refused_with_a_sentence(client, provider, head, content, says):
    client.force_login(head)
    page = send(client, content).content.decode()
    assert says in page
    assert 'value="Olga Leitung"' in page  # what was typed is still there
    with look(system("test")):
        assert Autograph.objects.count() == 0


def test_a_name_that_cannot_be_printed_is_refused(client, provider, head):
    client.force_login(head)
    page = client.post(DOOR, {"name": "Olga \U00012000"}).content.decode()
    assert "Diese Zeichen können wir nicht drucken: \U00012000" in page


def test_each_head_speaks_for_herself_and_sees_the_other(client, provider, head):
    other = factories.make_member(provider, "owner", name="Paula Neu")
    place(provider, other, name="Paula Neu")
    client.force_login(head)
    page = client.get(DOOR).content.decode()
    assert 'alt="Unterschrift von Paula Neu"' in page
    assert "Unterschrift entfernen" not in page
    client.post(DOOR, {"end": "1"})
    with look(system("test")):
        assert Autograph.objects.filter(ended_at=None).count() == 1
