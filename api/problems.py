"""What a program is told when it gets nothing: problem+json (RFC 9457), in German, or in English for anyone who asks so."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext_lazy as _

CONTENT_TYPE = "application/problem+json"
TITLES = {
    400: _("Diese Anfrage verstehen wir nicht"),
    401: _("Wer fragt?"),
    403: _("Das darf dieser Schlüssel nicht"),
    404: _("Das gibt es hier nicht"),
    405: _("So fragt man hier nicht"),
    406: _("In dieser Form haben wir es nicht"),
    413: _("Das ist zu groß"),
    415: _("Diese Art von Datei nehmen wir hier nicht"),
    422: _("Etwas an der Anfrage passt nicht"),
    429: _("Zu viele Anfragen"),
    500: _("Bei uns ist ein Fehler passiert"),
    503: _("Gerade geht es nicht"),
}
DETAILS = {
    400: _("Lesen Sie in der Beschreibung nach, wie man hier fragt."),
    401: _("Schicken Sie einen gültigen Schlüssel mit: Authorization: Bearer …"),
    403: _("Er ist gültig, aber nicht für diese Tür."),
    404: _("Vielleicht ist es nicht mehr veröffentlicht."),
    405: _("Welche Methoden gehen, steht in der Kopfzeile Allow."),
    406: _("Es gibt hier nur JSON."),
    413: _("Schicken Sie bitte weniger auf einmal."),
    415: _("Welche Arten gehen, steht in der Beschreibung."),
    422: _("Was nicht passt, steht in errors."),
    429: _("Wann es weitergeht, steht in der Kopfzeile Retry-After (in Sekunden)."),
    500: _("Es ist nichts gespeichert. Wir sehen nach."),
    503: _("Versuchen Sie es gleich noch einmal."),
}
#: Kinds of wrong values as pydantic names them, in words.
FAULTS: Mapping[str, str | Promise] = {
    "missing": _("Das fehlt."),
    "unknown": _("Das kennen wir nicht."),
    "cursor": _("Diese Stelle gibt es nicht. Fangen Sie vorne an."),
    "literal_error": _("Das steht nicht zur Wahl."),
    "too_short": _("Das ist zu wenig."),
    "too_long": _("Das ist zu viel."),
    "string_too_long": _("Das ist zu lang."),
    "string_pattern_mismatch": _("Das ist anders geschrieben, als wir es lesen."),
    "greater_than_equal": _("Diese Zahl ist zu klein."),
    "less_than_equal": _("Diese Zahl ist zu groß."),
    "not_allowed": _("So genau veröffentlichen wir das nicht."),
    "no_period": _("Für diesen Zeitraum ist nichts veröffentlicht."),
}
OTHERWISE = _("Dieser Wert passt hier nicht.")


def language_of(request: HttpRequest) -> str:
    """As the program asks for it; German for those who say nothing."""
    return get_language_from_request(request)


def problem(
    request: HttpRequest, status: int, *, faults: Iterable[tuple[str, str]] = (), **more: Any
) -> HttpResponse:
    """`faults`: where something is wrong, and its kind (`FAULTS`)."""
    language = language_of(request)
    with override(language):
        about: dict[str, Any] = {
            "type": "about:blank",
            "title": str(TITLES.get(status, TITLES[400])),
            "status": status,
            "detail": str(DETAILS.get(status, DETAILS[400])),
        }
        errors = [
            {"at": at, "code": kind, "says": str(FAULTS.get(kind, OTHERWISE))}
            for at, kind in faults
        ]
    if errors:
        about["errors"] = errors
    response = JsonResponse(
        about | more, content_type=CONTENT_TYPE, json_dumps_params={"ensure_ascii": False}
    )
    response.status_code = status
    response["Content-Language"] = language
    response["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["Accept-Language"])
    return response
