from django.urls import path, re_path

from reports import views

app_name = "reports"
urlpatterns = [
    path("buero/", views.office, name="office"),
    path("buero/zahlen.csv", views.figures_csv, name="figures_csv"),
    path("offene-daten/", views.open_data, name="open_data"),
    re_path(r"^offene-daten/begriffe\.(?P<kind>ttl|jsonld)$", views.concepts, name="concepts"),
    re_path(
        r"^offene-daten/teilnahme/(?P<period>\d{4}(-[qh]\d)?)/(?P<table>[a-z-]{4,40})\.(?P<kind>csv|json)$",
        views.dataset,
        name="dataset",
    ),
    # files with exact figures, which stood here until the figures got their noise
    re_path(
        r"^offene-daten/(?P<name>anbieter|themen|monate)\.(?P<kind>csv|json)$",
        views.withdrawn,
        name="withdrawn",
    ),
]
