"""Files that nothing names any more: of previews, and of what was being uploaded when a process was killed."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from courses.queries.loose_ends import loose_files
from tenancy.storage import WAITING

REST = timedelta(days=1)  # what came a moment ago may be named a moment later


def forget_loose_files() -> list[str]:
    """Delete them; their paths. Under the system lens. `loose_files` says before which ones it would be."""
    half = default_storage.listdir(WAITING)[1] if default_storage.exists(WAITING) else []
    old = timezone.now() - REST
    gone = [
        path
        for path in (*loose_files(), *(f"{WAITING}/{name}" for name in half))
        if default_storage.get_modified_time(path) < old
    ]
    for path in gone:
        default_storage.delete(path)
    return gone
