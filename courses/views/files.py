"""Files of printed editions. Their names are hashes of their content, so they may be kept for ever."""

import mimetypes

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest
from django.views.decorators.http import require_safe

from courses.press.files import FOLDER
from h5p.views.serving import Response, send

mimetypes.add_type("text/vtt", ".vtt")
mimetypes.add_type("image/webp", ".webp")


@require_safe
def file(request: HttpRequest, name: str) -> Response:
    """One file, or parts of it on request."""
    path = f"{FOLDER}/{name}"
    if not default_storage.exists(path):
        raise Http404
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return send(request, default_storage.open(path), size=default_storage.size(path), kind=kind)
