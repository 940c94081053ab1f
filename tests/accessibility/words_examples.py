"""Examples for the author's checks of how something is written. Each is one lesson; a list is a lesson of several parts."""

from accessibility.checks import (
    DownloadPart,
    TermPart,
    VideoPart,
)
from tests.accessibility.parts_examples import LONG, SPOKEN, picture

#: rule -> (contents that break it, contents that do not)
OF_WORDS = {
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
