from django.urls import path, re_path

from courses import views

PLAN = "anbieter/<slug:slug>/planen/"

app_name = "courses"
urlpatterns = [
    path("kurse/", views.catalogue, name="catalogue"),
    path("kurse/vorschlaege/", views.suggestions, name="suggestions"),
    path("kurse/<uuid:key>/", views.by_key, name="by_key"),
    path("kurse/<slug:provider>/<slug:course>/", views.course, name="course"),
    path("kurse/neu.rss", views.courses_rss, name="rss"),
    path("kurse/alle.ndjson", views.courses_amb, name="amb"),
    path("kurse/moochub.json", views.courses_moochub, name="moochub"),
    path("kurse/oai/", views.courses_oai, name="oai"),
    path("kurse/<slug:provider>/<slug:course>/amb.json", views.course_amb, name="course_amb"),
    path("termine/", views.today, name="today"),
    path(PLAN, views.plan, name="plan"),
    path(f"{PLAN}regeln/", views.plan_rules, name="plan_rules"),
    path(f"{PLAN}einlesen/", views.plan_import, name="plan_import"),
    path(f"{PLAN}orte/neu/", views.venue_new, name="venue_new"),
    path(f"{PLAN}orte/<int:venue>/", views.venue, name="venue"),
    path(f"{PLAN}neu/", views.run_new, name="run_new"),
    path(f"{PLAN}<uuid:run_key>/", views.plan_run, name="plan_run"),
    path(f"{PLAN}<uuid:run_key>/aendern/", views.run_edit, name="run_edit"),
    path(f"{PLAN}<uuid:run_key>/termine/<int:meeting>/", views.plan_meeting, name="plan_meeting"),
    path(
        "kurse/<slug:provider>/<slug:course>/bild.png",
        views.course_picture,
        name="course_picture",
    ),
    path("hilfe/", views.help_page, name="help"),
    path("termine/finden/", views.dates, name="dates"),
    path("termine/naehe/", views.near, name="near"),
    path("impressum/", views.imprint, name="imprint"),
    path("datenschutz/", views.privacy, name="privacy"),
    path(
        "anbieter/<slug:slug>/verwalten/mitnehmen/",
        views.provider_archive,
        name="provider_archive",
    ),
    path(
        "anbieter/<slug:slug>/verwalten/mitnehmen/archiv.zip",
        views.provider_archive_file,
        name="provider_archive_file",
    ),
    path("buero/anbieter/neu/", views.found, name="found"),
    path("buero/anfragen/<int:application>/annehmen/", views.approve, name="approve"),
    path("buero/bedarf/", views.office_demand, name="demand"),
    path("buero/empfohlen/", views.featured, name="featured"),
    path("buero/kalender/", views.city_events, name="city_events"),
    path("buero/begriffe/", views.concepts, name="concepts"),
    path("buero/begriffe/<slug:concept>/", views.concept, name="concept"),
    path("buero/pruefungen/", views.proofs, name="proofs"),
    path("buero/pruefungen/<int:review>/", views.proof, name="proof"),
    re_path(r"^druck/(?P<name>[0-9a-f]{40}\.[a-z0-9]{2,5})$", views.file, name="file"),
]
