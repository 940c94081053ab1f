"""Examples for the author's checks of pictures, headings, links, films and questions. Each is one lesson; a list is a lesson of several parts."""

from accessibility.checks import (
    ActivityPart,
    CreditPart,
    DownloadPart,
    PicturePart,
    QuestionPart,
    Questions,
    Sound,
    VideoPart,
)

SPOKEN = "<p>Eine Frau sitzt am Tisch und tippt ihr neues Passwort ein.</p>"
LONG = f"<p>{'Ein kurzer Satz steht hier. ' * 100}</p>"


def picture(alt="", *, decorative=False, file="garten.jpg", caption="", moves=False):
    return PicturePart(alt, decorative, file, caption, moves)


def asked(*wrong, right, fixed=False):
    """The right answer is the last one."""
    return QuestionPart("Welche?", (*((text, False) for text in wrong), (right, True)), fixed)


#: rule -> (contents that break it, contents that do not)
OF_PARTS = {
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
            "<a href='/x'>Dieses Plakat</a>",
            DownloadPart("Download", "a.pdf", tagged=True),
        ],
        [
            "<a href='/x'>mehr über Passwörter</a>",
            "<a href='/x'>Hier anmelden zum Kurs</a>",
            "<a href='/x'>Diese Stadt hilft</a>",
            "<a href='/x'>Die Karte dieser Stadt</a>",
        ],
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
}
