"""Sending a kept file, or a part of it (RFC 9110 § 14), which players need for jumping in a video."""

import re
from collections.abc import Iterable, Iterator

from django.core.files import File
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse

FOR_EVER = "public, max-age=31536000, immutable"
CHUNK = 64 * 1024
NEVER = re.compile(r"0(\.0*)?")
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")

Response = HttpResponse | StreamingHttpResponse | FileResponse


def accepted(header: str, offered: Iterable[str]) -> str:
    """The first of `offered` that an Accept-Encoding header takes (RFC 9110 § 12.5.3); empty for none."""
    takes = {}
    for part in header.lower().replace(" ", "").split(","):
        name, _, weight = part.partition(";q=")
        takes[name] = not NEVER.fullmatch(weight)
    return next((name for name in offered if takes.get(name, takes.get("*", False))), "")


def send(
    request: HttpRequest, handle: File, *, size: int, kind: str, cache: str = FOR_EVER
) -> Response:
    """The whole of `handle`, or what the request's `Range` asks for; 416 when there is no such part."""
    wanted = _wanted_range(request.headers.get("Range", ""), size)
    if wanted is None:
        handle.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, end = wanted
    response: Response
    if (start, end) == (0, size - 1):
        response = FileResponse(handle, content_type=kind)
    else:
        handle.seek(start)
        part = _part(handle, end - start + 1)
        response = StreamingHttpResponse(part, status=206, content_type=kind)
        response["Content-Range"] = f"bytes {start}-{end}/{size}"
        response["Content-Length"] = str(end - start + 1)
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = cache
    return response


def _wanted_range(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte asked for; everything when nothing (or something else) was; None when there is no such part."""
    match = RANGE.fullmatch(header)
    if not match or not any(match.groups()) or not size:
        return 0, size - 1
    first, last = match.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    return (start, end) if start <= end < size else None


def _part(handle: File, left: int) -> Iterator[bytes]:
    with handle:
        while left > 0 and (chunk := handle.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
