"""The house rules a linter cannot say."""

import ast
import re
import subprocess
import tokenize
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent.parent
TRACKED = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
    cwd=HOUSE,
    capture_output=True,
    text=True,
    check=False,
).stdout.splitlines()
FILES = [HOUSE / name for name in TRACKED if (HOUSE / name).is_file()]
SOURCE = sorted(p for p in FILES if p.suffix == ".py" and "migrations" not in p.parts)
TEMPLATES = sorted(p for p in FILES if p.suffix == ".html" and "templates" in p.parts)
ROOMS = {
    "outbox",
    "figures",
    "accounts",
    "providers",
    "accessibility",
    "h5p",
    "h5p_lite",
    "courses",
    "learning",
    "certificates",
    "reports",
    "api",
    "recovery",
}
LINE = 120  # characters
ALLAUTH = {"account", "mfa", "allauth"}  # folders named by allauth


def name(path):
    return str(path.relative_to(HOUSE))


def longer(paths, most):
    lengths = {name(path): len(path.read_text().splitlines()) for path in paths}
    return {path: lines for path, lines in lengths.items() if lines > most}


def test_files_fit_on_a_few_screens():
    assert longer(SOURCE, 400) == {}


def test_templates_fit_on_a_few_screens():
    assert longer(TEMPLATES, 150) == {}


def comments(path):
    with tokenize.open(path) as file:
        yield from (
            t for t in tokenize.generate_tokens(file.readline) if t.type == tokenize.COMMENT
        )


def test_lines_of_templates_fit_on_a_screen():
    """Django cannot break a line inside of a tag of its own, and a space is text: `</a` and `>` may stand on two lines."""
    long = [
        f"{name(path)}:{number}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > LINE
    ]
    assert long == []


def test_what_follows_a_commit_never_turns_it_into_an_error():
    """What was stored is stored, whatever happens to a message about it (`robust`)."""
    fragile = [
        f"{name(path)}:{node.lineno}"
        for path in SOURCE
        if path.parts[len(HOUSE.parts)] != "tests"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") == "on_commit"
        and "robust" not in {word.arg for word in node.keywords}
    ]
    assert fragile == []


def test_every_silenced_warning_says_why():
    mute = [
        f"{name(path)}:{comment.start[0]}"
        for path in SOURCE
        for comment in comments(path)
        if re.search(r"noqa|type: ignore|pragma: no cover", comment.string)
        and " -- " not in comment.string
    ]
    assert mute == []


def test_templates_live_beside_their_room_name():
    folders = {p.name for p in (HOUSE / "templates").iterdir() if p.is_dir()}
    assert folders <= ROOMS | ALLAUTH | {"components", "emails", "wagtailadmin"}


def test_pages_bring_no_inline_script_or_style():
    """The content security policy forbids them; a page that tries would silently look wrong."""
    #: A file to take away, and pages in a sandbox: each has a policy of its own.
    others = {
        "templates/certificates/offline.html",
        "templates/h5p/look.html",  # part of it
        "templates/outbox/mail.html",  # mail programs ask for no file
        "templates/h5p/play.html",
        "templates/h5p/probe.html",
        "packages/django-h5p-lite/src/h5p_lite/templates/h5p_lite/player.html",
    }
    inline = [
        name(path)
        for path in TEMPLATES
        if name(path) not in others
        and re.search(
            r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)|\sstyle=|\son\w+=|<style",
            path.read_text(),
        )
    ]
    assert inline == []


def test_style_sheets_use_logical_properties():
    physical = re.compile(
        r"(?<![-\w])(?:margin|padding|border)-(?:left|right)|(?<![-\w])(?:left|right)\s*:|text-align:\s*(?:left|right)"
    )
    sheets = [p for p in (HOUSE / "static" / "css").glob("*.css") if p.name != "certificate.css"]
    assert sheets
    assert [name(p) for p in sheets if physical.search(p.read_text())] == []


def test_no_city_stands_in_the_code():
    """Name, phone and publisher are the installation's (CITY_FILE); the demo's city is data of the demo, and told in docs."""
    told = {
        "demo",
        "tests",
        "docs",
        "packages",
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "publiccode.yml",
    }
    named = [
        name(path)
        for path in FILES
        if path.relative_to(HOUSE).parts[0] not in told
        and path.suffix in {".py", ".html", ".txt", ".js", ".css", ".sql", ".po", ".toml", ".svg"}
        and re.search(r"heilbronn|neckar|23125", path.read_text(), re.IGNORECASE)
    ]
    assert named == []
