"""The author's checks, rule by rule: what must be found, and what must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessibility.checks import (
    RULES,
    ActivityPart,
    CreditPart,
    DownloadPart,
    Finding,
    LessonPart,
    PicturePart,
    QuestionPart,
    Questions,
    Sound,
    TermPart,
    Text,
    VideoPart,
    check,
)
from accessibility.checks.parts import elements, paragraphs
from words.colours import contrast

SPOKEN = "<p>Eine Frau sitzt am Tisch und tippt ihr neues Passwort ein.</p>"
LONG = f"<p>{'Ein kurzer Satz steht hier. ' * 100}</p>"


def picture(alt="", *, decorative=False, file="garten.jpg", caption="", moves=False):
    return PicturePart(alt, decorative, file, caption, moves)


def asked(*wrong, right, fixed=False):
    """The right answer is the last one."""
    return QuestionPart("Welche?", (*((text, False) for text in wrong), (right, True)), fixed)


#: rule -> (contents that break it, contents that do not). Each is one lesson; a list is a lesson of several parts.
TABLE = {
    "alt-missing": (
        [picture(), picture("  "), "<p><img src='garten.jpg'></p>", "<img src='a.jpg' alt=' '>"],
        [
            picture("Ein Garten mit Bank"),
            picture(decorative=True),
            "<p><img src='garten.jpg' alt='Ein Garten'></p>",
            "<p><img src='linie.png' alt=''></p>",
        ],
    ),
    "alt-file-name": (
        [
            picture("IMG_1234.jpg"),
            picture("img 1234"),
            picture("dsc01234"),
            picture("Bild 3"),
            picture("kurs_titel", file="kurs_titel.png"),
        ],
        [
            picture("Garten", file="garten.jpg"),
            picture("Bild einer alten Frau"),
            picture("Foto: das Rathaus"),
        ],
    ),
    "alt-repeats": (
        [
            picture("Der Neckar", caption="Der Neckar"),
            [picture("Der Neckar"), picture("der  neckar")],
        ],
        [
            [picture("Der Neckar im Sommer"), picture("Der Neckar im Winter")],
            picture("Ein Boot auf dem Fluss", caption="Der Neckar"),
        ],
    ),
    "alt-long": ([picture("Wort " * 40)], [picture("Wort " * 20)]),
    "heading-skipped": (
        ["<h3>Zu tief</h3>", ["<h2>Eins</h2>", "<h4>Drei</h4>"]],
        ["<h2>Eins</h2><h3>Zwei</h3><h2>Wieder eins</h2>", ["<h2>Eins</h2>", "<h3>Zwei</h3>"]],
    ),
    "heading-empty": (["<h2></h2>", "<h2> <br> </h2>"], ["<h2>Worum es geht</h2>"]),
    "heading-missing": ([LONG], [f"<h2>Worum es geht</h2>{LONG}", SPOKEN]),
    "table-without-header": (
        ["<table><tr><td>a</td></tr></table>"],
        ["<table><tr><th scope='col'>Wort</th></tr><tr><td>a</td></tr></table>"],
    ),
    "frame-without-title": (
        ["<iframe src='https://karte.example/'></iframe>", "<iframe title=' '></iframe>"],
        ["<iframe title='Karte von Heilbronn'></iframe>"],
    ),
    "link-empty": (
        ["<a href='/x'></a>", "<a href='/x'><img src='x.png' alt=''></a>"],
        ["<a href='/x'>Zur Anmeldung</a>", "<a href='/x'><img src='x.png' alt='Start-Seite'></a>"],
    ),
    "link-vague": (
        [
            "<a href='/x'>hier</a>",
            "<a href='/x'>Klicken Sie hier!</a>",
            "<a href='/x'>mehr …</a>",
            "<a href='/x'>→ Mehr lesen</a>",
            "<a href='/x'>PDF</a>",
            "<a href='/x'>Zur Website</a>",
            "<a href='/x'>»</a>",
            DownloadPart("Download", "a.pdf", tagged=True),
        ],
        ["<a href='/x'>mehr über Passwörter</a>", "<a href='/x'>Hier anmelden zum Kurs</a>"],
    ),
    "link-address": (
        ["<a href='https://a.example'>https://a.example</a>", "<a href='x'>www.a.example/b</a>"],
        ["<a href='https://a.example'>Seite der Verbraucherzentrale</a>"],
    ),
    "link-same-words": (
        [["<a href='/a'>Zum Amt</a>", "<p><a href='/b'>zum Amt</a></p>"]],
        [
            "<a href='/a'>Zum Amt</a> <a href='/a'>Zum Amt</a>",
            "<a href='https://www.a.example/'>Zum Amt</a> <a href='http://A.example'>Zum Amt</a>",
            "<a href='/a'>A-Amt</a><a href='/b'>B-Amt</a>",
        ],
    ),
    "video-without-captions": (
        [VideoPart(captions=False, transcript=SPOKEN)],
        [VideoPart(captions=True, transcript=SPOKEN)],
    ),
    "video-without-transcript": (
        [
            VideoPart(captions=True, transcript=""),
            VideoPart(captions=True, transcript="<p>Film.</p>"),
        ],
        [VideoPart(captions=True, transcript=SPOKEN)],
    ),
    "captions-unfit": (
        [VideoPart(captions=True, transcript=SPOKEN, fits=False)],
        [
            VideoPart(captions=True, transcript=SPOKEN),
            VideoPart(captions=False, transcript=SPOKEN, fits=False),
        ],
    ),
    "film-unplayable": (
        [VideoPart(captions=True, transcript=SPOKEN, plays=False), Sound(SPOKEN, plays=False)],
        [VideoPart(captions=True, transcript=SPOKEN), Sound(SPOKEN)],
    ),
    "audio-without-transcript": ([Sound(""), Sound("<p>Lied.</p>")], [Sound(SPOKEN)]),
    "picture-moves": ([picture(moves=True)], [picture()]),
    "answer-stands-out": (
        [asked("Ja", "Nein", right="Nur dann, wenn Sie vorher gefragt haben")],
        [
            asked("Ja", "Vielleicht", right="Nein"),
            asked("Nur am Montag im Amt", "Nur am Abend zu Hause", right="Nur am Dienstag im Amt"),
            QuestionPart(
                "?", (("Nur dann, wenn es regnet", True), ("Ja, dann auch", True), ("Nein", False))
            ),
        ],
    ),
    "answer-same-place": (
        [[asked("A", "B", right="C", fixed=True)] * 3],
        [
            [asked("A", "B", right="C")] * 3,
            [asked("A", "B", right="C", fixed=True)] * 2,
            [*[asked("A", "B", right="C", fixed=True)] * 2, asked("A", right="C", fixed=True)],
        ],
    ),
    "answer-often-longest": (
        [Questions((*[asked("A", "B", right="Ccc")] * 4, asked("Aa", "B", right="C")))],
        [
            Questions((asked("A", "B", right="Ccc"),) * 4),
            Questions((asked("A", "B", right="C"),) * 9),
            Questions((*[asked("A", "B", right="Ccc")] * 3, *[asked("Aa", "B", right="C")] * 2)),
        ],
    ),
    "answer-often-here": (
        [Questions((asked("A", "B", right="C", fixed=True),) * 5)],
        [
            Questions((asked("A", "B", right="C"),) * 5),
            Questions((asked("A", "B", right="C", fixed=True),) * 4),
        ],
    ),
    "video-starts-alone": (
        [
            VideoPart(captions=True, transcript=SPOKEN, starts_alone=True),
            "<video src='film.mp4' autoplay></video>",
            "<audio autoplay src='ton.mp3'></audio>",
        ],
        [VideoPart(captions=True, transcript=SPOKEN), "<video src='film.mp4' controls></video>"],
    ),
    "activity-without-alternative": (
        [ActivityPart("Quiz", barriers=True, other=False)],
        [
            ActivityPart("Quiz", barriers=False, other=False),
            ActivityPart("Quiz", barriers=True, other=True),
        ],
    ),
    "activity-unfinished": (
        [ActivityPart("Quiz", barriers=False, other=False, finished=False)],
        [ActivityPart("Quiz", barriers=False, other=False)],
    ),
    "pdf-untagged": (
        [DownloadPart("Merkblatt", "merkblatt.pdf", tagged=False)],
        [
            DownloadPart("Merkblatt", "merkblatt.pdf", tagged=True),
            DownloadPart("Tabelle", "tabelle.csv"),
        ],
    ),
    "credit-incomplete": (
        [CreditPart("garten.jpg", ("author",)), CreditPart("garten.jpg", ("author", "link"))],
        [CreditPart("garten.jpg")],
    ),
    "language-unmarked": (
        [
            "<p>This is the page that you can read with your phone.</p>",
            "<p>Das ist der <span lang='en'>Play Store</span>.</p>"
            "<p>This is the page that you can read with your phone.</p>",
            "<p>Vous avez une question pour nous et votre voisin est dans la rue.</p>",
            "<p>Bu kurs sizin için çok önemli bir adım ve herkes için.</p>",
            "<p>Auf Arabisch heißt es: كلمة المرور.</p>",
            "<p>Auf Ukrainisch: безпечний пароль</p>",
            ("en", "<p>Das ist die Seite, die Sie mit dem Handy lesen.</p>"),
            ("ar", "<p>безпечний пароль</p>"),
        ],
        [
            "<p>Wir sagen: <span lang='en'>This is the page that you can read with it.</span></p>",
            "<p>Auf Arabisch: <span lang='ar' dir='rtl'>كلمة المرور</span></p>",
            ("ar", "<p>كلمة المرور</p>"),
            ("uk", "<p>безпечний пароль</p>"),
            "<p>Das ist die Seite, die Sie mit dem Handy lesen.</p>",
            "<p lang='en'>This is the page that you can read with your phone.</p>",
            "<p>Klicken Sie auf Save and Exit.</p>",
            "<p>Das Team: Ayşe Yılmaz, Nguyễn Văn An und Zoë Müller.</p>",
            "<p>• Deutsch A1 • Deutsch A2 • Deutsch B1</p>",
            "<p>Save the page</p>",
        ],
    ),
    "capitals": (
        ["<p>BITTE SOFORT LESEN!</p>"],
        ["<p>Die EU und die DSGVO gelten.</p>", "<p>Die VHS in Heilbronn</p>"],
    ),
    "sentence-long": ([f"<p>{'wort ' * 26}.</p>"], [f"<p>{'wort ' * 25}.</p>", LONG]),
    "paragraph-long": (
        [LONG, ("de-simple", f"<p>{'Ein kurzer Satz steht hier. ' * 11}</p>")],
        [f"<p>{'Ein kurzer Satz steht hier. ' * 20}</p>", ("de-simple", SPOKEN)],
    ),
    "word-rare": (
        [
            ("de-simple", "<p>Die Authentifizierung ist wichtig.</p>"),
            ("de-simple", "<p>Nutzen Sie Kryptografie.</p>"),
            ("de-simple", "<p>Das ist ein Tschatt-Bott.</p>"),
            (
                "de-simple",
                [TermPart("Passkey", "<p>Ein Schlüssel.</p>"), "<p>Die Kryptografie hilft.</p>"],
            ),
        ],
        [
            ("de-simple", "<p>Sie schreiben eine Nachricht mit dem Handy.</p>"),
            ("de-simple", "<p>Zum Geburts-Tag und an allen Geburts-Tagen.</p>"),
            ("de-simple", "<p>Fragen Sie Frau Kowalska oder öffnen Sie WhatsApp.</p>"),
            ("de-simple", "<p>Die Adresse ist www.kryptografie.example oder a@wahrlich.de.</p>"),
            ("de-simple", "<p>Das heißt <span lang='en'>authentication</span>.</p>"),
            (
                "de-simple",
                [TermPart("Passkey", "<p>Ein Schlüssel.</p>"), "<p>Die Passkeys sind gut.</p>"],
            ),
            "<p>Die Authentifizierung ist wichtig.</p>",
        ],
    ),
    "word-long": (
        [("de-simple", "<p>Das Datenschutzgrundrecht gilt.</p>")],
        [
            ("de-simple", "<p>Das Daten-Schutz-Recht gilt für alle.</p>"),
            "<p>Das Datenschutzgrundrecht gilt.</p>",
        ],
    ),
    "emoji-run": (["<p>Toll 🎉🎉🎉</p>", "<p>👍 👍 👍</p>"], ["<p>Toll 🎉</p>"]),
    "contrast-low": (
        [
            "<p><span style='color:#999'>blass</span></p>",
            "<p style='color: #777777; background-color: #888'>kaum zu lesen</p>",
            "<p style='background:#333'>schwarz auf dunkel</p>",
        ],
        [
            "<p style='color:#595959'>gut</p>",
            "<p style='color:#fff;background:#000000'>gut</p>",
            "<p style='margin:0'>nichts</p>",
        ],
    ),
    "alt-says-nothing": (
        [
            picture("Grafik"),
            picture("Foto"),
            picture("Platzhalter"),
            "<p><img src='a.png' alt='Logo'></p>",
        ],
        [
            picture("Logo der Stadtbibliothek"),
            picture("Mona Lisa"),
            picture("Balken-Diagramm: 3 von 4"),
        ],
    ),
    "alt-picture-of": (
        [picture("Bild von einem Mann"), picture("Das Foto zeigt eine Frau")],
        [
            picture("Bild einer alten Frau"),
            picture("Luftbild von Heilbronn"),
            picture("Foto: das Rathaus"),
        ],
    ),
    "heading-long": ([f"<h2>{'Wort ' * 30}</h2>"], [f"<h2>{'Wort ' * 10}</h2>"]),
    "heading-by-hand": (
        [
            "<p><b>Was Sie brauchen</b></p><p>Einen Stift.</p>",
            "<p><b>Dabei:</b></p><ul><li>a</li></ul>",
        ],
        [
            "<p><b>Bitte warten Sie.</b></p><p>Gleich geht es los.</p>",
            "<p>Das ist <b>wichtig</b></p><p>Ja.</p>",
            "<p>Ende.</p><p><b>Ihre Volkshochschule</b></p>",
        ],
    ),
    "list-by-hand": (
        [
            "<p>- Milch</p><p>- Brot</p>",
            "<p>1. Öffnen<br>2. Schließen</p>",
            "<p>a) Öffnen</p><p>b) Schließen</p>",
            "<p>✅ Fertig</p><p>✅ Auch fertig</p>",
            "<p>• A • B • C</p>",
        ],
        [
            "<p>– „Guten Tag.“</p><p>– „Guten Abend.“</p>",
            "<p>3. Mai 2025</p><p>7. Juni 2025</p>",
            "<ul><li>1. Klasse</li><li>2. Klasse</li></ul>",
            "<p>- Ein Gedanke steht allein.</p>",
        ],
    ),
    "columns-by-hand": (
        ["<p>Name    Raum</p>", "<p>a\u00a0\u00a0\u00a0b</p>"],
        ["<p>Name  Raum</p>"],
    ),
    "line-by-hand": (["<p>-----------</p>", "<p>* * * * * *</p>"], ["<p>***</p>", "<p>...</p>"]),
    "empty-lines": (["<p>a</p><p></p><p>&nbsp;</p><p>b</p>"], ["<p>a</p><p></p><p>b</p>"]),
    "link-long": ([f"<a href='/x'>{'Wort ' * 16}</a>"], [f"<a href='/x'>{'Wort ' * 15}</a>"]),
    "captions-machine": (
        [
            VideoPart(
                True,
                SPOKEN,
                spoken=("ja also herzlich willkommen", "zu unserem kurs über passwörter"),
            ),
            VideoPart(True, SPOKEN, spoken=("Das ist, äh, gut.", "Und ähm, wichtig.")),
            VideoPart(True, SPOKEN, spoken=("[Musik]", "[Applaus]")),
        ],
        [
            VideoPart(True, SPOKEN, spoken=("Herzlich willkommen zu unserem Kurs.", "[Musik]")),
            VideoPart(True, SPOKEN, spoken=("Es geht um das Passwort", "und um den Schutz. Gut!")),
            VideoPart(True, SPOKEN, spoken=("Guten Tag",)),
            VideoPart(True, SPOKEN),
        ],
    ),
    "file-office": (
        [DownloadPart("Antrag", "antrag.docx"), DownloadPart("Plan", "plan.XLS")],
        [DownloadPart("Antrag", "antrag.pdf", tagged=True), DownloadPart("Ton", "ton.mp3")],
    ),
    "language-wrong": (
        ["<p>Wir sagen: <span lang='fr'>Could you please tell me the way?</span></p>"],
        [
            "<p>Wir sagen: <span lang='en'>Could you please tell me the way?</span></p>",
            "<p>Der <span lang='en'>Play Store</span></p>",
        ],
    ),
    "letters-spaced": (
        ["<p>Das ist w i c h t i g für Sie.</p>"],
        ["<p>A b c</p>", "<p>Von A bis Z</p>"],
    ),
    "signs-run": (
        ["<p>Achtung!!!</p>", "<p>Wirklich???</p>"],
        ["<p>Achtung! Wirklich?</p>", "<p>Und so …</p>"],
    ),
    "abbreviation": (
        [
            ("de-simple", "<p>Sie können z. B. anrufen.</p>"),
            ("de-simple", "<p>Brot, Milch usw.</p>"),
        ],
        [
            ("de-simple", "<p>Sie können zum Beispiel anrufen.</p>"),
            "<p>Sie können z. B. anrufen.</p>",
        ],
    ),
    "plain-passive": (
        [
            ("de-simple", "<p>Der Antrag wird vom Amt geprüft.</p>"),
            ("de-simple", "<p>Die Kurse wurden angeboten.</p>"),
            ("de-simple", "<p>Das muss bezahlt werden.</p>"),
        ],
        [
            ("de-simple", "<p>Wir werden bald beginnen. Sie werden viel gewinnen.</p>"),
            ("de-simple", "<p>Es wird kalt. Er wird berühmt.</p>"),
            ("de-simple", "<p>Sie werden gesund, wenn Sie viel geschlafen haben.</p>"),
            "<p>Der Antrag wird vom Amt geprüft.</p>",
        ],
    ),
    "plain-genitive": (
        [
            ("de-simple", "<p>Das Büro des Amtes</p>"),
            ("de-simple", "<p>Die Tür eines alten Hauses</p>"),
        ],
        [
            ("de-simple", "<p>Das Büro vom Amt</p>"),
            ("de-simple", "<p>Das passiert des Öfteren.</p>"),
        ],
    ),
    "plain-subjunctive": (
        [("de-simple", "<p>Es wäre schön.</p>"), ("de-simple", "<p>Sie könnten kommen.</p>")],
        [("de-simple", "<p>Ich möchte kommen. Er wurde krank. Sie ging nach Hause.</p>")],
    ),
    "plain-per-cent": (
        [("de-simple", "<p>25 % haben das.</p>"), ("de-simple", "<p>Zehn Prozent fehlen.</p>")],
        [("de-simple", "<p>Einer von vier Menschen</p>"), "<p>25 % haben das.</p>"],
    ),
    "plain-nouns": (
        [("de-simple", "<p>Die Anmeldung erfolgt im Büro.</p>")],
        [("de-simple", "<p>Die Anmeldung ist im Büro.</p>")],
    ),
    "plain-denied-twice": (
        [
            ("de-simple", "<p>Das ist nicht unmöglich.</p>"),
            ("de-simple", "<p>Niemand hat kein Handy.</p>"),
        ],
        [
            ("de-simple", "<p>Das ist möglich. Ohne Ausweis geht es nicht.</p>"),
            ("de-simple", "<p>Nehmen Sie kein Lied und kein Gedicht.</p>"),
        ],
    ),
    "plain-formal": (
        [("de-simple", "<p>Kommen Sie unverzüglich.</p>")],
        [("de-simple", "<p>Kommen Sie sofort.</p>"), "<p>Kommen Sie unverzüglich.</p>"],
    ),
    "senses-only": (
        [
            "<p>Drücken Sie das runde Symbol.</p>",
            "<p>Die Antwort steht im Kasten rechts.</p>",
            "<p>Siehe oben.</p>",
            "<p>Sprechen Sie nach dem Signalton.</p>",
            ("en", "<p>Click the round button.</p>"),
        ],
        [
            "<p>Drücken Sie das runde Symbol mit dem Wort „Start“.</p>",
            "<p>Oben auf dem Berg steht eine Burg.</p>",
            "<p>Klicken Sie oben rechts auf das Zahnrad.</p>",
            "<p>Oben sehen Sie kleine Zeichen.</p>",
            "<p>Ein Kreis ist rund.</p>",
        ],
    ),
    "colour-only": (
        ["<p>Füllen Sie die roten Felder aus.</p>", "<p>Was wichtig ist, ist gelb markiert.</p>"],
        [
            "<p>Füllen Sie die Felder mit Stern aus.</p>",
            "<p>Drücken Sie den grünen Knopf „Start“.</p>",
            "<p>Nehmen Sie die Linie S4 bis zum Roten Rathaus. Die rote Linie ist die S1.</p>",
            "<p>Die rote Lampe heißt: Stopp.</p>",
        ],
    ),
}


def lesson(contents):
    """(language, parts) of a cell of the table."""
    lang, contents = contents if type(contents) is tuple else ("de", contents)
    several = contents if isinstance(contents, list) else [contents]
    texts = [Text(each) if isinstance(each, str) else each for each in several]
    return lang, [LessonPart(f"teil-{number}", each) for number, each in enumerate(texts, 1)]


def rules_found(contents):
    lang, parts = lesson(contents)
    return {finding.rule for finding in check(parts, lang=lang)}


def cells(which):
    return [
        pytest.param(rule, contents, id=f"{rule}-{number}")
        for rule, pair in TABLE.items()
        for number, contents in enumerate(pair[which], 1)
    ]


def test_every_rule_has_examples_of_both_kinds():
    assert set(TABLE) == set(RULES)
    assert all(wrong and right for wrong, right in TABLE.values())


@pytest.mark.parametrize(("rule", "contents"), cells(0))
def test_it_is_found(rule, contents):
    assert rule in rules_found(contents)


@pytest.mark.parametrize(("rule", "contents"), cells(1))
def test_it_is_not_found(rule, contents):
    assert rule not in rules_found(contents)


def test_findings_come_in_reading_order_with_their_place():
    parts = [
        LessonPart("eins", Text("<p><a href='/x'>hier</a></p><h4>Zu tief</h4>")),
        LessonPart("zwei", picture()),
    ]
    assert check(parts, lang="de") == [
        Finding("heading-skipped", "eins", "Zu tief"),
        Finding("link-vague", "eins", "hier"),
        Finding("alt-missing", "zwei", "garten.jpg"),
    ]
    assert [finding.severity for finding in check(parts, lang="de")] == ["block"] * 3


def test_an_excerpt_is_short():
    [finding] = check([LessonPart("eins", Text(f"<h3>{'lang ' * 60}</h3>"))], lang="de")[:1]
    assert (len(finding.excerpt), finding.excerpt[-1]) == (80, "…")


def test_rare_words_are_named_once_and_not_too_many():
    rare = "Kryptografie Authentifizierung Synchronisation Kryptografie"
    again = "Inkubator Quadratur Bajonett Kathode".lower()
    parts = [LessonPart("eins", Text(f"<p>{rare.lower()} {again}</p>"))]
    words = [f.excerpt for f in check(parts, lang="de-simple") if f.rule == "word-rare"]
    assert len(words) == len(set(words)) == 5


def test_an_empty_lesson_has_no_findings():
    assert check([], lang="de") == []


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#fff", "#fff", 1), ("#767676", "#ffffff", 4.54)],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(one, other) == contrast(other, one)


def test_html_is_read_however_broken_it_is():
    assert paragraphs("<p>Eins <b>zwei</p><p>drei") == ["Eins zwei", "drei"]
    assert paragraphs("ganz ohne Absatz") == ["ganz ohne Absatz"]
    assert paragraphs("<p>Der <i lang='en'>Play</i> Store</p>", own_words_only=True) == [
        "Der Store"
    ]
    assert [e.tag for e in elements("</p><ul><li>a<br>b</ul>")] == ["ul", "li", "br"]


@given(st.text(alphabet="<>/=\"' ahp12\n", max_size=60))
def test_no_html_stops_the_checks(html):
    check(
        [
            LessonPart("eins", Text(html)),
            LessonPart("zwei", VideoPart(captions=True, transcript=html)),
        ],
        lang="de-simple",
    )
