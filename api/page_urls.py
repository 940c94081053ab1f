"""Doors for people, under the language of the interface."""

from django.urls import path

from api import views

app_name = "api"
urlpatterns = [path("schnittstelle/", views.guide, name="guide")]
