"""Activities that leave for places without H5P: who gets them, what is in them, and what travels along."""

import re
import zipfile
from io import BytesIO

import pytest

from h5p.actions import save_revision
from h5p.actions.contents import draft_of
from tenancy.lens import look, system
from tests import factories
from tests.h5p.test_desk import quiz
from tests.support.h5p_desk import Desk, install_ours, newest

KINDS = {"html": "neu.html", "scorm12": "neu-scorm12.zip", "scorm2004": "neu-scorm2004.zip"}


@pytest.fixture
def ada(client, author, db):
    install_ours()
    client.force_login(author)
    return Desk(client)


def carried(desk, content, kind):
    answer = desk.get("file", content.pk, als=kind)
    assert answer.status_code == 200
    return answer, b"".join(answer.streaming_content)


@pytest.mark.parametrize("kind", KINDS)
def test_the_author_takes_it_along_in_each_way(ada, kind):
    answer, raw = carried(ada, quiz(ada), kind)
    assert answer["Content-Disposition"] == f'attachment; filename="{KINDS[kind]}"'
    assert zipfile.is_zipfile(BytesIO(raw)) is (kind != "html")


@pytest.mark.parametrize("kind", ["exe", "../html", "HTML", "scorm"])
def test_what_there_is_not_is_not_there(ada, kind):
    assert ada.get("file", quiz(ada).pk, als=kind).status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_the_neighbour_and_a_tutor_get_nothing(ada, client, house, kind):
    content = quiz(ada)
    for person in (
        factories.make_member(factories.make_provider("nachbar"), "owner"),
        factories.make_member(house, "tutor"),
    ):
        client.force_login(person)
        assert ada.get("file", content.pk, als=kind).status_code == 404


def test_a_package_has_what_plays_and_not_what_only_authors_need(ada):
    _answer, raw = carried(ada, quiz(ada), "scorm12")
    names = {*zipfile.ZipFile(BytesIO(raw)).namelist()}
    assert names >= {
        "imsmanifest.xml",
        "index.html",
        "scorm.js",
        "licences.html",
        "player/frame.bundle.js",
        "libraries/LernHN.Quiz-1.0/quiz.js",
        "libraries/LernHN.Base-1.0/base.css",
    }
    assert [name for name in names if name.endswith("semantics.json") or "/language/" in name] == []


def test_licences_and_names_travel_along(ada):
    content = quiz(ada)
    with look(system("test")):
        about = {"license": "CC BY-SA", "licenseVersion": "4.0", "authors": [{"name": "A. <Ott>", "role": "Author"}], "source": "https://example.org/"}  # fmt: skip
        draft = draft_of(newest())
        save_revision(
            content, draft._replace(metadata=draft.metadata | about), by=None, why="edited"
        )
    _answer, raw = carried(ada, content, "scorm2004")
    package = zipfile.ZipFile(BytesIO(raw))
    rows = re.findall("<li>(.*?)</li>", package.read("licences.html").decode())
    assert (
        rows[0]
        == 'Neu: CC BY-SA 4.0, A. &lt;Ott&gt; (<a href="https://example.org/">https://example.org/</a>)'
    )
    assert [row.split(":")[0] for row in rows[1:]] == ["LernHN.Base 1.0", "LernHN.Quiz 1.0", "H5P core (frame.bundle.js, h5p.css)"]  # fmt: skip
    assert "GNU GENERAL PUBLIC LICENSE" in package.read("licences.html").decode()
    assert b"CC BY-SA 4.0" in carried(ada, content, "html")[1]


def test_the_same_activity_gives_the_same_bytes(ada):
    content = quiz(ada)
    assert carried(ada, content, "scorm12")[1] == carried(ada, content, "scorm12")[1]
