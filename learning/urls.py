from django.urls import path

from learning import views

MINE = "lernen/"
ACTIVITY = "<slug:provider>/<slug:course>/<slug:lesson>/aktivitaet/<uuid:item>"

app_name = "learning"
urlpatterns = [
    path(MINE, views.dashboard, name="dashboard"),
    path(f"{MINE}mitnehmen/", views.keep, name="keep"),
    path(f"{MINE}<slug:provider>/<slug:course>/", views.start, name="start"),
    path(f"{MINE}<slug:provider>/<slug:course>/anmelden/", views.enrol, name="enrol"),
    path(f"{MINE}<slug:provider>/<slug:course>/verlassen/", views.leave, name="leave"),
    path(f"{MINE}<slug:provider>/<slug:course>/neue-ausgabe/", views.newer, name="newer"),
    path(f"{MINE}<slug:provider>/<slug:course>/geschafft/", views.finished, name="finished"),
    path(f"{MINE}<slug:provider>/<slug:course>/noch-einmal/", views.retake, name="retake"),
    path(f"{MINE}<slug:provider>/<slug:course>/anwesenheit/", views.attendance, name="attendance"),
    path(f"{MINE}<slug:provider>/<slug:course>/ergebnisse/", views.results, name="results"),
    path(f"{MINE}<slug:provider>/<slug:course>/<slug:lesson>/", views.lesson, name="lesson"),
    path(
        f"{MINE}<slug:provider>/<slug:course>/<slug:lesson>/antwort/", views.answer, name="answer"
    ),
    path(f"{MINE}{ACTIVITY}/", views.activity, name="activity"),
    path(f"{MINE}{ACTIVITY}/ergebnis/", views.result, name="activity_result"),
    path(f"{MINE}{ACTIVITY}/stand/", views.state, name="activity_state"),
    path(f"{MINE}{ACTIVITY}/datei/", views.activity_file, name="activity_file"),
    path("anbieter/<slug:slug>/begleiten/", views.tutoring, name="tutoring"),
]
