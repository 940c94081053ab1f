"""What is said to have been done with activities and their types, in the record of acts."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "library.installed": _("H5P-Inhaltstypen installiert"),
    "library.rolled_back": _("H5P-Inhaltstyp zurückgenommen"),
    "library.judged": _("H5P-Inhaltstyp beurteilt"),
    "library.upgraded": _("Aktivitäten auf einen neueren Inhaltstyp gebracht"),
    "library.requested": _("Um einen H5P-Inhaltstyp gebeten"),
    "library.declined": _("Wunsch nach einem H5P-Inhaltstyp abgelehnt"),
    "activity.created": _("Aktivität angelegt"),
    "activity.imported": _("Aktivität aus einer Datei angelegt"),
    "activity.archived": _("Aktivität ins Archiv gelegt"),
    "activity.reopened": _("Aktivität aus dem Archiv geholt"),
}
DETAILS = {"libraries": _("Inhaltstypen: %s")}
