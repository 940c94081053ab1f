"""Captions that are typed at the desk: rows of a film's block, half finished or whole, printed as WebVTT."""

import re
import uuid

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from courses import queries
from courses.blocks.films import captions_in
from courses.press import print_lesson
from files import captions
from files.captions import Cue
from tenancy.lens import look, system
from tests import factories
from tests.courses.test_block_forms import same
from tests.courses.test_half_finished import WHOLE
from tests.courses.test_languages import document
from tests.courses.test_press import lesson_of
from tests.factories import block
from tests.support import samples
from tests.support.desk import as_
from tests.support.writing import form, now, raw, written

SRT = b"1\n00:00:01,000 --> 00:00:02,500\nGuten <i>Tag</i> &amp; hallo.\n\n2\n00:00:03,000 --> 00:01:04,000\nTsch\xc3\xbcs.\n"


@pytest.fixture
def step(house):
    course = factories.make_course(house, lessons=1, title="Film ab")
    return written(course, {"video": WHOLE["video"] | {"cues": [], "transcript": ""}})


@pytest.fixture
def film(house):
    with look(system("test")):
        return document(house, "film.mp4", samples.mp4())


def rows_of(step):
    return [
        tuple(row["value"][name] for name in ("start", "end", "text"))
        for row in raw(step, "video")["value"]["cues"]
    ]


def typed(*cues):
    """Rows as the script sends them, with ids of its own."""
    ids = [str(uuid.uuid4()) for _ in cues]
    data = {"v-cues": ["", *ids], "v-cues-neu": ids}
    for row, values in zip(ids, cues, strict=True):
        data |= {f"v-cues-{row}-{n}": [v] for n, v in zip(("start", "end", "text"), values, strict=True)}  # fmt: skip
    return data


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        ("7", 7000),
        (" 7,5 ", 7500),
        ("1:07.25", 67_250),
        ("1:02:03.004", 3_723_004),
        ("90", 90_000),
        ("", None),
        ("1:2:3:4", None),
        ("-1", None),
        ("1.2345", None),
        ("eins", None),
    ],
)
def test_times_are_read_as_they_are_typed(text, milliseconds):
    assert captions.moment(text) == milliseconds


@pytest.mark.parametrize("milliseconds", [0, 7000, 7500, 67_250, 3_600_000, 3_723_004])
def test_a_time_is_read_back(milliseconds):
    assert captions.moment(captions.typed_moment(milliseconds)) == milliseconds


def test_what_is_typed_is_said_as_it_stands():
    """Marks, arrows and empty lines end no cue and begin none."""
    text = "a < b & c\n\n1 --> 2\n<b>fett</b>"
    content = captions.typed([Cue(2000, 3000, "Zwei"), Cue(0, 1500, text)])
    first, second = captions.read(content).cues
    assert captions.words(first.text) == "a < b & c\n1 → 2\n<b>fett</b>"
    assert (second.start, second.text) == (2000, "Zwei")
    assert captions.webvtt(content) == (content, ())


def test_rows_are_stored_at_any_time_and_say_what_they_lack(client, author, step):
    at, data = form(step, "video")
    as_(client, author).post(at, data | typed(("0:01", "", "Guten Tag.")))
    assert rows_of(step) == [("0:01", "", "Guten Tag.")]
    at, data = form(step, "video")
    sent = data | typed(("0:01", "0:02", "Guten Tag."), ("0:02", "", ""))
    answer = client.post(at, sent, headers={"X-Desk": "part"}).json()
    assert rows_of(step) == [
        ("0:01", "0:02", "Guten Tag.")
    ]  # the row after the last one says nothing
    assert answer["missing"] == ["Fehlt noch: Video", "Fehlt noch: Abschrift"]


@pytest.mark.parametrize(
    ("row", "lacks"),
    [
        (("0:05", "0:02", "a"), "Zeile 1, Von: Das Ende kommt vor dem Anfang."),
        (("x", "0:02", "a"), "Zeile 1, Von: Schreiben Sie die Zeit als Minuten und Sekunden"),
        (("", "0:02", "a"), "Bei Zeile 1 fehlt noch: Von"),
    ],
)
def test_a_time_that_cannot_be_is_said_with_its_row(client, author, step, row, lacks):
    at, data = form(step, "video")
    as_(client, author).post(at, data | typed(row))
    with look(system("test")):
        [one] = now(step).body
        said = queries.lacks_of(one)
    assert any(each.startswith(lacks) for each in said)


def test_without_script_a_row_more_begins_where_the_last_one_ends(client, author, step):
    as_(client, author)
    at, data = form(step, "video", do="row:v-cues")
    client.post(at, data)
    [empty] = raw(step, "video")["value"]["cues"]
    at, data = form(step, "video", do="row:v-cues")
    name = f"v-cues-{empty['id']}"
    client.post(
        at, data | {f"{name}-start": ["0"], f"{name}-end": ["2,5"], f"{name}-text": ["Ja."]}
    )
    assert rows_of(step) == [("0", "2,5", "Ja."), ("2,5", "", "")]


def test_a_file_is_taken_over_row_by_row(client, author, step):
    at, data = form(step, "video")
    as_(client, author)
    upload = SimpleUploadedFile("film.srt", SRT)
    assert client.post(at, data | {"v-cues-datei": upload}).status_code == 302
    assert rows_of(step) == [("0:01", "0:02.5", "Guten Tag & hallo."), ("0:03", "1:04", "Tschüs.")]
    at, data = form(step, "video")
    bad = SimpleUploadedFile("film.vtt", b"WEBVTT\n\nnichts")
    refused = client.post(at, data | {"v-cues-datei": bad})
    assert (refused.status_code, "v-cues" in refused.context["wrong"]) == (400, True)
    assert len(rows_of(step)) == 2


def test_the_file_of_a_film_can_be_changed_row_by_row(client, author, house, step):
    with look(system("test")):
        vtt = document(house, "film.vtt", samples.VTT.encode())
    at, data = form(step, "video", **{"v-captions": str(vtt.pk)})
    as_(client, author).post(at, data)
    assert rows_of(step) == []
    at, data = form(step, "video", do="cues")
    client.post(at, data)
    value = raw(step, "video")["value"]
    assert (value["captions"], len(value["cues"])) == (
        None,
        len(captions.read(samples.VTT.encode()).cues),
    )


def test_a_transcript_is_proposed_and_never_written_over(client, author, step):
    as_(client, author)
    at, data = form(step, "video")
    client.post(at, data | typed(("0", "1", "Guten Tag."), ("1", "2", "Das ist <b>neu</b>.")))
    at, data = form(step, "video", do="transcript")
    client.post(at, data)
    stored = raw(step, "video")["value"]["transcript"]
    assert re.sub("<[^>]*>", "", stored) == "Guten Tag. Das ist &lt;b&gt;neu&lt;/b&gt;."
    at, data = form(step, "video", do="transcript")
    client.post(at, data | typed(("0", "1", "Anders.")))
    assert raw(step, "video")["value"]["transcript"] == stored


def test_the_pace_of_a_row_is_said(client, author, step):
    at, data = form(step, "video")
    slow, quick = ("0:00", "0:02", "x" * 34), ("0:02", "0:03", "x" * 18)
    as_(client, author).post(at, data | typed(slow, quick))
    page = " ".join(client.get(at).text.split())
    assert "17 Zeichen je Sekunde" in page
    assert "zu schnell: 18 Zeichen je Sekunde" in page
    assert "zu schnell: 17" not in page


def test_rows_are_printed_as_webvtt_and_win_over_a_file(house, film):
    with look(system("test")):
        vtt = document(house, "film.vtt", samples.VTT.encode())
        cues = [block("item", {"start": "0:00", "end": "0:01", "text": "Nur & hier"})]
        value = {"title": "Film", "file": film.pk, "captions": vtt.pk, "cues": cues}
        lesson = lesson_of(block("video", value | {"poster": None, "transcript": "<p>x</p>"}))
        html = print_lesson(lesson, None, language="de", position=1).html
        name = re.search(r'<track[^>]*src="[^"]*/([0-9a-f]{40}\.vtt)"', html)[1]
        with default_storage.open(f"druck/{name}") as file:
            printed = file.read()
        [one] = lesson.body
        assert captions_in(one.value) == captions.typed([Cue(0, 1000, "Nur & hier")])
    assert [captions.words(cue.text) for cue in captions.read(printed).cues] == ["Nur & hier"]


def test_an_older_block_without_rows_stays_as_it_is():
    value = {name: each for name, each in WHOLE["video"].items() if name != "cues"}
    assert same("video", value) == ("video", value | {"cues": []})
