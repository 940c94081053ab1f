"""Pasting from Word and Writer at the desk: the script, and the words in which it says what was left out."""

import json

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks


@hooks.register("insert_editor_js")
def paste_script() -> str:
    return format_html(
        '<script src="{}" type="module" data-paste-words="{}"></script>',
        static("js/paste.js"),
        json.dumps(_words(), ensure_ascii=False),
    )


def _words() -> dict[str, str]:
    """`…-1` is for one of it, or for what is not counted."""
    return {
        "left": _("Beim Einfügen weggelassen: %s."),
        "pictures-1": _("ein Bild"),
        "pictures": _("%s Bilder"),
        "comments-1": _("Kommentare"),
        "comments": _("Kommentare"),
        "footnotes-1": _("eine Fußnote"),
        "footnotes": _("%s Fußnoten"),
        "links-1": _("ein Link, der nur im Dokument gilt"),
        "links": _("%s Links, die nur im Dokument gelten"),
        "headings-1": _("eine Überschrift, sie ist jetzt ein Absatz"),
        "headings": _("%s Überschriften, sie sind jetzt Absätze"),
        "colours-1": _("Farben"),
        "underlines-1": _("Unterstreichungen"),
        "tables": _("Aus jeder Zeile einer Tabelle wurde ein Absatz."),
        "levels": _("Überschriften unter der dritten Ebene sind jetzt in der dritten Ebene."),
    }
