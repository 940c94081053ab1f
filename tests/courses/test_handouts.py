"""A handout as teachers have it becomes steps and blocks; what cannot come along is counted, and hostile files are refused."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from weasyprint import HTML

import files
from courses import handouts, packages
from courses.handouts import source
from courses.handouts.outline import HandoutPart
from tests.support import handouts as made
from tests.support import samples


def said(handout):
    """[(title, [(kind, what it says)])]"""
    return [
        (step.title, [(p.kind, p.html or p.rows or p.alt) for p in step.parts])
        for step in handout.steps
    ]


def test_headings_of_word_become_steps():
    found = handouts.read(made.handout(), "email.docx")
    assert found.title == "E-Mails schreiben"
    assert said(found) == [
        ("E-Mails schreiben", [("text", "<p><strong>Für alle, die anfangen.</strong></p>")]),
        (
            "Was man braucht",
            [
                (
                    "text",
                    "<p>Ein Gerät und eine Adresse.</p><ul><li>Handy</li><li>Tablet</li></ul>",
                ),
                ("image", ""),
                ("text", "<h2>Die Adresse</h2><p>Sie hat ein @ &amp; einen Punkt.</p>"),
            ],
        ),
        (
            "Zeiten",
            [("table", (("Tag", "Uhrzeit"), ("Montag", "10 / 12"), ("Dienstag", "15")))],
        ),
    ]
    assert found.stayed == Counter({source.PICTURES: 1, source.CHART: 1, source.MARGIN: 1})
    assert [picture.ending for picture in found.pictures] == ["png"]


def test_what_comes_of_it_is_a_course_file_that_our_own_door_takes():
    found = handouts.read(made.handout(), "email.docx")
    package = handouts.as_package(found, slug="e-mails", provider="Haus")
    assert packages.check(package) == []
    assert packages.read(packages.write(package)) == package
    [_intro, what, times] = package.course["lessons"]
    picture = what["variants"]["de"]["body"][1]["value"]
    assert (picture["image"]["alt_text"], picture["image"]["decorative"]) == ("", False)
    table = times["variants"]["de"]["body"][0]["value"]
    assert table == {
        "caption": "",
        "rows": "Tag | Uhrzeit\nMontag | 10 / 12\nDienstag | 15",
        "headings": "row",
    }


@pytest.mark.parametrize(
    ("alt", "kept"),
    [
        ("Eine Frau tippt auf einem Handy.", "Eine Frau tippt auf einem Handy."),
        ("Bild 3", ""),
        ("Screenshot_2041.PNG", ""),
        ("Ein Bild, das Text enthält.\n\nAutomatisch generierte Beschreibung", ""),
        ("Hund. KI-generierte Inhalte können fehlerhaft sein.", ""),
    ],
)
def test_a_description_somebody_wrote_is_kept_and_a_name_is_none(alt, kept):
    page = made.docx(made.words("Text"), made.picture("bild1", alt), media={"bild1.png": made.PNG})
    [step] = handouts.read(page, "Mein_Blatt.docx").steps
    assert (step.title, step.parts[1]) == ("Mein Blatt", HandoutPart("image", alt=kept))


def test_ranks_are_never_left_out_and_the_title_may_be_the_first_heading():
    page = made.docx(
        made.heading("Der Kurs"),
        made.heading("Schritt A", 2),
        made.heading("Tief", 4),
        made.words("x"),
        made.heading("Schritt B", 2),
    )
    found = handouts.read(page, "x.docx")
    assert found.title == "Der Kurs"
    assert said(found) == [
        ("Schritt A", [("text", "<h2>Tief</h2><p>x</p>")]),
        ("Schritt B", []),
    ]


def test_a_table_that_no_phone_can_show_is_text_and_merged_cells_are_even():
    wide = made.table(tuple("abcdefghij"), tuple("0123456789"))
    merged = (
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>"
        f"{made.words('Beide')}</w:tc></w:tr><w:tr><w:tc>{made.words('1')}</w:tc><w:tc>{made.words('2')}</w:tc></w:tr></w:tbl>"
    )
    [step] = handouts.read(made.docx(wide, merged), "x.docx").steps
    assert step.parts == (
        HandoutPart(
            "text",
            "<p>a – b – c – d – e – f – g – h – i – j</p><p>0 – 1 – 2 – 3 – 4 – 5 – 6 – 7 – 8 – 9</p>",
        ),
        HandoutPart("table", rows=(("Beide", ""), ("1", "2"))),
    )


WRITER = """
<text:h text:outline-level="1">Anfang</text:h>
<text:p>Das ist <text:span text:style-name="T1">wichtig</text:span><text:s text:c="1"/>und
<text:a xlink:href="https://www.stadt.example/">ein Link</text:a>.<text:note text:note-class="footnote">
<text:note-citation>1</text:note-citation><text:note-body><text:p>Fußnote</text:p></text:note-body></text:note></text:p>
<text:list text:style-name="L1"><text:list-item><text:p>Eins</text:p></text:list-item></text:list>
<text:h text:outline-level="1">Bild</text:h>
<text:p><draw:frame><draw:image xlink:href="Pictures/a.png"/><svg:desc>Ein Baum</svg:desc></draw:frame></text:p>
<table:table><table:table-column/><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>
<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row><table:table-row>
<table:table-cell table:number-columns-repeated="2"><text:p>c</text:p></table:table-cell></table:table-row></table:table>
<text:p><draw:frame><draw:object xlink:href="Object 1"/></draw:frame><office:annotation><text:p>?</text:p>
</office:annotation></text:p>
"""
STYLES = (
    '<style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1"/></text:list-style>'
)


def test_writer_says_the_same():
    page = made.odt(WRITER, styles=STYLES, pictures={"Pictures/a.png": made.PNG})
    found = handouts.read(page, "Blatt.odt")
    package = handouts.as_package(found, slug="blatt", provider="Haus")
    bodies = [
        [block["value"] for block in lesson["variants"]["de"]["body"]]
        for lesson in package.course["lessons"]
    ]
    [[text], [picture, table]] = bodies
    assert text == (
        '<p>Das ist <b>wichtig</b> und <a href="https://www.stadt.example/">ein Link</a>. (Fußnote)</p>'
        "<ol><li>Eins</li></ol>"
    )
    assert picture["image"]["alt_text"] == "Ein Baum"
    assert table["rows"] == "a | b\nc | c"
    assert found.stayed == Counter({source.OBJECT: 1, source.COMMENT: 1})
    assert packages.check(package) == []


def test_a_pdf_gives_its_words_by_their_size():
    page = HTML(
        string="<style>h1 { font-size: 24pt } h2 { font-size: 15pt } p, li { font-size: 11pt }</style>"
        "<h1>Sicher surfen</h1><p>Ein langer Absatz, der hier steht und weiter geht, weil er so lang ist.</p>"
        "<h2>Im Café</h2><p>Kein Banking.</p><h2>Zu Hause</h2><p>Ein Kennwort für das WLAN.</p>"
    ).write_pdf()
    found = handouts.read(page, "surfen.pdf")
    assert (found.title, [step.title for step in found.steps]) == (
        "Sicher surfen",
        ["Sicher surfen", "Im Café", "Zu Hause"],
    )
    assert found.steps[1].parts == (HandoutPart("text", "<p>Kein Banking.</p>"),)


BOMB = made.zipped({"word/document.xml": b"<w:document>" + b" " * 30_000_000, "_rels/.rels": "x"})
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w:document>&b;</w:document>'


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("x.docx", b"", "empty"),
        ("x.docx", b"PK\x03\x04kaputt", "cut"),
        ("x.docx", made.docx(), "handout-empty"),
        ("x.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "office-old"),
        ("x.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "office-old"),
        ("x.docx", samples.office(macros=True), "office-macros"),
        ("x.txt", b"Nur Text", "ending"),
        ("x.docx", BOMB, "size"),
        ("x.docx", made.zipped({"word/document.xml": ENTITIES}), "cut"),
        ("x.odt", made.odt("").replace(b"content.xml", b"kontent.xml"), "cut"),
        ("x.odt", made.odt(""), "handout-empty"),
        ("x.pdf", HTML(string="<p></p>").write_pdf(), "pdf-scanned"),
        ("x.docx", made.docx(*(made.heading(f"{n}") for n in range(70))), "handout-long"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(name, content, code):
    with pytest.raises(files.BadFile) as refused:
        handouts.read(content, name)
    assert refused.value.code == code


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=40)


@given(
    body=st.lists(
        st.one_of(
            st.builds(made.words, WORDS),
            st.builds(made.heading, WORDS, st.integers(1, 4)),
            st.builds(made.row, WORDS),
            st.builds(lambda *rows: made.table(*rows), st.tuples(WORDS, WORDS), st.tuples(WORDS)),
        ),
        max_size=12,
    )
)
@settings(max_examples=60, deadline=None)
def test_whatever_somebody_wrote_becomes_a_course_of_ours(body):
    found = handouts.read(made.docx(made.words("Anfang"), *body), "x.docx")
    package = handouts.as_package(found, slug="x", provider="Haus")
    assert packages.check(package) == []


def test_a_zip_that_says_it_is_locked_is_not_opened():
    locked = bytearray(made.docx(made.words("x")))
    at = locked.find(b"PK\x01\x02")
    while at >= 0:
        locked[at + 8] |= 1
        at = locked.find(b"PK\x01\x02", at + 4)
    with pytest.raises(files.BadFile, match="office-old"):
        handouts.read(bytes(locked), "x.docx")
