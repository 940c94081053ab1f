"""Writing an activity: its form page by page, made from the semantics of its types. Works without a script."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from h5p.actions.contents import Draft, one_at_a_time, save_edit
from h5p.queries import desk
from h5p.views.content import own
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
    written_path,
)
from h5p_lite.core.semantics.texts import words, written
from h5p_lite.models import Content, Revision
from h5p_lite.player_page import content_base
from h5p_lite.queries.semantics import Semantics
from h5p_lite.tickets import ticket_for

LONGEST_TITLE = 255
#: What the buttons of the page itself do; the others are `h5p_lite.core.semantics.apply`'s.
SAVE, BACK, LOOK = "save", "back", "look"


class FormPage(NamedTuple):
    """One page of an activity: its own fields, or those of some sub-content at `at`."""

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
    query = urlencode(({"teil": written_path(at)} if at else {}) | more)
    mark = f"#{dom_id(focus)}" if focus else ""
    return reverse("activities:edit", args=[content.pk]) + (f"?{query}" if query else "") + mark


def page_at(content: Content, revision: Revision, at: Path) -> FormPage | None:
    """None when there is no such part, or its type is not installed."""
    libraries = Semantics(get_language() or "de", content.language)
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
def edit(request: HttpRequest, activity: int) -> HttpResponse:
    """`?teil=`: the place of some sub-content. `?pruefen=`: say what is missing."""
    content = own(request, activity)
    at = read_path(request.GET.get("teil", ""))
    number = request.POST.get("stand", "") if request.method == "POST" else ""
    revision = desk.revision_of(content, number)
    page = page_at(content, revision, at) if revision else None
    if page is None:
        if at or not revision:
            raise Http404
        context = {"content": content, "missing": revision.library}
        return render(request, "h5p/desk/missing.html", context)
    if request.method == "POST":
        return _save(request, page)
    return _show(request, page, page.params, checked="pruefen" in request.GET)


def _save(request: HttpRequest, page: FormPage) -> HttpResponse:
    params = read_form(
        page.fields, dict(request.POST.lists()), page.params, libraries=page.libraries
    )
    title = written(" ".join(request.POST.get("titel", "").split()))[:LONGEST_TITLE]
    one_at_a_time(page.content)
    newest = page.content.newest
    base = base_of(page, newest, over=request.POST.get("ueber", ""))
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
    saved = save_edit(page.content, draft, by=request.user, tidy=tidy)
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
        query = {"teil": written_path(at), "feld": written_path(done.focus)}
        query["stand"] = str(saved.number)
        return f"{reverse('activities:media', args=[content.pk])}?{urlencode(query)}"
    if do == LOOK:
        return reverse("activities:preview", args=[content.pk])
    if done.verb or done.focus:
        return address(content, at, focus=done.focus)
    return _said(request, page, saved, do)


def _said(request: HttpRequest, page: FormPage, saved: Revision, do: str) -> str:
    fields = page.libraries(saved.library) or ()
    found = problems(fields, saved.params, libraries=page.libraries)
    here = problems_inside(found, page.at)
    if here:
        messages.warning(request, _("Gespeichert. Auf dieser Seite fehlt noch etwas."))
        return address(page.content, page.at, pruefen="1")
    messages.success(request, _("Gespeichert."))
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
        decimal="," if (get_language() or "de").startswith("de") else ".",
    )
    steps = crumbs(fields, page.revision.params, page.at, page.libraries)
    language = get_language() or "de"
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
    return render(request, "h5p/desk/edit.html", context, status=409 if meanwhile else 200)
