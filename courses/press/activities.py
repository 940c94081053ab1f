"""An H5P activity on its way to the printed lesson: its newest revision, how it is graded, and the same in another form."""

from typing import Any, NamedTuple

from django.utils.translation import gettext

from h5p.queries.desk import installed, judged
from h5p_lite.core.grading import key_of, left_out
from h5p_lite.models import Content


class Shown(NamedTuple):
    """What readers see before they open it."""

    title: str
    lead: str
    graded: bool
    reuse: bool
    counts: str  # in words


def shown(value: Any, *, counts: bool) -> Shown:
    """`counts`: is it an item of its lesson?"""
    content = value["content"]
    can_grade = graded(content)
    says = _says(counts=counts, share=(value["pass_mark"] or 100) if can_grade else None)
    if can_grade and _leaves_out(content):
        says = f"{says} {gettext('Manche Teile davon geben hier keine Punkte.')}"
    return Shown(content.title, value["lead"] or "", can_grade, content.reuse, says)


def _says(*, counts: bool, share: int | None) -> str:
    """Said before somebody begins: what counts, and when it is done (`share`: per cent of the points)."""
    if not counts:
        return gettext("Zum Üben: Diese Aktivität zählt nicht für den Kurs.")
    if share is None:
        return gettext(
            "Diese Aktivität zählt für den Kurs. Sie ist erledigt, wenn Sie sie gemacht haben."
        )
    if share == 100:
        return gettext(
            "Diese Aktivität zählt für den Kurs. Sie ist erledigt, wenn alles richtig ist."
        )
    text = gettext(
        "Diese Aktivität zählt für den Kurs. Sie ist erledigt, wenn Sie %(share)s Prozent der Punkte haben."
    )
    return text % {"share": share}


def counts(value: Any, *, trusting: bool) -> bool:
    """Is this block an item? Where the server can grade it, always; otherwise if the course trusts browsers."""
    content = value["content"]
    return content is not None and (trusting or graded(content))


def key(value: Any, alternative: dict[str, Any] | None) -> dict[str, Any]:
    """As in `courses.quizzes`; `alternative` is the key of the question in its place."""
    content = value["content"]
    return {
        "grading": _grading(content) if content else None,
        "share": value["pass_mark"] or 100,
        "says": gettext("Sie haben {raw} von {max} Punkten."),
        "alternative": alternative,
    }


def graded(content: Content) -> bool:
    """Can the server grade it?"""
    return _grading(content) is not None


def is_finished(content: Content) -> bool:
    """Does its newest revision say everything that its type asks for? Learners get what it says."""
    return not content.newest.metadata.get("open")


def has_barriers(content: Content) -> bool:
    """Does one of the types it is made of ask for an alternative? What is not installed, too."""
    return not judged(content.newest.uses, installed()).recommended


def _grading(content: Content) -> dict[str, Any] | None:
    return key_of(str(content.newest.library), content.newest.params)


def _leaves_out(content: Content) -> bool:
    """Are there parts that give points elsewhere and none here?"""
    return bool(left_out(str(content.newest.library), content.newest.params))
