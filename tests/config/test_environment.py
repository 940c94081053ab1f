"""What the environment may say, and the table in docs/operating.md, are the same list, with the same defaults."""

import ast
import re

import pytest

from config.environment import address
from tests.suite.rooms import rooms
from tests.support.settings_said import NEEDED, ROOT, settings_said

ASKED = """
import json, sys
from django.conf import settings
settings.DEBUG
from config.environment import ASKED
json.dump(ASKED, sys.stdout)
"""
#: Asked for without the settings, which need a database's address.
ELSEWHERE = {
    "DATABASE_OWNER_URL": "–",
    "BACKUP_RECIPIENTS": "–",
    "BACKUP_FOLDER": "`$LERNSTADT_VAR/backups`",
    "BACKUP_IDENTITY_FILE": "`$LERNSTADT_VAR/recovery/identity.txt`",
    "BACKUP_PASSPHRASE_FILE": "–",
}
#: Nothing for an operator: what our own processes tell each other, and what belongs to other programs.
INSIDE = {
    *("LERNSTADT_WORK", "LERNSTADT_STARTED", "DJANGO_SETTINGS_MODULE"),
    *("CI", "FONTCONFIG_FILE", "PROMETHEUS_MULTIPROC_DIR"),
}
#: Others hold at other values of other settings; the table says which.
RECKONED = {
    "METRICS_FOLDER": "`$LERNSTADT_VAR/metrics`",
    "STATIC_FOLDER": "`$LERNSTADT_VAR/static`",
    "SECOND_FACTOR": "`1` (`0` when `DEMO=1`)",
    "DEMO": "`0` (`./dev run`: `1`)",
}


@pytest.fixture(scope="module")
def told():
    """Name -> default, as the table says."""
    page = (ROOT / "docs" / "operating.md").read_text()
    table = page.split("## Environment")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \| (.+?) \|$", table, re.MULTILINE)
    assert len(rows) == len(re.findall(r"^\| `", table, re.MULTILINE))
    assert all(meaning.strip() and example.strip() for _, _, meaning, example in rows)
    return {name: usual for name, usual, _, _ in rows}


def said(usual):
    return {None: "must be set", "": "–"}.get(usual, f"`{usual}`")


def test_the_table_says_what_the_settings_ask_and_the_defaults(told):
    asked = {name: said(usual) for name, usual in settings_said(ASKED).items()}
    assert asked.keys() >= NEEDED.keys()
    expected = asked | ELSEWHERE | RECKONED
    assert told == {name: usual for name, usual in expected.items() if name not in INSIDE}


def test_nobody_else_asks_the_environment():
    """So that nothing is missing in the table. Only what the settings know is asked for elsewhere as well."""
    known = {*settings_said(ASKED), *ELSEWHERE, *INSIDE}
    strangers = {}
    for path in (path for room in rooms() for path in (ROOT / room).rglob("*.py")):
        if names := sorted(set(asked_in(path)) - known):
            strangers[str(path.relative_to(ROOT))] = names
    assert strangers == {}


def asked_in(path):
    """`os.environ["X"]`, `os.environ.get("X")`, `"X" in os.environ`, `os.getenv("X")`."""
    for node in ast.walk(ast.parse(path.read_text())):
        written = ast.unparse(node) if isinstance(node, ast.expr) else ""
        if re.match(r"os\.(environ\[|environ\.\w+\(|getenv\()'|'\w+' in os\.environ$", written):
            yield from re.findall(r"'([A-Z]\w+)'", written)[:1]


def test_what_asks_is_found(tmp_path):
    file = tmp_path / "x.py"
    file.write_text(
        'os.environ["A1"]; os.environ.get("B1", "C1"); "D1" in os.environ; os.getenv("E1")'
    )
    assert sorted(asked_in(file)) == ["A1", "B1", "D1", "E1"]


def test_an_address_may_stand_in_a_file_and_the_variable_goes_before_it(tmp_path, monkeypatch):
    """Anyone who migrates names the owner's role by the variable, beside a file that names the app's."""
    file = tmp_path / "address"
    file.write_text("postgresql://app:secret@host/lernstadt\n")
    monkeypatch.setenv("DATABASE_URL_FILE", str(file))
    monkeypatch.setenv("DATABASE_URL", "postgresql://owner@host/lernstadt")
    assert address("DATABASE_URL") == "postgresql://owner@host/lernstadt"
    monkeypatch.delenv("DATABASE_URL")
    assert address("DATABASE_URL") == "postgresql://app:secret@host/lernstadt"
