"""What the server counts of an activity is said: to its author with numbers, to learners before they begin."""

import pytest

from courses.press.activities import shown
from h5p.actions import contents as actions
from tenancy.lens import look, system
from tests.factories import activities
from tests.support.h5p_desk import Desk, install_ours, only
from tests.support.pages import one_line

TRUE = {"library": "H5P.TrueFalse 1.8", "params": {"correct": "true"}, "subContentId": "t"}
GAME = {"library": "H5P.MemoryGame 1.3", "params": {}, "subContentId": "g"}
TEXT = {"library": "H5P.AdvancedText 1.1", "params": {"text": "Lesen"}, "subContentId": "x"}
ASKED = "Wir prüfen die Antworten selbst: höchstens"


@pytest.fixture
def column(house):
    """An activity made of these parts."""

    def make(*parts):
        made = activities.called("H5P.Column", (1, 18))
        activities.install({path: file for path, file in made.items() if "/" in path and not path.startswith("content/")})  # fmt: skip
        content = activities.make_activity(house, made)
        inside = [{"content": part} for part in parts]
        with look(system("test")):
            draft = actions.draft_of(content.newest)._replace(params={"content": inside})
            actions.save_revision(content, draft, by=None, why="edited")
        return content

    return make


@pytest.mark.parametrize(
    ("parts", "says", "learners_too"),
    [
        ([TEXT, TRUE], f"{ASKED} 1 Punkt.", False),
        ([TRUE, TRUE | {"subContentId": "u"}], f"{ASKED} 2 Punkte.", False),
        ([TRUE, GAME], f"{ASKED} 1 Punkt. Diese Teile geben hier keine Punkte: H5P.MemoryGame", True),
        ([TEXT, GAME], "Die Antworten können wir nicht prüfen.", False),
    ],
)  # fmt: skip
def test_what_gives_no_points_is_said(column, client, request, parts, says, learners_too):
    content = column(*parts)
    client.force_login(request.getfixturevalue("author"))
    assert says in one_line(Desk(client).get("activity", content.pk))
    with look(system("test")):
        block = {"content": content, "lead": "", "pass_mark": 100}
        told = shown(block, counts=True).counts
    assert ("Manche Teile davon geben hier keine Punkte." in told) is learners_too


def test_what_is_not_finished_shows_its_points_later(client, author):
    install_ours()
    client.force_login(author)
    desk = Desk(client)
    desk.begin("LernHN.Sequence 1.0")
    page = one_line(desk.get("activity", only().pk))
    assert "Das sehen Sie hier, wenn die Aktivität fertig ist." in page
