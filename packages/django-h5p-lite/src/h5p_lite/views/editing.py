"""Writing a content: its form page by page, made from the semantics of its types. Works without a script.

`ContentEditor` is for hosts as well: a subclass says who may write, which templates and addresses it has and how it speaks.
"""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _lazy
from django.views import View
from django.views.decorators.http import require_http_methods

from h5p_lite.access import access
from h5p_lite.actions import Draft, keep_file, save_edit, undo
from h5p_lite.actions.contents import one_at_a_time
from h5p_lite.actions.files import ENDINGS, BadFile
from h5p_lite.core.names import Name
from h5p_lite.core.semantics import (
    ABSENT,
    Crumb,
    Done,
    Fields,
    Path,
    apply,
    crumbs,
    dom_id,
    field_at,
    form_for,
    inside,
    places_for,
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
from h5p_lite.queries.revisions import revision_of
from h5p_lite.queries.semantics import Semantics
from h5p_lite.tickets import ticket_for
from h5p_lite.views import clipboard

LONGEST_TITLE = 255
PASTE = "paste:"
#: What the buttons of the page itself do; the others are `h5p_lite.core.semantics.apply`'s.
SAVE, BACK, LOOK, UNDO = "save", "back", "look", "undo"


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

    def whole(self, params: Any, base: Revision, title: str) -> Any:
        """All parameters of `base` with new ones for this page."""
        if not self.at:
            return params
        part = sub_content(base.params, self.at)
        metadata = {**(part.metadata if part else {}), "title": title}
        metadata = {key: value for key, value in metadata.items() if value}
        return with_sub_content(base.params, self.at, params, metadata=metadata)

    @property
    def steps(self) -> tuple[Crumb, ...]:
        """From the content to this page."""
        fields = self.libraries(self.revision.library) or ()
        return crumbs(fields, self.revision.params, self.at, self.libraries)

    @property
    def above(self) -> Path:
        """The page that leads to this one."""
        steps = self.steps
        return steps[-2].at if len(steps) > 1 else ()


class EditorFields(NamedTuple):
    """What the editor's addresses and buttons call things."""

    part: str = "part"  # the place of some sub-content
    field: str = "field"  # the place on its page that a file is for
    check: str = "check"  # say what is missing
    revision: str = "revision"  # that the page was made from
    title: str = "title"  # of sub-content
    over: str = "over"  # they know that somebody else has saved this very page


class ContentEditor(View):
    """The pages of a content's form. A host with a look and addresses of its own makes a subclass."""

    http_method_names = ["get", "post"]
    template_name = "h5p_lite/edit.html"
    missing_template_name = "h5p_lite/missing.html"
    language = "en"  # where a request has none
    names = EditorFields()
    address_name = "h5p_lite:edit"
    media_address_name = "h5p_lite:file"  # takes a file for a field
    look_address_name = "h5p_lite:content"  # shows the content as it is now
    saved = _lazy("Saved.")
    saved_open = _lazy("Saved. Something on this page is still missing.")
    copied = _lazy("Copied. Paste it wherever it fits, in another content as well.")
    fits_not = _lazy("This cannot be pasted here any more.")
    undone = _lazy("Taken back. What was there before holds again.")

    def find(self, request: HttpRequest, content: int) -> Content:
        """Http404 for a content that this person may not write in."""
        return get_object_or_404(access().editable(request.user), pk=content)

    @classmethod
    def address(cls, content: Content, at: Path = (), *, focus: Path = (), **more: str) -> str:
        """Of the page for `at`; `focus` is a place on it."""
        query = urlencode(({cls.names.part: written_path(at)} if at else {}) | more)
        mark = f"#{dom_id(focus)}" if focus else ""
        return reverse(cls.address_name, args=[content.pk]) + (f"?{query}" if query else "") + mark

    @classmethod
    def page_at(cls, content: Content, revision: Revision, at: Path) -> FormPage | None:
        """None when there is no such part, or its type is not installed."""
        libraries = Semantics(get_language() or cls.language, content.language)
        name, params, title = revision.library, revision.params, ""
        fields = libraries(name)
        if at:
            field = field_at(fields or (), params, at, libraries)
            part = sub_content(params, at) if field and field.type == "library" else None
            if part is None:
                return None
            name, params, fields = part.name, part.params, libraries(part.name)
            title = words(str(part.metadata.get("title", "")))
        if fields is None:
            return None
        return FormPage(content, revision, libraries, at, name, fields, params, title)

    def get(self, request: HttpRequest, content: int) -> HttpResponse:
        page = self._asked(request, content, "")
        if isinstance(page, Revision):
            return self._missing(request, page)
        return self._show(request, page, page.params, checked=self.names.check in request.GET)

    def post(self, request: HttpRequest, content: int) -> HttpResponse:
        page = self._asked(request, content, request.POST.get(self.names.revision, ""))
        if isinstance(page, Revision):
            return self._missing(request, page)
        with transaction.atomic():
            return self._save(request, page)

    def _asked(self, request: HttpRequest, pk: int, number: str) -> FormPage | Revision:
        """The page; the revision alone when its type is not installed any more."""
        content = self.find(request, pk)
        at = read_path(request.GET.get(self.names.part, ""))
        revision = revision_of(content, number)
        page = self.page_at(content, revision, at) if revision else None
        if revision is None or (page is None and at):
            raise Http404
        return page or revision

    def _missing(self, request: HttpRequest, revision: Revision) -> HttpResponse:
        context = {"content": revision.content, "missing": revision.library}
        return render(request, self.missing_template_name, context)

    def _save(self, request: HttpRequest, page: FormPage) -> HttpResponse:
        params = read_form(
            page.fields, dict(request.POST.lists()), page.params, libraries=page.libraries
        )
        title = " ".join(request.POST.get(self.names.title, "").split())
        title = written(title)[:LONGEST_TITLE]
        one_at_a_time(page.content)
        newest = page.content.newest
        base = base_of(page, newest, over=request.POST.get(self.names.over, ""))
        if base is None:
            return self._show(request, page, params, title=title, meanwhile=newest)
        do = request.POST.get("do", "")
        clip, files = self._clip(request, do, {**page.revision.files, **newest.files})
        try:
            done = apply(do, page.fields, params, libraries=page.libraries, clip=clip)
        except LookupError:  # a button of an item that is not there
            raise Http404 from None
        whole = page.whole(done.params, base, title)
        draft = Draft(base.library, whole, newest.metadata, files)
        saved = save_edit(page.content, draft, tidy=do in ("", SAVE, BACK, LOOK), by=request.user)
        if do == UNDO:
            return redirect(self._undone(request, page))
        answer = redirect(self._onward(request, page, saved, do, done))
        if done.verb == "copy":
            clipboard.remember(request, answer, saved, inside(page.at, done.focus))
            messages.success(request, self.copied)
        elif do.startswith(PASTE) and not done.verb:
            messages.warning(request, self.fits_not)
        return answer

    def _clip(
        self, request: HttpRequest, do: str, files: dict[str, Any]
    ) -> tuple[Any, dict[str, Any]]:
        """What is to be pasted, and all files with it."""
        clip = clipboard.held(request, self.find) if do.startswith(PASTE) else None
        return clipboard.brought_along(clip, files) if clip else (ABSENT, files)

    def _undone(self, request: HttpRequest, page: FormPage) -> str:
        """What they had typed is undone first: it was saved a moment ago, and stays among the revisions."""
        before = undo(page.content, by=request.user)
        messages.success(request, self.undone)
        there = self.page_at(page.content, before, page.at)
        return self.address(page.content, page.at if there else ())

    def _onward(
        self, request: HttpRequest, page: FormPage, saved: Revision, do: str, done: Done
    ) -> str:
        """Where the author goes on."""
        content, at = page.content, page.at
        if done.verb == "open":
            place = inside(at, done.focus)
            if sub_content(saved.params, place):
                return self.address(content, place)
        if done.verb == "choose":
            query = {
                self.names.part: written_path(at),
                self.names.field: written_path(done.focus),
                self.names.revision: str(saved.number),
            }
            return f"{reverse(self.media_address_name, args=[content.pk])}?{urlencode(query)}"
        if do == LOOK:
            return reverse(self.look_address_name, args=[content.pk])
        if done.verb or done.focus:
            return self.address(content, at, focus=done.focus)
        return self._said(request, page, saved, do)

    def _said(self, request: HttpRequest, page: FormPage, saved: Revision, do: str) -> str:
        fields = page.libraries(saved.library) or ()
        mistakes = problems(fields, saved.params, libraries=page.libraries)
        if problems_inside(mistakes, page.at):
            messages.warning(request, self.saved_open)
            return self.address(page.content, page.at, **{self.names.check: "1"})
        messages.success(request, self.saved)
        return self.address(page.content, page.above if do == BACK else page.at)

    def _show(
        self,
        request: HttpRequest,
        page: FormPage,
        params: Any,
        *,
        title: str | None = None,
        checked: bool = False,
        meanwhile: Revision | None = None,
    ) -> HttpResponse:
        """The page. `meanwhile`: what somebody else has saved, so that they decide."""
        language = get_language() or self.language
        fields = page.libraries(page.revision.library) or ()
        mistakes = (
            problems(fields, page.revision.params, libraries=page.libraries) if checked else ()
        )
        form = form_for(
            page.fields,
            params,
            titles=page.libraries.titles(),
            libraries=page.libraries,
            problems=problems_inside(mistakes, page.at),
            decimal="," if language.startswith("de") else ".",
        )
        steps = page.steps
        clip = clipboard.held(request, self.find)
        context = {
            "content": page.content,
            "revision": page.revision,
            "rows": form.rows,
            "failed": form.failed,
            "words_lang": "" if page.libraries.speaks(page.name) or language == "en" else "en",
            "steps": [(step, self.address(page.content, step.at)) for step in steps],
            "part": steps[-1] if steps else None,
            "part_title": page.title if title is None else words(title),
            "up": self.address(page.content, page.above),
            "type": page.libraries.titles().get(page.name, page.name.machine_name),
            "open": page.revision.metadata.get("open"),
            "checked": checked,
            "files_at": f"{content_base()}{ticket_for(page.revision.pk)}/",
            "meanwhile": meanwhile,
            "paste_at": places_for(
                clip.value if clip else ABSENT, form.rows, page.fields, params, page.libraries
            ),
        }
        status = 409 if meanwhile else 200
        return render(request, self.template_name, context, status=status)


edit = login_required(ContentEditor.as_view())


def base_of(page: FormPage, newest: Revision, *, over: str = "") -> Revision | None:
    """What the page is put into. None: somebody else has changed this very page; `over` says that they know."""
    former = page.revision
    if newest.number == former.number:
        return newest
    same = newest.library == former.library
    if same and value_at(newest.params, page.at) == value_at(former.params, page.at):
        return newest
    return former if over == str(newest.number) else None


@require_http_methods(["GET", "POST"])
@login_required
def file(request: HttpRequest, content: int) -> HttpResponse:
    """A file for the field `?field=` of the page `?part=`."""
    shown_content = get_object_or_404(access().editable(request.user), pk=content)
    at, path = read_path(request.GET.get("part", "")), read_path(request.GET.get("field", ""))
    page = ContentEditor.page_at(shown_content, shown_content.newest, at)
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
            return redirect(ContentEditor.address(shown_content, at, focus=path))
    context = {
        "content": shown_content,
        "form": form,
        "label": field.label or field.name,
        "endings": sorted(ENDINGS[field.type]),
        "back": ContentEditor.address(shown_content, at, focus=path),
    }
    return render(request, "h5p_lite/file.html", context, status=400 if form.errors else 200)


def _put_file(page: FormPage, path: Path, kind: str, sent: Any, user: Any) -> None:
    one_at_a_time(page.content)
    newest = page.content.newest
    stored = keep_file(sent.file, sent.name, kind=kind, files=newest.files)
    value = [stored.value] if kind in ("audio", "video") else stored.value
    draft = Draft(
        newest.library,
        page.whole(with_value(page.params, path, value), newest, page.title),
        newest.metadata,
        {**newest.files, stored.path: stored.entry},
    )
    save_edit(page.content, draft, tidy=False, by=user)


BAD_FILE = {
    "size": _lazy("This file is too large."),
    "ending": _lazy("Files of this kind do not fit here."),
    "kind": _lazy("This file is not what its name says. Save it in the right format."),
}
