"""What programs may ask: the document for them, and a page made from it for the people who write them."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from api.problems import language_of
from api.v1 import document
from tenancy.public_page import public_page

KEPT_FOR = 300  # seconds


class Parameter(NamedTuple):
    name: str
    values: list[str]  # to choose from; empty: anything of its type
    type: str
    says: str
    needed: bool


class Door(NamedTuple):
    id: str
    method: str
    path: str
    summary: str
    says: str
    scope: str
    parameters: list[Parameter]
    example: str


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1, in the language that is asked for."""
    language = language_of(request)
    response = JsonResponse(document(language), json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    response["Content-Language"] = language
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
@public_page
def guide(request: HttpRequest) -> HttpResponse:
    described = document(get_language() or "de")
    doors = [
        _door(path, method, operation)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]
    context = {
        "groups": [
            {
                "key": key,
                "title": title,
                "says": says,
                "doors": [d for d, tag in doors if tag == key],
            }
            for key, title, says in _groups()
        ],
        "public_url": settings.PUBLIC_URL,
    }
    return render(request, "api/guide.html", context)


def _groups() -> list[tuple[str, str, str]]:
    return [
        (
            "public",
            _("Für alle, ohne Schlüssel"),
            _("Was hier steht, ist auch auf unseren Seiten für alle zu lesen."),
        ),
        (
            "mine",
            _("Für Programme von Lernenden"),
            _(
                "Mit OAuth 2.1: Menschen erlauben einem Programm, ihre eigenen Kurse und Nachweise zu lesen. Der Betrieb der Stadt trägt das Programm ein."
            ),
        ),
        (
            "house",
            _("Für Programme eines Anbieters"),
            _("Die Leitung macht den Schlüssel unter „Anbieter verwalten“, „Programme“."),
        ),
        (
            "office",
            _("Für Programme des Bildungsbüros"),
            _(
                "Die Leitung des Bildungsbüros macht den Schlüssel. Es sind dieselben geschützten Zahlen wie auf ihrer Seite."
            ),
        ),
    ]


def _door(path: str, method: str, operation: dict[str, Any]) -> tuple[Door, str]:
    parameters = [_parameter(one) for one in operation.get("parameters", [])]
    scopes = [s for one in operation.get("security", []) for names in one.values() for s in names]
    door = Door(
        operation["operationId"],
        method.upper(),
        path,
        operation["summary"],
        operation.get("description", ""),
        " ".join(scopes),
        parameters,
        _example(path, method, key=bool(scopes)),
    )
    return door, operation.get("tags", ["public"])[0]


def _parameter(one: dict[str, Any]) -> Parameter:
    schema = one["schema"]
    several = schema.get("items", schema)
    kinds = [each for each in several.get("anyOf", [several]) if each.get("type") != "null"]
    values = kinds[0].get("enum") or [kinds[0][name] for name in ("const",) if name in kinds[0]]
    kind = kinds[0].get("format") or kinds[0].get("type", "string")
    return Parameter(one["name"], values, kind, one.get("description", ""), one["required"])


def _example(path: str, method: str, *, key: bool) -> str:
    """A command that works as it stands, but for the key and what is in curly brackets."""
    parts = ["curl"]
    if key:
        parts.append('-H "Authorization: Bearer $SCHLUESSEL"')
    if method == "post":
        parts.append('--json \'{"number": "7KQ4-M2RD-9XVH-3TNA-Z"}\'')
    return " ".join([*parts, f"{settings.PUBLIC_URL}{path}"])
