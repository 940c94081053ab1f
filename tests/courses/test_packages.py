"""Course packages: what goes out comes in again, and what an enemy packs stays outside."""

import io
import json
import stat
import zipfile
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from courses import packages
from courses.advice import in_words
from courses.packages import BadPackage, CoursePackage
from tests.factories import block
from tests.factories.packages import (
    GOOD,
    file_of,
    lesson,
    package,
    png,
    problems,
    source,
    with_json,
    words_of_a_course,
    zipped,
)
from tests.h5p_samples.packages import quoting
from tests.support import samples

pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile")  # Wagtail's own


# --- a package that is good ----------------------------------------------------------------------------------------


def test_a_good_package_is_read_as_it_was_written():
    assert packages.read(packages.write(GOOD)) == GOOD
    assert packages.write(GOOD) == packages.write(packages.read(packages.write(GOOD)))


def test_the_licences_stand_in_the_package_for_people():
    said = {"title": "Neckar", "author": "Ada", "licence": "CC-BY-SA-4.0", "origin": "Archiv"}
    picture = file_of(png(), credit=said | {"link": "https://a.example/"})
    written = packages.write(package(media=[(picture, png())], origin=source(title="Urfassung")))
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        text = archive.read("LIZENZEN.txt").decode()
    assert text.splitlines() == [
        "„Kurs“ von Volkshochschule",
        "Lizenz: CC BY 4.0 <https://creativecommons.org/licenses/by/4.0/deed.de>",
        "https://lernen.example/kurse/vhs/kurs/",
        "",
        "Der Kurs beruht auf „Urfassung“ von Volkshochschule",
        "Lizenz: CC BY 4.0 <https://creativecommons.org/licenses/by/4.0/deed.de>",
        "https://lernen.example/kurse/vhs/kurs/",
        "",
        "Bilder und Dateien",
        "",
        f"bild.png ({picture['file']})",
        "  Titel: Neckar",
        "  Von: Ada",
        "  Link: https://a.example/",
        "  Fundort: Archiv",
        "  Lizenz: CC BY-SA 4.0 <https://creativecommons.org/licenses/by-sa/4.0/deed.de>",
    ]


# --- packages that are not -----------------------------------------------------------------------------------------

OK = json.dumps(GOOD.course)
NAME = GOOD.course["media"][0]["file"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("/etc/passwd", "unsafe-name"),
        ("../course.json", "unsafe-name"),
        ("media/../../x.png", "unsafe-name"),
        ("media\\x.png", "unsafe-name"),
        ("C:/x.png", "unsafe-name"),
        ("media/bild.png", "unexpected-file"),
        (f"media/{'0' * 64}.exe.png", "unexpected-file"),
        ("__MACOSX/course.json", "unexpected-file"),
    ],
)
def test_a_file_elsewhere_is_refused(name, code):
    assert problems(zipped([("course.json", OK), (name, b"x")])) == [code]


@pytest.mark.parametrize(
    ("attributes", "code"),
    [
        ({"external_attr": (stat.S_IFLNK | 0o777) << 16}, "link"),
        ({"external_attr": stat.S_IFIFO << 16}, "link"),
        ({"compress_type": zipfile.ZIP_LZMA}, "damaged"),
    ],
)
def test_an_odd_entry_is_refused(attributes, code):
    assert problems(zipped([("course.json", OK), (NAME, png())], **attributes)) == [code]


def test_an_encrypted_entry_is_refused():
    content = bytearray(zipped([("course.json", OK)]))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    assert problems(bytes(content)) == ["encrypted"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_refused():
    assert problems(zipped([("course.json", OK), ("course.json", OK)])) == ["same-name-twice"]
    both = zipped([("course.json", OK), ("Course.JSON", OK)])
    assert problems(both) == ["same-name-twice", "unexpected-file"]


def test_limits_are_kept():
    content = packages.write(GOOD)
    assert problems(content, file=100) == ["too-big"]
    assert problems(content, entries=1) == ["too-many-files"]
    assert problems(content, directory=10) == ["too-many-files"]
    assert problems(content, unpacked=100) == ["too-big-unpacked"]
    assert problems(with_json(OK), json=100) == ["too-big-unpacked"]
    assert problems(zipped([("course.json", OK + " " * 2_000_000)])) == ["ratio"]


@pytest.mark.parametrize("content", [b"", b"x", b"%PDF-1.7", b"PK\x05\x06"])
def test_something_else_is_refused(content):
    assert problems(content) == ["not-a-zip"]


def test_a_damaged_zip_is_refused():
    content = bytearray(packages.write(GOOD))
    place = content.index(b"IDAT")
    content[place : place + 8] = b"XXXXXXXX"
    assert problems(bytes(content)) == ["damaged"]


def test_files_on_top_of_each_other_are_refused():
    """zipfile of Python 3.11.7 would unpack them: the same bytes, counted once for each file."""
    names = ["course.json", *(f"media/{number:064}.png" for number in range(9))]
    assert problems(quoting(names, b"{}").getvalue()) == ["damaged"] * 9


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("[1, 2", "not-json"),
        ('{"a": NaN}', "not-json"),
        ("[" * 5_000 + OK * 20, "too-deep"),
        ("[]", "not-a-course"),
        ({"format": "moodle"}, "not-a-course"),
        (GOOD.course | {"version": 2}, "newer-version"),
        (GOOD.course | {"version": "1"}, "not-a-course"),
    ],
)
def test_other_json_is_refused(data, code):
    assert problems(with_json(data)) == [code]


def changed(*path, value):
    """GOOD's course.json with one thing in it changed."""
    data = json.loads(OK)
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("course", "licence"), "GPL", "wrong-shape"),
        (("course", "level"), ["einstieg"], "wrong-shape"),
        (("course", "variants"), {"en": words_of_a_course()}, "no-german"),
        (("course", "variants", "de", "title"), "x" * 256, "too-long"),
        (("course", "variants", "de", "title"), "a\0b", "bad-text"),
        (("course", "variants", "de", "slug"), "../x", "wrong-shape"),
        (("source", "url"), "javascript:alert(1)", "wrong-shape"),
        (("origin",), {"title": "x"}, "missing"),
        (("origin",), source(before="x"), "wrong-shape"),
        (("lessons", 0, "minutes"), True, "wrong-shape"),
        (("lessons", 0, "variants", "en"), {"slug": "x", "title": "x", "body": []}, "wrong-shape"),
        (("lessons", 0, "variants", "de", "body"), [{"type": "text"}], "missing"),
        (("lessons", 0, "competences"), [{"code": "4.1", "level": "basic"}] * 2, "wrong-shape"),
        (("lessons", 0, "variants", "de", "body", 0, "value"), float("1e308") * 10, "not-json"),
        (("media", 0, "name"), "../x.png", "wrong-shape"),
        (("media", 0, "name"), "bild.exe", "wrong-shape"),
        (("media", 0, "focal_point"), [1, 2], "wrong-shape"),
        (("media",), [], "unexpected-file"),
    ],
)
def test_what_does_not_fit_is_named(path, value, code):
    found = packages.check(CoursePackage(changed(*path, value=value), GOOD.media))
    assert code in {problem.code for problem in found}


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ({}, []),
        ({"attestation": "participation", "sittings": 3, "required_sittings": 3}, []),
        ({"retakes": None, "valid_months": None, "units": None, "later": "unknown"}, []),
        ("certificate", [""]),
        ({"attestation": "diploma"}, [".attestation"]),
        ({"required_share": 0, "pass_mark": 101}, [".pass_mark", ".required_share"]),
        ({"sittings": None, "units": 0, "retakes": True}, [".retakes", ".sittings", ".units"]),
        ({"sittings": 2, "required_sittings": 3}, [".required_sittings"]),
        ({"required_sittings": 1}, [".required_sittings"]),
    ],
)
def test_a_rule_may_be_missing_and_must_not_be_wrong(rule, wrong):
    course = changed("course", "attestation", value=rule)
    found = packages.check(CoursePackage(course, GOOD.media))
    places = [f"course.json.course.attestation{place}" for place in wrong]
    assert [tuple(problem) for problem in found] == [("bad-rule", place) for place in places]
    assert in_words(BadPackage(found)) == [
        f"Die Regel für den Nachweis stimmt nicht: {place}" for place in places
    ]


def test_all_that_is_wrong_is_said_at_once():
    data = changed("course", "licence", value="GPL")
    data["lessons"] = "keine"
    found = packages.check(CoursePackage(data, GOOD.media))
    assert [tuple(problem) for problem in found] == [
        ("wrong-shape", "course.json.course.licence"),
        ("wrong-shape", "course.json.lessons"),
    ]


def test_the_same_block_twice_would_be_answered_once():
    twice = block("text", "<p>x</p>")
    found = packages.check(package(lesson(twice), lesson(twice)))
    assert [problem.code for problem in found] == ["id-twice"]


def of_kind(name, content):
    return packages.write(package(media=[(file_of(content, name), content)]))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bild.jpg", png()),
        ("bild.png", b"<svg onload='alert(1)'/>"),
        ("seite.svg", b"<svg/>"),
        ("seite.html", b"<p>x</p>"),
        ("blatt.pdf", b"MZ"),
        ("film.mp4", b"#!/bin/sh"),
        ("film.vtt", b"Hallo"),
        ("text.txt", b"a\0b"),
        ("film.mp4", samples.mp4(brand=b"qt  ")),
        ("film.vtt", samples.SRT.encode()),
        ("folien.pptx", samples.office("docx")),
    ],
)
def test_a_file_must_be_what_its_name_says(name, content):
    assert problems(of_kind(name, content)) == ["media-kind"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bild.png", png()),
        ("blatt.pdf", samples.pdf()),
        ("film.vtt", samples.VTT.encode()),
        ("film.mp4", samples.mp4()),
        ("ton.mp3", samples.mp3()),
        ("folien.pptx", samples.office("pptx")),
        ("bild.gif", samples.moving()),
        ("liste.csv", "ä;b".encode("latin-1")),
        ("text.txt", "ä".encode()),
    ],
)
def test_allowed_kinds_are_read(name, content):
    assert list(packages.read(of_kind(name, content)).media.values()) == [content]


def test_media_are_what_their_hash_says():
    written = zipped([("course.json", OK), (NAME, png("blue"))])
    assert problems(written) == ["wrong-hash"]
    assert problems(with_json(OK)) == ["media-missing"]


def test_a_picture_that_would_fill_the_memory_is_refused():
    content = bytearray(png())
    content[16:24] = (60_000).to_bytes(4, "big") * 2
    assert problems(of_kind("bild.png", bytes(content))) == ["media-kind"]


@example(b"9", 1331)  # a list of files that leads before the beginning
@given(st.binary(max_size=300), st.integers(0, 2000))
def test_noise_is_never_more_than_a_bad_package(noise, place):
    """Whatever stands in the file: a package or BadPackage, no other error."""
    content = packages.write(GOOD)
    place = min(place, len(content))
    with_noise = content[:place] + noise + content[place + len(noise) :]
    for attempt in (noise, with_noise, content[:place]):
        with suppress(BadPackage):
            assert packages.read(attempt).course["format"] == packages.FORMAT


def test_a_name_that_begins_with_nothing_is_unsafe():
    content = zipped([("course.json", OK), ("xabc", b"")]).replace(b"xabc", b"\0abc")
    assert problems(content) == ["unsafe-name"]


def test_a_second_count_of_files_is_not_believed():
    content = zipped([("course.json", OK)])
    end = content.rindex(b"PK\x05\x06")
    forged = content[:end] + b"PK\x06\x07" + bytes(16) + content[end:]
    assert problems(forged) == ["damaged"]
