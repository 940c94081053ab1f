from django.urls import path

from accessibility import views

app_name = "accessibility"
urlpatterns = [
    path("barriere-melden/", views.report, name="report"),
    path("barrierefreiheit/", views.statement, name="statement"),
    path(
        "anbieter/<slug:slug>/barrierefreiheit/",
        views.provider_statement,
        name="provider_statement",
    ),
    path(
        "anbieter/<slug:slug>/verwalten/barrierefreiheit/",
        views.provider_statement_form,
        name="provider_statement_form",
    ),
    path("anzeige/", views.preferences, name="preferences"),
]
