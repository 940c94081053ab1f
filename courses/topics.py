"""The five areas of DigComp in the words of the catalogue."""

from django.utils.translation import gettext as _


def topics() -> dict[str, str]:
    """{"1": …} to "5", in the reader's language."""
    return {
        "1": _("Informationen finden"),
        "2": _("Miteinander reden"),
        "3": _("Selbst gestalten"),
        "4": _("Sicher im Netz"),
        "5": _("Alltag lösen"),
    }
