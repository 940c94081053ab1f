"""Pictures of the desk. They are served to anyone who may see them: the staff lens must show the row first."""

from pathlib import PurePath

from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe
from wagtail.images import get_image_model


@require_safe
def media(request: HttpRequest, path: str) -> FileResponse:
    """An original or a rendition of a picture in one of my own collections. Documents have Wagtail's own door."""
    if ".." in PurePath(path).parts:
        raise Http404
    images = get_image_model().objects
    if not images.filter(Q(file=path) | Q(renditions__file=path)).exists():
        raise Http404
    if not default_storage.exists(path):
        raise Http404
    response = FileResponse(default_storage.open(path))
    response["Cache-Control"] = "private, max-age=3600"
    return response
