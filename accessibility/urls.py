from django.urls import path

from accessibility import views

app_name = "accessibility"
urlpatterns = [
    path("barriere-melden/", views.report, name="report"),
    path("barrierefreiheit/", views.statement, name="statement"),
    path("anzeige/", views.preferences, name="preferences"),
]
