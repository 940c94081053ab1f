"""Files of printed editions. Their names are hashes of their content, so they may be kept for ever."""

import mimetypes
import re
from collections.abc import Iterator

from django.core.files import File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from courses.press.files import FOLDER

FOR_EVER = "public, max-age=31536000, immutable"
CHUNK = 64 * 1024
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
mimetypes.add_type("text/vtt", ".vtt")
mimetypes.add_type("image/webp", ".webp")


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponse | StreamingHttpResponse | FileResponse:
    """One file; parts of it on request (RFC 9110 § 14), which players need for jumping in a video."""
    path = f"{FOLDER}/{name}"
    if not default_storage.exists(path):
        raise Http404
    size = default_storage.size(path)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    wanted = _wanted_range(request.headers.get("Range", ""), size)
    if wanted is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, end = wanted
    handle = default_storage.open(path)
    response: FileResponse | StreamingHttpResponse
    if (start, end) == (0, size - 1):
        response = FileResponse(handle, content_type=kind)
    else:
        handle.seek(start)
        response = StreamingHttpResponse(
            _part(handle, end - start + 1), status=206, content_type=kind
        )
        response["Content-Range"] = f"bytes {start}-{end}/{size}"
        response["Content-Length"] = str(end - start + 1)
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = FOR_EVER
    return response


def _wanted_range(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte asked for; everything when nothing (or something else) was; None when there is no such part."""
    found = RANGE.fullmatch(header)
    if not found or not any(found.groups()):
        return 0, size - 1
    first, last = found.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    return (start, end) if start <= end < size else None


def _part(handle: File, left: int) -> Iterator[bytes]:
    with handle:
        while left > 0 and (chunk := handle.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
