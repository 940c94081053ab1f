"""Against reference data that lies beside the project (../shared/data), not in it: skipped in a plain clone."""

import json
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
