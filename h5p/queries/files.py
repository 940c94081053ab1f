"""Where the file behind an address is."""

from h5p.blobs import Blob
from h5p.models import LibraryFile, Revision
from tenancy.lens import look, system


def library_file(library: int, path: str) -> Blob | None:
    """A file of a library in one patch. Public: it is program code."""
    found = LibraryFile.objects.filter(library=library, path=path).values_list("sha256", "size")
    return next((Blob(*row) for row in found), None)


def content_file(revision: int, path: str) -> Blob | None:
    """A file of a content. Whoever asks has shown a ticket, so the platform looks."""
    with look(system("send a file to the sandbox")):
        found = Revision.objects.filter(pk=revision).values_list("files", flat=True).first()
    entry = (found or {}).get(path)
    return Blob(entry["sha256"], entry["size"]) if entry else None
