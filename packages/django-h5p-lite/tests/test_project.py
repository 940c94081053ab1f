"""The proof: the wheel, a project of `django-admin startproject`, the lines of the README, and a real browser.

Nothing of this folder is on the path of that project; what it plays is what the wheel brought.
"""

import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from h5p_lite.core import read
from h5p_lite.core.building import LIBRARIES, build, folders, package

HERE = Path(__file__).resolve().parent.parent
#: What `npm install h5p-standalone` brings; the repository around this package has it already.
PLAYER = Path(os.environ.get("H5P_STANDALONE", HERE.parents[1] / "node_modules/h5p-standalone"))
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ALONE = {
    name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "DJANGO"))
}
UPGRADE = """H5PUpgrades['LernHN.Quiz'] = {1: {1: function (params, finished, extras) {
  params.whenRight = 'Upgraded. ' + params.whenRight; finished(null, params, extras);
}}};"""


def of_readme(name):
    """The lines that the README shows for a file."""
    text = (HERE / "README.md").read_text("utf-8")
    [found] = re.findall(rf"<!-- {re.escape(name)} -->\n```python\n(.*?)```", text, re.DOTALL)
    return found


def run(*command, cwd, **environment):
    done = subprocess.run(
        [*map(str, command)],
        cwd=cwd,
        env=ALONE | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The wheel, built from a copy and unpacked where only the project looks."""
    place = tmp_path_factory.mktemp("wheel")
    run(
        sys.executable,
        "-m",
        "uv",
        "build",
        "--offline",
        "--wheel",
        "--out-dir",
        place,
        HERE,
        cwd=place,
    )
    [wheel] = place.glob("*.whl")
    site = place / "site"
    pip = ["-m", "pip", "install", "--no-deps", "--no-index", "--quiet", "--target", site, wheel]
    run(sys.executable, *pip, cwd=place)
    return site


@pytest.fixture(scope="module")
def project(installed, tmp_path_factory):
    place = tmp_path_factory.mktemp("project")
    run(sys.executable, "-m", "django", "startproject", "shop", place, cwd=place)
    for name in ("settings.py", "urls.py"):
        with (place / "shop" / name).open("a") as file:
            file.write("\n" + of_readme(name))
    (place / "node_modules").mkdir()
    (place / "node_modules" / "h5p-standalone").symlink_to(PLAYER)
    path = {"PYTHONPATH": str(installed)}
    manage = [sys.executable, "manage.py"]
    where = run(
        *manage,
        "shell",
        "-v0",
        "-c",
        "import h5p_lite; print(h5p_lite.__file__)",
        cwd=place,
        **path,
    )
    assert where.strip() == str(installed / "h5p_lite" / "__init__.py")
    run(*manage, "migrate", cwd=place, **path)
    run(*manage, "makemigrations", "--check", "--dry-run", cwd=place, **path)
    run(*manage, "check", "--fail-level", "WARNING", cwd=place, **path)
    account = {
        "DJANGO_SUPERUSER_PASSWORD": "a long enough one",
        "DJANGO_SUPERUSER_EMAIL": "ada@example.org",
    }
    run(*manage, "createsuperuser", "--noinput", "--username", "ada", cwd=place, **path, **account)
    return place, path


@pytest.fixture(scope="module")
def address(project):
    place, path = project
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (place / "server.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"],
        cwd=place,
        env=ALONE | path,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{url}/admin/login/", timeout=5).close()  # noqa: S310 -- our own server
                break
            except OSError:
                time.sleep(0.1)
        yield url
    finally:
        server.terminate()
        server.wait(20)
        log.close()


@pytest.fixture(scope="module")
def page(address):
    """A browser, signed in; nothing may go wrong in it."""
    errors = []
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        opened = chromium.new_context(locale="en-GB").new_page()
        opened.on("console", lambda said: errors.append(said) if said.type == "error" else None)
        opened.on("pageerror", lambda error: errors.append(error))
        opened.goto(f"{address}/h5p/")
        opened.fill("#id_username", "ada")
        opened.fill("#id_password", "a long enough one")
        opened.click("[type=submit]")
        expect(opened.get_by_role("heading", name="H5P contents")).to_be_visible()
        yield opened
        chromium.close()
    wrong = [each for each in errors if not expected(each)]
    assert wrong == []


def expected(error):
    """No picture for the tab; a package that was refused."""
    where = getattr(error, "location", {}).get("url", "")
    return where.endswith(("/favicon.ico", "/h5p/upload/"))


def upload(page, address, name, raw):
    page.goto(f"{address}/h5p/upload/")
    file = {"name": name, "mimeType": "application/zip", "buffer": raw}
    page.set_input_files("[type=file]", file)
    page.get_by_role("button", name="Upload").click()


def playing(page):
    return page.frame_locator("iframe")


def newer_quiz(tmp_path):
    """The same content type in version 1.1, with a script that brings contents along."""
    for name in ("LernHN.Base", "LernHN.Quiz"):
        shutil.copytree(LIBRARIES / name, tmp_path / name)
    about = tmp_path / "LernHN.Quiz" / "library.json"
    about.write_text(json.dumps(json.loads(about.read_text()) | {"minorVersion": 1}))
    (tmp_path / "LernHN.Quiz" / "upgrades.js").write_text(UPGRADE)
    known = folders(tmp_path)
    quiz = next(one for one in known.values() if one.name.machine_name == "LernHN.Quiz")
    return package(quiz, known)


def test_the_readme_needs_at_most_ten_lines():
    lines = [
        line for name in ("settings.py", "urls.py") for line in of_readme(name).splitlines() if line
    ]
    assert len(lines) <= 10


#: Only this package has newer versions of its own types. What a later one would bring is put in its place here.
NEWER = """
import io, pathlib
from h5p_lite.actions import libraries
from h5p_lite.core import read
libraries.is_protected = lambda folder: False
libraries.install(read(io.BytesIO(pathlib.Path(%r).read_bytes())))
"""


def brings_a_newer_version(project, tmp_path):
    place, path = project
    tmp_path.mkdir()
    file = tmp_path / "newer.h5p"
    file.write_bytes(newer_quiz(tmp_path))
    run(sys.executable, "manage.py", "shell", "-v0", "-c", NEWER % str(file), cwd=place, **path)


def test_a_whole_life_of_a_content(page, project, address, tmp_path):
    upload(page, address, "quiz.h5p", dict(build())["lernhn-quiz-1.0.1.h5p"])
    expect(page.get_by_role("heading", name="Phishing erkennen")).to_be_visible()
    home = page.url
    plays_and_is_graded(page)
    resumes(page)
    is_edited(page)
    is_exported(page)
    upload(page, address, "newer.h5p", newer_quiz(tmp_path))
    expect(page.get_by_text("That name is reserved")).to_be_visible()
    brings_a_newer_version(project, tmp_path / "later")
    page.goto(home)
    is_upgraded(page)


def answer(page, *numbers):
    for number in numbers:
        playing(page).get_by_role("checkbox").nth(number).check()
    playing(page).get_by_role("button", name="Prüfen").click()


def says(page, text):
    expect(page.locator("[data-h5p-says]")).to_have_text(text)


def plays_and_is_graded(page):
    expect(playing(page).get_by_role("checkbox")).to_have_count(4)
    assert page.frames[1].evaluate("self.origin") == "null"
    answer(page, 0)
    says(page, "Your result: 1 of 2.")


def resumes(page):
    page.wait_for_timeout(2_000)  # states are gathered for a second
    page.reload()
    says(page, "Your result: 1 of 2.")
    expect(playing(page).get_by_role("checkbox").nth(0)).to_be_checked()
    expect(playing(page).get_by_role("button", name="Prüfen")).to_have_count(0)
    playing(page).get_by_role("button", name="Noch einmal versuchen").click()
    answer(page, 0, 2)
    says(page, "Your result: 2 of 2.")


def is_edited(page):
    page.get_by_role("link", name="Edit").click()
    page.locator("[name='v/question']").fill("Which of these is phishing?")
    page.get_by_role("button", name="Save and look").click()
    expect(playing(page).get_by_text("Which of these is phishing?")).to_be_visible()


def is_exported(page):
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download as .h5p").click()
    raw = io.BytesIO(coming.value.path().read_bytes())
    taken = read(raw, name=coming.value.suggested_filename)
    assert "Which of these is phishing?" in taken.params["question"]
    names = sorted(str(one.name) for one in taken.libraries)
    assert names == ["LernHN.Base 1.0", "LernHN.Quiz 1.0"]


def is_upgraded(page):
    page.get_by_role("button", name="Upgrade to LernHN.Quiz 1.1").click()
    expect(page.get_by_text("Upgraded to LernHN.Quiz 1.1.")).to_be_visible()
    answer(page, 0, 2)
    expect(playing(page).get_by_text("Upgraded. Sie haben beide erkannt.")).to_be_visible()


def test_a_new_content_begins_with_nothing(page, address):
    page.goto(f"{address}/h5p/new/")
    page.get_by_label("Content type").select_option("LernHN.Quiz 1.1")
    page.get_by_label("Title").fill("Clouds")
    page.get_by_label("Language").select_option("en")
    page.get_by_role("button", name="Begin").click()
    page.locator("[name='v/question']").fill("What is a cloud?")
    texts = page.locator("[name^='v/answers/'][name$='/text']")
    texts.nth(0).fill("Water")
    page.locator("[name='v/answers/0/correct']").check()
    texts.nth(1).fill("Wool")
    page.get_by_role("button", name="Save and look").click()
    expect(playing(page).get_by_text("What is a cloud?")).to_be_visible()
    playing(page).get_by_text("Water").click()
    playing(page).get_by_role("button", name="Check").click()
    expect(page.locator("[data-h5p-says]")).to_have_text("Your result: 1 of 1.")


@pytest.mark.parametrize("name", ["lernhn-cards-1.0.1.h5p", "lernhn-sequence-1.0.1.h5p"])
def test_the_other_content_types_play_as_well(page, address, name):
    upload(page, address, name, dict(build())[name])
    title = read(io.BytesIO(dict(build())[name])).manifest.title
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(playing(page).locator(".h5p-content .lernhn").first).to_be_visible()


def test_a_wrong_package_is_refused_in_words(page, address):
    upload(page, address, "wrong.h5p", b"no zip")
    expect(page.get_by_text("This is not an H5P file.")).to_be_visible()
