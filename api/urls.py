"""Below /api/v1/. Without a language: programs say which one they read (Accept-Language)."""

from django.urls import include, path

from api import views
from api.v1 import doors

routes, _app, namespace = doors.urls
#: Ninja's first page is a list of documentation pages; ours is for people, under the language of the interface.
routes = [route for route in routes if getattr(route, "name", "") != "api-root"]

urlpatterns = [
    path("openapi.json", views.openapi, name="openapi"),
    path("", include((routes, namespace))),
]
