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
    "language-unmarked": Advice(
        _("Ein Absatz scheint in einer anderen Sprache zu sein."),
        _(
            "Ein Vorlese-Programm liest ihn sonst falsch vor. Wählen Sie die Wörter aus und drücken Sie in der Leiste auf ihre Sprache, zum Beispiel „EN“ für Englisch."
        ),
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
        _("Nennen Sie auch ein Wort, eine Form oder den Ort: „die Felder mit Stern“."),
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
