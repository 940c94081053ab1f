"""Doors for machines: their addresses stand in issued certificates, so they never change and have no language."""

from django.urls import path

from certificates import api, views

app_name = "issuers"
urlpatterns = [
    path("<slug:key>/did.json", views.did, name="did"),
    path("<slug:key>/keys/<str:fragment>", views.published_key, name="key"),
    path("types/certificate/1", api.sd_jwt_type, name="sd_jwt_type"),  # actions.bound.TYPE_PATH
    path("<slug:key>/status/<int:number>.jwt", api.status_token, name="status_token"),
    path("<slug:key>/status/<int:number>", views.status, {"purpose": "revocation"}, name="status"),
    path(
        "<slug:key>/suspension/<int:number>",
        views.status,
        {"purpose": "suspension"},
        name="suspension",
    ),
]
