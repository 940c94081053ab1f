"""What is wrong with a course package, in an author's words. `%s` is the file or the place."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from courses.packages import BadPackage

PROBLEMS = {
    "too-big": _("Die Datei ist zu groß."),
    "too-big-unpacked": _("Ausgepackt wäre die Datei zu groß."),
    "too-many-files": _("In der Datei stecken zu viele Dateien."),
    "not-a-zip": _("Das ist keine Kurs-Datei. Sie endet auf .zip und kommt aus einer Lernstadt."),
    "damaged": _("Die Datei ist beschädigt. Laden Sie sie noch einmal herunter."),
    "not-a-course": _("In der Datei ist kein Kurs."),
    "newer-version": _(
        "Der Kurs kommt aus einer neueren Lernstadt (Format %s). Bitte zuerst diese hier erneuern."
    ),
    "not-json": _("Die Beschreibung des Kurses ist nicht lesbar."),
    "too-deep": _("Die Beschreibung des Kurses ist zu verschachtelt."),
    "bad-text": _("Ein Text enthält Zeichen, die wir nicht speichern können: %s"),
    "wrong-shape": _("Hier steht etwas anderes als erwartet: %s"),
    "missing": _("Hier fehlt etwas: %s"),
    "bad-rule": _("Die Regel für den Nachweis stimmt nicht: %s"),
    "too-long": _("Dieser Text ist zu lang: %s"),
    "no-german": _("Hier fehlt die deutsche Fassung: %s"),
    "id-twice": _("Ein Teil kommt zweimal vor: %s"),
    "same-name-twice": _("Eine Datei kommt zweimal vor: %s"),
    "unsafe-name": _("Der Name einer Datei ist nicht erlaubt: %s"),
    "link": _("Verweise auf andere Dateien sind nicht erlaubt: %s"),
    "encrypted": _("Die Datei ist verschlüsselt: %s"),
    "ratio": _("Eine Datei ist verdächtig stark gepackt: %s"),
    "unexpected-file": _("Diese Datei gehört nicht in einen Kurs: %s"),
    "activity-broken": _("Eine Aktivität ist nicht in Ordnung: %s"),
    "activity-type-missing": _(
        "Eine Aktivität braucht einen Inhaltstyp, den es hier nicht gibt: %s. Bitten Sie das Bildungsbüro darum."
    ),
    "media-missing": _("Diese Datei fehlt: %s"),
    "media-kind": _("Diese Art von Datei nehmen wir nicht: %s"),
    "wrong-hash": _("Diese Datei wurde verändert: %s"),
    "unknown-competence": _("Diese Kompetenz kennen wir nicht: %s"),
    "unknown-block": _("Diesen Baustein kennen wir nicht: %s"),
    "misfit": _("Dieser Teil passt nicht: %s"),
    "not-published": _("Der Kurs ist noch nicht veröffentlicht."),
    "file-gone": _("Eine Datei des Kurses fehlt im Speicher: %s"),
}

#: What of a handout did not come along (`courses.handouts.source`): how many, and what to do.
STAYED = {
    "pictures": ngettext_lazy(
        "%(n)s Bild in einem Format, das Browser nicht zeigen. Speichern Sie es als PNG.",
        "%(n)s Bilder in einem Format, das Browser nicht zeigen. Speichern Sie sie als PNG.",
        "n",
    ),
    "chart": ngettext_lazy(
        "%(n)s Diagramm. Speichern Sie es als Bild, und beschreiben Sie, was es zeigt.",
        "%(n)s Diagramme. Speichern Sie sie als Bilder, und beschreiben Sie, was sie zeigen.",
        "n",
    ),
    "diagram": ngettext_lazy(
        "%(n)s Schaubild (SmartArt). Eine Liste sagt meist dasselbe.",
        "%(n)s Schaubilder (SmartArt). Eine Liste sagt meist dasselbe.",
        "n",
    ),
    "drawing": ngettext_lazy("%(n)s Zeichnung.", "%(n)s Zeichnungen.", "n"),
    "formula": ngettext_lazy(
        "%(n)s Formel. Schreiben Sie sie als Text.",
        "%(n)s Formeln. Schreiben Sie sie als Text.",
        "n",
    ),
    "object": ngettext_lazy(
        "%(n)s eingebettete Datei. Geben Sie sie als Datei zum Herunterladen mit.",
        "%(n)s eingebettete Dateien. Geben Sie sie als Dateien zum Herunterladen mit.",
        "n",
    ),
    "comment": ngettext_lazy("%(n)s Anmerkung vom Rand.", "%(n)s Anmerkungen vom Rand.", "n"),
    "margin": ngettext_lazy("%(n)s Kopf- oder Fußzeile.", "%(n)s Kopf- oder Fußzeilen.", "n"),
}

#: Why there are no questions in a file (`courses.question_files`).
QUESTIONS = {
    "size": _("Die Datei ist zu groß. Es gehen 2 MB."),
    "letters": _("Wir können die Buchstaben nicht lesen. Speichern Sie die Datei neu, als UTF-8."),
    "broken": _("Die XML-Datei ist beschädigt. Führen Sie sie noch einmal aus Moodle aus."),
    "none": _("Hier sind keine Fragen. Wählen Sie eine Datei, oder fügen Sie GIFT ein."),
    "many": _("Das sind mehr als 100 Fragen. Teilen Sie sie auf mehrere Schritte auf."),
}
#: Why a question did not come along.
LEFT = {
    "essay": _("Freitext"),
    "number": _("Zahl mit Spielraum"),
    "partial": _("Teilpunkte"),
    "picture": _("mit Bild"),
    "kind": _("diese Art gibt es hier nicht"),
    "answers": _("die Antworten passen nicht zu unserer Art"),
    "empty": _("ohne Frage"),
}


def refused_in_words(code: str) -> str:
    return str(QUESTIONS[code])


def left_in_words(why: str) -> str:
    return str(LEFT[why])


def stayed_in_words(stayed: Mapping[str, int]) -> list[str]:
    return [str(STAYED[kind] % {"n": number}) for kind, number in stayed.items()]


def in_words(bad: BadPackage) -> list[str]:
    """One sentence per problem; each once."""
    sentences = []
    for problem in bad.problems:
        text = str(PROBLEMS.get(problem.code, PROBLEMS["not-a-course"]))
        sentences.append(text % problem.where if "%s" in text else text)
    return list(dict.fromkeys(sentences))
