"""QR codes, read by a reader: what a telephone finds in them is what was meant."""

import io
import re

import pypdf
import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageOps

from certificates.paper import pdf, qr
from files import codes
from tests.certificates.test_papers import PAPER

TEXTS = ["https://lernen.example/z/8Q2M-V7KD-3HXT-9RWC", "a", "Grüße, 陳", "x" * 1200]


def found(picture):
    """The text of the one code in a picture; a reader that is in doubt says nothing."""
    [code] = zxingcpp.read_barcodes(picture.convert("L"))
    assert code.format == zxingcpp.BarcodeFormat.QRCode
    return code.text


def painted(svg):
    """What the paths of our SVG paint, each module four pixels wide."""
    size = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])
    picture = Image.new("L", (size * 4, size * 4), 255)
    paint = ImageDraw.Draw(picture)
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1H\1z", svg):
        x, y, width = (int(number) * 4 for number in (x, y, width))
        paint.rectangle((x, y, x + width - 1, y + 3), fill=0)
    return picture


@pytest.mark.parametrize("text", TEXTS, ids=["address", "letter", "foreign", "long"])
def test_both_ways_to_draw_a_code_can_be_read(text):
    assert found(Image.open(io.BytesIO(qr.png(text)))) == text
    assert found(painted(qr.svg(text))) == text


def test_there_is_a_quiet_zone_of_four_modules_around_it():
    picture = ImageOps.invert(Image.open(io.BytesIO(qr.png("ruhig"))))
    left, top, right, bottom = picture.getbbox()
    assert {left, top, picture.width - right, picture.height - bottom} == {4 * codes.PIXELS}


def test_nothing_of_the_text_gets_into_the_page_as_markup():
    assert "script" not in qr.svg("<script>")


def test_the_code_on_the_paper_says_its_signed_address():
    [page] = pypdf.PdfReader(io.BytesIO(pdf.render(PAPER))).pages
    [picture] = page.images
    assert found(picture.image) == PAPER.qr_url
