"""Doors of the sandbox, with the lens that each needs: scripts, styles and files of libraries, and the files of one content."""

from django.http import HttpRequest

from h5p_lite.queries import files
from h5p_lite.tickets import revision_of
from h5p_lite.views import sandbox
from h5p_lite.views.sandbox import FOR_EVER, PRIVATE, for_sandbox, sent
from h5p_lite.views.serving import Response
from tenancy.lens import look, public, system

bundle = sandbox.bundle


@for_sandbox
def library_file(request: HttpRequest, library: int, path: str) -> Response:
    """One file of one patch of a library: the address never changes its content."""
    with look(public):
        found = files.library_file(library, path)
    return sent(request, found, path, cache=FOR_EVER)


@for_sandbox
def content_file(request: HttpRequest, ticket: str, path: str) -> Response:
    """A file of a content. Who asks has shown a ticket, so the platform looks."""
    with look(system("send a file to the sandbox")):
        found = files.content_file(revision_of(ticket), path)
    return sent(request, found, path, cache=PRIVATE)
