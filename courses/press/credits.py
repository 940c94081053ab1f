"""Whose work a picture or a file is, in a line below it.

CC BY 4.0 § 3 (a) (1): name the creator, link the work and the licence. TULLU is the order people learn for it.
"""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.licences import DEEDS, OWN

#: The files of a block, by field, and what they are called.
FILES = {
    "image": {"image": _("Bild")},
    "video": {"file": _("Video"), "poster": _("Standbild"), "captions": _("Untertitel")},
    "audio": {"file": _("Ton")},
    "download": {"file": _("Datei")},
}
#: Blocks whose rows have a picture each.
ROWS = {"walkthrough": "stages", "gallery": "pictures"}


def credits_of(kind: str, value: Any, *, lang: str) -> list[dict[str, str]]:
    """The credits of one block, whose author wrote in `lang`, as facts; one query per file."""
    named = [_of_file(value[name], str(what), lang) for name, what in FILES.get(kind, {}).items()]
    for number, row in enumerate(value[ROWS[kind]] if kind in ROWS else (), 1):
        what = gettext("Bild %(number)s") % {"number": number}
        named.append(_of_file(row["image"], what, lang))
    return [credit for credit in named if credit]


def _of_file(file: Any, what: str, lang: str) -> dict[str, str]:
    credit = getattr(file, "credit", None)
    if credit and (credit.licence != OWN or credit.title or credit.author):
        return {"what": what, "lang": lang, **_words(credit)}
    return {}


def of_others(lessons: Any, *, card: Any = None, lang: str = "de") -> list[dict[str, str]]:
    """What printed lessons and the card took from others, each once, in the order of the course."""
    credits = [credit for lesson in lessons for credit in lesson.credits]
    own = _of_file(card, gettext("Bild"), lang) if card else {}
    credits += [own] if own else []
    once = {tuple(credit.values()): credit for credit in credits if credit["licence"]}
    return list(once.values())


def credit_line(credit: dict[str, str], *, words: str = "", own: str = "") -> SafeString:
    """`words` marks what the interface says, `own` what the author wrote; each is an attribute `lang`, or empty."""
    untitled = _marked(gettext("Original ansehen"), words, credit["link"]) if credit["link"] else ""
    texts = [
        _marked(credit["title"], own, credit["link"]) if credit["title"] else untitled,
        _marked(credit["author"], own),
        _marked(credit["licence"], words, credit["deed"]),
        _marked(credit["origin"], own),
    ]
    line = format_html_join(", ", "{}", ((part,) for part in texts if part))
    return format_html("{} {}", _marked(f"{credit['what']}:", words), line)


def _words(credit: Any) -> dict[str, str]:
    own = credit.licence == OWN
    return {
        "title": credit.title,
        "author": credit.author,
        "licence": "" if own else str(credit.get_licence_display()),
        "deed": DEEDS.get(credit.licence, ""),
        "link": credit.link if credit.link.startswith(("https://", "http://")) else "",
        "origin": credit.origin,
    }


def _marked(text: str, lang: str, link: str = "") -> str:
    if link:
        return format_html('<a{} href="{}" rel="noopener">{}</a>', lang, link, text)
    return format_html("<span{}>{}</span>", lang, text) if lang and text else text
