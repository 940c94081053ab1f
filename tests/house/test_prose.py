"""What README and docs name exists: accounts, commands, addresses, files, figures, decisions."""

import re
import tomllib

import pytest
from django.urls import Resolver404, resolve

from config.embedded.commands import COMMANDS
from demo.learners import MANY
from demo.people import ACCOUNTS, PASSWORD
from tests.house.test_house import FILES, HOUSE

PAGES = [p for p in FILES if p.suffix == ".md" and p.name != "CHANGELOG.md"]
TOLD = ("README.md", "docs/demo.md")
NUMBERS = {"drei": 3, "acht": 8}


def text(name):
    return (HOUSE / name).read_text()


def names(path):
    return str(path.relative_to(HOUSE))


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_every_link_to_a_file_leads_to_one(page):
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)(?:#[^)]*)?\)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_every_command_of_dev_is_one(page):
    told = re.findall(r"^\s*(?:\w+=\w+ )?\./dev ([a-z0-9][a-z0-9-]+)|`\./dev ([a-z0-9][a-z0-9-]+)", page.read_text(), re.MULTILINE)  # fmt: skip
    assert {one or other for one, other in told} <= COMMANDS.keys()


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_every_command_of_manage_is_one(page):
    told = re.findall(r"manage\.py ([a-z]\w+)", page.read_text())
    ours = {p.stem for p in FILES if "commands" in p.parts}
    django = {"migrate", "shell", "check", "collectstatic", "createsuperuser", "rebuild_references_index", "update_index"}  # fmt: skip
    assert [name for name in told if name not in ours | django] == []


@pytest.mark.parametrize("name", TOLD)
def test_every_account_exists_with_this_password(name):
    told = {*re.findall(r"`([\w.-]+@[\w.-]+\.example)`", text(name))}
    assert told == {account.email for account in ACCOUNTS}
    assert f"`{PASSWORD}`" in text(name)


@pytest.mark.parametrize("name", TOLD)
def test_every_address_leads_somewhere(name):
    """Down to the pattern; whether the course is there is asked by the tests of the demo."""
    for told in {*re.findall(r"`(/[a-z][^` ]*)`", text(name))} - {"/en/", "/de-simple/"}:
        address = told.replace("<number>", "0000-0000-0000-0000")
        try:
            resolve(address)
        except Resolver404:
            pytest.fail(f"{name} names {told}, which leads nowhere.")


def test_the_demo_city_is_as_large_as_readme_says():
    providers = [p for p in (HOUSE / "demo" / "content").iterdir() if p.is_dir()]
    published = text("docs/demo.md").partition("## Accounts")[0].count("| Einstieg |") + text("docs/demo.md").count("| Grundlagen |") + text("docs/demo.md").count("| Aufbau |")  # fmt: skip
    said = re.search(r"mit (\w+) Anbietern, (\w+) Kursen und rund (\d+) erfundenen", " ".join(text("README.md").split()))  # fmt: skip
    counts = (NUMBERS[said[1]], NUMBERS[said[2]], int(said[3]))
    assert counts == (len(providers), published, MANY)


def test_every_step_and_course_of_the_table_is_in_the_demo():
    table = re.findall(r"^\|[^|]*\| (.+?)(?: \([^)]*\))? \| (?:Einstieg|Grundlagen|Aufbau) \| (\d+) \|$", text("docs/demo.md"), re.MULTILINE)  # fmt: skip
    made = {}
    for course in (HOUSE / "demo" / "content").glob("*/*/course.toml"):
        steps = [s for s in course.parent.glob("[0-9]*.toml") if s.stem.count(".") == 0]
        made[tomllib.loads(course.read_text())["title"]] = len(steps)
    assert {title: int(steps) for title, steps in table}.items() <= made.items()


def test_every_decision_is_in_the_index_with_its_title():
    listed = dict(re.findall(r"^\| \[(\d{4})\]\([^)]+\) \| (.+) \|$", text("docs/adr/README.md"), re.MULTILINE))  # fmt: skip
    titles = {
        path.name[:4]: path.read_text().splitlines()[0]
        for path in (HOUSE / "docs" / "adr").glob("0*.md")
    }
    assert titles == {number: f"# {int(number)}. {title}" for number, title in listed.items()}
