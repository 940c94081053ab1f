"""Why a file is not taken, and what was done to one that is, in an author's words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from files import BadFile

REFUSED: dict[str, str | Promise] = {
    "empty": _("Die Datei ist leer. Vielleicht wurde sie nicht ganz kopiert."),
    "size": _("Die Datei ist zu groß. Bitte verkleinern Sie sie."),
    "cut": _("Die Datei ist nicht vollständig oder beschädigt. Kopieren Sie sie noch einmal."),
    "kind": _(
        "Die Datei ist etwas anderes, als ihr Name sagt, oder sie ist beschädigt. Am Namen steht: %(ending)s."
    ),
    "ending": _("Diese Art von Datei passt hier nicht. Es passen: %(endings)s"),
    "office-old": _(
        "Die Datei ist in einem alten Format von Microsoft Office, oder sie hat ein Kennwort. Öffnen Sie sie, nehmen Sie das Kennwort heraus, und speichern Sie sie neu, zum Beispiel als .docx oder .pptx."
    ),
    "office-macros": _(
        "In der Datei stecken Programme (Makros). Speichern Sie sie ohne Makros, oder als PDF."
    ),
    "pages": _(
        "Diese Datei lässt sich nur auf Geräten von Apple öffnen. Wählen Sie dort „Exportieren“ und dann PDF, Word oder PowerPoint."
    ),
    "captions-none": _(
        "In dieser Datei sind keine Untertitel. Sie braucht Zeilen wie „00:00:01.000 --> 00:00:04.000“ und darunter, was gesagt wird."
    ),
    "captions-time": _("In Zeile %(line)s stimmt die Zeit nicht: %(text)s"),
    "captions-backwards": _(
        "In Zeile %(line)s endet ein Untertitel, bevor er angefangen hat: %(text)s"
    ),
    "captions-letters": _(
        "Wir können die Buchstaben in dieser Datei nicht lesen. Speichern Sie sie neu, mit der Kodierung „UTF-8“."
    ),
    "captions-size": _("Die Datei ist zu groß für Untertitel."),
    "picture-broken": _(
        "Das Bild lässt sich nicht öffnen. Öffnen Sie es in einem Bild-Programm, und speichern Sie es neu."
    ),
    "picture-cut": _("Das Bild ist nicht vollständig. Kopieren oder laden Sie es noch einmal."),
    "picture-pixels": _(
        "Das Bild ist zu groß: mehr als 50 Millionen Bildpunkte. Verkleinern Sie es in einem Bild-Programm. 2000 Punkte in der Breite genügen."
    ),
    "picture-moves": _(
        "Dieses Bild bewegt sich. Bewegung, die man nicht anhalten kann, stört beim Lesen. Nehmen Sie ein Video, oder speichern Sie ein einzelnes Bild daraus."
    ),
    "film-kind": _("Das ist kein Video und kein Ton, den wir kennen. Es passen MP4, WebM und MP3."),
    "film-cut": _("Die Aufnahme ist nicht vollständig. Kopieren Sie sie noch einmal."),
    "film-without-picture": _("In dieser Datei ist nur Ton und kein Bild."),
    "film-mov": _(
        "Videos im Format MOV zeigen viele Geräte nicht. Wandeln Sie es in MP4 um, zum Beispiel mit dem kostenlosen Programm VLC: „Medien“, dann „Konvertieren“, dann „Video - H.264 + MP3 (MP4)“."
    ),
    "film-hevc": _(
        "Dieses Video ist in HEVC (H.265) gespeichert. Viele Geräte zeigen es nicht. Am iPhone: „Einstellungen“, „Kamera“, „Formate“, dann „Maximale Kompatibilität“. Ein fertiges Video wandeln Sie in MP4 mit H.264 um, zum Beispiel mit dem kostenlosen Programm VLC."
    ),
    "film-codec": _(
        "Dieses Video zeigen viele Geräte nicht. Wandeln Sie es in MP4 mit H.264 um, zum Beispiel mit dem kostenlosen Programm VLC."
    ),
    "handout-empty": _("In dieser Datei steht nichts, was wir lesen können."),
    "handout-long": _(
        "Daraus würden mehr als %(most)s Schritte. Teilen Sie die Datei in mehrere Kurse."
    ),
    "pdf-locked": _(
        "Die PDF-Datei hat ein Kennwort. Speichern Sie sie ohne Kennwort, oder nehmen Sie die Datei, aus der sie gemacht wurde."
    ),
    "pdf-long": _("Die PDF-Datei hat mehr als %(most)s Seiten. Nehmen Sie einen Teil daraus."),
    "pdf-scanned": _(
        "In der PDF-Datei sind nur Bilder von Seiten, keine Wörter. Nehmen Sie die Datei, aus der sie gemacht wurde, oder lassen Sie sie von einem Programm lesen (OCR)."
    ),
    "sound-broken": _("Die Aufnahme lässt sich nicht abspielen. Speichern Sie sie neu als MP3."),
}

#: What was mended in captions (`files.captions.notes`).
MENDED: dict[str, str | Promise] = {
    "srt": _("Wir haben die Untertitel in das Format WebVTT umgewandelt."),
    "letters": _("Die Datei war nicht in UTF-8. Bitte prüfen Sie Umlaute und Sonderzeichen."),
    "order": _("Wir haben die Untertitel nach der Zeit geordnet."),
}


def in_words(bad: BadFile) -> str:
    """One sentence or two: what is wrong, and what to do."""
    return str(REFUSED[bad.code]) % bad.facts


def mended_in_words(codes: tuple[str, ...]) -> list[str]:
    return [str(MENDED[code]) for code in codes]
