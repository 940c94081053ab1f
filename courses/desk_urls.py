"""The desk's own pages about whole courses, in the house's frame; Wagtail's editor beside them changes single pages."""

from django.urls import path

app_name = "desk"
urlpatterns: list = []
