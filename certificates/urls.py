"""Doors for people, under the language of the interface."""

from django.urls import path, re_path

from certificates import views

app_name = "certificates"
urlpatterns = [
    path("pruefen/", views.check, name="check"),
    path("konto/nachweise/<slug:token>/neu/", views.reissue, name="reissue"),
    re_path(r"^z/(?P<token>[^/.]{1,40})\.pdf$", views.pdf, name="pdf"),
    re_path(r"^z/(?P<token>[^/.]{1,40})\.json$", views.credential, name="credential"),
    re_path(r"^z/(?P<token>[^/.]{1,40})/?$", views.certificate, name="certificate"),
]
