"""Questions of a Moodle become questions of ours, or are left with a reason; nothing is bent to fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses import block_forms, question_files
from courses.question_files import BadQuestions

GIFT = """
// Ein Kommentar
$CATEGORY: Sicher im Netz

::Passwort:: Welches Passwort ist sicher? {
  =vier Wörter # Genau.
  ~123456 # Das raten Betrüger zuerst.
  ~Heilbronn
}

Was gehört in ein Backup? { ~%50%Fotos ~%50%Adressen ~%-100%Programme }

Eine Bank fragt am Telefon nach der PIN. {F#Das tut keine Bank.#Genau, legen Sie auf.}

Das Zeichen @ heißt {=at =ätt} und steht in jeder Adresse.

Wie heißt die Hauptstadt? {=Stuttgart =stuttgart####Im Kessel.}

[html]<p>Welches Zeichen <b>tut</b> was?</p> { =Haus -> Zum Anfang =Lupe -> Suchen }

Wie viele Nullen hat 1000? {#3}

Wie groß ist Pi? {#3.14:0.01}

Warum? {}

Was zeigt das? <img src="x.png"> {=a ~b}

Nur eine Beschreibung.

Rechnen\\: 1 \\= 1? {T}

Teilpunkte { =ganz ~%50%halb ~falsch }
"""


def said(found):
    return [(one.kind, one.value) for one in found.questions]


def rows(value, name):
    return [tuple(row["value"].values()) for row in value[name]]


def test_gift():
    found = question_files.read(GIFT.replace("\\\\", "\\").encode())
    kinds = [one.kind for one in found.questions]
    assert kinds == [
        *("single_choice", "multiple_choice", "true_false", "gap_text", "gap_text"),
        *("matching", "gap_text", "true_false"),
    ]
    values = [one.value for one in found.questions]
    assert rows(values[0], "choices") == [
        ("vier Wörter", True, "Genau."),
        ("123456", False, "Das raten Betrüger zuerst."),
        ("Heilbronn", False, ""),
    ]
    assert values[0]["question"] == "Welches Passwort ist sicher?"
    assert [row[:2] for row in rows(values[1], "choices")] == [
        ("Fotos", True),
        ("Adressen", True),
        ("Programme", False),
    ]
    assert values[2] == {
        "statement": "Eine Bank fragt am Telefon nach der PIN.",
        "right": False,
        "feedback_right": "Genau, legen Sie auf.",
        "feedback_wrong": "Das tut keine Bank.",
    }
    assert values[3]["text"] == "Das Zeichen @ heißt {{at|ätt}} und steht in jeder Adresse."
    assert (values[4]["text"], values[4]["feedback_right"]) == (
        "Antwort: {{Stuttgart|stuttgart}}",
        "Im Kessel.",
    )
    assert values[5]["question"] == "Welches Zeichen tut was?"
    assert rows(values[5], "pairs") == [("Haus", "Zum Anfang"), ("Lupe", "Suchen")]
    assert values[6]["text"] == "Antwort: {{3}}"
    assert values[7]["statement"] == "Rechnen: 1 = 1?"
    assert [(left.words, left.why) for left in found.left] == [
        ("Wie groß ist Pi?", "number"),
        ("Warum?", "essay"),
        ("Was zeigt das?", "picture"),
        ("Nur eine Beschreibung.", "kind"),
        ("Teilpunkte", "partial"),
    ]


XML = """<?xml version="1.0" encoding="UTF-8"?><quiz>
<question type="category"><category><text>$course$/x</text></category></question>
<question type="multichoice"><name><text>A</text></name><questiontext format="html"><text><![CDATA[<p>Was ist <b>sicher</b>?</p>]]></text>
</questiontext><single>true</single><answer fraction="100"><text>Ein Satz</text><feedback><text>Ja.</text></feedback></answer>
<answer fraction="0"><text>123</text></answer></question>
<question type="multichoice"><questiontext><text>Drei?</text></questiontext><single>false</single>
<answer fraction="33.33333"><text>a</text></answer><answer fraction="33.33333"><text>b</text></answer>
<answer fraction="33.33333"><text>c</text></answer><answer fraction="-100"><text>d</text></answer></question>
<question type="truefalse"><questiontext><text>Stimmt.</text></questiontext><answer fraction="100"><text>true</text>
<feedback><text>Gut.</text></feedback></answer><answer fraction="0"><text>false</text><feedback><text>Doch.</text></feedback></answer></question>
<question type="matching"><questiontext><text>Was gehört zusammen?</text></questiontext>
<subquestion><text>Hund</text><answer><text>bellt</text></answer></subquestion>
<subquestion><text>Katze</text><answer><text>miaut</text></answer></subquestion></question>
<question type="cloze"><questiontext><text>Ein {1:SHORTANSWER:=Hund~%100%Dackel~Katze} bellt {1:MULTICHOICE:laut~=oft}.</text></questiontext></question>
<question type="numerical"><questiontext><text>Wie viel?</text></questiontext><answer fraction="100"><text>3</text>
<tolerance>0.5</tolerance></answer></question>
<question type="essay"><questiontext><text>Warum?</text></questiontext></question>
<question type="ddimageortext"><questiontext><text>Ziehen</text></questiontext></question>
</quiz>"""


def test_moodle_xml():
    found = question_files.read(XML.encode())
    values = [one.value for one in found.questions]
    assert [one.kind for one in found.questions] == [
        *("single_choice", "multiple_choice", "true_false", "matching", "gap_text"),
    ]
    assert values[0]["question"] == "Was ist sicher?"
    assert rows(values[0], "choices")[0] == ("Ein Satz", True, "Ja.")
    assert [row[1] for row in rows(values[1], "choices")] == [True, True, True, False]
    assert (values[2]["right"], values[2]["feedback_wrong"]) == (True, "Doch.")
    assert values[4]["text"] == "Ein {{Hund|Dackel}} bellt {{oft}}."
    assert [(left.words, left.why) for left in found.left] == [
        ("Wie viel?", "number"),
        ("Warum?", "essay"),
        ("Ziehen", "kind"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "none"),
        (b"\n\n// nichts", "none"),
        (b"<html></html>", "none"),
        (b"<quiz><question>", "broken"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><quiz>&a;</quiz>', "broken"),
        ("Größe {T}".encode("latin-1"), "letters"),
        (b"x" * (question_files.LARGEST + 1), "size"),
        (b"Frage {T}\n\n" * 101, "many"),
    ],
)
def test_what_is_no_file_of_questions_is_refused(content, code):
    with pytest.raises(BadQuestions) as refused:
        question_files.read(content)
    assert refused.value.code == code


@given(st.text(st.sampled_from("aä {}=~#%>-\\:\n/T5[]$|<img"), max_size=300))
def test_any_text_is_read_or_refused_and_what_is_read_fits_our_blocks(text):
    try:
        found = question_files.read(text.encode())
    except BadQuestions as refused:
        assert refused.code in ("none", "broken")  # noqa: PT017 -- both are right
        return
    for kind, value in said(found):
        definition = block_forms.KINDS[kind]
        assert definition.get_prep_value(definition.to_python(value)) == value


WORD = st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=12)


@given(
    question=WORD,
    answers=st.lists(WORD, min_size=2, max_size=6, unique_by=str.casefold),
    right=st.integers(min_value=0),
    feedback=st.one_of(st.just(""), WORD),
)
def test_a_choice_that_is_written_down_is_read_back(question, answers, right, feedback):
    right %= len(answers)
    lines = [
        f"{'=' if number == right else '~'}{answer}#{feedback}"
        for number, answer in enumerate(answers)
    ]
    [found] = question_files.read(f"{question} {{{' '.join(lines)}}}".encode()).questions
    assert found.value["question"] == question
    assert rows(found.value, "choices") == [
        (answer, number == right, feedback) for number, answer in enumerate(answers)
    ]
