"""Doors of the sandbox: scripts, styles and files of libraries, and the files of one content."""

from django.http import HttpRequest

from h5p.queries.sandbox import content_file as file_of_content
from h5p.queries.sandbox import library_file as file_of_library
from h5p_lite.views import sandbox
from h5p_lite.views.sandbox import FOR_EVER, PRIVATE, for_sandbox, sent
from h5p_lite.views.serving import Response

bundle = sandbox.bundle


@for_sandbox
def library_file(request: HttpRequest, library: int, path: str) -> Response:
    """One file of one patch of a library: the address never changes its content."""
    return sent(request, file_of_library(library, path), path, cache=FOR_EVER)


@for_sandbox
def content_file(request: HttpRequest, ticket: str, path: str) -> Response:
    """A file of a content. The request has shown a ticket."""
    return sent(request, file_of_content(ticket, path), path, cache=PRIVATE)
