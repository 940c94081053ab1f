"""The access pass of a course says what is in it and what was found, and nothing where nobody has looked."""

import pytest

from accessibility.models import Exemption, Inspection
from courses.models import LessonPage, PrintedLesson
from h5p_lite.models import Library
from tenancy.lens import look, system
from tests import factories
from tests.courses.test_press import document, publish_with
from tests.factories import activities, block


@pytest.fixture
def course(db, house):
    return factories.make_course(house, lessons=1)


def pass_of(course, *blocks):
    """The rows as readers get them after a publish with these blocks."""
    with look(system("test")):
        lesson = LessonPage.objects.get(pk=course.lessons().first().pk)
        if blocks:
            publish_with(lesson, *blocks)
        printed_lessons = PrintedLesson.objects.filter(position=0, language="de", edition__course=course.translation_key)  # fmt: skip
        facts = printed_lessons.order_by("-pk").first().facts
    return {row["term"]: row["says"] for row in facts["access"]}


def test_texts_and_questions_of_ours_can_be_used_by_all(course):
    assert pass_of(course) == {
        "Mit Tastatur": "Ja, alles",
        "Mit Vorlese-Programm": "Ja, alles",
        "Zeitdruck": "Keiner",
    }


def test_where_nobody_has_looked_it_says_so(course):
    with look(system("test")):
        Inspection.objects.all().delete()
        course.get_latest_revision().publish()
        text = block("text", "<p>Neu.</p>")
    said = pass_of(course, text)
    assert (said["Mit Tastatur"], said["Mit Vorlese-Programm"]) == ("Nicht geprüft",) * 2


def test_films_are_counted_with_what_they_have(course):
    with look(system("test")):
        film = document(course.provider, "film.mp4", b"film")
        captions = document(course.provider, "film.vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nHallo\n")  # fmt: skip
    whole = {"title": "A", "file": film.pk, "captions": captions.pk, "transcript": "<p>Wörter</p>"}
    bare = {"title": "B", "file": film.pk, "captions": captions.pk, "transcript": ""}
    said = pass_of(course, block("video", whole), block("video", bare))
    assert said["Videos"] == "2, davon mit Untertiteln: 2, mit Abschrift: 1"


def test_recordings_are_counted_with_their_transcripts(course):
    with look(system("test")):
        sound = document(course.provider, "ton.mp3", b"sound")
    recording = block("audio", {"title": "A", "file": sound.pk, "transcript": "<p>Wörter</p>"})
    assert pass_of(course, recording)["Tonaufnahmen"] == "1, mit Abschrift"
    bare = block("audio", {"title": "B", "file": sound.pk, "transcript": ""})
    # what is published is added to what is there
    assert pass_of(course, recording, bare)["Tonaufnahmen"] == "2 von 3 mit Abschrift"


def test_an_exception_is_named_and_what_it_is_about_is_not_called_usable(course):
    with look(system("test")):
        pdf = document(course.provider, "blatt.pdf", b"%PDF-1.4 nothing in it")
        Exemption.objects.create(
            provider=course.provider,
            page=course.lessons().first(),
            title="x",
            rule="pdf-untagged",
            part="x",
            reason="Folgt.",
            by_name="Leitung",
        )
    said = pass_of(course, block("download", {"title": "Blatt", "file": pdf.pk}))
    assert said["Mit Vorlese-Programm"] == "Nicht alles: An 1 Stelle fehlt etwas."
    assert said["Dateien"] == "1, davon für Vorlese-Programme nicht lesbar: 1"
    assert said["Ausnahmen"] == "1, begründet in der Erklärung zur Barrierefreiheit"


@pytest.mark.parametrize(
    ("verdict", "other", "says"),
    [
        ("recommended", "", "Ja, alles"),
        ("alternative", "<p>Dasselbe</p>", "Ja. 1 Aktivität gibt es dafür in anderer Form."),
        ("alternative", "", "Nicht alles: 1 Aktivität geht vielleicht nicht."),
        ("", "<p>Dasselbe</p>", "1 Aktivität ist nicht geprüft. Es gibt sie auch in anderer Form."),
        ("", "", "Nicht alles: 1 Aktivität geht vielleicht nicht."),
    ],
)
def test_an_activity_counts_as_its_type_was_judged(course, verdict, other, says):
    activities.install()
    content = activities.make_activity(course.provider)
    with look(system("test")):
        Library.objects.update(verdict=verdict, tested=None)
    said = pass_of(course, activities.activity_block(content, alternative=other))
    assert said["Mit Tastatur"] == says
    unknown = "Keiner in unseren Aufgaben. Aktivitäten sind nicht geprüft."
    assert said["Zeitdruck"] == (unknown if verdict == "" else "Keiner")


def test_a_clock_that_we_know_of_is_named(course):
    files = activities.called("H5P.ArithmeticQuiz", (1, 1))
    activities.install(files)
    content = activities.make_activity(course.provider, files)
    said = pass_of(course, activities.activity_block(content, alternative="<p>Dasselbe</p>"))
    assert said["Zeitdruck"] == "In 1 Aktivität läuft eine Uhr."
    assert said["Mit Tastatur"] == "Ja. 1 Aktivität gibt es dafür in anderer Form."
