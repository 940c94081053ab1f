"""Contents: made, edited, restored, put away. Every change is a revision of its own; nothing is overwritten."""

import hashlib
import html
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from h5p_lite.core.loading import names_in
from h5p_lite.core.names import Name
from h5p_lite.core.semantics import clean, defaults, problems, with_new_ids
from h5p_lite.core.semantics.keeping import keep
from h5p_lite.models import Content, Revision
from h5p_lite.queries.semantics import Semantics
from h5p_lite.signals import revision_saved, tell

#: In a revision's metadata: how many places its author has still to fill in or to mend.
OPEN = "open"


class Draft(NamedTuple):
    """What a revision is made of."""

    library: Name
    params: Mapping[str, Any]
    metadata: Mapping[str, Any]
    files: Mapping[str, Mapping[str, Any]]  # path -> {"sha256", "size"}


class Authorship(NamedTuple):
    """Who wrote a revision, as on that day, and how it came about."""

    why: str  # Revision.Why
    by: Any = None  # somebody signed in, or None
    batch: str = ""  # the same for all that were made in one go


def create_content(
    owner: Model, draft: Draft, *, title: str, language: str, authorship: Authorship
) -> Content:
    """A new content of `owner` with its first revision."""
    with transaction.atomic():
        content = Content.objects.create(owner=owner, title=title[:255], language=language)
        save_revision(content, draft, authorship=authorship)
    return content


def begin_content(
    owner: Model, library: Name, *, title: str, language: str, by: Any = None
) -> Content:
    """A new content as its type begins one, in that language. Raises LookupError when the type is not installed."""
    libraries = Semantics(language, language)
    fields = libraries(library)
    if fields is None:
        raise LookupError(str(library))
    draft = Draft(library, defaults(fields, libraries=libraries), {}, {})
    begun = _checked(draft, libraries, tidy=False)
    edited = Authorship(Revision.Why.EDITED, by)
    return create_content(owner, begun, title=title, language=language, authorship=edited)


def save_edit(content: Content, draft: Draft, *, tidy: bool, by: Any = None) -> Revision:
    """What was written as the next revision.

    `tidy`: the author is done for now, so places that were opened and not filled go, if nothing is wrong. Raises
    LookupError when the type is not installed.
    """
    draft = _checked(draft, Semantics(), tidy=tidy)
    draft = draft._replace(files=_used(draft, content.newest))
    return save_revision(content, draft, authorship=Authorship(Revision.Why.EDITED, by))


def _checked(draft: Draft, libraries: Semantics, *, tidy: bool) -> Draft:
    """What is complete is stored as it is played; what is not is stored so that its author can go on."""
    fields = libraries(draft.library)
    if fields is None:
        raise LookupError(str(draft.library))
    wrong = problems(fields, draft.params, libraries=libraries)
    take = clean if tidy and not wrong else keep
    params = take(fields, draft.params, libraries=libraries, files=draft.files)
    metadata = {name: value for name, value in draft.metadata.items() if name != OPEN}
    if wrong:
        metadata[OPEN] = len(wrong)
    return draft._replace(params=params, metadata=metadata)


def _used(draft: Draft, before: Revision) -> dict[str, Mapping[str, Any]]:
    """Without files that the revision before has named and this one does not. Others may be found by a library's script."""
    then, now = _written(before.params), _written(draft.params)
    return {path: entry for path, entry in draft.files.items() if path in now or path not in then}


def _written(params: Any) -> str:
    return html.unescape(json.dumps(params, ensure_ascii=False))


def save_revision(content: Content, draft: Draft, *, authorship: Authorship) -> Revision:
    """The next revision; the newest one again when nothing has changed."""
    with transaction.atomic():
        one_at_a_time(content)
        draft = draft._replace(metadata={**draft.metadata, **_about(content)})
        newest = content.revisions.order_by("-number").first()
        if newest and _same(newest, draft):
            content.newest = newest
            return newest
        by = authorship.by
        revision = Revision.objects.create(
            content=content,
            owner_id=content.owner_id,
            number=newest.number + 1 if newest else 1,
            machine_name=draft.library.machine_name,
            major=draft.library.major,
            minor=draft.library.minor,
            params=draft.params,
            metadata=draft.metadata,
            files=draft.files,
            uses=uses(draft),
            shape=shape_of(draft),
            why=authorship.why,
            batch=authorship.batch,
            by_id=by.pk if by else None,
            by_name=str(by or "")[:200],
        )
        content.save(update_fields=["changed_at"])
        tell(revision_saved, Revision, revision=revision)
    content.newest = revision
    return revision


def _about(content: Content) -> dict[str, Any]:
    """What belongs to the content is written into each revision as well: it is printed with it."""
    return {"title": content.title, "language": content.language, "reuse": content.reuse}


def uses(draft: Draft) -> list[str]:
    """Those of its sub-contents first, as the core loads them."""
    return [*dict.fromkeys(str(name) for name in (*names_in(draft.params), draft.library))]


def shape_of(draft: Draft) -> str:
    """The same as long as only words have changed: then what people have saved still fits."""
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


def restore(content: Content, revision: Revision, *, by: Any = None) -> Revision:
    """What a former revision says, as the newest one."""
    restored = Authorship(Revision.Why.RESTORED, by)
    return save_revision(content, draft_of(revision), authorship=restored)


def undo(content: Content, *, by: Any = None) -> Revision:
    """What the revision before the newest says, as the newest one; twice is as it was. Nothing, where there is none before."""
    with transaction.atomic():
        one_at_a_time(content)
        newest = content.newest
        earlier = content.revisions.filter(number__lt=newest.number).order_by("-number").first()
        return restore(content, earlier, by=by) if earlier else newest


def duplicate(content: Content, *, title: str, by: Any = None) -> Content:
    """The same again under ids of its own, of the same owner."""
    newest = content.newest
    draft = draft_of(newest)._replace(params=with_new_ids(newest.params))
    copied = Authorship(Revision.Why.EDITED, by)
    return create_content(
        content.owner, draft, title=title, language=content.language, authorship=copied
    )


class About(NamedTuple):
    """What is said about a content. `metadata`: fields of h5p.json, such as its licence; an empty one is taken away."""

    title: str
    language: str
    reuse: bool
    metadata: Mapping[str, Any] = {}


def change_content(content: Content, about: About, *, by: Any = None) -> Revision:
    """It is a revision as well: it is printed with the rest."""
    with transaction.atomic():
        one_at_a_time(content)
        content.title, content.language = about.title[:255], about.language
        content.reuse = about.reuse
        content.save(update_fields=["title", "language", "reuse", "changed_at"])
        draft = draft_of(content.newest)
        values = {**draft.metadata, **about.metadata}
        if (
            "defaultLanguage" in draft.metadata
        ):  # other platforms believe it more than the other one
            values["defaultLanguage"] = content.language
        filled = {name: value for name, value in values.items() if value not in ("", None, [])}
        draft = draft._replace(metadata=filled)
        return save_revision(content, draft, authorship=Authorship(Revision.Why.EDITED, by))


def archive(content: Content, *, away: bool = True) -> None:
    """Out of the authors' way, or back."""
    content.archived_at = timezone.now() if away else None
    content.save(update_fields=["archived_at"])


def one_at_a_time(content: Content) -> None:
    """Until the end of the transaction nobody else saves this content: what is the newest revision now stays it.

    SQLite has one writer at a time anyway; a second revision with one number is refused by a constraint everywhere.
    """
    Content.objects.select_for_update().filter(pk=content.pk).first()
    vars(content).pop("newest", None)  # somebody may have saved while we waited


def _same(revision: Revision, draft: Draft) -> bool:
    return draft_of(revision) == Draft(
        draft.library, {**draft.params}, {**draft.metadata}, {**draft.files}
    )
