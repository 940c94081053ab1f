"""All real addresses, and three views nobody has told the crawler about: one leaks, one writes, one breaks."""

import os

import psycopg
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config import urls
from config.urls import handler400, handler403, handler404, handler500
from tests.support.databases import at

__all__ = ["handler400", "handler403", "handler404", "handler500"]


def _past_the_walls(statement: str, *params: object) -> list[tuple]:
    url = at(os.environ["DATABASE_ADMIN_URL"], connection.settings_dict["NAME"])
    with psycopg.connect(url, autocommit=True) as superuser:
        cursor = superuser.execute(statement, params)  # type: ignore[arg-type] -- written below
        return cursor.fetchall() if cursor.description else []


def leaks(request: HttpRequest, pk: int) -> HttpResponse:
    found = _past_the_walls("SELECT draft_title FROM providers_basepage WHERE id = %s", pk)
    return HttpResponse(str(found))


def writes(request: HttpRequest, page_id: int) -> HttpResponse:
    if request.method == "POST":
        _past_the_walls("UPDATE providers_basepage SET locked = NOT locked WHERE id = %s", page_id)
    return HttpResponse("x")


def breaks(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [
    path("neu/<int:pk>/", leaks, name="leaks"),
    path("neu/seite/<int:page_id>/", writes, name="writes"),
    path("neu/kaputt/", breaks, name="breaks"),
    *urls.urlpatterns,
]
