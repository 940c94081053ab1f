"""People paste: addresses, "Nr. …", signs of every keyboard, photos. A slip of the pen is called one."""

import io
from itertools import combinations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from certificates import tokens
from certificates.models import Certificate, Recipient
from certificates.paper import qr
from tenancy.lens import look, system
from tests import factories
from tests.support.holders import issue

OLD = "7KQ4M2RD9XVH3TNA"
NEW = OLD + "Z"
HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d\u00ad\u2043"
BETWEEN = [
    *HYPHENS,
    ".",
    "·",
    "\u3002",
    " ",
    "\u00a0",
    "\u202f",
    "\u200b",
    "\u2060",
    "\ufeff",
    "_",
    "/",
    ":",
]
WIDE = str.maketrans({chr(n): chr(n + 0xFEE0) for n in range(0x21, 0x7F)})
numbers = st.text(alphabet=tokens.ALPHABET, min_size=16, max_size=16)


@pytest.mark.parametrize("token", [OLD, NEW], ids=["old", "new"])
@pytest.mark.parametrize("between", BETWEEN)
def test_every_hyphen_dot_and_invisible_sign_is_read(token, between):
    assert tokens.read_token(between.join(tokens.grouped(token).split("-"))) == token
    assert tokens.read_token(between.join(token)) == token


@pytest.mark.parametrize("token", [OLD, NEW], ids=["old", "new"])
@pytest.mark.parametrize(
    "pasted",
    [
        "https://lernen.example/z/{}",
        "https://lernen.example/z/{}/",
        "http://localhost:8000/en/z/{}.pdf",
        "https://lernen.example/z/{}.json?warten=1",
        "https://lernen.example/z/{}#eyJuIjoiQW5uYSJ9.c2lnbmF0dXJl",
        "lernen.example/z/{}/name/",
        "Nr. {}",
        "Nr.{}",
        "Nummer: {}",
        "N° {}",
        "  „{}“ ",
        "Zertifikat Nr. {}.",
        "\u2066{}\u2069",
    ],
)
def test_addresses_and_words_around_it_are_read(token, pasted):
    assert tokens.read_token(pasted.format(tokens.grouped(token))) == token
    assert tokens.read_token(pasted.format(tokens.grouped(token).lower())) == token


def test_full_width_is_read():
    assert tokens.read_token(tokens.grouped(NEW).translate(WIDE)) == NEW


# --- the check character ---------------------------------------------------------------------------------------------


@given(numbers)
def test_a_new_number_has_one_and_an_old_one_stays_good(body):
    assert tokens.read_token(body) == body
    new = body + tokens.check_character(body)
    assert tokens.read_token(new) == new
    assert not tokens.slipped(new)


@given(numbers, st.integers(0, 16), st.sampled_from(tokens.ALPHABET))
def test_every_wrong_character_is_a_slip(body, place, letter):
    new = body + tokens.check_character(body)
    typed = new[:place] + letter + new[place + 1 :]
    assert tokens.slipped(typed) is (typed != new)
    assert tokens.read_token(typed) == (new if typed == new else "")


@given(numbers)
def test_every_two_that_changed_places_are_a_slip(body):
    new = body + tokens.check_character(body)
    for one, other in combinations(range(17), 2):
        typed = list(new)
        typed[one], typed[other] = typed[other], typed[one]
        assert tokens.slipped("".join(typed)) is (new[one] != new[other])


def test_made_numbers_have_it():
    for token in (tokens.new_token() for _ in range(50)):
        assert (len(token), tokens.is_token(token)) == (17, True)
        assert len(tokens.grouped(token)) == 21


def test_what_is_no_number_is_no_slip():
    assert not any(map(tokens.slipped, ("", "7KQ4", OLD, OLD[:-1], NEW + "A", "Ä" * 17)))


@pytest.fixture
def world(db):
    return issue(factories.make_provider("haus"))


def slip(number):
    """The same number with its last character wrong."""
    return number[:-1] + ("A" if number[-1] != "A" else "B")


def test_a_slip_says_so_everywhere_and_another_number_does_not(client, world):
    typed = client.get("/pruefen/", {"number": slip(world.number)})
    assert typed.status_code == 400
    assert "Vertippt?" in typed.content.decode()
    page = client.get(f"/z/{slip(world.number)}")
    assert page.status_code == 404
    assert "Vertippt?" in page.content.decode()
    told = client.post(
        "/api/v1/verify", {"number": slip(world.number)}, content_type="application/json"
    ).json()
    assert told == {"verified": False, "verdict": "mistyped", "checks": []}
    for number in (OLD, NEW):
        page = client.get(f"/z/{tokens.grouped(number)}")
        assert page.status_code == 404
        assert "Vertippt?" not in page.content.decode()
        assert "Diese Nummer kennen wir nicht." in page.content.decode()


def test_a_certificate_with_an_old_number_is_found(client, world):
    with look(system("test")):
        Certificate.objects.filter(pk=world.certificate.pk).update(
            token_hash=tokens.token_hash(OLD)
        )
        Recipient.objects.filter(pk=world.certificate.pk).update(token=OLD)
    pasted = client.get("/pruefen/", {"number": f"Nr. {tokens.grouped(OLD)}"})
    assert pasted.headers["Location"] == f"/z/{tokens.grouped(OLD)}"
    assert client.get(pasted.headers["Location"]).context["verdict"] == "valid"


def test_a_pasted_address_leads_to_the_page(client, world):
    for pasted in (
        f"http://localhost:8000{world.page}",
        f"http://localhost:8000{world.page}#eyJuIjoiQW5uYSJ9.c2ln",
        f"Nr. {world.number.replace('-', '–')}",
    ):
        assert client.get("/pruefen/", {"number": pasted}).headers["Location"] == world.page


# --- a photo of the code ---------------------------------------------------------------------------------------------


def photo(text, format="JPEG", *, turned=8):
    """The code on a grey desk, a little askew."""
    code = Image.open(io.BytesIO(qr.png(text))).convert("L")
    desk = Image.new("L", (code.width * 3, code.height * 2), 170)
    desk.paste(code.rotate(turned, fillcolor=170, expand=True), (code.width // 2, code.height // 3))
    into = io.BytesIO()
    desk.convert("RGB").save(into, format, quality=60)
    return into.getvalue()


def upload(client, content, name="foto.jpg"):
    return client.post("/pruefen/", {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF", "HEIF"])
def test_a_photo_of_the_code_leads_to_the_page(client, world, format):
    content = photo(f"http://localhost:8000{world.page}#eyJuIjoiQW5uYSJ9.c2ln", format)
    assert upload(client, content).headers["Location"] == world.page


def said(answer):
    assert answer.status_code == 400
    return answer.context["file_error"]


def test_other_pictures_say_what_is_the_matter(client, db):
    blank = io.BytesIO()
    Image.new("L", (300, 300), 200).save(blank, "JPEG")
    assert "keinen QR-Code gefunden" in said(upload(client, blank.getvalue()))
    assert "gehört zu keinem Nachweis" in said(upload(client, photo("https://example.org/")))
    assert "lässt sich nicht lesen" in said(upload(client, photo("a" * 40)[:300]))
    assert client.cookies.get("csrftoken") is None


def test_a_picture_that_unfolds_is_not_decoded(client, db):
    bomb = io.BytesIO()
    Image.new("1", (9000, 9000)).save(bomb, "PNG")
    assert len(bomb.getvalue()) < 100_000
    assert "lässt sich nicht lesen" in said(upload(client, bomb.getvalue(), "foto.png"))


def test_a_large_photo_is_taken_up_to_its_bound(client, world):
    content = photo(f"http://localhost:8000{world.page}")
    assert upload(client, content + bytes(3_000_000)).headers["Location"] == world.page
    assert "höchstens 20 MB" in said(upload(client, content + bytes(20_000_000)))
