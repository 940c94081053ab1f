"""Contents follow their library to a newer version, as a revision of their own; what was before can be restored."""

from typing import Any

from django.db import transaction

from h5p_lite import blobs
from h5p_lite.actions.contents import (
    Authorship,
    Draft,
    one_at_a_time,
    save_revision,
)
from h5p_lite.core import upgrading
from h5p_lite.core.names import Name
from h5p_lite.models import Content, LibraryFile, Revision
from h5p_lite.queries.active import active
from h5p_lite.queries.semantics import cleaned, fields_of


def upgraded(revision: Revision, target: Name) -> Draft:
    """What `revision` would be with the library `target`. Nothing is stored. Raises `h5p_lite.core.upgrading.CannotUpgrade`."""
    done = upgrading.upgrade(
        revision.params,
        revision.metadata,
        names=(revision.library, target),
        scripts=_script_of,
        semantics=fields_of,
    )
    params = cleaned(target, done.params, files=revision.files)
    return Draft(target, params, done.metadata, revision.files)


def upgrade_content(content: Content, target: Name, *, by: Any = None) -> Revision:
    """The newest revision with the library `target`, as a revision of its own. Raises CannotUpgrade."""
    with transaction.atomic():
        one_at_a_time(content)
        draft = upgraded(content.newest, target)
        upgrade = Authorship(Revision.Why.UPGRADED, by)
        return save_revision(content, draft, authorship=upgrade)


def _script_of(name: Name) -> str | None:
    library = active([name]).get(name)
    if library is None:
        return None
    script = LibraryFile.objects.filter(library=library, path="upgrades.js").first()
    return blobs.read_text(script.sha256) if script else None
