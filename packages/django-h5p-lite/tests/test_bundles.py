"""Bundles leave packed, are kept packed beside themselves, and stay what they are."""

import gzip
import re

import brotli
import pytest
from django.core.files.storage import default_storage
from django.test import Client

from h5p_lite import blobs, player_page
from h5p_lite.actions.packages import take_package
from h5p_lite.models import Content
from h5p_samples.packages import GOOD, packed

LONG = "var a;" * 10_000
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}


@pytest.fixture
def quiz(staff):
    file = packed(GOOD | {"Test.Quiz-1.2/quiz.js": LONG})
    take_package(file, "a.h5p", owner=staff, with_libraries=True, by=staff)
    return Content.objects.get()


@pytest.fixture
def address(quiz, staff):
    client = Client()
    client.force_login(staff)
    page = client.get(f"/h5p/{quiz.pk}/page/").content.decode()
    [found] = re.findall(r'src="([^"]+/[0-9a-f]{20}\.js)"', page)
    return found


@pytest.mark.parametrize(
    ("accepts", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip, br;q=0", "gzip"),
        ("gzip;q=1.0, identity;q=0.5", "gzip"),
        ("*", "br"),
        ("br;q=0.000, *;q=0", None),
        ("identity", None),
        ("", None),
    ],
)
def test_a_bundle_leaves_as_the_browser_takes_it(address, accepts, encoding):
    answer = Client().get(address, headers={"accept-encoding": accepts})
    body = b"".join(answer.streaming_content)
    assert answer.headers.get("Content-Encoding") == encoding
    assert LONG in UNPACK[encoding](body).decode()
    assert int(answer["Content-Length"]) == len(body)
    assert answer["Vary"].split(", ")[0] == "Accept-Encoding"
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    if encoding:
        assert len(body) < len(LONG) / 10


def test_a_bundle_of_before_leaves_as_it_is(address):
    name = address.rpartition("/")[2]
    for ending in (".br", ".gz"):
        default_storage.delete(f"h5p/bundles/{name}{ending}")
    answer = Client().get(address, headers={"accept-encoding": "br"})
    assert "Content-Encoding" not in answer.headers
    assert LONG in b"".join(answer.streaming_content).decode()


def test_bundles_are_kept_packed_beside(address):
    stem = address.rpartition("/")[2].removesuffix(".js")
    names = sorted(default_storage.listdir("h5p/bundles")[1])
    assert names == [
        f"{stem}.{kind}{ending}" for kind in ("css", "js") for ending in ("", ".br", ".gz")
    ]


def test_what_was_stopped_before_its_end_is_made_again(monkeypatch, db):
    def stopped(_raw):
        raise OSError("the disk is full")

    monkeypatch.setitem(blobs.PACKERS, "gzip", stopped)
    with pytest.raises(OSError, match="full"):
        blobs.keep_bundle("x.js", "var a;")
    assert not blobs.has_bundle("x.js")


def test_a_new_bridge_is_a_new_bundle(monkeypatch, quiz):
    before = player_page._stamp("libraries")
    player_page._stamp.cache_clear()
    monkeypatch.setattr(player_page, "_bridge", lambda: "another")
    assert player_page._stamp("libraries") != before
