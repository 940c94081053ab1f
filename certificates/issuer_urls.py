"""Doors for machines: their addresses stand in issued certificates, so they never change and have no language."""

from django.urls import path

from certificates import views

app_name = "issuers"
urlpatterns = [
    path("<slug:key>/did.json", views.did, name="did"),
    path("<slug:key>/keys/<str:fragment>", views.published_key, name="key"),
    path("<slug:key>/status/<int:number>", views.status, {"purpose": "revocation"}, name="status"),
    path(
        "<slug:key>/suspension/<int:number>",
        views.status,
        {"purpose": "suspension"},
        name="suspension",
    ),
]
