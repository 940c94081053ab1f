"""What the page of an activity says of a file that has just come."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import factories
from tests.factories import activities
from tests.h5p_samples.packages import CONTENT, GOOD, LIBRARIES, manifest
from tests.support import samples
from tests.support.h5p_desk import Desk, newest
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


FILM = {"path": "https://www.youtube.com/watch?v=x", "mime": "video/YouTube"}


@pytest.fixture
def filmed(ada, house):
    """An activity with a film of another server."""
    semantics = [{"name": "film", "type": "video", "label": "Film"}]
    activities.install({**LIBRARIES, "Test.Quiz-1.2/semantics.json": semantics})
    files = {**CONTENT, "content/content.json": {"film": [FILM]}}
    return activities.make_activity(house, files)


def place_of(page):
    """Where the page of the activity leads to, to bring the film here."""
    [there] = re.findall(r'<a href="([^"]+)">Film hierher holen', page)
    return unescape(there)


def test_films_from_elsewhere_are_named_to_the_author_with_the_way_to_their_place(ada, filmed):
    page = one_line(ada.get("activity", filmed.pk))
    assert "www.youtube.com: https://www.youtube.com/watch?v=x" in page
    there = one_line(ada.client.get(place_of(page)))
    assert "Jetzt liegt die Datei hier:" in there
    assert "Der Film gehört uns, oder wir dürfen ihn hier zeigen" in there
    assert 'value="https://www.youtube.com/watch?v=x"' in there  # the link to the original


def film():
    return SimpleUploadedFile("Film.mp4", samples.mp4())


def test_a_film_is_brought_here_by_who_says_that_it_is_theirs(ada, filmed):
    place = place_of(one_line(ada.get("activity", filmed.pk)))
    refused = ada.client.post(place, {"file": film(), "source": FILM["path"]})
    assert refused.status_code == 400
    assert "Bitte bestätigen Sie das." in one_line(refused)
    assert newest().params == {"film": [FILM]}
    assert (
        ada.client.post(
            place, {"file": film(), "mine": "on", "license": "U", "source": FILM["path"]}
        ).status_code
        == 302
    )
    [brought] = newest().params["film"]
    assert (brought["path"], brought["mime"]) == ("videos/film.mp4", "video/mp4")
    assert brought["copyright"]["source"] == FILM["path"]
    assert "liegen anderswo" not in one_line(ada.get("activity", filmed.pk))
    assert "Jetzt liegt die Datei hier:" not in one_line(ada.client.get(place_at_newest(place)))


def place_at_newest(place):
    return re.sub(r"stand=\d+", f"stand={newest().number}", place)


def test_the_neighbour_is_not_led_there(ada, client, filmed):
    place = place_of(one_line(ada.get("activity", filmed.pk)))
    client.force_login(factories.make_member(factories.make_provider("nachbar"), "owner"))
    assert client.get(place).status_code == 404
