"""Files that are chosen in a block: they are looked at, kept among the provider's own, and named in the block."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form

from courses import block_forms
from courses.block_forms import DeskField
from providers.models import BasePage

UPLOAD = "-neu"  # behind the name of the field
#: Kind of a field -> (model, form) of what it takes.
TAKES = {
    "picture": (get_image_model, get_image_form),
    "image": (get_image_model, get_image_form),
    "document": (get_document_model, get_document_form),
}


def take_files(request: HttpRequest, page: BasePage, kind: str, value: Any) -> dict[str, str]:
    """Put what was uploaded into `value`; {name of a field: why its file was not taken}."""
    wrong: dict[str, str] = {}
    fields = block_forms.form_of(kind, value).fields if request.FILES else ()
    for field, holder in places(fields, value):
        file = request.FILES.get(f"{field.name}{UPLOAD}")
        if isinstance(file, UploadedFile):
            kept, says = _keep(request, page, field, file)
            if kept is None:
                wrong[field.name] = says
            elif field.kind == "picture":
                holder[field.key] = {
                    **(holder[field.key] or {}),
                    "image": kept,
                    "decorative": False,
                    "alt_text": "",
                }
            else:
                holder[field.key] = kept
    return wrong


def places(fields: Sequence[DeskField], value: Any) -> Iterator[tuple[DeskField, Any]]:
    """Each field that takes a file, and the stored value it belongs to: the block's own, or a row's."""
    for field in fields:
        if field.kind in TAKES:
            yield field, value
        rows = {row["id"]: row["value"] for row in value[field.key]} if field.rows else {}
        for row in field.rows:
            yield from places(row.fields, rows[row.id])


def _keep(
    request: HttpRequest, page: BasePage, field: DeskField, file: UploadedFile
) -> tuple[int | None, str]:
    """Through the same form as every other way to a file: what it is, its size, its credit."""
    model, form_of = TAKES[field.kind][0](), TAKES[field.kind][1]
    title = (file.name or _("Datei")).rpartition(".")[0] or file.name
    data = {
        "title": title,
        "collection": page.provider.collection_id,
        "credit_licence": "own",
        "tags": "",
    }
    form = form_of(model)(
        data, {"file": file}, instance=model(uploaded_by_user=request.user), user=request.user
    )
    if not form.is_valid():
        return None, " ".join(says for each in form.errors.values() for says in each)
    kept = form.save()
    return kept.pk, ""
