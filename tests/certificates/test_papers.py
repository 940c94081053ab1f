"""The paper itself: two standards at once, the signed data byte for byte, every letter of every name, in all three kinds."""

import base64
import io
import os
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from unicodedata import normalize

import pypdf
import pytest

from certificates import seals
from certificates.paper import pdf
from certificates.paper.content import Hand, Paper, PaperIssuer, unprintable
from words import glyphs

DAY = datetime(2026, 11, 20, 10, tzinfo=UTC)
CREDENTIAL = '{\n "@context": ["https://www.w3.org/ns/credentials/v2"],\n "name": "Grüße, 陳"\n}'
NAMES = {
    "Latin": "Zoë Müller-Łukasiewicz",
    "Arabic": "أمينة عبد الرحمن الحسيني",
    "Ukrainian": "Олена Їжакевич-Ґудзь",
    "Kazakh": "Ұлан Қасымұлы",
    "Vietnamese": "Nguyễn Thị Ánh Tuyết",
    "Chinese": "陳小明 张伟",
    "Amharic": "አበበ ቢቂላ",
    "Georgian": "ნინო ბერიძე",
    "Armenian": "Արամ Խաչատրյան",
    "Hebrew": "דוד לוי",
    "Greek": "Ελένη Παπαδοπούλου",
    "Hindi": "सीता शर्मा",
    "Korean": "김민준",
    "Thai": "สมชาย ใจดี",
    "Tamil": "கமலா தேவி",
    "Bengali": "রহিমা খাতুন",
    "Punjabi": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "Sinhala": "නිමල් පෙරේරා",
    "Khmer": "សុខ វណ្ណា",
    "Lao": "ສົມສັກ ພົມວິຫານ",
    "Telugu": "లక్ష్మీ రావు",
    "Malayalam": "അനിൽ കുമാർ",
    "Gujarati": "રમેશ પટેલ",
    "Kannada": "ಸುಮಾ ರಾವ್",
    "Burmese": "အောင်ဆန်း",
    "Odia": "ସୁନୀତା ଦାସ",
    "Japanese": "山田 さくら ユキ",
    "mixed": "Li Wei (李伟) أمينة",
}
#: A grey PNG of one point.
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
PAPER = Paper(
    kind="certificate",
    language="de",
    name="Anna Beispiel",
    course="Sicher im Netz",
    course_language="de",
    issuer=PaperIssuer("Volkshochschule", "VHS", "red", "Marktplatz 1", "74072 Heilbronn"),
    contents=("Gute Passwörter", "Betrug erkennen"),
    competences=(("4.1", "Geräte schützen"),),
    facts=(("Ergebnis", "92 %"),),
    number="8Q2M-V7KD-3HXT-9RWC",
    url="https://lernen.example/z/8Q2M-V7KD-3HXT-9RWC",
    qr_url="https://lernen.example/z/8Q2M-V7KD-3HXT-9RWC#" + "Ab3_" * 65,
    credential_json=CREDENTIAL,
    issued_at=DAY,
)


def read(content):
    return pypdf.PdfReader(io.BytesIO(content))


def text_of(content):
    return "\n".join(page.extract_text() for page in read(content).pages)


def seal(content):
    city = seals.make_authority("Stadt", at=DAY)
    house = seals.make_seal("Haus", city, at=DAY)
    sealer = seals.LocalSealer(house.certificate, house.key)
    return seals.seal(content, sealer, reason="Ausstellung", location="Heilbronn", at=DAY)


@pytest.fixture(scope="module")
def content():
    return pdf.render(PAPER)


@pytest.mark.parametrize("finish", [bytes, seal], ids=["as rendered", "sealed"])
def test_one_file_says_that_it_is_pdf_a_3a_and_pdf_ua_1(content, finish):
    metadata = read(finish(content)).trailer["/Root"]["/Metadata"].get_object().get_data()
    named = re.findall(rb'pdf(?:a|ua)id:(?:part|conformance)="(\w)"', metadata)
    assert sorted(named) == [b"1", b"3", b"A"]
    assert metadata.count(b"<rdf:RDF") == 1


@pytest.mark.parametrize("finish", [bytes, seal], ids=["as rendered", "sealed"])
def test_the_credential_is_attached_byte_for_byte(content, finish):
    paper = read(finish(content))
    assert paper.attachments == {"credential.json": [CREDENTIAL.encode()]}
    [file] = paper.trailer["/Root"]["/AF"]
    assert file.get_object()["/AFRelationship"] == "/Data"
    assert seals.attached_credential(finish(content))["name"] == "Grüße, 陳"


def test_the_paper_is_tagged_and_says_its_language(content):
    root = read(content).trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("de", True)
    assert read(content).metadata.title == "Zertifikat: Sicher im Netz – Anna Beispiel"


def test_a_course_in_another_language_says_so():
    foreign = pdf.render(replace(PAPER, course_language="en"))
    assert languages(foreign) == {"/H2": "en", "/L": "en"}


def test_a_course_in_the_same_language_says_nothing(content):
    assert languages(content) == {}


def languages(content):
    """Parts of the structure that are in another language than the paper."""
    objects = (
        read(content).get_object(number) for number in range(1, read(content).trailer["/Size"])
    )
    tagged = (
        part for part in objects if isinstance(part, dict) and "/S" in part and "/Lang" in part
    )
    return {part["/S"]: part["/Lang"] for part in tagged}


@pytest.mark.parametrize(
    ("kind", "title", "verb"),
    [
        ("participation", "Teilnahmebescheinigung", "hat teilgenommen an"),
        ("achievement", "Leistungsnachweis", "hat die Leistungen erbracht in"),
        ("certificate", "Zertifikat", "hat mit Erfolg abgeschlossen"),
    ],
)
def test_each_kind_has_words_of_its_own(kind, title, verb):
    lines = text_of(pdf.render(replace(PAPER, kind=kind))).splitlines()
    at = lines.index(title)
    assert lines[at : at + 4] == [title, "Anna Beispiel", verb, "Sicher im Netz"]


def test_equal_papers_give_equal_bytes(content):
    assert pdf.render(PAPER) == content


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_every_letter_of_a_name_has_a_glyph(name):
    paper = replace(PAPER, name=name)
    assert unprintable(paper) == []
    content = pdf.render(paper)
    assert len(content) <= 40_000
    assert fonts_of(content) <= {f"Paper {font}".strip() for font in ["", *named(paper)]}


def named(paper):
    return [re.sub("[/-]", " ", font) for font in glyphs.fonts_for(paper.name)]


def fonts_of(content):
    """The families that are embedded, all of them ours."""
    fonts = read(content).pages[0]["/Resources"]["/Font"].values()
    full = (str(font.get_object()["/BaseFont"]).partition("+")[2] for font in fonts)
    return {name.replace("-Semi-Bold", "").replace("-", " ").strip() for name in full}


def test_chinese_is_copied_out_as_it_was_put_in():
    """Two font files of one family were once taken for one, and other characters printed."""
    assert NAMES["Chinese"] in text_of(pdf.render(replace(PAPER, name=NAMES["Chinese"])))


@pytest.mark.parametrize(
    "language", ["Arabic", "Hebrew", "Ukrainian", "Vietnamese", "Amharic", "Georgian"]
)
def test_a_name_is_copied_out_without_gaps(language):
    """As a screen reader and a search get it. Fonts that draw dots by themselves had blanks inside of names."""
    content = pdf.render(replace(PAPER, name=NAMES[language]))
    assert NAMES[language] in normalize("NFC", text_of(content))
    operators = read(content).pages[0].get_contents().get_data()
    assert b" Ts" not in operators  # no part of a letter is moved by itself


def test_letters_that_we_cannot_print_are_named():
    assert unprintable(replace(PAPER, name="ᏣᎳᎩ Anna 👍 ᏣᎳᎩ")) == ["Ꮳ", "Ꮃ", "Ꭹ", "👍"]


def test_what_leaves_no_trace_on_paper_is_not_missing():
    assert glyphs.missing("Zoë\u200c\u00a0Anna\n") == []


@pytest.mark.parametrize("name", ["Anna\x0bM\x1füller\x7f", 'Söhne & <Töchter> "GmbH" \'23'])
def test_whatever_a_name_is_written_with_it_is_printed(name):
    text = text_of(pdf.render(replace(PAPER, name=name)))
    printed = name.translate({0x0B: None, 0x1F: None, 0x7F: None})
    assert printed.replace(" ", "") in text.replace(" ", "")


def test_a_letter_in_two_parts_is_looked_for_as_one():
    assert glyphs.missing("Zoe\u0308") == []


def test_a_long_course_takes_two_pages_and_a_usual_one_takes_one():
    usual = replace(
        PAPER, contents=("Eine Lektion mit Titel",) * 12, competences=PAPER.competences * 6
    )
    long = replace(PAPER, contents=("Eine Lektion mit Titel",) * 60)
    assert [len(read(pdf.render(paper)).pages) for paper in (usual, long)] == [1, 2]


def test_a_paper_may_run_from_right_to_left():
    content = pdf.render(replace(PAPER, language="ar", name=NAMES["Arabic"]))
    assert read(content).trailer["/Root"]["/Lang"] == "ar"


def test_a_paper_without_a_name_says_whose_it_is():
    assert "Die Inhaberin oder der Inhaber" in text_of(pdf.render(replace(PAPER, name="")))


def test_a_paper_fetches_nothing_from_elsewhere():
    with pytest.raises(ValueError, match="does not fetch"):
        pdf.OnlyOurFiles().fetch("file:///etc/passwd")


def test_a_missing_font_is_said_before_pango_ends_the_process(monkeypatch, tmp_path):
    monkeypatch.setattr(glyphs, "FONTS", tmp_path)
    with pytest.raises(FileNotFoundError, match="is missing"):
        pdf._fonts(("arabic", "never cached"))


def test_many_papers_at_once_are_the_same_papers():
    """Two requests of one process: anyone who was second had the environment of the first taken from under them."""
    wanted = [replace(PAPER, name=name) for name in NAMES.values()]
    alone = [pdf.render(paper) for paper in wanted]
    pdf._fonts.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(pdf.render, wanted)) == alone
    assert "FONTCONFIG_FILE" not in os.environ


HAND = Hand("Dr. Olga Leitung", base64.b64decode(DOT))


@pytest.mark.parametrize(("contents", "competences", "facts"), [(4, 3, 5), (5, 3, 6), (7, 4, 7)])
@pytest.mark.parametrize(("name", "course"), [(20, 20), (50, 40), (85, 30), (100, 60)])
@pytest.mark.parametrize("hand", [None, HAND], ids=["a line", "signed"])
def test_a_usual_course_is_one_page_whatever_it_says(
    contents, competences, facts, name, course, hand
):
    """Names and titles of every length; the empty line, the signature and the size of letters give way, in this order."""
    paper = replace(
        PAPER,
        name=("Anna-Maria von und zu " * 9)[:name].strip(),
        course=("Sicher im Netz unterwegs mit Freude " * 9)[:course].strip(),
        contents=("Ein Schritt im Kurs",) * contents,
        competences=(("2.3", "Sich mit digitalen Technologien gesellschaftlich beteiligen"),)
        * competences,
        facts=(("Dafür nötig", "Alle 4 Schritte des Kurses erledigt. Alle 10 Aufgaben gelöst."),)
        * facts,
        hand=hand,
    )
    assert len(read(pdf.render(paper)).pages) == 1
