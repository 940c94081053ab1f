"""Against reference data that lies beside the project (../shared/data), not in it: skipped in a plain clone."""

import json
import time
from importlib import import_module
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parent.parent.parent.parent / "shared" / "data"

pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(not DATA.exists(), reason="the reference data is not beside this clone"),
]


def test_competences_are_those_of_digcomp_3():
    framework = json.loads((DATA / "digcomp-3.0-framework.json").read_text())
    official = [
        (competence["code"], competence["title"]["de"], competence["title"]["en"])
        for area in framework["areas"]
        for competence in area["competences"]
    ]
    assert official == import_module("courses.migrations.0001_initial").COMPETENCES


def test_every_demo_course_names_competences_that_exist():
    import tomllib

    framework = json.loads((DATA / "digcomp-3.0-framework.json").read_text())
    codes = {c["code"] for area in framework["areas"] for c in area["competences"]}
    content = Path(__file__).resolve().parent.parent.parent / "demo" / "content"
    named = {
        code
        for path in content.glob("*/*/course.toml")
        for code in tomllib.loads(path.read_text())["competences"]
    }
    assert named
    assert named <= codes


def test_every_course_is_valid_for_moochub_and_amb(client, db):
    """By the schemas of MOOChub 3.0.1 and of AMB 2023-10-19."""
    from django.urls import reverse
    from jsonschema import Draft7Validator, Draft202012Validator, FormatChecker
    from referencing import Registry, Resource

    from tenancy.lens import look, system
    from tests import factories

    licences = ("CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0", "reserved")
    for number, licence in enumerate(licences):
        house = factories.make_provider(f"lizenz-{number}")
        course = factories.make_course(house, title=f"Kurs {number}")
        with look(system("test")):
            course.licence = licence
            course.save_revision().publish()
    told = client.get(reverse("courses:moochub")).json()
    schema = json.loads((DATA / "moochub-schema-v3.0.1.json").read_text())
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(told)
    assert len(told["data"]) == len(licences)
    parts = [
        json.loads(path.read_text()) for path in (DATA / "amb-20231019" / "schemas").glob("*.json")
    ]
    registry = Registry().with_resources((p["$id"], Resource.from_contents(p)) for p in parts)
    [main] = [part for part in parts if part["$id"].endswith("/schema.json")]
    moments = FormatChecker()
    moments.checks("date-time", raises=ValueError)(lambda text: time.strptime(text[10:19], "T%X"))
    judge = Draft7Validator(main, registry=registry, format_checker=moments)
    lines = client.get(reverse("courses:amb")).content.splitlines()
    assert len(lines) == len(licences)
    for line in lines:
        judge.validate(json.loads(line))
    assert sum("license" in json.loads(line) for line in lines) == 3
