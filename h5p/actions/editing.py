"""What an author writes at the desk. Whatever is missing yet, saving never loses anything and never stores what is unsafe."""

import html
import json
from collections.abc import Mapping
from typing import Any

from accounts.models import User
from h5p.actions.writing import Draft, create_content, save_revision
from h5p.models import Content, Revision
from h5p.queries.semantics import Semantics
from h5p_lite.core.names import Name
from h5p_lite.core.semantics import clean, defaults, problems
from h5p_lite.core.semantics.keeping import keep
from providers.models import Provider

#: In a revision's metadata: how many places its author has still to fill in or to mend.
OPEN = "open"


def begin_content(
    provider: Provider, library: Name, *, title: str, language: str, by: User | None
) -> Content:
    """A new activity as its type begins one, in that language. Raises LookupError when the type is not installed."""
    libraries = Semantics(language, language)
    fields = libraries(library)
    if fields is None:
        raise LookupError(str(library))
    draft = Draft(library, defaults(fields, libraries=libraries), {}, {})
    begun = _checked(draft, libraries, tidy=False)
    return create_content(provider, begun, title=title, language=language, by=by)


def save_edit(content: Content, draft: Draft, *, by: User | None, tidy: bool) -> Revision:
    """What was written as the next revision.

    `tidy`: the author is done for now, so places that were opened and not filled go, if nothing is wrong. Raises
    LookupError when the type is not installed.
    """
    draft = _checked(draft, Semantics(), tidy=tidy)
    draft = draft._replace(files=_used(draft, content.newest))
    return save_revision(content, draft, by=by, why=Revision.Why.EDITED)


def _checked(draft: Draft, libraries: Semantics, *, tidy: bool) -> Draft:
    """What is complete is stored as it is played; what is not is stored so that its author can go on."""
    fields = libraries(draft.library)
    if fields is None:
        raise LookupError(str(draft.library))
    found = problems(fields, draft.params, libraries=libraries)
    take = clean if tidy and not found else keep
    params = take(fields, draft.params, libraries=libraries, files=draft.files)
    metadata = {name: value for name, value in draft.metadata.items() if name != OPEN}
    if found:
        metadata[OPEN] = len(found)
    return draft._replace(params=params, metadata=metadata)


def _used(draft: Draft, before: Revision) -> dict[str, Mapping[str, Any]]:
    """Without files that the revision before has named and this one does not. Others may be found by a library's script."""
    then, now = _written(before.params), _written(draft.params)
    return {path: entry for path, entry in draft.files.items() if path in now or path not in then}


def _written(params: Any) -> str:
    return html.unescape(json.dumps(params, ensure_ascii=False))
