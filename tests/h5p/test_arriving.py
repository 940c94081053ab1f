"""What the page of an activity says of a file that has just come."""

import pytest

from tests.factories import activities
from tests.h5p_samples.packages import CONTENT, GOOD, LIBRARIES, manifest
from tests.support.h5p_desk import Desk
from tests.support.pages import one_line


@pytest.fixture
def ada(client, author, db):
    client.force_login(author)
    return Desk(client)


def test_a_file_that_does_not_say_its_language_is_asked_for_it(ada, house):
    activities.install()
    unsaid = {**GOOD, "h5p.json": manifest(language="und")}
    content = activities.upload(unsaid, provider=house).content
    page = one_line(ada.get("activity", content.pk))
    assert "Wir wissen nicht, in welcher Sprache die Aktivität ist." in page
    assert "<dt>Sprache</dt><dd>nicht angegeben</dd>" in page
    said = {"title": "Quiz", "license": "U"}
    assert ada.post("about", content.pk, **said, language="").status_code == 400
    assert ada.post("about", content.pk, **said, language="ar").status_code == 302
    assert "Wir wissen nicht" not in one_line(ada.get("activity", content.pk))
    frame = ada.get("player", content.pk).content.decode()
    assert '<html lang="ar" dir="rtl"' in frame


def test_films_from_elsewhere_are_named_to_the_author(ada, house):
    film = {"path": "https://www.youtube.com/watch?v=x", "mime": "video/YouTube"}
    semantics = [{"name": "film", "type": "video"}]
    activities.install({**LIBRARIES, "Test.Quiz-1.2/semantics.json": semantics})
    files = {**CONTENT, "content/content.json": {"film": [film]}}
    content = activities.make_activity(house, files)
    page = one_line(ada.get("activity", content.pk))
    assert "Filme, Töne oder Bilder liegen anderswo: www.youtube.com." in page
    assert "Film hierher holen" in page
