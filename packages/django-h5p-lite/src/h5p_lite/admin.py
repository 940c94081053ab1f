"""What there is, for those who look after it. Content types come in by package, contents are written on their own pages."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from h5p_lite.models import Content, Library


class ReadOnly(admin.ModelAdmin):
    """Nobody makes rows by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Library)
class LibraryAdmin(ReadOnly):
    """What a content type may do in a browser, and what authors are told about it."""

    list_display = ("title", "machine_name", "version", "state", "runnable", "profile", "verdict")
    list_filter = ("state", "runnable", "profile", "verdict")
    search_fields = ("title", "machine_name")
    fields = ("title", "machine_name", "version", "licence", "author", "state", "profile", "verdict", "note")  # fmt: skip
    readonly_fields = ("title", "machine_name", "version", "licence", "author", "state")

    def save_model(self, request: HttpRequest, obj: Library, form: Any, change: bool) -> None:
        obj.changed_at = timezone.now()  # what is kept in memory is asked for anew
        super().save_model(request, obj, form, change)


@admin.register(Content)
class ContentAdmin(ReadOnly):
    list_display = ("title", "owner", "language", "changed_at", "archived_at")
    list_filter = ("language",)
    search_fields = ("title",)
    fields = ("title", "owner", "language", "reuse", "archived_at")
    readonly_fields = (
        "title",
        "language",
        "reuse",
    )  # said in revisions as well: on the content's own page
    raw_id_fields = ("owner",)
