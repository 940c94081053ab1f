"""The author's own picture on a course's card: cut around its focus, small, late, and named; without one it is drawn."""

import io
import re

import PIL.Image
import pytest
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from wagtail.images import get_image_model
from wagtail.models import Locale

from courses import packages
from courses.actions import adopt_course, credit, export_course, import_course
from courses.models import CatalogueEntry, CourseIndexPage, CoursePage
from courses.queries.loose_ends import loose_files
from tenancy.lens import look, system
from tests import factories
from tests.factories.packages import GOOD, file_of, lesson, package, png
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


FOCUS = {"focal_point_x": 1300, "focal_point_y": 250, "focal_point_width": 80, "focal_point_height": 80}  # fmt: skip
OPEN = {"licence": "CC-BY-4.0", "author": "Frida Foto", "link": "https://bilder.example/handy"}


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
        image = picture(course.provider, **FOCUS)
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


# --- in a package --------------------------------------------------------------------------------------------------


@pytest.fixture
def shown(course):
    """The course with a picture of somebody else on its card, in two languages; as a package."""
    with look(system("test")):
        image = picture(course.provider, **FOCUS)
        credit(image, **OPEN, title="Handy", origin="")
    published(course, card_image=image, card_image_alt="Zwei lachen")
    with look(system("test")):
        variant = course.copy_for_translation(Locale.objects.get(language_code="en"))
        variant.card_image_alt = "Two laugh"
        variant.save_revision().publish()
    return course


def index_page(provider):
    return CourseIndexPage.objects.get(provider=provider, locale__language_code="de")


def told(copy):
    card = copy.get_latest_revision_as_object().card_image
    pages = [copy, *copy.get_translations()]
    focus = {name: getattr(card, name) for name in FOCUS}
    return focus, card.credit.author, card.collection, [page.card_image_alt for page in pages]


def test_it_travels_with_its_words_its_focus_and_its_credit(shown):
    with look(system("test")):
        there = factories.make_provider("nachbar")
        author = factories.make_member(there)
        back = import_course(export_course(shown), index_page(shown.provider), by=None)
        adopted = adopt_course(shown.translation_key, index_page(there), by=author).course
        words = ["Zwei lachen", "Two laugh"]
        assert told(back) == (FOCUS, "Frida Foto", shown.provider.collection, words)
        assert told(adopted) == (FOCUS, "Frida Foto", there.collection, words)
        again = import_course(export_course(shown), index_page(shown.provider), by=None)
        assert again.card_image_id == back.card_image_id


def test_the_same_picture_with_another_focus_is_another_one(shown):
    with look(system("test")):
        out = export_course(shown)
        image = CoursePage.objects.get(pk=shown.pk).card_image
        image.focal_point_x = 100
        image.save()
        copy = import_course(out, index_page(shown.provider), by=None)
        image.refresh_from_db()
        assert (copy.card_image.focal_point_x, image.focal_point_x) == (1300, 100)


def test_one_that_was_allowed_for_this_course_alone_stays_behind(shown):
    with look(system("test")):
        image = CoursePage.objects.get(pk=shown.pk).card_image
        credit(image, **OPEN | {"licence": "permission"}, title="Handy", origin="")
        there = factories.make_provider("nachbar")
        author = factories.make_member(there)
        arrived = adopt_course(shown.translation_key, index_page(there), by=author)
        assert (arrived.course.card_image, arrived.withheld) == (None, [image.filename])


@pytest.mark.parametrize(
    ("named", "codes"),
    [
        (None, []),
        (file_of(png())["file"], []),
        (file_of(png("blue"))["file"], ["media-missing"]),
        ("media/../bild.png", ["wrong-shape"]),
        ([], ["wrong-shape"]),
        (file_of(b"a;b", "b.csv")["file"], ["media-kind"]),
    ],
)
def test_a_card_names_a_picture_of_its_package(named, codes):
    media = [(file_of(png()), png()), (file_of(b"a;b", "b.csv"), b"a;b")]
    named_so = GOOD.course["course"] | {"card_image": named}
    found = packages.check(package(lesson(), media=media, course=named_so))
    assert [problem.code for problem in found] == codes
