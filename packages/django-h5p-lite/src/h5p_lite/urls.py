"""Addresses of this app: include it anywhere, with or without a language in front."""

from django.urls import path, re_path

from h5p_lite.views import editing, managing, playing, sandbox

app_name = "h5p_lite"
urlpatterns = [
    path("", managing.contents, name="contents"),
    path("upload/", managing.upload, name="upload"),
    path("new/", managing.new, name="new"),
    path("<int:content>/", playing.content, name="content"),
    path("<int:content>/page/", playing.page, name="page"),
    path("<int:content>/state/", playing.state, name="state"),
    path("<int:content>/result/", playing.result, name="result"),
    path("<int:content>/edit/", editing.edit, name="edit"),
    path("<int:content>/edit/file/", editing.file, name="file"),
    path("<int:content>/package/", managing.package, name="package"),
    path("<int:content>/upgrade/", managing.upgrade, name="upgrade"),
    # the sandbox: no cookie, no language, no account
    re_path(r"^bundle/(?P<name>[0-9a-f]{20}\.(?:js|css))$", sandbox.bundle, name="bundle"),
    path("library/<int:library>/<path:path>", sandbox.library_file, name="library_file"),
    path("file/<str:ticket>/<path:path>", sandbox.content_file, name="content_file"),
]
