"""An H5P activity on its way to the sheet: its newest revision, how it is graded, and the same in another form."""

from typing import Any, NamedTuple

from django.utils.translation import gettext

from h5p.grading import key_of
from h5p.models import Content, Revision
from h5p.names import Name
from h5p.queries.store import active


class Shown(NamedTuple):
    """What readers see before they open it."""

    title: str
    lead: str
    graded: bool
    reuse: bool


def shown(value: Any) -> Shown:
    content = value["content"]
    return Shown(content.title, value["lead"] or "", graded(content), content.reuse)


def newest(content: Content | None) -> Revision | None:
    return content.revisions.order_by("-number").first() if content else None


def counts(value: Any, *, trusting: bool) -> bool:
    """Is this block an item? Where the server can grade it, always; otherwise if the course trusts browsers."""
    revision = newest(value["content"])
    return revision is not None and (trusting or _grading(revision) is not None)


def key(value: Any, alternative: dict[str, Any] | None) -> dict[str, Any]:
    """As in `courses.quizzes`; `alternative` is the key of the question in its place."""
    revision = newest(value["content"])
    return {
        "grading": _grading(revision) if revision else None,
        "share": value["pass_mark"] or 100,
        "says": gettext("Sie haben {raw} von {max} Punkten."),
        "alternative": alternative,
    }


def graded(content: Content) -> bool:
    """Can the server grade it?"""
    revision = newest(content)
    return revision is not None and _grading(revision) is not None


def is_finished(content: Content) -> bool:
    """Does its newest revision say everything that its type asks for? Learners get what it says."""
    revision = newest(content)
    return revision is not None and not revision.metadata.get("open")


def has_barriers(content: Content) -> bool:
    """Does one of the types it is made of ask for an alternative? What is not installed, too."""
    revision = newest(content)
    if revision is None:
        return False
    names = [Name.parse(name) for name in revision.uses]
    found = active(names)
    return any(name not in found or found[name].needs_alternative for name in names)


def _grading(revision: Revision) -> dict[str, Any] | None:
    return key_of(str(revision.library), revision.params)
