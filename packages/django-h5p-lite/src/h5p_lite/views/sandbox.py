"""Doors of the sandbox: scripts, styles and files of libraries, and the files of one content.

They are asked from an opaque origin, so they say that anybody may read them (CORS), and send a policy of their own: an
SVG or HTML file that somebody opens by itself runs nothing.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from h5p_lite import blobs
from h5p_lite.core.media_types import kind_with_letters
from h5p_lite.queries import files
from h5p_lite.tickets import revision_of
from h5p_lite.views.serving import FOR_EVER, Response, accepted, send

ALONE = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
PRIVATE = "private, max-age=86400"

View = Callable[..., Response]


def for_sandbox(view: View) -> View:
    """GET and HEAD from anywhere, and the preflight that a script's XMLHttpRequest sends before (Fetch § 3.3)."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "OPTIONS"])
    @wraps(view)
    def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        response = (
            HttpResponse(status=204)
            if request.method == "OPTIONS"
            else view(request, *args, **kwargs)
        )
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Allow-Methods"] = "GET, HEAD"
        response["Access-Control-Allow-Headers"] = "x-requested-with, range"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        response["Content-Security-Policy"] = ALONE
        response["X-Content-Type-Options"] = "nosniff"
        return response

    return serve


@for_sandbox
def bundle(request: HttpRequest, name: str) -> Response:
    """The scripts or the styles of all libraries of a content as one file, made when its page was."""
    if not blobs.has_bundle(name):
        raise Http404
    encoding = accepted(request.headers.get("Accept-Encoding", ""), blobs.PACKERS)
    try:
        handle = blobs.open_bundle(name, encoding)
    except FileNotFoundError:  # made before bundles were packed, or without what packs them so
        encoding, handle = "", blobs.open_bundle(name)
    response = send(request, handle, size=handle.size, kind=kind_with_letters(name))
    if encoding and response.status_code != 416:
        response["Content-Encoding"] = encoding
    response["Vary"] = "Accept-Encoding"
    return response


@for_sandbox
def library_file(request: HttpRequest, library: int, path: str) -> Response:
    """One file of one patch of a library: the address never changes its content."""
    return sent(request, files.library_file(library, path), path, cache=FOR_EVER)


@for_sandbox
def content_file(request: HttpRequest, ticket: str, path: str) -> Response:
    """A file of a content. The request has shown a ticket, so no sign-in is asked for."""
    file = files.content_file(revision_of(ticket), path)
    return sent(request, file, path, cache=PRIVATE)


def sent(request: HttpRequest, blob: blobs.Blob | None, path: str, *, cache: str) -> Response:
    if blob is None:
        raise Http404
    handle = blobs.open_blob(blob.sha256)
    return send(request, handle, size=blob.size, kind=kind_with_letters(path), cache=cache)
