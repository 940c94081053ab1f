"""What every page knows. Never touches the session, so that public pages stay the same for everybody."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accessibility.reading import reading_settings

CITY = {
    "name": "Heilbronn",
    "title": "Lernstadt",
    "office": _("Eine Website der Stadt Heilbronn"),
    "phone": "030 23125 017",
    "phone_href": "tel:+493023125017",
    "hours": _("Montag bis Freitag von 9 bis 17 Uhr"),
}


def page(request: HttpRequest) -> dict[str, Any]:
    language = get_language()
    path = request.get_full_path()

    def languages() -> list[dict[str, Any]]:
        return [
            {
                "code": code,
                "name": name,
                "lang": code,
                "dir": "ltr",
                "url": translate_url(path, code),
                "current": code == language,
            }
            for code, name in settings.LANGUAGES
            if code != "de-simple"
        ]

    return {
        "city": CITY,
        "demo": settings.DEMO,
        "languages": SimpleLazyObject(languages),
        "simple_url": SimpleLazyObject(lambda: translate_url(path, "de-simple")),
        "is_simple": language == "de-simple",
        "prefs": reading_settings(request.COOKIES.get(settings.READING_COOKIE, "")),
        "signed_in": settings.SESSION_COOKIE_NAME in request.COOKIES,
        "page_path": request.path,
    }
