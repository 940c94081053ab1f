"""DigComp: the official spreadsheet is loaded as it is, looked up at the desk, and shown with a course."""

from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from courses.actions.import_outcomes import COLUMNS
from courses.models import LearningOutcome, LessonCompetence
from courses.outcomes import shipped
from tenancy.lens import look, public, system
from tests import factories
from tests.support.pages import one_line

OFFICIAL = (
    Path(__file__).resolve().parent.parent.parent.parent
    / "shared"
    / "data"
    / "DigComp_3.0_Data_Supplement_24_Nov_2025.xlsx"
)
ROWS = [
    ("1.1", "LO1.1.01", "Acknowledge  the benefits.", "Basic ", "Attitude"),
    ("1.1", "LO1.1.02", "Search with care.", "Highly advanced", "Skill"),
    ("4.2", "LO4.2.01", "Know what data is.", "Basic", "Knowledge"),
]


@pytest.fixture
def spreadsheet(tmp_path):
    """Writes a spreadsheet like the official one: another sheet first, the columns among others."""

    def write(rows, heads=COLUMNS):
        book = openpyxl.Workbook()
        book.active.append(["ReadMe"])
        sheet = book.create_sheet("4 Learning Outcomes")
        for row in (heads, *rows):
            sheet.append(["1", *row, "AI-Implicit"])
        book.save(tmp_path / "outcomes.xlsx")
        return tmp_path / "outcomes.xlsx"

    return write


@pytest.fixture
def unloaded(db):
    """A city from before outcomes were shipped."""
    with look(system("test")):
        LearningOutcome.objects.all().delete()


def load(path):
    said = StringIO()
    call_command("import_competences", str(path), stdout=said)
    return said.getvalue().strip()


def stored():
    with look(public):
        fields = ("code", "competence", "level", "kind", "text")
        return list(LearningOutcome.objects.values_list(*fields))


def test_a_city_has_all_outcomes_from_the_beginning_in_two_languages(db):
    with look(public):
        found = LearningOutcome.objects.order_by("code")
        assert (found.count(), found.filter(german="").count()) == (523, 0)
        first = found.first()
    assert (first.code, first.german) == (
        "LO1.1.01",
        "Wissen, dass es hilft, je nach Ziel verschiedene Werkzeuge und Wege der Suche zu nutzen.",
    )
    assert {row[1] for row in stored()} == set(_all_competences())


def test_a_sentence_that_was_changed_is_not_shown_with_the_old_translation(db, spreadsheet):
    same = shipped()["LO1.1.01"].text
    load(spreadsheet([("1.1", "LO1.1.01", same, "Basic", "Attitude"), ROWS[1]]))
    with look(public):
        german = dict(LearningOutcome.objects.values_list("code", "german"))
    assert german == {"LO1.1.01": shipped()["LO1.1.01"].german, "LO1.1.02": ""}


def test_every_translation_is_a_short_sentence_of_its_own():
    texts = [one.german for one in shipped().values()]
    assert all(text.endswith(".") and text[0].isupper() and len(text) <= 200 for text in texts)
    doubled = {one.german for one in shipped().values() if texts.count(one.german) > 1}
    official = [one.text for one in shipped().values()]
    assert {one.text for one in shipped().values() if one.german in doubled} <= {
        text for text in official if official.count(text) > 1
    }


def test_outcomes_are_loaded_once_and_follow_the_file(unloaded, spreadsheet):
    path = spreadsheet(ROWS)
    assert load(path) == "3 learning outcomes: 3 added, 0 changed, 0 removed."
    assert stored() == [
        ("LO1.1.01", "1.1", "basic", "attitude", "Acknowledge the benefits."),
        ("LO1.1.02", "1.1", "highly-advanced", "skill", "Search with care."),
        ("LO4.2.01", "4.2", "basic", "knowledge", "Know what data is."),
    ]
    assert load(path) == "3 learning outcomes: 0 added, 0 changed, 0 removed."
    other = spreadsheet([ROWS[0], (*ROWS[1][:2], "Search.", *ROWS[1][3:])])
    assert load(other) == "2 learning outcomes: 0 added, 1 changed, 1 removed."
    assert [text for *_, text in stored()] == ["Acknowledge the benefits.", "Search."]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "it is empty"),
        ([ROWS[0], ROWS[0]], "names an outcome twice"),
        ([("6.1", *ROWS[0][1:])], "competences that DigComp 3.0 does not have: 6.1"),
        ([ROWS[0], (*ROWS[1][:3], "Expert", "Skill")], "row 3 is no learning outcome: LO1.1.02"),
        ([("1.1", "", "Text.", "Basic", "Skill")], "row 2 is no learning outcome"),
    ],
)
def test_a_wrong_file_changes_nothing_and_is_explained(db, spreadsheet, rows, says):
    load(spreadsheet(ROWS))
    before = stored()
    with pytest.raises(CommandError, match=f"outcomes.xlsx is not DigComp's data.*{says}"):
        load(spreadsheet(rows))
    assert stored() == before


def test_other_files_are_no_spreadsheets(db, spreadsheet, tmp_path):
    with pytest.raises(CommandError, match="There is no file"):
        load(tmp_path / "nirgends.xlsx")
    with pytest.raises(CommandError, match="no sheet has the columns"):
        load(spreadsheet(ROWS, heads=["a", "b", "c", "d", "e"]))
    for content in (b"kein Zip", b"", BytesIO(b"PK\x05\x06" + bytes(18)).getvalue()):
        (tmp_path / "x.xlsx").write_bytes(content)
        with pytest.raises(CommandError, match="this is not an Excel file"):
            load(tmp_path / "x.xlsx")


@pytest.mark.conformance
@pytest.mark.skipif(not OFFICIAL.exists(), reason="the reference data is not beside this clone")
def test_the_official_spreadsheet_says_what_is_shipped(db):
    assert load(OFFICIAL) == "523 learning outcomes: 0 added, 0 changed, 0 removed."
    assert {row[1] for row in stored()} == set(_all_competences())
    assert stored()[0] == (
        "LO1.1.01",
        "1.1",
        "basic",
        "attitude",
        "Acknowledge the benefits of using different digital search tools and methods, "
        "depending on one’s purpose.",
    )


def _all_competences():
    from importlib import import_module

    listed = import_module("courses.migrations.0001_initial").COMPETENCES
    return [code for code, *_ in listed]


# --- at the desk -----------------------------------------------------------------------------------------------------


def test_authors_find_outcomes_by_german_words(client, author):
    client.force_login(author)
    page = client.get(reverse("desk:competences"), {"q": "Deepfakes erkennen"})
    [found] = [o for each in page.context["found"] for one in each.levels for o in one.outcomes]
    assert (found.code, found.german) == ("LO1.2.25", "Wege beschreiben, Deepfakes zu erkennen.")
    assert "Die Übersetzung ist nicht amtlich" in one_line(page)


def test_authors_look_up_what_a_level_means(client, author, unloaded, spreadsheet):
    client.force_login(author)
    address = reverse("desk:competences")
    assert "noch nicht geladen" in client.get(address).text
    load(spreadsheet(ROWS))

    def shown(**asked):
        found = client.get(address, asked).context["found"]
        return [o.code for each in found for level in each.levels for o in level.outcomes]

    assert shown() == ["LO1.1.01", "LO1.1.02", "LO4.2.01"]
    assert shown(kompetenz="1.1", niveau="highly-advanced") == ["LO1.1.02"]
    assert shown(q="search CARE") == ["LO1.1.02"]
    assert shown(niveau="advanced") == []
    assert shown(kompetenz="' OR 1=1 --", q="%") == []
    assert client.get(address, {"q": "\0%"}).status_code == 400  # config.odd
    page = client.get(address, {"niveau": "advanced"}).text
    assert "Nehmen Sie weniger Filter." in page


def test_the_editor_leads_there(client, author, house):
    course = factories.make_course(house)
    client.force_login(author)
    with look(system("test")):
        lesson = course.lessons()[0]
    page = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).text
    assert f'<a href="{reverse("desk:competences")}">Kompetenzen nachschlagen</a>' in page


def test_a_course_shows_what_its_lessons_teach_and_how_far(client, house):
    """The most important one stays the first: it decides the topic in the catalogue."""
    course = factories.make_course(house)
    with look(system("test")):
        for lesson, level in zip(course.lessons(), ("basic", "advanced"), strict=True):
            lesson.competences = [
                LessonCompetence(competence_id="1.1", level=level),
                LessonCompetence(competence_id="4.1", level="basic"),
            ]
            lesson.save_revision().publish()
    page = client.get(f"/kurse/haus/{course.slug}/")
    found = [(each["code"], each["level"]) for each in page.context["course"]["competences"]]
    assert found == [("4.1", "Grundlegend"), ("1.1", "Fortgeschritten")]
    assert "4.1, Grundlegend)" in one_line(page)
