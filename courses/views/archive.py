"""Everything a provider has made as one file, for its heads. The middleware has let in nobody else."""

import tempfile

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from courses import actions
from courses.models import CoursePage
from providers.models import Provider

IN_MEMORY = 8 * 1024 * 1024  # bytes; a larger archive is written to disk


@require_GET
def provider_archive(request: HttpRequest, slug: str) -> HttpResponse:
    """What would be in it."""
    house = get_object_or_404(Provider, slug=slug)
    courses = CoursePage.objects.filter(provider=house, locale__language_code="de").order_by(
        "title"
    )
    return render(request, "courses/provider_archive.html", {"provider": house, "courses": courses})


@require_GET
def provider_archive_file(request: HttpRequest, slug: str) -> FileResponse:
    house = get_object_or_404(Provider, slug=slug)
    target = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 -- closed by the response
    actions.export_provider(house, target, by=request.user)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{house.slug}.zip")
