"""The author's own picture on a course's card: cut around its focus, small, late, and named; without one it is drawn."""

import io
import re

import PIL.Image
import pytest
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from wagtail.images import get_image_model

from courses.actions import credit
from courses.models import CatalogueEntry, CoursePage
from courses.queries.loose_ends import loose_files
from tenancy.lens import look, system
from tests import factories
from tests.support.pages import one_line

FILE = re.compile(r"/(druck/[0-9a-f]{40}\.(?:webp|jpg))")
#: Wagtail leaves the closing of a picture's working copy to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in. <function Spooled"),
]
LINKED = re.compile(r'og:image" content="https?://[^/]+(/[^"]+)"')


@pytest.fixture
def course(db):
    with look(system("test")):
        return factories.make_course(factories.make_provider("haus"))


def picture(provider, **focus):
    """Red, and blue at its right end."""
    content = io.BytesIO()
    drawn = PIL.Image.new("RGB", (1400, 500), "#c00000")
    drawn.paste("#0000c0", (700, 0, 1400, 500))
    drawn.save(content, "PNG")
    file = ImageFile(io.BytesIO(content.getvalue()), "bild.png")
    given = {"title": "Bild", "collection": provider.collection, "width": 1400, "height": 500}
    return get_image_model().objects.create(file=file, **given, **focus)


def published(course, **fields):
    with look(system("test")):
        page = CoursePage.objects.get(pk=course.pk)
        for name, value in fields.items():
            setattr(page, name, value)
        page.save_revision().publish()


def card(course):
    with look(system("test")):
        return CatalogueEntry.objects.get(course=course.translation_key).html["de"]


def page_of(course):
    with look(system("test")):
        return f"/kurse/{CatalogueEntry.objects.get(course=course.translation_key).address}/"


def stored(address):
    with default_storage.open(FILE.search(address)[1]) as file:
        return PIL.Image.open(io.BytesIO(file.read())).convert("RGB")


def test_without_a_picture_it_is_drawn(course, client):
    published(course)
    assert ("<svg" in card(course), "<img" in card(course)) == (True, False)
    assert LINKED.search(client.get(page_of(course)).text)[1].startswith("/kurse/")


@pytest.mark.parametrize("alt", ["", "Zwei Frauen mit einem Handy"])
def test_the_authors_picture_is_cut_around_its_focus(course, client, alt):
    with look(system("test")):
        focus = {f"focal_point_{side}": at for side, at in (("x", 1300), ("y", 250), ("width", 80), ("height", 80))}  # fmt: skip
        image = picture(course.provider, **focus)
    published(course, card_image=image, card_image_alt=alt)
    html = card(course)
    assert f'alt="{alt}"' in html
    assert 'loading="lazy"' in html
    assert 'width="320" height="208"' in html
    assert "<svg" not in html
    red, _green, blue = stored(html).getpixel((100, 100))  # red, if it were cut in the middle
    assert blue > red
    link = LINKED.search(client.get(page_of(course)).text)[1]
    assert link.endswith(".jpg")
    assert stored(link).size[0] <= 1200
    for address in FILE.findall(html):
        assert default_storage.size(address) < 40_000
    with look(system("test")):
        assert not {*FILE.findall(html)} & {*loose_files()}


def test_a_picture_that_is_gone_is_drawn_again(course):
    with look(system("test")):
        image = picture(course.provider)
    published(course, card_image=image)
    assert "<img" in card(course)
    with look(system("test")):
        default_storage.delete(image.file.name)
        image.renditions.all().delete()
    published(course, title="Anders")
    assert "<svg" in card(course)


def test_whose_picture_it_is_stands_on_the_page(course, client):
    with look(system("test")):
        image = picture(course.provider)
        words = {"licence": "CC-BY-4.0", "author": "Frida Foto", "title": "Handy", "origin": ""}
        credit(image, **words, link="https://bilder.example/handy")
    published(course, card_image=image)
    assert "Frida Foto" in one_line(client.get(page_of(course)))
