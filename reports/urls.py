from django.urls import path, re_path

from reports import views

app_name = "reports"
urlpatterns = [
    path("buero/", views.office, name="office"),
    re_path(r"^buero/zahlen\.(?P<kind>csv|xlsx|ods|png)$", views.figures_file, name="figures_file"),
    path("buero/ansichten/merken/", views.keep_view, name="keep_view"),
    path("buero/ansichten/<int:number>/vergessen/", views.drop_view, name="drop_view"),
    path("buero/berichte/", views.reports_list, name="reports"),
    re_path(r"^buero/berichte/(?P<period>\d{4}(-[qh]\d)?)/$", views.report, name="report"),
    re_path(
        r"^buero/berichte/(?P<period>\d{4}(-[qh]\d)?)\.pdf$",
        views.report_paper,
        name="report_paper",
    ),
    re_path(
        r"^buero/berichte/(?P<period>\d{4}(-[qh]\d)?)\.csv$", views.monitoring, name="monitoring"
    ),
    path("buero/ziele/", views.goals_page, name="goals"),
    path("buero/ziele/<int:number>/weglegen/", views.goal_ended, name="goal_ended"),
    path("buero/berichtigungen/", views.corrections, name="corrections"),
    path("offene-daten/", views.open_data, name="open_data"),
    re_path(r"^offene-daten/begriffe\.(?P<kind>ttl|jsonld)$", views.concepts, name="concepts"),
    re_path(r"^offene-daten/katalog\.(?P<kind>ttl|jsonld|rdf)$", views.described, name="dcat"),
    path("offene-daten/datapackage.json", views.package, name="package"),
    path("offene-daten/README.md", views.readme, name="readme"),
    re_path(
        r"^offene-daten/teilnahme/(?P<period>\d{4}(-[qh]\d)?)/(?P<table>[a-z-]{4,40})\.(?P<kind>csv|json|parquet)$",
        views.released,
        name="released",
    ),
    re_path(
        r"^offene-daten/(?P<name>kurse|barrieren|kompetenzen)\.(?P<kind>csv|json|parquet)$",
        views.dataset,
        name="dataset",
    ),
    re_path(
        r"^offene-daten/(?P<name>kurse|barrieren|kompetenzen)/(?P<day>\d{4}-\d\d-\d\d)\.(?P<kind>csv|json|parquet)$",
        views.version,
        name="version",
    ),
    # files with exact figures, which stood here until the figures got their noise
    re_path(
        r"^offene-daten/(?P<name>anbieter|themen|monate)\.(?P<kind>csv|json)$",
        views.withdrawn,
        name="withdrawn",
    ),
]
