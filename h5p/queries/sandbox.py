"""Where the file behind an address of the sandbox is, with the lens that each needs."""

from h5p_lite.blobs import Blob
from h5p_lite.queries import files
from h5p_lite.tickets import revision_of
from tenancy.lens import look, public, system


def library_file(library: int, path: str) -> Blob | None:
    with look(public):
        return files.library_file(library, path)


def content_file(ticket: str, path: str) -> Blob | None:
    """The request has shown a ticket for one revision, so the platform looks."""
    with look(system("send a file to the sandbox")):
        return files.content_file(revision_of(ticket), path)
