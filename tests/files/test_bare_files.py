"""What leaves the house: pictures without place, time and camera; what cannot be read is left as it is."""

import io

from PIL import Image

import files
from files import pictures
from tests.support import samples


def test_a_tiff_of_an_activity_leaves_without_its_camera():
    content = samples.photo("TIFF")
    assert b"Neckarphone" in content
    clean = files.bare(content, "bild.tif")
    assert b"Neckarphone" not in clean
    with Image.open(io.BytesIO(clean)) as picture:
        assert picture.size == (64, 48)
        assert 34853 not in picture.getexif()  # where it was taken
    assert files.bare(content[:40], "bild.tif") == content[:40]


def test_what_leaves_is_left_as_it_is_where_it_cannot_be_read():
    assert files.bare(samples.photo()[:100], "b.jpg") == samples.photo()[:100]
    assert b"Neckarphone" not in files.bare(samples.photo(), "ohne")
    assert pictures.format_of(b"") == ""
