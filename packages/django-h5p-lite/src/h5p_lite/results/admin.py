from django.contrib import admin

from h5p_lite.admin import ReadOnly
from h5p_lite.results.models import Attempt


@admin.register(Attempt)
class AttemptAdmin(ReadOnly):
    list_display = ("content", "user", "score", "most", "finished_at")
    fields = ("content", "user", "score", "most", "finished_at", "statement")
    readonly_fields = fields
