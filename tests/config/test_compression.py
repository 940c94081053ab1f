"""Compressed answers: smaller for everybody, and nobody learns a secret from their length."""

import gzip
import re

import brotli
import pytest

from config import compression
from config.compression import accepted, zstd
from tests.house.test_doors import furnished, house

__all__ = ["furnished", "house"]  # fixtures

HOME = {"Sec-Fetch-Site": "same-origin"}
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "zstd": zstd.decompress}
ALL = ", ".join(UNPACK)
NOISE = re.compile(r"<!--[\w-]*-->$")


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.000, zstd", "zstd"),
        ("*", "br"),
        ("*;q=0, gzip", "gzip"),
        ("br;q=1.0", "br"),
        ("identity", ""),
        ("", ""),
        (";;,q=,", ""),
    ],
)
def test_the_browser_says_what_it_takes(header, found):
    assert accepted(header, compression.OFTEN) == found


@pytest.mark.parametrize("encoding", UNPACK)
def test_a_public_page_is_smaller_and_the_same(client, db, encoding):
    plain = client.get("/")
    packed = client.get("/", headers={"Accept-Encoding": encoding})
    assert packed["Content-Encoding"] == encoding
    assert UNPACK[encoding](packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 3
    assert packed["Content-Length"] == str(len(packed.content))
    assert "Content-Encoding" not in plain
    assert {"Cookie", "Accept-Encoding"} <= {*packed["Vary"].split(", ")} & {
        *plain["Vary"].split(", ")
    }


def test_the_etag_says_that_bytes_differ_and_still_answers(client, db):
    plain = client.get("/")
    packed = client.get("/", headers={"Accept-Encoding": "br"})
    assert packed["ETag"] == f"W/{plain['ETag']}"
    for etag in (plain["ETag"], packed["ETag"]):
        again = client.get("/", headers={"Accept-Encoding": "br", "If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
        assert "Accept-Encoding" in again["Vary"]
        assert again["Cache-Control"] == packed["Cache-Control"]


def test_head_has_the_headers_of_get(client, db):
    got, asked = (ask("/", headers={"Accept-Encoding": "br"}) for ask in (client.get, client.head))
    assert asked.content == b""
    assert {
        name: asked[name] for name in ("Content-Encoding", "Content-Length", "ETag", "Vary")
    } == {name: got[name] for name in ("Content-Encoding", "Content-Length", "ETag", "Vary")}


def test_a_page_is_compressed_once(client, db, monkeypatch):
    client.get("/", headers={"Accept-Encoding": "br"})
    monkeypatch.setitem(compression.OFTEN, "br", None)
    assert client.get("/", headers={"Accept-Encoding": "br"})["Content-Encoding"] == "br"


def test_few_bytes_stay_as_they_are(client, db):
    assert "Content-Encoding" not in client.get("/health/live", headers={"Accept-Encoding": ALL})


# --- the guard: a personal page -------------------------------------------------------------------------------------


@pytest.mark.parametrize("site", ["cross-site", "same-site", "", "nonsense"])
@pytest.mark.parametrize("path", ["/lernen/", "/konto/", "/kurse/", "/"])
def test_what_another_site_caused_is_never_compressed_for_a_person(client, house, path, site):
    client.force_login(house.people["learner"])
    answer = client.get(path, headers={"Accept-Encoding": ALL, "Sec-Fetch-Site": site})
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer
    assert "Sec-Fetch-Site" in answer["Vary"]


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_a_personal_page_is_compressed_for_whoever_asked_for_it(client, house, site):
    client.force_login(house.people["learner"])
    answer = client.get("/lernen/", headers={"Accept-Encoding": ALL, "Sec-Fetch-Site": site})
    assert answer["Content-Encoding"] == "zstd"
    assert zstd.decompress(answer.content).decode().rstrip().endswith("-->")


def test_its_length_says_nothing_exact(client, house):
    client.force_login(house.people["learner"])
    pages = [client.get("/lernen/", headers=HOME | {"Accept-Encoding": "gzip"}) for _ in range(12)]
    assert len({len(page.content) for page in pages}) > 6
    longest = max(len(page.content) for page in pages)
    assert longest - min(len(page.content) for page in pages) <= compression.BLUR


def test_forms_of_visitors_hold_a_token_and_count_as_personal(client, db):
    page = client.get("/konto/anmelden/", headers={"Accept-Encoding": ALL})
    assert "csrfmiddlewaretoken" in page.content.decode()
    assert "Content-Encoding" not in page
    assert (
        client.get("/konto/anmelden/", headers=HOME | {"Accept-Encoding": ALL})["Content-Encoding"]
        == "zstd"
    )


def test_data_is_compressed_without_a_comment_in_it(client, house):
    client.force_login(house.people["admin"])
    answer = client.get(house.address("openapi"), headers=HOME | {"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert not NOISE.search(gzip.decompress(answer.content).decode())
