"""Our rules in the editor's own panel of checks, on what is typed right now."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView

from courses import queries
from courses.models import CoursePage, LessonPage
from courses.wagtail_hooks.gate import shown

LATER = timedelta(minutes=1)


class Findings(PreviewOnEditView):
    """The findings as a part of a page. What is typed is what the preview was sent last; else the newest draft."""

    http_method_names = ("get",)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        try:
            super().setup(request, *args, **kwargs)
        except PermissionDenied:
            raise Http404 from None
        if not isinstance(self.object, CoursePage | LessonPage):
            raise Http404

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self._take_what_is_typed()
        if not self.object.locale_id:  # of a page that is not saved yet
            self.object.locale = self.object.get_parent().locale
        findings = queries.checked(self.object)
        context = {
            "count": len(findings.stopping) + len(findings.warning),
            "stopping": [shown(finding) for finding in findings.stopping],
            "warning": [shown(finding) for finding in findings.warning],
            "exempt": [shown(finding) for finding in findings.exempt],
            "edit_url": "",  # the place is on the same page
        }
        return render(request, "courses/checker.html", context)

    def _take_what_is_typed(self) -> None:
        """Unless a draft was saved long after it: the editor saves by itself what it sends here at the same time."""
        typed = self._get_form_state()
        saved = self.object.latest_revision_created_at
        if typed is None or (saved and saved - typed.last_updated_at > LATER):
            return
        form = self.get_form(self._get_form_data(typed))
        if self.validate_form(form):
            form.save(commit=False)


class FindingsOfNew(PreviewOnCreateView, Findings):
    """Of a page that is not saved yet; it will be in the language of the page above."""

    def get_object(self) -> Any:
        page = super().get_object()
        page.locale = page.get_parent().locale
        return page


@hooks.register("insert_editor_js")
def checker_script() -> str:
    return format_html('<script src="{}" type="module"></script>', static("js/checker.js"))
