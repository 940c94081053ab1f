"""Files of printed editions. Their names are hashes of their content, so they may be kept for ever."""

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest
from django.views.decorators.http import require_safe

from courses.press.files import FOLDER
from files.papers import charset_of
from h5p_lite.core.media_types import kind_of
from h5p_lite.views.serving import Response, send


@require_safe
def file(request: HttpRequest, name: str) -> Response:
    """One file, or parts of it on request."""
    path = f"{FOLDER}/{name}"
    if not default_storage.exists(path):
        raise Http404
    handle, size = default_storage.open(path), default_storage.size(path)
    kind = kind_of(name)
    if kind.startswith("text/"):
        kind += f"; charset={charset_of(handle)}"
    return send(request, handle, size=size, kind=kind)
