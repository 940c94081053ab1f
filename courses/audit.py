"""What the press is said to have done, in the audit log."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "edition.printed": _("Ausgabe gedruckt"),
    "course.archived": _("Kurs ins Archiv gelegt"),
    "course.reopened": _("Kurs aus dem Archiv geholt"),
    "review.asked": _("Kurs zur Prüfung gegeben"),
    "review.handed_over": _("Kurs an das Bildungsbüro gegeben"),
    "review.returned": _("Kurs mit Änderungs-Wünschen zurückgegeben"),
    "review.withdrawn": _("Kurs aus der Prüfung genommen"),
    "review.approved": _("Kurs freigegeben"),
    "page.brought_back": _("Aus dem Papierkorb geholt"),
    "course.imported": _("Kurs aus einer Datei angelegt"),
    "course.adopted": _("Kurs übernommen"),
    "course.given": _("Ihr Kurs wurde übernommen"),
    "original.seen": _("Neue Ausgabe des Originals angesehen"),
    "venue.kept": _("Ort oder Raum gespeichert"),
    "venue.closed": _("Ort oder Raum geschlossen"),
    "venue.opened": _("Ort oder Raum wieder geöffnet"),
    "plan.rules": _("Regeln für Termine geändert"),
    "run.planned": _("Durchführung geplant"),
    "run.changed": _("Durchführung geändert"),
    "run.meetings": _("Termine hinzugefügt"),
    "run.published": _("Durchführung veröffentlicht"),
    "run.cancelled": _("Durchführung abgesagt"),
    "meeting.cancelled": _("Einen Termin abgesagt"),
    "meeting.moved": _("Einen Termin verlegt"),
    "tally.kept": _("Strichliste gespeichert"),
    "concept.added": _("Begriff der Suche angelegt"),
    "concept.labelled": _("Wort zu einem Begriff aufgenommen"),
    "concept.unlabelled": _("Wort von einem Begriff gestrichen"),
    "concept.merged": _("Zwei Begriffe zu einem gemacht"),
    "easy_review.recorded": _("Prüfung der Leichten Sprache eingetragen"),
}
DETAILS = {
    "number": _("Ausgabe %s"),
    "word": _("Wort: %s"),
    "into": _("jetzt: %s"),
    "printing": _("Druck %s"),
    "tested_by": _("geprüft von: %s"),
    "tested_on": _("geprüft am: %s"),
}
