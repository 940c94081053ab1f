"""What an author writes at the desk. Whatever is missing yet, saving never loses anything and never stores what is unsafe."""

from django.db import transaction

from accounts.models import User
from h5p.actions.writing import record_created
from h5p_lite.actions import contents
from h5p_lite.actions.contents import Draft
from h5p_lite.core.names import Name
from h5p_lite.models import Content, Revision
from providers.models import Provider


def begin_content(
    provider: Provider, library: Name, *, title: str, language: str, by: User | None
) -> Content:
    """A new activity as its type begins one, in that language. Raises LookupError when the type is not installed."""
    with transaction.atomic():
        content = contents.begin_content(provider, library, title=title, language=language, by=by)
        record_created(content, by=by)
    return content


def save_edit(content: Content, draft: Draft, *, by: User | None, tidy: bool) -> Revision:
    """What was written as the next revision.

    `tidy`: the author is done for now, so places that were opened and not filled go, if nothing is wrong. Raises
    LookupError when the type is not installed.
    """
    return contents.save_edit(content, draft, tidy=tidy, by=by)
