"""Files for an activity: from the provider's own pictures and documents, or from the author's computer."""

from contextlib import closing
from pathlib import PurePath
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from files import BadFile
from h5p.actions.contents import Draft, one_at_a_time, save_edit
from h5p.actions.media import ENDINGS, Kept, keep_media
from h5p.forms import BringForm, MediaForm, RightsForm
from h5p.queries import desk
from h5p.views.content import own
from h5p.views.editing import ActivityEditor
from h5p.views.outside import address_in
from h5p_lite.core.semantics import Field, Path, field_at, read_path, value_at, with_value
from h5p_lite.queries.revisions import revision_of
from h5p_lite.views.editing import FormPage, base_of
from providers.advice import in_words
from words.numbers import whole_number

ON_A_PAGE = 12


@require_http_methods(["GET", "POST"])
def media(request: HttpRequest, activity: int) -> HttpResponse:
    """`?teil=` and `?feld=`: the page and the place on it, in the revision `?stand=`. POST takes a file and leads back."""
    content = own(request, activity)
    revision = revision_of(content, request.GET.get("stand", ""))
    at = read_path(request.GET.get("teil", ""))
    page = ActivityEditor.page_at(content, revision, at) if revision else None
    path = read_path(request.GET.get("feld", ""))
    field = field_at(page.fields, page.params, path, page.libraries) if page else None
    if not page or not field or not _takes_files(page, field, path):
        raise Http404
    there = address_in(value_at(page.params, path))
    kind = BringForm if there else MediaForm
    if request.method == "GET":
        return _show(request, page, field, kind(initial={"source": there}))
    form = kind(request.POST, request.FILES)
    return _take(request, page, field, path, form) or _show(request, page, field, form)


def _takes_files(page: FormPage, field: Field, path: Path) -> bool:
    try:
        with_value(page.params, path, {})
    except LookupError:  # an item that a list does not have
        return False
    return field.type in ENDINGS


def _take(
    request: HttpRequest, page: FormPage, field: Field, path: Path, form: MediaForm
) -> HttpResponse | None:
    """None when there is something wrong, which the form says then."""
    rights: RightsForm
    if "aus" in request.POST:
        rights, stored = RightsForm(request.POST), _own_file(request, page, field)
        if stored is None:
            return redirect(request.get_full_path())
    elif form.is_valid():
        rights, file = form, form.cleaned_data["file"]
        try:
            stored = _kept(file, file.name, page, field)
        except BadFile as bad:
            form.add_error("file", in_words(bad))
            return None
    else:
        return None
    credit = rights.said if rights.is_valid() else {}
    value = stored.value | ({"copyright": credit} if credit else {})
    return _put(request, page, field, path, stored._replace(value=value))


def _own_file(request: HttpRequest, page: FormPage, field: Field) -> Kept | None:
    """One of the provider's own, by its number. None when it cannot be used, which they are told."""
    chosen = request.POST["aus"]
    pk = whole_number(chosen) or 0
    thing = get_object_or_404(_own_files(page, field, ""), pk=pk)
    try:
        with closing(thing.file.open("rb")) as file:
            return _kept(file, PurePath(thing.file.name).name, page, field)
    except BadFile as bad:
        messages.error(request, in_words(bad))
        return None


def _kept(file: Any, name: str, page: FormPage, field: Field) -> Kept:
    return keep_media(
        cast("BinaryIO", file), name, kind=field.type, stored_files=page.revision.files
    )


def _put(
    request: HttpRequest, page: FormPage, field: Field, path: Path, stored: Kept
) -> HttpResponse:
    one_at_a_time(page.content)
    newest = page.content.newest
    base = base_of(page, newest)
    if base is None:
        text = _(
            "Gerade hat jemand anderes hier gespeichert. Bitte wählen Sie die Datei noch einmal."
        )
        messages.warning(request, text)
        return redirect(ActivityEditor.address(page.content))
    new = [stored.value] if field.type in ("audio", "video") else stored.value
    draft = Draft(
        base.library,
        page.whole(with_value(page.params, path, new), base, page.title),
        newest.metadata,
        {**newest.files, stored.path: stored.entry},
    )
    save_edit(page.content, draft, by=request.user, tidy=False)
    messages.success(request, _("Die Datei ist da."))
    return redirect(ActivityEditor.address(page.content, page.at, focus=path))


def _own_files(page: FormPage, field: Field, words: str) -> Any:
    provider = page.content.owner
    if field.type == "image":
        return desk.pictures(provider, words)
    return desk.documents(provider, words, ENDINGS[field.type])


def _show(request: HttpRequest, page: FormPage, field: Field, form: MediaForm) -> HttpResponse:
    words = request.GET.get("q", "").replace("\0", "")[:100]
    own_files = Paginator(_own_files(page, field, words), ON_A_PAGE).get_page(
        request.GET.get("seite")
    )
    path = read_path(request.GET.get("feld", ""))
    context = {
        "content": page.content,
        "field": field,
        "label": field.label or field.name,
        "there": address_in(value_at(page.params, path)),
        "endings": sorted(ENDINGS[field.type]),
        "accept": ",".join(f".{ending}" for ending in sorted(ENDINGS[field.type])),
        "own_files": own_files,
        "teil": request.GET.get("teil", ""),
        "stand": request.GET.get("stand", ""),
        "feld": request.GET.get("feld", ""),
        "q": words,
        "form": form,
        "back": ActivityEditor.address(page.content, page.at, focus=path),
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "h5p/desk/media.html", context, status=status)
