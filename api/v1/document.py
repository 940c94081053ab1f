"""The OpenAPI document: what is written beside the doors, what all of them say when they refuse, and the checker's door."""

import json
from copy import deepcopy
from functools import cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _
from django.utils.translation import override

from api.problems import CONTENT_TYPE
from api.v1.answers import Problem
from api.v1.doors import doors
from certificates.api import described

ROOT = "/api/v1/"
#: What may go wrong at every door, and at those that need a key.
ALWAYS = {"422": "Unprocessable Content", "429": "Too Many Requests"}
ONE_OF_MANY = {"404": "Not Found"}
#: A list, and the door of one of its things.
ONE = {"courses": "course", "runs": "run", "concepts": "concept", "runs_of_house": "participants"}
WITH_KEY = {"401": "Unauthorized", "403": "Forbidden"}


@cache
def document(language: str) -> dict[str, Any]:
    """In one language of the interface."""
    with override(language):
        written = doors.get_openapi_schema(path_prefix=ROOT)
        made = json.loads(json.dumps(written, cls=DjangoJSONEncoder))
        made["info"] |= _info()
        made["components"]["schemas"]["Problem"] = _problem(made)
        for path, methods in made["paths"].items():
            for operation in methods.values():
                _who_may(operation)
                _refusals(path, operation)
                _links(operation)
        return _with_checker(made)


def _info() -> dict[str, Any]:
    return {
        "description": _(
            "Kurse, Termine, Begriffe und Nachweise der Stadt, für Programme. Zeiten stehen nach ISO 8601 mit Zeitzone da, Preise in Cent. Alle Listen kommen in Seiten: next gehört als after in die nächste Frage."
        ),
        "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
    }


def _problem(made: dict[str, Any]) -> dict[str, Any]:
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    made["components"]["schemas"] |= schema.pop("$defs", {})
    return schema


def _who_may(operation: dict[str, Any]) -> None:
    """The scope beside the scheme, as OpenAPI 3.1 has it for every kind of key."""
    scope = operation.pop("x-scope", None)
    if scope:
        operation["security"] = [{name: [scope] for name in one} for one in operation["security"]]


def _refusals(path: str, operation: dict[str, Any]) -> None:
    told = (
        ALWAYS
        | (ONE_OF_MANY if "{" in path else {})
        | (WITH_KEY if operation.get("security") else {})
    )
    for status, title in told.items():
        schema = {"$ref": "#/components/schemas/Problem"}
        operation["responses"].setdefault(
            status, {"description": title, "content": {CONTENT_TYPE: {"schema": schema}}}
        )


def _links(operation: dict[str, Any]) -> None:
    """What to ask next with what an answer says."""
    name = operation["operationId"]
    links = {}
    if one := ONE.get(name):
        links[one] = {"operationId": one, "parameters": {"key": "$response.body#/items/0/key"}}
    if any(parameter["name"] == "after" for parameter in operation["parameters"]):
        links["next"] = {"operationId": name, "parameters": {"after": "$response.body#/next"}}
    if links:
        operation["responses"]["200"]["links"] = links


def _with_checker(made: dict[str, Any]) -> dict[str, Any]:
    checker = deepcopy(described())
    made["paths"] |= checker["paths"]
    for kind, parts in checker["components"].items():
        made["components"].setdefault(kind, {}).update(parts)
    return made
