"""Doors for machines: their addresses stand in issued certificates, so they never change and have no language."""

from django.urls import path

from certificates import views

app_name = "issuers"
urlpatterns = [
    path("<slug:key>/did.json", views.did, name="did"),
    path("<slug:key>/status/<int:number>", views.status, name="status"),
]
