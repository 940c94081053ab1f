"""Where the file behind an address of the sandbox is."""

from h5p_lite.blobs import Blob
from h5p_lite.models import LibraryFile, Revision


def library_file(library: int, path: str) -> Blob | None:
    """A file of a library in one patch. Public: it is program code."""
    rows = LibraryFile.objects.filter(library=library, path=path).values_list("sha256", "size")
    return next((Blob(*row) for row in rows), None)


def content_file(revision: int | None, path: str) -> Blob | None:
    """A file of a content. The request has shown a ticket for the revision."""
    files = Revision.objects.filter(pk=revision).values_list("files", flat=True).first()
    entry = (files or {}).get(path)
    return Blob(entry["sha256"], entry["size"]) if entry else None
