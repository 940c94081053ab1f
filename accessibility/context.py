"""What every page knows. Never touches the session, so that public pages stay the same for everybody."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.translation import get_language

from accessibility.addresses import in_language, without_language
from accessibility.reading import reading_settings


def _said(name: str) -> str:
    """A sentence of the city's file in the reader's language, else in German."""
    texts: dict[str, str] = settings.CITY[name]
    return texts.get(get_language() or "de", texts["de"])


_in_their_words = lazy(_said, str)
#: The city, as its file says (CITY_FILE).
CITY = {
    **{name: settings.CITY[name] for name in ("name", "title", "body", "phone", "phone_href")},
    "office": _in_their_words("office"),
    "hours": _in_their_words("hours"),
}


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor."""
    language = get_language() or "de"
    path = without_language(request.get_full_path())
    return {
        **frame_context(language, path),
        "prefs": reading_settings(request.COOKIES.get(settings.READING_COOKIE, "")),
        "signed_in": _signed_in(request),
        "page_path": request.path,
    }


def _signed_in(request: HttpRequest) -> bool:
    """What the door has found where one has looked (`accounts.session_lens`); on public pages what the browser says."""
    if hasattr(request, "_cached_user"):
        return bool(request.user.is_authenticated)
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def frame_context(language: str, path: str) -> dict[str, Any]:
    """What the frame shows on every page of one language; `path` is the page's address without its language."""
    return {
        "city": CITY,
        "public_url": settings.PUBLIC_URL,
        "demo": settings.DEMO,
        "factor_off": not settings.SECOND_FACTOR,
        "is_simple": language == "de-simple",
        "languages": partial(_languages, language, path),  # templates call it; few pages ask
        "plain_url": path,
        "simple_url": in_language("de-simple", path),
    }


def _languages(language: str, path: str) -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "name": name,
            "lang": code,
            "dir": "ltr",
            "url": in_language(code, path),
            "current": code == language,
        }
        for code, name in settings.LANGUAGES
        if code != "de-simple"
    ]
