"""What docs/roles.md says about roles is what the code does."""

import re

from config.embedded.places import ROOT
from providers.models import Membership
from providers.permissions import ROLES, Right

ROW = re.compile(r"^\| (\w+) \| (.+?) \| (.+) \|$", re.MULTILINE)


def cells(text):
    return [cell.strip() for cell in text.split("|")]


def words(cell):
    return tuple(word for word in cell.split(", ") if word != "–")


def test_the_table_in_the_documents_is_the_table_in_the_code():
    text = (ROOT / "docs" / "roles.md").read_text(encoding="utf-8")
    [head] = re.findall(r"^\| Role \| \| (.+) \|$", text, re.MULTILINE)
    *rights, pages, files = cells(head)
    assert ([Right(right) for right in rights], pages, files) == ([*Right], "pages", "files")
    described = {}
    for role, label, rest in ROW.findall(text):
        if role in ROLES:
            *marks, on_pages, on_files = cells(rest)
            held = {right for right, mark in zip(Right, marks, strict=True) if mark == "yes"}
            described[role] = (label, held, words(on_pages), words(on_files))
    assert described == {
        role: (Membership.Role(role).label, {*grant.rights}, grant.pages, grant.files)
        for role, grant in ROLES.items()
    }
    assert [*described] == [*ROLES]


def test_every_role_is_in_the_table():
    assert [*ROLES] == [str(role) for role in Membership.Role]
    assert {role for role, grant in ROLES.items() if grant.city_only} == {
        *("clerk", "admin", "operator")
    }
