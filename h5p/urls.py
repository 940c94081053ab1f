"""Addresses of the sandbox. They have no language and need no account. `h5p_lite` finds them under its own names."""

from django.urls import path, re_path

from h5p import views

app_name = "h5p_lite"
urlpatterns = [
    re_path(r"^buendel/(?P<name>[0-9a-f]{20}\.(?:js|css))$", views.bundle, name="bundle"),
    path("typ/<int:library>/<path:path>", views.library_file, name="library_file"),
    path("inhalt/<str:ticket>/<path:path>", views.content_file, name="content_file"),
]
