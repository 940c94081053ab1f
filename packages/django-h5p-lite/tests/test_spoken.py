"""Which language a content is in and which way it is read: what its package says, through the page and out again."""

import re

import pytest
from django.test import Client

from h5p_lite.actions.contents import About, change_content
from h5p_lite.actions.packages import take_package
from h5p_lite.core.package import read
from h5p_lite.core.spoken import UNKNOWN, direction_of
from h5p_lite.models import Content
from h5p_lite.queries.packing import package_of, packed
from h5p_samples.packages import GOOD, manifest
from h5p_samples.packages import packed as zipped


def taken(staff, **said):
    files = GOOD | {"h5p.json": manifest(**said)}
    take_package(zipped(files), "a.h5p", owner=staff, with_libraries=True, by=staff)
    return Content.objects.get()


def frame(content, person, language="en"):
    client = Client(headers={"accept-language": language})
    client.force_login(person)
    page = client.get(f"/h5p/{content.pk}/page/").content.decode()
    return re.search(r'<html lang="(.*?)" dir="(.*?)"', page).groups()


def leaves_as(content):
    with package_of(packed(content.newest)) as file:
        out = read(file).manifest
    return out.language, out.default_language


@pytest.mark.parametrize(
    ("said", "language", "attributes", "leaves"),
    [
        ({"language": "en", "defaultLanguage": "ar"}, "ar", ("ar", "rtl"), ("ar", "ar")),
        ({"language": "fa"}, "fa", ("fa", "rtl"), ("fa", "")),
        ({"language": "de"}, "de", ("de", "ltr"), ("de", "")),
        ({"language": "und", "defaultLanguage": "de-AT"}, "de-AT", ("de-AT", "ltr"), ("de-AT", "de-AT")),
        ({"language": "und"}, UNKNOWN, ("", "auto"), (UNKNOWN, "")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("reader", ["en", "de"])
def test_the_frame_follows_the_content_and_a_file_keeps_it(staff, said, language, attributes, leaves, reader):  # fmt: skip
    content = taken(staff, **said)
    assert content.language == language
    assert frame(content, staff, reader) == attributes
    assert leaves_as(content) == leaves


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        ("ar", "rtl"), ("he-IL", "rtl"), ("ckb", "rtl"), ("AR-eg", "rtl"), ("az-Arab", "rtl"),
        ("ar-Latn", "ltr"), ("de", "ltr"), ("ku", "ltr"), ("zh-Hant", "ltr"), ("und", "auto"), ("", "auto"),
    ],
)  # fmt: skip
def test_directions(language, direction):
    assert direction_of(language) == direction


def test_who_corrects_the_language_corrects_it_for_other_platforms_as_well(staff):
    content = taken(staff, language="en", defaultLanguage="en")
    change_content(content, About("A", "ar", reuse=False))
    assert leaves_as(content) == ("ar", "ar")
