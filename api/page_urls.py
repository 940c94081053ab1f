"""Doors for people, under the language of the interface."""

from django.urls import path

from api import views

app_name = "api"
urlpatterns = [
    path("schnittstelle/", views.guide, name="guide"),
    path("konto/verbinden/", views.authorize, name="authorize"),
    path("konto/programme/", views.connected, name="connected"),
    path("anbieter/<slug:slug>/verwalten/programme/", views.keys, name="keys"),
    path("anbieter/<slug:slug>/verwalten/programme/meldungen/", views.webhooks, name="webhooks"),
    path("buero/programme/", views.office_keys, name="office_keys"),
]
