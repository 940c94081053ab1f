"""Doors for people, under the language of the interface."""

from django.urls import path, re_path

from certificates import views

mine = "konto/nachweise/"
house = "anbieter/<slug:slug>/verwalten/nachweise/"
number = r"^z/(?P<token>[^/.]{1,40})"
app_name = "certificates"
urlpatterns = [
    path("pruefen/", views.check, name="check"),
    path("pruefen/ohne-netz/", views.offline, name="offline"),
    path("pruefen/schluessel/", views.check_key, name="check_key"),
    path(mine, views.wallet, name="wallet"),
    path(f"{mine}<slug:token>/neu/", views.reissue, name="reissue"),
    path(f"{mine}<slug:token>/wallet/", views.offer, name="offer"),
    path(f"{mine}<slug:token>/zeigen/", views.shows, name="shows"),
    re_path(
        rf"^{mine}(?P<token>[\w-]{{1,40}})\.(?P<kind>pdf|json|jwt|png|svg|edc\.json)$",
        views.own,
        name="own",
    ),
    path(house, views.issued, name="issued"),
    path(f"{house}offen/", views.owed, name="owed"),
    path(f"{house}unterschrift/", views.autograph, name="autograph"),
    path(f"{house}<int:certificate>/", views.withdraw, name="withdraw"),
    re_path(rf"{number}\.pdf$", views.pdf, name="pdf"),
    re_path(rf"{number}\.json$", views.credential, name="credential"),
    re_path(rf"{number}\.jwt$", views.jwt, name="jwt"),
    re_path(rf"{number}/name/$", views.name_check, name="name"),
    re_path(rf"{number}/?$", views.certificate, name="certificate"),
]
