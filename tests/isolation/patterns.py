"""Every address there is, filled with the ids of provider B. What a parameter means is known by its name.

A new view is covered without being named here. A parameter with a new name is not guessed at: the walk stops and says so.
"""

import itertools
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern, RoutePattern
from django.utils.regex_helper import normalize

from tests.isolation.city import Ids

ROUTE = re.compile(r"<(?:\w+:)?(\w+)>")
#: Name of a parameter -> the kind of thing whose ids fill it.
KINDS = {
    "page_id": "page",
    "parent_page_id": "page",
    "page_to_move_id": "page",
    "destination_id": "page",
    "page_pk": "page",
    "revision_id": "revision",
    "revision_id_a": "revision",
    "revision_id_b": "revision",
    "image_id": "image",
    "document_id": "document",
    "doc_id": "document",
    "uploaded_file_id": "uploaded_file",
    "collection_id": "collection",
    "restriction_id": "restriction",
    "task_id": "task",
    "task_state_id": "task_state",
    "workflow_pk": "workflow",
    "workflow_state_id": "workflow_state",
    "session_id": "editing_session",
    "object_id": "page",
    "provider": "slug",
    "slug": "slug",
    "course": "course",
    "course_page": "page",
    "lesson_page": "page",
    "lesson": "lesson",
    "key": "key",
    "number": "number",
    "token": "token",
    "path": "path",
    "pairs": "path",
    "name": "name",
    "wagtaildocs_serve 0": "document",
    "wagtaildocs_serve 1": "filename",
    "person": "person",
    "user_id": "person",
    "membership": "membership",
    "enrolment": "enrolment",
    "printing": "printing",
    "deleted": "deleted",
    "review": "review",
    "certificate": "certificate",
    "fragment": "fragment",
    "activity": "content",
    "content": "content",
    "item": "item",
    "block": "item",
    "library": "library",
    "run": "upgrade_run",
    "ticket": "ticket",
    "upload": "upload",
    "library_request": "library_request",
    "application": "application",
    "sought": "sought",
    "concept": "concept",
    "card": "card",
    "link": "application_link",
    "page": "application_page",
    "group": "learning_group",
    "question": "question",
    "learner": "learner",
    "code": "join_code",
    "run_key": "course_run",
    "search": "saved_search",
    "venue": "venue",
    "meeting": "meeting",
    "booking token": "booking_token",
    "booking_ics token": "booking_token",
    "contract token": "contract_token",
}
#: Part of an address -> what `pk` and `id` below it stand for; the first that fits counts.
BELOW = {
    "workflows/tasks/": "task",
    "workflows/": "workflow",
    "images/": "image",
    "documents/": "document",
    "users/": "person",
    "groups/": "group",
    "sites/": "site",
    "locales/": "locale",
    "collections/": "collection",
    "pages/": "page",
    "passkeys/": "authenticator",
    "snippet/": "page",
    "activity_chooser/": "content",
}
MODELS = [
    ("courses", "coursepage"),
    ("courses", "lessonpage"),
    ("wagtailimages", "image"),
    ("wagtaildocs", "document"),
    ("accounts", "user"),
    ("providers", "basepage"),
]
#: Parameters with a fixed set of words.
WORDS = {
    "action_name": ["approve", "reject", "cancel", "publish", "delete", "copy"],
    "action": ["delete", "move", "publish", "unpublish", "add_tags", "add_to_collection"],
    "filter_spec": ["original", "width-20"],
    "kind": ["csv", "json", "ttl", "jsonld"],
    "day": ["2026-11-30"],
    "role": ["author", "owner"],
    "period": ["2026-q3", "2026"],
    "table": ["thema", "anbieter"],
    "uidb36": ["1"],
    "uidb64": ["MQ"],
    "language": ["de"],
    "part": ["satz", "nachweis"],
}
APPS = ("app_label", "app_name", "content_type_app_name")
#: Names that say nothing.
PLAIN = ("pk", "id")
NAMES = ("model_name", "content_type_model_name")


class UnknownParameter(LookupError):
    """An address has a parameter nobody has said anything about."""


class Pattern(NamedTuple):
    """One pattern of the resolver: its text, its name, and the shapes of its addresses with their parameters."""

    text: str
    name: str
    shapes: list[tuple[str, list[str]]]


def walk(resolver: URLResolver | None = None, before: str = "/") -> Iterator[Pattern]:
    """Every pattern of the project, German addresses: a language's prefix changes the words only."""
    for pattern in (resolver or get_resolver()).url_patterns:
        shape, parameters = _shape(pattern)
        if isinstance(pattern, URLResolver):
            if parameters:
                raise UnknownParameter(f"{before}{pattern.pattern} includes below a parameter.")
            yield from walk(pattern, before + shape)
        elif isinstance(pattern, URLPattern):
            yield Pattern(
                before + str(pattern.pattern), pattern.name or "", _shapes(pattern, before)
            )


def _shape(pattern: URLPattern | URLResolver) -> tuple[str, list[str]]:
    if isinstance(pattern.pattern, LocalePrefixPattern):
        return "", []
    if isinstance(pattern.pattern, RoutePattern):
        text = str(pattern.pattern)
        return ROUTE.sub(r"%(\1)s", text), ROUTE.findall(text)
    text = str(pattern.pattern)
    return normalize(text)[0] if text else ("", [])


def _shapes(pattern: URLPattern, before: str) -> list[tuple[str, list[str]]]:
    if isinstance(pattern.pattern, RegexPattern):
        found = normalize(str(pattern.pattern))
    else:
        found = [_shape(pattern)]
    return [(before + shape, parameters) for shape, parameters in found]


def addresses(pattern: Pattern, ids: Ids, most: int) -> list[str]:
    """At most so many addresses of the pattern, spread over the ids that fill it; all of them where any id may fit.

    Raises UnknownParameter.
    """
    filled = []
    for shape, parameters in pattern.shapes:
        choices = [values(pattern, parameter, ids) for parameter in parameters]
        for chosen in itertools.product(*choices):
            given = dict(zip(parameters, chosen, strict=True))
            if _one_model(given):
                filled.append(shape % given)
    different = list(dict.fromkeys(filled))
    if any(
        _is_guessed(pattern, parameter) for _shape, names in pattern.shapes for parameter in names
    ):
        return different
    return different[:: max(1, -(-len(different) // most))]


def values(pattern: Pattern, parameter: str, ids: Ids) -> list[Any]:
    """What fills `parameter`. Unnamed groups are called _0, _1 … by Django."""
    if parameter in APPS:
        return list(dict.fromkeys(app for app, _model in MODELS))
    if parameter in NAMES:
        return [model for _app, model in MODELS]
    if parameter in WORDS:
        return WORDS[parameter]
    if parameter in ("token", "number") and "einladung" in pattern.text:
        return ids["invitation" if parameter == "number" else "invitation_token"]
    kind = KINDS.get(f"{pattern.name} {parameter.lstrip('_')}") or KINDS.get(parameter)
    if parameter in PLAIN:
        kind = _below(pattern)
        if not kind:
            return everything(ids)
    if not kind:
        raise UnknownParameter(
            f"{pattern.text} has the parameter «{parameter}», which the crawler cannot fill: "
            "say in tests/isolation/patterns.py (KINDS) which of provider B's ids it takes."
        )
    return ids[kind]


def _below(pattern: Pattern) -> str:
    return next((kind for part, kind in BELOW.items() if part in pattern.text), "")


def _is_guessed(pattern: Pattern, parameter: str) -> bool:
    return parameter in PLAIN and not _below(pattern)


def everything(ids: Ids) -> list[Any]:
    """One id of every kind: for a number of which only the name `pk` is known."""
    return list(dict.fromkeys(numbers[0] for numbers in ids.values() if numbers))


def _one_model(given: dict[str, Any]) -> bool:
    """An app's label goes with its own models only."""
    app = next((given[name] for name in APPS if name in given), None)
    model = next((given[name] for name in NAMES if name in given), None)
    return app is None or model is None or (app, model) in MODELS
