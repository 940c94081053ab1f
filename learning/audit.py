"""What is said of groups and meetings, in the audit log. Who was there, or who was helped, is never said there."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "attendance.kept": _("Anwesenheit eingetragen"),
    "booking.by_phone": _("Am Telefon einen Platz gebucht"),
    "booking.absent": _("Plätze von Fehlenden frei gegeben"),
    "booking.cancelled": _("Eine Buchung abgesagt"),
    "contract.withdrawn": _("Ein Vertrag wurde widerrufen"),
    "withdrawal.answered": _("Einen Widerruf beantwortet"),
    "group.made": _("Gruppe gemacht"),
    "group.changed": _("Gruppe geändert"),
    "group.code_renewed": _("Neuer Code für eine Gruppe"),
    "group.closed": _("Gruppe geschlossen"),
    "group.opened": _("Gruppe wieder geöffnet"),
    "group.list_taken": _("Liste von Teilnehmenden in eine Gruppe übernommen"),
    "group.put_in": _("Jemanden in eine Gruppe aufgenommen"),
    "group.taken_out": _("Jemanden aus einer Gruppe genommen"),
    "question.answered": _("Eine Frage beantwortet"),
    "question.shown": _("Eine Frage allen im Kurs gezeigt"),
    "question.hidden": _("Eine Frage nicht mehr allen gezeigt"),
    "entry.hidden": _("Einen Beitrag verborgen"),
    "entry.shown": _("Einen Beitrag wieder gezeigt"),
    "message.sent": _("Nachricht an Lernende geschickt"),
    "step.confirmed": _("Einen Schritt von Hand bestätigt"),
    "attempts.given": _("Neue Versuche gegeben"),
    "attempts.ruled": _("Geändert, wie oft man eine Aktivität machen kann"),
    "answer.marked": _("Eine geschriebene Antwort bewertet"),
}
DETAILS = {
    "count": _("Zahl: %s"),
    "added": _("angekreuzt: %s"),
    "removed": _("weggenommen: %s"),
    "step": _("Schritt %s"),
    "until": _("Beitreten bis: %s"),
}
