"""Writing a content: its form page by page, made from the semantics of its types. Works without a script."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods

from h5p_lite.access import access
from h5p_lite.actions import Draft, keep_file, save_edit
from h5p_lite.actions.contents import one_at_a_time
from h5p_lite.actions.files import ENDINGS, BadFile
from h5p_lite.core.names import Name
from h5p_lite.core.semantics import (
    Done,
    Fields,
    Path,
    apply,
    crumbs,
    dom_id,
    field_at,
    form_for,
    inside,
    problems,
    problems_inside,
    read_form,
    read_path,
    sub_content,
    value_at,
    with_sub_content,
    with_value,
    written_path,
)
from h5p_lite.core.semantics.texts import words, written
from h5p_lite.forms import FileForm
from h5p_lite.models import Content, Revision
from h5p_lite.player_page import content_base
from h5p_lite.queries.semantics import Semantics
from h5p_lite.tickets import ticket_for

LONGEST_TITLE = 255
#: What the buttons of the page itself do; the others are `h5p_lite.core.semantics.apply`'s.
SAVE, BACK, LOOK = "save", "back", "look"


class FormPage(NamedTuple):
    """One page of a content: its own fields, or those of some sub-content at `at`."""

    content: Content
    revision: Revision  # that it was made from
    libraries: Semantics
    at: Path
    name: Name
    fields: Fields
    params: dict[str, Any]
    title: str  # of sub-content

    @property
    def address(self) -> str:
        return address(self.content, self.at)

    def whole(self, params: Any, base: Revision, title: str) -> Any:
        """All parameters of `base` with new ones for this page."""
        if not self.at:
            return params
        found = sub_content(base.params, self.at)
        metadata = {**(found.metadata if found else {}), "title": title}
        metadata = {key: value for key, value in metadata.items() if value}
        return with_sub_content(base.params, self.at, params, metadata=metadata)


def address(content: Content, at: Path = (), *, focus: Path = (), **more: str) -> str:
    """Of the page for `at`; `focus` is a place on it."""
    query = urlencode(({"part": written_path(at)} if at else {}) | more)
    mark = f"#{dom_id(focus)}" if focus else ""
    return reverse("h5p_lite:edit", args=[content.pk]) + (f"?{query}" if query else "") + mark


def page_at(content: Content, revision: Revision, at: Path) -> FormPage | None:
    """None when there is no such part, or its type is not installed."""
    libraries = Semantics(get_language() or "en", content.language)
    fields = libraries(revision.library)
    if not at and fields is not None:
        return FormPage(
            content, revision, libraries, at, revision.library, fields, revision.params, ""
        )
    field = field_at(fields or (), revision.params, at, libraries)
    found = sub_content(revision.params, at) if field and field.type == "library" else None
    fields = libraries(found.name) if found else None
    if found is None or fields is None:
        return None
    title = words(str(found.metadata.get("title", "")))
    return FormPage(content, revision, libraries, at, found.name, fields, found.params, title)


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, content: int) -> HttpResponse:
    """`?part=`: the place of some sub-content. `?check=`: say what is missing."""
    found = get_object_or_404(access().editable(request.user), pk=content)
    at = read_path(request.GET.get("part", ""))
    number = request.POST.get("revision", "") if request.method == "POST" else ""
    revision = _revision_of(found, number)
    page = page_at(found, revision, at) if revision else None
    if page is None:
        if at or not revision:
            raise Http404
        context = {"content": found, "missing": revision.library}
        return render(request, "h5p_lite/missing.html", context)
    if request.method == "POST":
        with transaction.atomic():
            return _save(request, page)
    return _show(request, page, page.params, checked="check" in request.GET)


def _save(request: HttpRequest, page: FormPage) -> HttpResponse:
    params = read_form(
        page.fields, dict(request.POST.lists()), page.params, libraries=page.libraries
    )
    title = written(" ".join(request.POST.get("title", "").split()))[:LONGEST_TITLE]
    one_at_a_time(page.content)
    newest = page.content.newest
    base = base_of(page, newest, over=request.POST.get("over", ""))
    if base is None:
        return _show(request, page, params, title=title, meanwhile=newest)
    do = request.POST.get("do", "")
    try:
        done = apply(do, page.fields, params, libraries=page.libraries)
    except LookupError:  # a button of an item that is not there
        raise Http404 from None
    draft = Draft(
        base.library,
        page.whole(done.params, base, title),
        newest.metadata,
        {**page.revision.files, **newest.files},
    )
    tidy = do in ("", SAVE, BACK, LOOK)
    saved = save_edit(page.content, draft, tidy=tidy, by=request.user)
    return redirect(_onward(request, page, saved, do, done))


def base_of(page: FormPage, newest: Revision, *, over: str = "") -> Revision | None:
    """What the page is put into. None: somebody else has changed this very page; `over` says that she knows."""
    former = page.revision
    if newest.number == former.number:
        return newest
    same = newest.library == former.library
    if same and value_at(newest.params, page.at) == value_at(former.params, page.at):
        return newest
    return former if over == str(newest.number) else None


def _onward(request: HttpRequest, page: FormPage, saved: Revision, do: str, done: Done) -> str:
    """Where the author goes on."""
    content, at = page.content, page.at
    if done.verb == "open":
        place = inside(at, done.focus)
        if sub_content(saved.params, place):
            return address(content, place)
    if done.verb == "choose":
        query = {"part": written_path(at), "field": written_path(done.focus)}
        query["revision"] = str(saved.number)
        return f"{reverse('h5p_lite:media', args=[content.pk])}?{urlencode(query)}"
    if do == LOOK:
        return reverse("h5p_lite:content", args=[content.pk])
    if done.verb or done.focus:
        return address(content, at, focus=done.focus)
    return _said(request, page, saved, do)


def _said(request: HttpRequest, page: FormPage, saved: Revision, do: str) -> str:
    fields = page.libraries(saved.library) or ()
    found = problems(fields, saved.params, libraries=page.libraries)
    here = problems_inside(found, page.at)
    if here:
        messages.warning(request, _("Saved. Something on this page is still missing."))
        return address(page.content, page.at, check="1")
    messages.success(request, _("Saved."))
    return address(page.content, _above(page) if do == BACK else page.at)


def _above(page: FormPage) -> Path:
    """The page that leads to this one."""
    fields = page.libraries(page.revision.library) or ()
    steps = crumbs(fields, page.revision.params, page.at, page.libraries)
    return steps[-2].at if len(steps) > 1 else ()


def _show(
    request: HttpRequest,
    page: FormPage,
    params: Any,
    *,
    title: str | None = None,
    checked: bool = False,
    meanwhile: Revision | None = None,
) -> HttpResponse:
    """The page. `meanwhile`: what somebody else has saved, so that she decides."""
    fields = page.libraries(page.revision.library) or ()
    found = problems(fields, page.revision.params, libraries=page.libraries) if checked else ()
    form = form_for(
        page.fields,
        params,
        titles=page.libraries.titles(),
        libraries=page.libraries,
        problems=problems_inside(found, page.at),
        decimal="," if (get_language() or "en").startswith("de") else ".",
    )
    steps = crumbs(fields, page.revision.params, page.at, page.libraries)
    language = get_language() or "en"
    context = {
        "content": page.content,
        "revision": page.revision,
        "rows": form.rows,
        "failed": form.failed,
        "words_lang": "" if page.libraries.speaks(page.name) or language == "en" else "en",
        "steps": [(step, address(page.content, step.at)) for step in steps],
        "part": steps[-1] if steps else None,
        "part_title": page.title if title is None else words(title),
        "up": address(page.content, _above(page)),
        "type": page.libraries.titles().get(page.name, page.name.machine_name),
        "open": page.revision.metadata.get("open"),
        "checked": checked,
        "files_at": f"{content_base()}{ticket_for(page.revision.pk)}/",
        "meanwhile": meanwhile,
    }
    return render(request, "h5p_lite/edit.html", context, status=409 if meanwhile else 200)


def _revision_of(content: Content, number: str) -> Revision | None:
    """By its number as text, as forms have it; the newest one when there is none."""
    if not number:
        return content.newest
    asked = int(number) if number.isascii() and number.isdecimal() and len(number) < 9 else 0
    return content.revisions.filter(number=asked).first()


@require_http_methods(["GET", "POST"])
@login_required
def file(request: HttpRequest, content: int) -> HttpResponse:
    """A file for the field `?field=` of the page `?part=`."""
    found = get_object_or_404(access().editable(request.user), pk=content)
    at, path = read_path(request.GET.get("part", "")), read_path(request.GET.get("field", ""))
    page = page_at(found, found.newest, at)
    field = field_at(page.fields, page.params, path, page.libraries) if page else None
    if page is None or field is None or field.type not in ENDINGS:
        raise Http404
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                _put_file(page, path, field.type, form.cleaned_data["file"], request.user)
        except BadFile as wrong:
            form.add_error("file", BAD_FILE[wrong.code])
        else:
            return redirect(address(found, at, focus=path))
    context = {
        "content": found,
        "form": form,
        "label": field.label or field.name,
        "endings": sorted(ENDINGS[field.type]),
        "back": address(found, at, focus=path),
    }
    return render(request, "h5p_lite/file.html", context, status=400 if form.errors else 200)


def _put_file(page: FormPage, path: Path, kind: str, sent: Any, user: Any) -> None:
    one_at_a_time(page.content)
    newest = page.content.newest
    kept = keep_file(sent.file, sent.name, kind=kind, known=newest.files)
    value = [kept.value] if kind in ("audio", "video") else kept.value
    draft = Draft(
        newest.library,
        page.whole(with_value(page.params, path, value), newest, page.title),
        newest.metadata,
        {**newest.files, kept.path: kept.entry},
    )
    save_edit(page.content, draft, tidy=False, by=user)


BAD_FILE = {
    "size": _lazy("This file is too large."),
    "ending": _lazy("Files of this kind do not fit here."),
    "kind": _lazy("This file is not what its name says. Save it in the right format."),
}
