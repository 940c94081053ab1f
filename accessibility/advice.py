"""The findings of `accessibility.checks` in an author's words: what is wrong, and what to do."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Advice(NamedTuple):
    wrong: str | Promise
    do: str | Promise


ADVICE = {
    "alt-missing": Advice(
        _("Das Bild hat keinen Alternativ-Text."),
        _(
            "Schreiben Sie in einem Satz, was zu sehen ist. Oder wählen Sie: Das Bild ist nur Schmuck."
        ),
    ),
    "alt-file-name": Advice(
        _("Der Alternativ-Text ist ein Dateiname."),
        _("Schreiben Sie in einem Satz, was auf dem Bild zu sehen ist."),
    ),
    "alt-says-nothing": Advice(
        _("Der Alternativ-Text sagt nicht, was zu sehen ist."),
        _("Schreiben Sie in einem Satz, was zu sehen ist: „Eine Frau tippt auf ihrem Handy.“"),
    ),
    "alt-picture-of": Advice(
        _(
            "Der Alternativ-Text sagt, dass es ein Bild ist. Das sagt ein Vorlese-Programm von selbst."
        ),
        _("Beginnen Sie gleich mit dem, was zu sehen ist."),
    ),
    "alt-repeats": Advice(
        _("Der Alternativ-Text steht schon an anderer Stelle."),
        _("Sagen Sie, was nur auf diesem Bild zu sehen ist."),
    ),
    "alt-long": Advice(
        _("Der Alternativ-Text ist sehr lang."),
        _("Kürzen Sie ihn auf einen Satz. Alles Weitere gehört in den Text daneben."),
    ),
    "heading-skipped": Advice(
        _("Eine Ebene der Überschriften fehlt."),
        _("Nehmen Sie erst Überschrift 2 und darunter Überschrift 3."),
    ),
    "heading-empty": Advice(
        _("Eine Überschrift ist leer."),
        _("Schreiben Sie etwas hinein, oder löschen Sie die Zeile."),
    ),
    "heading-missing": Advice(
        _("Der Schritt ist lang und hat keine Überschrift."),
        _("Gliedern Sie den Text mit Überschriften. So findet man sich zurecht."),
    ),
    "heading-long": Advice(
        _("Die Überschrift ist sehr lang."),
        _("Nehmen Sie wenige Wörter. Der Rest wird ein Satz darunter."),
    ),
    "heading-by-hand": Advice(
        _("Eine fette Zeile sieht aus wie eine Überschrift, ist aber keine."),
        _(
            "Machen Sie eine Überschrift daraus. Dann findet man sie auch mit einem Vorlese-Programm."
        ),
    ),
    "list-by-hand": Advice(
        _("Eine Liste ist mit Zeichen oder Zahlen nachgebaut."),
        _("Machen Sie eine richtige Liste daraus. Dann wird vorgelesen, wie viele Punkte sie hat."),
    ),
    "columns-by-hand": Advice(
        _("Spalten sind mit Leerzeichen gebaut."),
        _("Fügen Sie eine Tabelle ein. Auf dem Handy verrutschen Leerzeichen."),
    ),
    "line-by-hand": Advice(
        _("Eine Linie ist aus Zeichen gebaut. Jedes Zeichen wird vorgelesen."),
        _("Löschen Sie sie. Eine Überschrift trennt besser."),
    ),
    "empty-lines": Advice(
        _("Mehrere leere Zeilen stehen hintereinander."),
        _("Löschen Sie sie. Den Abstand macht die Seite von selbst."),
    ),
    "table-without-header": Advice(
        _("Die Tabelle hat keine Kopf-Zellen."), _("Machen Sie die erste Zeile zur Kopf-Zeile.")
    ),
    "frame-without-title": Advice(
        _("Ein eingebetteter Inhalt hat keinen Titel."), _("Geben Sie ihm einen Titel.")
    ),
    "link-empty": Advice(
        _("Ein Link hat keine Wörter."),
        _("Schreiben Sie dazu, wohin er führt, oder löschen Sie ihn."),
    ),
    "link-vague": Advice(
        _("Der Link sagt nicht, wohin er führt."),
        _("Nennen Sie das Ziel, zum Beispiel: „Zur Anmeldung beim Bürgeramt“."),
    ),
    "link-address": Advice(
        _("Der Link zeigt eine Internet-Adresse."),
        _("Ein Vorlese-Programm liest jedes Zeichen. Schreiben Sie besser den Namen der Seite."),
    ),
    "link-same-words": Advice(
        _("Zwei Links heißen gleich und führen an verschiedene Orte."),
        _("Geben Sie ihnen verschiedene Namen."),
    ),
    "link-long": Advice(
        _("Der Link ist sehr lang. Er wird am Stück vorgelesen."),
        _("Verlinken Sie nur die Wörter, die das Ziel nennen."),
    ),
    "video-without-captions": Advice(
        _("Das Video hat keine Untertitel."),
        _("Laden Sie eine Datei mit Untertiteln hoch: WebVTT oder SRT."),
    ),
    "video-without-transcript": Advice(
        _("Das Video hat keine Abschrift."),
        _("Schreiben Sie auf, was gesagt wird und was zu sehen ist."),
    ),
    "captions-unfit": Advice(
        _("Die Untertitel lassen sich nicht lesen, oder sie gehören zu einem anderen Video."),
        _("Wählen Sie die Datei neu. Beim Speichern steht daneben, was nicht stimmt."),
    ),
    "captions-machine": Advice(
        _("Die Untertitel sehen aus, als hätte sie ein Programm geschrieben und niemand gelesen."),
        _(
            "Lesen Sie sie beim Ansehen mit. Satz-Zeichen, Namen und Wörter wie „äh“ verbessern Sie in der Datei."
        ),
    ),
    "film-unplayable": Advice(
        _("Viele Geräte können diese Aufnahme nicht abspielen."),
        _("Wählen Sie die Datei neu. Beim Speichern steht daneben, was nicht stimmt."),
    ),
    "audio-without-transcript": Advice(
        _("Der Ton hat keine Abschrift."), _("Schreiben Sie auf, was zu hören ist.")
    ),
    "picture-moves": Advice(
        _("Das Bild bewegt sich. Gezeigt wird nur sein erstes Bild."),
        _("Nehmen Sie ein Video. Das kann man anhalten."),
    ),
    "video-starts-alone": Advice(
        _("Das Video startet von selbst."), _("Schalten Sie den automatischen Start aus.")
    ),
    "activity-without-alternative": Advice(
        _("Nicht alle können diese Aktivität bedienen."),
        _(
            "Sagen Sie darunter dasselbe in anderer Form. Wenn wir die Antworten prüfen, stellen Sie auch eine Frage an ihrer Stelle."
        ),
    ),
    "activity-unfinished": Advice(
        _("Diese Aktivität ist noch nicht fertig."),
        _("Öffnen Sie die Aktivität. Dort steht, was noch fehlt."),
    ),
    "pdf-untagged": Advice(
        _("Das PDF kann ein Vorlese-Programm nicht richtig lesen."),
        _(
            "Speichern Sie es neu als „PDF/UA“ oder mit „Tags für Barrierefreiheit“. Oder nehmen Sie den Text in den Kurs."
        ),
    ),
    "credit-incomplete": Advice(
        _("Bei einem Werk von anderen fehlen Angaben."),
        _(
            "Öffnen Sie das Bild oder die Datei. Tragen Sie ein, wer das Werk gemacht hat, und den Link zum Original."
        ),
    ),
    "file-office": Advice(
        _("Diese Datei lässt sich nur mit einem Büro-Programm öffnen."),
        _("Bieten Sie ein PDF mit Tags an. Oder nehmen Sie den Text in den Kurs."),
    ),
    "language-unmarked": Advice(
        _("Eine Stelle scheint in einer anderen Sprache zu sein."),
        _(
            "Ein Vorlese-Programm liest sie sonst falsch vor. Wählen Sie die Wörter aus und drücken Sie in der Leiste auf ihre Sprache, zum Beispiel „EN“ für Englisch."
        ),
    ),
    "language-wrong": Advice(
        _("Eine Stelle ist als eine Sprache gekennzeichnet und scheint in einer anderen zu sein."),
        _("Wählen Sie die Wörter aus und drücken Sie in der Leiste auf die richtige Sprache."),
    ),
    "letters-spaced": Advice(
        _("Ein Wort steht mit Leerzeichen zwischen den Buchstaben."),
        _("Schreiben Sie es zusammen. Was wichtig ist, machen Sie fett."),
    ),
    "capitals": Advice(
        _("Mehrere Wörter stehen in Großbuchstaben."),
        _("Schreiben Sie sie normal. Was wichtig ist, machen Sie fett."),
    ),
    "sentence-long": Advice(_("Der Satz ist lang."), _("Machen Sie zwei Sätze daraus.")),
    "paragraph-long": Advice(
        _("Der Absatz ist lang."), _("Machen Sie mehrere Absätze daraus. Ein Gedanke je Absatz.")
    ),
    "word-rare": Advice(
        _("Das Wort ist selten. Vielleicht kennen es nicht alle."),
        _("Nehmen Sie ein bekanntes Wort. Oder erklären Sie es mit dem Baustein „Wort-Erklärung“."),
    ),
    "word-long": Advice(
        _("Das Wort ist lang."),
        _("Trennen Sie es mit Bindestrich, oder nehmen Sie ein leichteres."),
    ),
    "abbreviation": Advice(
        _("Eine Abkürzung versteht nicht jede Person."), _("Schreiben Sie die Wörter aus.")
    ),
    "plain-passive": Advice(
        _("Der Satz sagt nicht zuerst, wer etwas tut."),
        _("Sagen Sie, wer es tut: „Das Amt prüft den Antrag.“"),
    ),
    "plain-genitive": Advice(
        _("Der 2. Fall (Genitiv) ist schwer."), _("Schreiben Sie „von“: „das Büro vom Amt“.")
    ),
    "plain-subjunctive": Advice(
        _("Die Möglichkeits-Form ist schwer: „wäre“, „könnte“."),
        _("Schreiben Sie, was ist oder sein kann: „vielleicht“."),
    ),
    "plain-per-cent": Advice(
        _("Prozent ist für viele schwer."),
        _("Schreiben Sie „einer von vier“ oder „viele“, „wenige“."),
    ),
    "plain-nouns": Advice(
        _("Ein Hauptwort steht da, wo ein Tun-Wort leichter wäre."),
        _("Statt „Die Anmeldung erfolgt online“: „Melden Sie sich im Internet an.“"),
    ),
    "plain-denied-twice": Advice(
        _("In einem Satz wird zweimal verneint."), _("Sagen Sie, was stimmt oder geht.")
    ),
    "plain-formal": Advice(
        _("Das ist ein Wort aus Briefen von Ämtern."), _("Nehmen Sie ein Wort, das man spricht.")
    ),
    "signs-run": Advice(
        _("Viele gleiche Zeichen stehen hintereinander."), _("Eines reicht. Jedes wird vorgelesen.")
    ),
    "emoji-run": Advice(
        _("Mehrere Emojis stehen hintereinander."),
        _("Lassen Sie eines stehen. Jedes wird vorgelesen."),
    ),
    "contrast-low": Advice(
        _("Die Schrift hebt sich zu wenig vom Hintergrund ab."),
        _("Nehmen Sie keine eigenen Farben."),
    ),
    "colour-only": Advice(
        _("Etwas ist nur an der Farbe zu erkennen."),
        _("Nennen Sie auch ein Wort oder ein Zeichen: „die Felder mit Stern“."),
    ),
    "senses-only": Advice(
        _("Etwas ist nur an Form, Ort oder Ton zu erkennen."),
        _(
            "Nennen Sie auch, wie es heißt: „der Knopf ‚Weiter‘“. Auf dem Handy steht oft alles untereinander."
        ),
    ),
    "answer-stands-out": Advice(
        _("Die richtige Antwort ist viel länger als die anderen. So lässt sie sich raten."),
        _(
            "Kürzen Sie sie, oder machen Sie die anderen Antworten genauer. Die Erklärung gehört in die Rückmeldung."
        ),
    ),
    "answer-same-place": Advice(
        _("Die richtige Antwort steht in jeder Frage an derselben Stelle."),
        _("Lassen Sie die Antworten mischen, oder stellen Sie sie um."),
    ),
    "answer-often-longest": Advice(
        _("In den meisten Fragen des Kurses ist die längste Antwort die richtige."),
        _("Machen Sie die Antworten einer Frage etwa gleich lang."),
    ),
    "answer-often-here": Advice(
        _(
            "In den meisten Fragen des Kurses mit fester Reihenfolge steht die richtige Antwort an derselben Stelle."
        ),
        _("Lassen Sie die Antworten mischen, oder stellen Sie sie um."),
    ),
}

#: What the button says that mends a finding at the desk, where that is safe.
REPAIRS = {
    "heading-by-hand": _("Überschrift daraus machen"),
    "list-by-hand": _("Liste daraus machen"),
    "line-by-hand": _("Linie löschen"),
    "signs-run": _("Nur ein Zeichen lassen"),
    "emoji-run": _("Nur ein Emoji lassen"),
    "letters-spaced": _("Zusammenschreiben"),
    "abbreviation": _("Ausschreiben"),
    "plain-formal": _("Leichteres Wort nehmen"),
    "language-unmarked": _("Sprache kennzeichnen"),
}
