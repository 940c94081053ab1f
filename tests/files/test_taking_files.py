"""Files are what they are, not what they are called. Pure: bytes in, a file or a reason out."""

import io
import os
import stat
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import files
from files import captions, films
from files.problems import BadFile
from tests.support import samples
from tests.support.samples import SRT, VTT

ALL = (*files.PICTURES, *files.DOCUMENTS)


def take(content, name, wanted=ALL, **how):
    return files.take(io.BytesIO(content), name, wanted, **how)


def why(content, name, wanted=ALL, **how):
    with pytest.raises(BadFile) as refused:
        take(content, name, wanted, **how)
    return refused.value.code


# --- captions -------------------------------------------------------------------------------------------------------


def test_captions_in_order_stay_as_they_are():
    plain = VTT.encode()
    assert take(plain, "film.vtt") == ("film.vtt", plain, (), ())
    marked = b"\xef\xbb\xbf" + plain
    assert take(marked, "film.vtt").content == marked


@pytest.mark.parametrize("letters", ["utf-8", "cp1252", "utf-16"])
def test_srt_becomes_webvtt(letters):
    taken = take(SRT.encode(letters), "film.srt")
    assert taken.name == "film.vtt"
    assert taken.content.decode() == (
        f"WEBVTT\n\nNOTE Lernstadt: {' '.join(taken.did)}\n\n"
        "00:00:01.000 --> 00:00:02.500\nGrüß Gott\n\n00:00:03.000 --> 00:00:04.000\nAdé\n"
    )
    assert taken.did == (("srt",) if letters == "utf-8" else ("letters", "srt"))
    assert captions.notes(taken.content) == taken.did
    assert take(taken.content, "film.vtt") == ("film.vtt", taken.content, (), ())


def test_captions_called_vtt_may_be_srt_inside():
    taken = take(SRT.encode(), "film.vtt")
    assert taken.did == ("srt",)
    half = b"WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nHallo\n"
    assert take(half, "film.vtt").did == ("srt",)


def test_captions_are_put_in_the_order_of_time():
    text = "WEBVTT\n\n00:05.000 --> 00:06.000\nb\n\n00:01.000 --> 00:02.000\na\n"
    taken = take(text.encode(), "film.vtt")
    assert taken.did == ("order",)
    assert [cue.text for cue in captions.read(taken.content).cues] == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("WEBVTT\n\n", "captions-none"),
        ("WEBVTT\n\nNOTE nur\n00:01.000 --> 00:02.000\nKommentar\n", "captions-none"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "captions-none"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<b>\u200b</b>\n", "captions-none"),
        ("Das ist ein Brief.", "captions-none"),
        ("1\n00:01 --> 00:02\nHallo\n", "captions-time"),
        ("1\n00:00:05,000 --> 00:00:05,000\nHallo\n", "captions-backwards"),
        ("1\n00:00:05,000 --> 00:00:04,000\nHallo\n", "captions-backwards"),
        ("WEBVTT\0", "captions-letters"),
    ],
)
def test_captions_that_are_none_are_refused(text, code):
    assert why(text.encode(), "film.vtt") == code


def test_a_wrong_time_is_named_with_its_line():
    with pytest.raises(BadFile) as refused:
        captions.read(b"WEBVTT\n\n00:01.000 --> 00:02.000\na\n\n0:3 --> 0:4\nb\n")
    assert refused.value.facts == {"line": 6, "text": "0:3 --> 0:4"}


def test_what_only_srt_knows_goes_and_what_looks_like_a_tag_is_said():
    text = '1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<font color="red">Ich <3 dich</font> & <i>alle</i>\n2\n00:00:02,000 --> 00:00:03,000\nb'
    cues = captions.read(captions.webvtt(text.encode())[0]).cues
    assert [cue.text for cue in cues] == ["Ich &lt;3 dich &amp; <i>alle</i>", "b"]


def test_places_of_captions_are_kept_and_nonsense_behind_a_time_is_not():
    text = "00:01.000 --> 00:02.000 line:0 align:start\na\n\n00:03.000 --> 00:04.000 X1:5 oben\nb\n"
    assert [cue.settings for cue in captions.read(text.encode()).cues] == [
        " line:0 align:start",
        "",
    ]


def test_letters_that_no_encoding_has_are_refused():
    assert why(b"1\n00:00:01,000 --> 00:00:02,000\n\x81\x8d\n", "film.srt") == "captions-letters"
    assert why(b"\xff\xfe\x00\xd8\x00", "film.srt") == "captions-letters"


def test_captions_as_large_as_a_film_are_not_read():
    with pytest.raises(BadFile, match="captions-size"):
        captions.read(b"x" * (captions.LARGEST + 1))


def test_captions_end_with_their_film():
    long = captions.webvtt(SRT.encode())[0]
    assert captions.within(long, 4) == long
    cut = captions.read(captions.within(long, 3.5)).cues
    assert [(cue.start, cue.end) for cue in cut] == [(1000, 2500), (3000, 3500)]
    assert len(captions.read(captions.within(long, 3)).cues) == 1


@given(
    st.lists(
        st.tuples(
            st.integers(0, 10**7),
            st.integers(1, 10**5),
            st.text(
                st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp", "Cs")),
                min_size=1,
            ),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_whatever_is_said_survives_the_way_through_srt(said):
    """Law: as many cues as went in, with the same times, and the result needs no mending."""

    def clock(ms):
        return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02},{ms % 1000:03}"

    said = [(start, length, f"w {text}".replace("-->", "")) for start, length, text in said]
    text = "\n\n".join(
        f"{n}\n{clock(a)} --> {clock(a + b)}\n{words}" for n, (a, b, words) in enumerate(said)
    )
    content, did = captions.webvtt(text.encode())
    assert "srt" in did
    again = captions.read(content)
    assert sorted((c.start, c.end) for c in again.cues) == sorted((a, a + b) for a, b, _w in said)
    assert again.did == ()
    assert captions.webvtt(content) == (content, ())


# --- pictures -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_says_nothing_about_its_maker(format):
    came = samples.photo(format)
    taken = take(came, f"bild.{format.lower()}")
    assert b"Neckarphone" in came
    assert b"Neckarphone" not in taken.content
    assert taken.did == ("place",)
    with Image.open(io.BytesIO(came)) as before, Image.open(io.BytesIO(taken.content)) as after:
        assert dict(after.getexif()) == {}
        assert not after.info.get("xmp")
        assert after.convert("RGB").tobytes() == before.convert("RGB").tobytes()
    assert take(taken.content, taken.name).did == ()


def test_a_photo_stays_upright():
    taken = take(samples.photo(turn=6), "bild.jpg")
    with Image.open(io.BytesIO(taken.content)) as picture:
        assert dict(picture.getexif()) == {samples.ORIENTATION: 6}


def test_what_hangs_behind_a_photo_is_left():
    """Telephones put a film there, with the place in it."""
    assert b"Neckar" not in take(samples.photo() + b"Neckarphone" + samples.mp4(), "b.jpg").content
    assert b"Neckar" not in take(samples.photo("PNG") + b"Neckarphone", "b.png").content


def test_a_progressive_photo_is_walked_through_to_its_end():
    came = samples.photo(size=(300, 200), progressive=True)
    with Image.open(io.BytesIO(take(came, "b.jpg").content)) as picture:
        picture.load()


def test_colours_stay_as_they_are_meant():
    profile = b"ICC" * 50
    for format in ("JPEG", "PNG", "WEBP"):
        clean = take(samples.photo(format, icc_profile=profile), f"b.{format.lower()}").content
        with Image.open(io.BytesIO(clean)) as picture:
            assert picture.info["icc_profile"] == profile


def test_a_picture_is_called_what_it_is():
    assert take(samples.photo("JPEG"), "bild.png").name == "bild.jpg"
    assert take(samples.photo("PNG"), "bild.jpeg").name == "bild.png"
    assert take(samples.photo("JPEG"), "bild.jpeg").name == "bild.jpeg"


@pytest.mark.parametrize("name", ["IMG_1.heic", "IMG_1.HEIC", "IMG_1.jpg"])
def test_a_photo_of_a_telephone_becomes_a_jpeg(name):
    taken = take(samples.heic(), name, files.PICTURES)
    assert taken.name == "IMG_1.jpg"
    assert taken.did == ("heif",)
    with Image.open(io.BytesIO(taken.content)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (64, 48))
        assert not dict(picture.getexif())


def test_a_broken_photo_of_a_telephone_is_refused():
    assert why(samples.heic()[:200], "a.heic", files.PICTURES) == "picture-broken"


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_that_is_cut_off_is_refused(format):
    whole = samples.photo(format, size=(300, 200))
    for share in (0.3, 0.6, 0.97):
        half = whole[: int(len(whole) * share)]
        assert why(half, f"bild.{format.lower()}") in ("picture-cut", "picture-broken")


def giant_png(side):
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    checksum = struct.pack(">I", zlib.crc32(b"IHDR" + head))
    start = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head + checksum
    return start + struct.pack(">I", 400) + b"IDAT" + bytes(404)


def test_a_giant_is_refused_by_its_head():
    """An honest head of 100 megapixels, and nothing behind it that could be decoded."""
    with pytest.raises(BadFile) as refused:
        take(giant_png(10_000), "riese.png")
    assert refused.value.facts == {"width": 10_000, "height": 10_000}
    assert why(giant_png(60_000), "riese.png") == "picture-pixels"


def test_a_picture_that_moves_is_not_made_still_without_a_word():
    for format in ("GIF", "WEBP", "PNG"):
        assert why(samples.moving(format), f"b.{format.lower()}") == "picture-moves"
    taken = take(samples.moving(), "b.gif", still=False)
    with Image.open(io.BytesIO(taken.content)) as picture:
        assert (picture.n_frames, picture.info["loop"]) == (3, 0)


@given(st.binary(max_size=300), st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]))
def test_no_broken_picture_breaks_us(noise, format):
    """Law: noise in place of a part of a picture is a picture or a refusal."""
    whole = samples.photo(format)
    for content in (whole[: len(whole) // 2] + noise, whole[:30] + noise + whole[60:]):
        try:
            take(content, f"b.{format.lower()}")
        except BadFile:
            continue


# --- films and sounds -----------------------------------------------------------------------------------------------


def look(content):
    return films.look(io.BytesIO(content))


@pytest.mark.parametrize("long", [False, True])
def test_an_mp4_says_how_long_it_is_and_what_is_in_it(long):
    film = look(samples.mp4(90.5, long=long))
    assert (film.container, film.seconds) == ("mp4", 90.5)
    assert [tuple(track) for track in film.tracks] == [("video", "avc1"), ("audio", "mp4a")]


def test_a_webm_says_it_too():
    film = look(samples.webm(12.5))
    said = (film.container, film.seconds, film.has("video"), film.has("audio"))
    assert said == ("webm", 12.5, True, False)


def test_an_mp3_is_measured():
    assert look(samples.mp3(100)).seconds == pytest.approx(2.6, abs=0.02)
    assert look(samples.mp3(100, tag=b"T" * 300)).seconds == pytest.approx(2.6, abs=0.02)
    assert look(samples.mp3(100, counted=1000)).seconds == pytest.approx(26.12, abs=0.02)


def test_the_place_of_a_film_is_painted_over():
    came = samples.mp4(place=b"+49.1419+009.2219/")
    taken = take(came, "film.mp4")
    assert taken.content is None
    clean = files.patched(came, taken.patches)
    assert b"udta" in came
    assert b"udta" not in clean
    assert b"+49.1419" not in clean
    assert look(clean).personal == ()
    assert len(clean) == len(came)
    assert files.bare(came, "film.mp4") == clean


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (samples.mp4(brand=b"qt  "), "film.mov", "film-mov"),
        (samples.mp4(brand=b"qt  "), "film.mp4", "film-mov"),
        (samples.mp4(video=b"hvc1"), "film.mp4", "film-hevc"),
        (samples.mp4(video=b"mp4v"), "film.mp4", "film-codec"),
        (samples.mp4(video=None, audio=None), "film.mp4", "film-cut"),
        (samples.mp4()[:-70], "film.mp4", "film-cut"),
        (samples.mp4()[:-10], "film.mp4", "film-cut"),
        (samples.mp4()[:20], "film.mp4", "film-cut"),
        (samples.webm(kind=b"matroska"), "film.webm", "film-kind"),
        (samples.webm()[:60], "film.webm", "film-cut"),
        (b"Das ist kein Film.", "film.mp4", "kind"),
        (b"Das ist kein Lied.", "lied.mp3", "kind"),
        (b"ID3" + bytes(500), "lied.mp3", "sound-broken"),
    ],
)
def test_films_that_browsers_cannot_play_are_refused(content, name, code):
    assert why(content, name) == code


def test_a_film_is_called_what_it_is():
    assert take(samples.mp4(), "film.mov").name == "film.mp4"
    assert take(samples.mp4(), "film.m4v").name == "film.mp4"
    assert take(samples.mp4(video=None), "ton.mp4").name == "ton.m4a"
    assert why(samples.mp4(video=None), "ton.mp4", files.FILMS) == "film-without-picture"
    assert why(samples.webm(), "film.webm", ["mp4"]) == "ending"


def test_ffprobe_is_asked_where_the_film_does_not_say(tmp_path, monkeypatch):
    silent = samples.webm(None)
    assert look(silent).seconds is None
    program = tmp_path / "ffprobe"
    program.write_text('#!/bin/sh\necho \'{"format": {"duration": "7.25"}}\'\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert look(silent).seconds == 7.25
    program.write_text("#!/bin/sh\nexit 1\n")
    assert look(silent).seconds is None


@given(st.binary(max_size=400), st.integers(0, 200), st.sampled_from(["mp4", "webm", "mp3"]))
def test_no_broken_film_breaks_us(noise, at, ending):
    """Law: as above."""
    whole = getattr(samples, ending)()
    try:
        take(whole[:at] + noise + whole[at + len(noise) :], f"film.{ending}")
    except BadFile:
        return


# --- papers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pptx", "odt", "odp"])
def test_office_documents_are_taken(kind):
    assert take(samples.office(kind), f"plan.{kind}") == (f"plan.{kind}", None, (), ())


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (samples.office("docx"), "plan.pptx", "kind"),
        (samples.office("docx", macros=True), "plan.docx", "office-macros"),
        (samples.office("odp"), "plan.odt", "kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "plan.docx", "office-old"),
        (samples.office()[:-30], "plan.docx", "cut"),
        (b"MZ" + bytes(100), "plan.txt", "kind"),
        (b"MZ" + bytes(100), "plan.docx", "kind"),
        (samples.pdf()[:-8], "plan.pdf", "cut"),
        (b"<html>", "plan.pdf", "kind"),
        (b"x", "plan.doc", "office-old"),
        (b"x", "plan.pages", "pages"),
        (b"x", "plan.exe", "ending"),
        (b"", "plan.txt", "empty"),
        (samples.photo(), "plan.pdf", "kind"),
    ],
)
def test_papers_that_are_something_else_are_refused(content, name, code):
    assert why(content, name, files.DOCUMENTS) == code


def test_a_picture_that_is_none_is_refused():
    assert why(b"x", "bild.png", files.PICTURES) == "kind"
    assert why(samples.photo("GIF"), "bild.png", ["png", "jpg"]) == "ending"


def test_text_is_taken_in_any_letters():
    for content in ("Grüße".encode(), "Grüße".encode("cp1252"), "Grüße".encode("utf-16")):
        assert take(content, "liste.csv").name == "liste.csv"
    assert take(samples.pdf(), "plan.pdf").content is None
