from django.urls import path

from learning import views

app_name = "learning"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("<slug:provider>/<slug:course>/", views.start, name="start"),
    path("<slug:provider>/<slug:course>/anmelden/", views.enrol, name="enrol"),
    path("<slug:provider>/<slug:course>/verlassen/", views.leave, name="leave"),
    path("<slug:provider>/<slug:course>/neue-ausgabe/", views.newer, name="newer"),
    path("<slug:provider>/<slug:course>/noch-einmal/", views.retake, name="retake"),
    path("<slug:provider>/<slug:course>/anwesenheit/", views.attendance, name="attendance"),
    path("<slug:provider>/<slug:course>/<slug:lesson>/", views.lesson, name="lesson"),
    path("<slug:provider>/<slug:course>/<slug:lesson>/antwort/", views.answer, name="answer"),
]
