from django.urls import path

from learning import views

ACTIVITY = "<slug:provider>/<slug:course>/<slug:lesson>/aktivitaet/<uuid:item>"

app_name = "learning"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("mitnehmen/", views.keep, name="keep"),
    path("<slug:provider>/<slug:course>/", views.start, name="start"),
    path("<slug:provider>/<slug:course>/anmelden/", views.enrol, name="enrol"),
    path("<slug:provider>/<slug:course>/verlassen/", views.leave, name="leave"),
    path("<slug:provider>/<slug:course>/neue-ausgabe/", views.newer, name="newer"),
    path("<slug:provider>/<slug:course>/geschafft/", views.finished, name="finished"),
    path("<slug:provider>/<slug:course>/noch-einmal/", views.retake, name="retake"),
    path("<slug:provider>/<slug:course>/anwesenheit/", views.attendance, name="attendance"),
    path("<slug:provider>/<slug:course>/ergebnisse/", views.results, name="results"),
    path("<slug:provider>/<slug:course>/<slug:lesson>/", views.lesson, name="lesson"),
    path("<slug:provider>/<slug:course>/<slug:lesson>/antwort/", views.answer, name="answer"),
    path(f"{ACTIVITY}/", views.activity, name="activity"),
    path(f"{ACTIVITY}/ergebnis/", views.result, name="activity_result"),
    path(f"{ACTIVITY}/stand/", views.state, name="activity_state"),
    path(f"{ACTIVITY}/datei/", views.activity_file, name="activity_file"),
]
