"""What is wrong with an H5P package, in an author's words.

`%(file)s` is the file or folder in the package, `%(value)s` and `%(other)s` are what the problem is about.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from h5p_lite.core.package import Problem

PROBLEMS = {
    "too-big": _("Die Datei ist zu groß. Verkleinern Sie Bilder und Videos."),
    "not-a-zip": _("Das ist keine H5P-Datei. Wählen Sie eine Datei, die auf .h5p endet."),
    "zip64": _("Die Datei ist für sehr große Archive gepackt. Packen Sie sie ohne „ZIP64“ neu."),
    "damaged": _("Die Datei ist beschädigt. Laden Sie sie noch einmal herunter."),
    "file-damaged": _("%(file)s ist beschädigt. Exportieren Sie den Inhalt neu."),
    "too-many-files": _("In der Datei stecken zu viele Dateien."),
    "too-big-unpacked": _("Ausgepackt wäre die Datei zu groß. Verkleinern Sie Bilder und Videos."),
    "file-too-big": _("Diese Datei ist zu groß: %(file)s. Verkleinern Sie sie."),
    "ratio": _("Diese Datei ist verdächtig stark gepackt: %(file)s. Nehmen Sie sie heraus."),
    "overlap": _("Zwei Dateien liegen im Paket übereinander: %(file)s. Packen Sie es neu."),
    "unsafe-name": _("Dieser Dateiname ist nicht erlaubt: %(file)s. Benennen Sie die Datei um."),
    "long-name": _("Dieser Dateiname ist zu lang: %(file)s. Kürzen Sie ihn."),
    "same-name-twice": _(
        "Zwei verschiedene Dateien heißen gleich: %(file)s. Exportieren Sie den Inhalt neu."
    ),
    "file-as-folder": _("%(file)s liegt in einer Datei statt in einem Ordner. Packen Sie neu."),
    "link": _("%(file)s ist ein Verweis. Packen Sie die Datei selbst ein."),
    "encrypted": _("%(file)s ist mit einem Passwort geschützt. Packen Sie ohne Passwort."),
    "packing": _(
        "%(file)s ist auf ungewöhnliche Weise gepackt. Packen Sie neu, als gewöhnliches ZIP."
    ),
    "wrong-ending": _("%(file)s endet nicht auf .h5p. Wählen Sie eine H5P-Datei."),
    "not-a-package": _("In der Datei ist weder ein H5P-Inhalt noch eine H5P-Bibliothek."),
    "in-a-folder": _(
        "Alles liegt im Ordner %(file)s. Packen Sie, was in diesem Ordner ist, nicht den Ordner selbst."
    ),
    "no-manifest": _("Die Datei h5p.json fehlt. Exportieren Sie den Inhalt neu."),
    "no-content": _("Der Inhalt fehlt: %(file)s. Exportieren Sie ihn neu."),
    "not-allowed": _("Diese Art von Datei nehmen wir nicht: %(file)s. Nehmen Sie sie heraus."),
    "wrong-kind": _(
        "%(file)s ist keine echte %(value)s-Datei. Speichern Sie sie im richtigen Format."
    ),
    "json-too-big": _("%(file)s ist zu groß. Teilen Sie den Inhalt auf."),
    "too-much-json": _("Das Paket enthält zu viele Texte auf einmal. Teilen Sie es auf."),
    "not-json": _("%(file)s ist nicht lesbar. Exportieren Sie den Inhalt neu."),
    "too-deep": _("%(file)s ist zu tief verschachtelt. Teilen Sie den Inhalt auf."),
    "key-twice": _("In %(file)s kommt „%(value)s“ zweimal vor. Löschen Sie eines davon."),
    "bad-text": _("%(file)s enthält Zeichen, die wir nicht speichern können. Löschen Sie sie."),
    "bad-number": _("%(file)s enthält eine Zahl, die zu groß ist. Berichtigen Sie sie."),
    "wrong-shape": _("%(file)s ist anders aufgebaut als erwartet. Exportieren Sie den Inhalt neu."),
    "field-missing": _("In %(file)s fehlt „%(value)s“. Ergänzen Sie es."),
    "field-wrong": _("In %(file)s ist „%(value)s“ nicht gültig. Berichtigen Sie es."),
    "main-library-unlisted": _(
        "In %(file)s fehlt die Bibliothek %(value)s unter „preloadedDependencies“. Ergänzen Sie sie."
    ),
    "library-json-missing": _(
        "Im Ordner %(file)s fehlt library.json. Ergänzen Sie die Datei oder nehmen Sie den Ordner heraus."
    ),
    "folder-name": _("Der Ordner %(file)s muss „%(value)s“ heißen. Benennen Sie ihn um."),
    "library-twice": _(
        "Die Bibliothek %(value)s kommt zweimal vor. Löschen Sie den Ordner %(file)s."
    ),
    "asset-missing": _("%(file)s nennt eine Datei, die fehlt: %(value)s. Legen Sie sie dazu."),
    "newer-core": _(
        "%(file)s braucht H5P %(value)s, wir haben %(other)s. Nehmen Sie eine ältere Version der Bibliothek."
    ),
    "language-name": _(
        "%(file)s heißt nicht wie eine Sprache, zum Beispiel „de.json“. Benennen Sie die Datei um."
    ),
    "protected-name": _(
        "%(file)s nennt sich %(value)s. Dieser Name ist vergeben. Nehmen Sie den Ordner aus dem Paket."
    ),
    "too-big-for-a-page": _(
        "Für eine einzelne HTML-Seite sind die Bilder, Töne und Filme zu groß. Nehmen Sie ein SCORM-Paket."
    ),
    "player-missing": _(
        "Der Abspieler fehlt auf diesem Server. Bitte sagen Sie es denen, die ihn betreiben."
    ),
    "dependency-missing": _(
        "%(file)s braucht die Bibliothek %(value)s. Legen Sie sie dazu oder installieren Sie sie zuerst."
    ),
}


#: What came of trying: a new patch with the activities that use it, and an activity that has just come.
TRIALS = {
    "empty": _(
        "Beim Ausprobieren blieb die Aktivität leer: Ein Teil fehlt oder ist kaputt. Sehen Sie in der Vorschau nach."
    ),
    "worse": _(
        "%(file)s gilt nicht: Damit bleiben Aktivitäten leer oder laufen nicht (%(value)s von %(other)s probierten). Die Version davor gilt weiter."
    ),
}


def as_problems(stored: Iterable[dict[str, Any]]) -> list[Problem]:
    """As an upload keeps them."""
    return [Problem(one["code"], one["file"], tuple(one["values"])) for one in stored]


def in_words(problems: Iterable[Problem]) -> list[str]:
    """One sentence or two per problem; each once, in the reader's language."""
    return list(dict.fromkeys(_sentence(problem) for problem in problems))


def _sentence(problem: Problem) -> str:
    value, other, *_rest = (*problem.values, "", "")
    words = {"file": problem.file, "value": value, "other": other}
    sentences = PROBLEMS | TRIALS
    return str(sentences.get(problem.code, PROBLEMS["not-a-package"])) % words
