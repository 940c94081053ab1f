"""Contents, as providers write them: `h5p_lite.actions.contents`, with a line in the record of acts."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from h5p_lite.actions import contents
from h5p_lite.actions.contents import (
    About,
    Authorship,
    Draft,
    draft_of,
    one_at_a_time,
    shape_of,
    uses,
)
from h5p_lite.core.names import Name
from h5p_lite.models import Content, Revision
from providers.actions import record_for
from providers.models import Provider

__all__ = [
    "Draft",
    "archive",
    "begin_content",
    "change_content",
    "create_content",
    "draft_of",
    "duplicate",
    "one_at_a_time",
    "restore",
    "save_edit",
    "save_revision",
    "shape_of",
    "uses",
]


def create_content(
    provider: Provider,
    draft: Draft,
    *,
    title: str,
    language: str,
    by: User | None,
    why: str = Revision.Why.EDITED,
) -> Content:
    """A new activity of `provider` with its first revision."""
    with transaction.atomic():
        authorship = Authorship(why, by)
        content = contents.create_content(
            provider, draft, title=title, language=language, authorship=authorship
        )
        record_created(content, by=by, why=why)
    return content


def record_created(content: Content, *, by: User | None, why: str = Revision.Why.EDITED) -> None:
    act = "activity.imported" if why == Revision.Why.IMPORTED else "activity.created"
    record_for(content.owner_id, act, by=by, thing=content, name=content.title)


def save_revision(
    content: Content, draft: Draft, *, by: User | None, why: str, batch: str = ""
) -> Revision:
    """The next revision; the newest one again when nothing has changed."""
    return contents.save_revision(content, draft, authorship=Authorship(why, by, batch))


def restore(content: Content, revision: Revision, *, by: User | None) -> Revision:
    """What a former revision says, as the newest one."""
    return contents.restore(content, revision, by=by)


def change_content(
    content: Content,
    *,
    title: str,
    language: str,
    reuse: bool,
    by: User | None,
    metadata: Mapping[str, Any] | None = None,
) -> Revision:
    """What is said about the activity. It is a revision as well: it is printed with the rest.

    `metadata`: fields of h5p.json, such as its licence; an empty one is taken away, others stay.
    """
    return contents.change_content(content, About(title, language, reuse, metadata or {}), by=by)


def archive(content: Content, *, by: User | None, away: bool = True) -> None:
    """Out of the authors' way, or back. Printed editions keep what they have."""
    contents.archive(content, away=away)
    act = "activity.archived" if away else "activity.reopened"
    record_for(content.owner_id, act, by=by, thing=content, name=content.title)


def begin_content(
    provider: Provider, library: Name, *, title: str, language: str, by: User | None
) -> Content:
    """A new activity as its type begins one, in that language. Raises LookupError when the type is not installed."""
    with transaction.atomic():
        content = contents.begin_content(provider, library, title=title, language=language, by=by)
        record_created(content, by=by)
    return content


def duplicate(content: Content, *, title: str, by: User | None) -> Content:
    """The same again under ids of its own, of the same provider."""
    with transaction.atomic():
        copy = contents.duplicate(content, title=title, by=by)
        record_created(copy, by=by)
    return copy


def save_edit(content: Content, draft: Draft, *, by: User | None, tidy: bool) -> Revision:
    """What was written as the next revision.

    `tidy`: the author is done for now, so places that were opened and not filled go, if nothing is wrong. Raises
    LookupError when the type is not installed.
    """
    return contents.save_edit(content, draft, tidy=tidy, by=by)
