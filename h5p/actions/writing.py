"""Contents: made, edited, restored, put away. Every change is a revision of its own; nothing is overwritten."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from h5p.models import Content, Revision, UpgradeRun
from h5p_lite.core.loading import names_in
from h5p_lite.core.names import Name
from providers.actions import record_for
from providers.models import Provider


class Draft(NamedTuple):
    """What a revision is made of."""

    library: Name
    params: Mapping[str, Any]
    metadata: Mapping[str, Any]
    files: Mapping[str, Mapping[str, Any]]  # path -> {"sha256", "size"}


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
        content = Content.objects.create(provider=provider, title=title[:255], language=language)
        save_revision(content, draft, by=by, why=why)
        act = "activity.imported" if why == Revision.Why.IMPORTED else "activity.created"
        record_for(provider.pk, act, by=by, thing=content, name=content.title)
    return content


def save_revision(
    content: Content, draft: Draft, *, by: User | None, why: str, run: UpgradeRun | None = None
) -> Revision:
    """The next revision; the newest one again when nothing has changed."""
    with transaction.atomic():
        one_at_a_time(content)
        draft = draft._replace(metadata={**draft.metadata, **_about(content)})
        newest = content.revisions.order_by("-number").first()
        if newest and _same(newest, draft):
            content.newest = newest
            return newest
        revision = Revision.objects.create(
            content=content,
            provider_id=content.provider_id,
            number=newest.number + 1 if newest else 1,
            machine_name=draft.library.machine_name,
            major=draft.library.major,
            minor=draft.library.minor,
            params=draft.params,
            metadata=draft.metadata,
            files=draft.files,
            uses=uses(draft),
            shape=shape_of(draft),
            why=why,
            run=run,
            by_id=by.pk if by else None,
            by_name=str(by or ""),
        )
        content.save(update_fields=["changed_at"])
    content.newest = revision
    return revision


def _about(content: Content) -> dict[str, Any]:
    """What belongs to the activity is written into each revision as well: it is printed with it."""
    return {"title": content.title, "language": content.language, "reuse": content.reuse}


def uses(draft: Draft) -> list[str]:
    """Those of its sub-contents first, as the core loads them."""
    return [*dict.fromkeys(str(name) for name in (*names_in(draft.params), draft.library))]


def shape_of(draft: Draft) -> str:
    """The same as long as only words have changed: then what learners have saved still fits."""
    text = json.dumps([str(draft.library), _shape(draft.params)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _shape(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {
            key: inner if key in ("subContentId", "library") else _shape(inner)
            for key, inner in value.items()
        }
    return [_shape(inner) for inner in value] if isinstance(value, list) else None


def draft_of(revision: Revision) -> Draft:
    return Draft(revision.library, revision.params, revision.metadata, revision.files)


def restore(content: Content, revision: Revision, *, by: User | None) -> Revision:
    """What a former revision says, as the newest one."""
    return save_revision(content, draft_of(revision), by=by, why=Revision.Why.RESTORED)


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
    with transaction.atomic():
        one_at_a_time(content)
        content.title, content.language, content.reuse = title[:255], language, reuse
        content.save(update_fields=["title", "language", "reuse", "changed_at"])
        draft = draft_of(content.newest)
        said = {**draft.metadata, **(metadata or {})}
        kept = {name: value for name, value in said.items() if value not in ("", None, [])}
        draft = draft._replace(metadata=kept)
        return save_revision(content, draft, by=by, why=Revision.Why.EDITED)


def archive(content: Content, *, by: User | None, away: bool = True) -> None:
    """Out of the authors' way, or back. Printed editions keep what they have."""
    content.archived_at = timezone.now() if away else None
    content.save(update_fields=["archived_at"])
    act = "activity.archived" if away else "activity.reopened"
    record_for(content.provider_id, act, by=by, thing=content, name=content.title)


def one_at_a_time(content: Content) -> None:
    """Until the end of the transaction nobody else saves this activity: what is the newest revision now stays it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, content.pk])
    vars(content).pop("newest", None)  # somebody may have saved while we waited


_LOCK = 0x683570  # "h5p": the first half of the lock's number


def _same(revision: Revision, draft: Draft) -> bool:
    return draft_of(revision) == Draft(
        draft.library, {**draft.params}, {**draft.metadata}, {**draft.files}
    )
