"""Files nobody needs any more: of libraries that are gone, and packages that have been taken in or refused."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from h5p.models import Upload
from h5p_lite import blobs
from h5p_lite.models import LibraryFile, Revision

REST = timedelta(days=1)  # what was kept a moment ago may be written into a row a moment later
WAITING = (Upload.State.WAITING, Upload.State.RUNNING, Upload.State.MISSING)


def forget_unused() -> int:
    """How many files were deleted. Under the system lens; bundles are made again when somebody plays."""
    used = needed()
    old = timezone.now() - REST
    gone = [path for path in blobs.all_paths() if path.rpartition("/")[2] not in used]
    gone = [path for path in gone if default_storage.get_modified_time(path) < old]
    for path in gone:
        default_storage.delete(path)
    return len(gone)


def needed() -> set[str]:
    files = Revision.objects.exclude(files={}).values_list("files", flat=True)
    needed = {entry["sha256"] for stored in files.iterator() for entry in stored.values()}
    needed |= {*LibraryFile.objects.values_list("sha256", flat=True).distinct()}
    waiting = Upload.objects.filter(state__in=WAITING)
    return needed | {*waiting.values_list("sha256", flat=True)}
