"""Why a content type is recommended or not, in words: our list, axe, and the walk by keyboard. The sources are told apart."""

from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from h5p_lite.core import curated
from h5p_lite.models import Library

#: `Curated.why` in a sentence or two.
REASONS = {
    "keyboard": _lazy("It works by keyboard, and axe found no fault in it."),
    "parts": _lazy("It is as good as the parts in it. Each of them is judged by itself."),
    "text": _lazy("It is text, and screen readers read it aloud."),
    "described": _lazy("Describe the picture. Then everybody gets what it says."),
    "named": _lazy("Screen readers do not learn what some things in it are."),
    "moves": _lazy("After an answer it goes on by itself. That is too fast for some."),
    "words": _lazy("Every word is a place to stop at. With a screen reader the text falls apart."),
    "drag": _lazy(
        "Things are moved to places. With a screen reader it is hard to know where one is."
    ),
    "pictures": _lazy("One has to see the pictures in it."),
    "point": _lazy("One has to point at a place in a picture. A keyboard does not get there."),
    "draw": _lazy("One has to draw over letters with a mouse. A keyboard does not get there."),
    "mouse": _lazy("Some of it works with a mouse alone."),
    "grid": _lazy("It is a grid of fields, and the fields have no names."),
    "clock": _lazy("A clock runs."),
    "hear": _lazy("One has to hear it. Write down what is said."),
    "speak": _lazy("One has to speak. The microphone is not open to contents here."),
    "microphone": _lazy(
        "One has to record one's voice. The microphone is not open to contents here."
    ),
    "film": _lazy("A film needs captions, and a text that says what is seen."),
    "slides": _lazy(
        "What stands where on a slide is lost on small screens and with large letters."
    ),
    "contrast": _lazy("Some of its words are hard to see."),
    "elsewhere": _lazy("It comes from another server, which contents do not reach here."),
}


class Source(NamedTuple):
    """Who says what about a type, and when."""

    name: str
    day: date | datetime | None
    says: str
    #: In the words of axe and of the page: rules that are broken, things that keys do not get to.
    details: list[str]


def reason(library: Library) -> str:
    """One or two sentences for authors; empty where nobody and nothing says anything."""
    if library.curated:
        return str(REASONS[library.curated.why])
    if not library.found:
        return ""
    return " ".join(source.says for source in _found(library))


def sources(library: Library) -> list[Source]:
    """All there are; what the people of this installation say is in the row itself."""
    return [*_list(library), *_found(library)]


def _list(library: Library) -> list[Source]:
    said = library.curated
    if not said:
        return []
    how = _("read about") if said.how == curated.READ else _("tried")
    if said.how == curated.TRIED and any(said.since):
        how = _("tried with version %(version)s") % {"version": "{}.{}".format(*said.since)}
    return [Source(_("Our list, %(how)s") % {"how": how}, said.day, reason(library), [])]


def _found(library: Library) -> list[Source]:
    found = library.found
    if not found:
        return []
    walk, broken = found["keyboard"], found["violations"]
    missed = [*walk["missed"], *walk["deaf"]]
    rules = _("axe found faults.") if broken else _("axe found nothing.")
    keys = _("A keyboard does not get to everything.") if missed else _("A keyboard gets to everything.")  # fmt: skip
    about = {"count": found["contents"], "version": found["axe"]}
    axe = _("axe %(version)s, contents looked at: %(count)s") % about
    tabs = _("By keyboard, contents gone through: %(count)s") % about
    faults = [f"{one['id']}: {one['help']} ({one['nodes']})" for one in broken]
    return [
        Source(axe, library.tested_at, rules, faults),
        Source(tabs, library.tested_at, keys, missed),
    ]
