"""Laws of the house that need more than one file: names, lenses, and whose tables a room's SQL may name."""

import ast
import re
import tomllib
from collections import defaultdict

import pytest
from django.apps import apps

from tests.house.test_house import HOUSE, ROOMS, SOURCE, name

OURS = [path for path in SOURCE if path.relative_to(HOUSE).parts[0] not in ("tests", "packages")]


def layers():
    contracts = tomllib.loads((HOUSE / "pyproject.toml").read_text())["tool"]["importlinter"]
    return next(c["layers"] for c in contracts["contracts"] if c["id"] == "rooms")


def test_a_class_name_stands_for_one_thing():
    """Commands and migrations are named by Django."""
    places = defaultdict(list)
    for path in OURS:
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef) and node.name != "Command":
                places[node.name].append(name(path))
    assert {each: where for each, where in places.items() if len(where) > 1} == {}


def test_a_view_never_opens_the_system_lens():
    """What is the platform's own work is an action, which opens it itself (`tenancy.lens.as_system`)."""
    doors = re.compile(r"/(views|api|wagtail_hooks|forms)(/|\.py|_)|/middleware\.py")
    opening = [
        f"{name(path)}:{node.lineno}"
        for path in OURS
        if doors.search(name(path))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "system"
    ]
    assert opening == []


def tables():
    """The room of every table of ours."""
    return {
        model._meta.db_table: model._meta.app_label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in ROOMS
    }


def sql_of(path):
    if path.suffix == ".sql":
        return path.read_text()
    texts = (n.value for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Constant))
    return "\n".join(t for t in texts if isinstance(t, str))


@pytest.mark.parametrize("room", sorted(ROOMS - {"h5p_lite", "recovery"}))
def test_sql_of_a_room_names_its_own_tables_and_those_of_rooms_below(room):
    """`recovery` saves and restores all of them. The office counts no person by itself: it asks the rooms they are in."""
    order, known = layers(), tables()
    allowed = set(order[order.index(room) :])
    if room == "reports":
        allowed -= {"learning", "certificates", "accounts"}
    files = [p for p in [*OURS, *HOUSE.glob(f"{room}/*.sql")] if p.is_relative_to(HOUSE / room)]
    above = [
        (name(path), table)
        for path in files
        for table in sorted({*re.findall(r"\b[a-z0-9]+_[a-z0-9_]+\b", sql_of(path))} & known.keys())
        if known[table] not in allowed
    ]
    assert above == []
