"""The report of a period: the office's figures for the office, the released ones for others, on a page, on paper and by mail."""

import csv
import io
import re
from datetime import date

import pytest
from django.core import mail
from pypdf import PdfReader

from config.embedded import packages
from figures import actions
from figures.frames import Frame, Measure, Period
from reports.actions import set_goal
from tenancy.lens import look, system
from tests import factories, verapdf
from tests.support.figures import People, known_secrets
from tests.support.pages import one_line, text

REPORTS, REPORT = "/buero/berichte/", "/buero/berichte/2026-q3/"
QUARTER = Period(Frame.QUARTER, date(2026, 7, 1))


@pytest.fixture
def figures(db, settings, tmp_path):
    """Three quarters of 2026 and the third one of 2025: area 4 of four providers, 12 of area 1 at one alone."""
    settings.FIGURE_SECRETS = known_secrets(tmp_path / "secrets")
    people = People()
    houses = [factories.make_provider(slug) for slug in ("haus", "nachbar", "dritte", "vierte")]
    months = [
        date(2025, 6, 1),
        date(2025, 7, 1),
        date(2025, 9, 1),
        *(date(2026, n, 1) for n in range(1, 10)),
    ]
    with look(system("test")):
        for month in months:
            for house in houses:
                course = actions.CountedCourse("4.2", house.pk, "online")
                for n in range(20):
                    actions.count(
                        Measure.ENROLLED, course, person=people.come(1)[0], enrolment=n, month=month
                    )
            few = actions.CountedCourse("1.1", houses[0].pk, "online")
            for n in range(2):
                actions.count(
                    Measure.ENROLLED, few, person=people.come(1)[0], enrolment=n, month=month
                )
    actions.publish_due(date(2026, 10, 6))
    return houses


def words_of(pdf):
    return one_line(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def test_before_a_quarter_is_over_there_is_none(clerk):
    assert "wenn ein ganzes Quartal gezählt ist" in text(clerk.get(REPORTS))
    assert clerk.get(REPORT).status_code == 404


def test_the_office_reads_its_figures_with_the_year_before(clerk, figures):
    page = text(clerk.get(REPORT))
    assert re.search(r"3\. Quartal 2026: \d+ Menschen haben einen Kurs begonnen", page)
    assert "( 3. Quartal 2025:" in page.replace("(3.", "( 3.")
    assert "Geben Sie ihn nicht weiter." in page
    assert "Cell-Key-Methode" in page
    assert "Unterrichts-Einheit" in page
    assert "Verschicken können Sie ihn ab dem 15. November 2026" in page


@pytest.mark.complete
def test_the_validator_of_pdf_ua_finds_nothing(clerk, figures, tmp_path):
    """veraPDF, which needs Java: `./dev test tests/reports/test_report.py --complete -k validator`."""
    packages.for_verapdf()
    with look(system("test")):
        for indicator in ("enrolled", "courses"):
            set_goal(indicator=indicator, base=1, target=900, due=date(2027, 6, 30), owner="Amt")
    actions.release(QUARTER, named=[one.pk for one in figures])
    papers = {
        "office": clerk.get("/buero/berichte/2026-q3.pdf"),
        "everybody": clerk.get("/buero/berichte/2026-q3.pdf?fuer=alle"),
        "half": clerk.get("/buero/berichte/2026-h1.pdf"),
    }
    files = []
    for name, answer in papers.items():
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(answer.content)
    judged = verapdf.validate(files, ["ua1"])
    assert [(one.file.name, one.wrong) for one in judged if not one.passes] == []
    assert all(one.checks > 1000 for one in judged)


@pytest.mark.parametrize("key", ["2026-09", "2026-q4", "1999", "2026-h9"])
def test_there_is_a_report_of_quarters_half_years_and_years_that_are_out(clerk, figures, key):
    assert clerk.get(f"/buero/berichte/{key}/").status_code == 404
    assert clerk.get("/buero/berichte/2026-h1/").status_code == 200


def test_the_paper_is_accessible_and_says_the_same(clerk, figures):
    pdf = clerk.get("/buero/berichte/2026-q3.pdf").content
    paper = PdfReader(io.BytesIO(pdf))
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert str(paper.trailer["/Root"]["/Lang"]) == "de"
    assert b"pdfuaid" in paper.trailer["/Root"]["/Metadata"].get_data()
    assert paper.metadata.title == "So lernt Heilbronn: 3. Quartal 2026"
    said = words_of(pdf)
    for sentence in clerk.get(REPORT).context["report"]["sentences"]:
        assert sentence in said


def test_for_others_there_are_the_released_figures_alone(clerk, figures):
    assert clerk.get(REPORT + "?fuer=alle").status_code == 404
    assert clerk.get("/buero/berichte/2026-q3.pdf?fuer=alle").status_code == 404
    actions.release(QUARTER, named=[one.pk for one in figures])
    inside, outside = (
        clerk.get(REPORT).context["report"],
        clerk.get(REPORT + "?fuer=alle").context["report"],
    )
    assert outside["sentences"] == []
    assert [table.title for table in outside["tables"]] == [
        "Thema",
        "Anbieter",
        "Form × Sprache zu Hause",
    ]
    cells = [cell for table in outside["tables"] for _names, row in table.rows for cell in row]
    assert {cell.now for cell in cells if not cell.now.isdecimal()} == {"unter 10"}
    assert all(int(cell.now) >= 10 for cell in cells if cell.now.isdecimal())
    [area] = [table for table in inside["tables"] if table.title == "Thema"]
    assert {cell.now for _names, row in area.rows for cell in row} - {"unter 5"}


def test_by_mail_goes_only_what_is_for_everybody(clerk, figures):
    said = {"email": "rat@stadt.example"}
    clerk.post(REPORT, said)
    assert mail.outbox == []
    actions.release(QUARTER, named=[one.pk for one in figures])
    page = clerk.post(REPORT, said, follow=True)
    assert "Der Bericht ist unterwegs." in text(page)
    [letter] = [each for each in mail.outbox if each.to == [said["email"]]]
    [(name, pdf, kind)] = letter.attachments
    assert (name, kind) == ("lernstadt-bericht-2026-q3.pdf", "application/pdf")
    assert "Mit den Zahlen für alle." in words_of(pdf)
    assert "haben einen Kurs begonnen" not in words_of(pdf)  # the office's own sentence


def test_an_address_that_is_none_is_told(clerk, figures):
    actions.release(QUARTER, named=[])
    page = clerk.post(REPORT, {"email": "rat"})
    assert "Das hat noch nicht geklappt" in text(page)
    assert 'value="rat"' in page.content.decode()


def test_a_goal_about_people_is_not_told_outside(clerk, figures):
    for indicator in ("kurse", "begonnen"):
        with look(system("test")):
            set_goal(indicator=indicator, base=1, target=900, due=date(2027, 6, 30), owner="Amt")
    actions.release(QUARTER, named=[])
    assert len(clerk.get(REPORT).context["report"]["goals"]) == 2
    [told] = clerk.get(REPORT + "?fuer=alle").context["report"]["goals"]
    assert told["goal"].indicator == "kurse"


def test_the_export_has_a_row_for_every_value_with_what_it_is_worth(clerk, figures):
    text = clerk.get("/buero/berichte/2026-q3.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert {row["qualitaet"] for row in rows} == {"genau", "geschützt (±5)", "zu klein (unter 5)"}
    for row in rows:
        assert (row["wert"] == "") == (row["qualitaet"] == "zu klein (unter 5)")
        if row["qualitaet"].startswith("geschützt"):
            assert int(row["wert"]) >= 5
    areas = [row for row in rows if row["indikator"] == "begonnen" and row["dimension"] == "Thema"]
    assert len(areas) == 5
    assert {"kurse", "durchfuehrungen", "ohne-anmeldung"} <= {row["indikator"] for row in rows}
